"""The calendar of the coming year: which months are clearly high or low for each problem, and when to plan."""

from collections.abc import Mapping
from typing import Any, Final

from wardmote.foundations.periods import MONTH_NAMES, Month
from wardmote.printing.blocks import Block, Column, Heading, Paragraph, Strong, Table

Content = Mapping[str, Any]
YEAR: Final = 12
LETTERS: Final = {"high": "H", "low": "L", "": ""}
LETTER_WORDS: Final = (
    "H: clearly more than in an average month, given its length. L: clearly fewer. P: plan now, two months before the "
    "high months begin. Empty: no clear difference. Of the letters H and L at most about one in twenty is chance."
)


def season_blocks(analysis: Content) -> list[Block]:
    """Return the calendar of all problems whose season is known; nothing where none is."""
    told = [p for p in analysis["problems"] if (p.get("season") or {}).get("months")]
    if not told:
        return []
    last = Month.parse(analysis["period"]["last"])
    months = [last + ahead for ahead in range(1, YEAR + 1)]
    columns = (Column("Problem"), *(Column(f"{MONTH_NAMES[one.number - 1][:3]} {one.year}") for one in months))
    rows = tuple(
        ((p["title"],), *((_cell(p["season"], f"{one.number:02}"),) for one in months))
        for p in sorted(told, key=lambda p: str(p["title"]))
    )
    years = sorted({p["season"]["years"] for p in told})
    read = f"{years[0]}" if len(years) == 1 else f"{years[0]} to {years[-1]}"
    caption = f"Months to plan for, {months[0].words()} to {months[-1].words()}"
    return [
        Heading("When to plan", 2, "calendar"),
        Table(caption, columns, rows, f"{LETTER_WORDS} Read from {read} whole years up to {last.words()}."),
        *_unknown(analysis),
    ]


def _cell(found: Content, number: str) -> Strong | str:
    letters = [LETTERS[found["months"][number]["clear"]], "P" if number in found["plan"] else ""]
    said = " ".join(one for one in letters if one)
    return Strong(said) if said else ""


def _unknown(analysis: Content) -> list[Block]:
    """Say of which problems no season is known, and why."""
    reasons: dict[str, list[str]] = {}
    for problem in analysis["problems"]:
        reason = (problem.get("season") or {}).get("reason")
        if reason:
            reasons.setdefault(reason, []).append(str(problem["title"]))
    return [Paragraph((f"{', '.join(sorted(titles))}: {reason}",)) for reason, titles in sorted(reasons.items())]
