"""What a report says of changes in recording: letters in the chart, a list below it, and a warning beside a change."""

from collections.abc import Mapping, Sequence
from string import ascii_lowercase
from typing import Any

from wardmote.foundations.periods import Month
from wardmote.printing.blocks import Block, Bullets
from wardmote.printing.chart_kinds import Break

Content = Mapping[str, Any]


def known_changes(problem: Content) -> list[Content]:
    """Return the changes of a problem; an analysis made before they were kept has none."""
    return list(problem.get("recording_changes", ()))


def breaks_of(problem: Content, months: Sequence[str]) -> tuple[Break, ...]:
    """Return where the chart of a problem is marked: before the first month that was recorded the new way."""
    return tuple(
        Break(months.index(one["month"]), letter, one["cuts"])
        for letter, one in _lettered(problem)
        if one["month"] in months[1:]
    )


def change_notes(problem: Content) -> list[Block]:
    """Return what the letters of the chart stand for."""
    lines = [(f"({letter}) Change in recording, {_month(one)}: {one['words']}",) for letter, one in _lettered(problem)]
    return [Bullets(tuple(lines))] if lines else []


def crossed_words(problem: Content) -> list[str]:
    """Return a warning for each change that the comparison of two years crosses although it may be made."""
    return [
        f"The comparison crosses a change in recording ({_month(one)}): {one['words']} Read it with care."
        for one in known_changes(problem)
        if one["crossed"] and not one["cuts"]
    ]


def _lettered(problem: Content) -> list[tuple[str, Content]]:
    return list(zip(ascii_lowercase, known_changes(problem), strict=False))


def _month(one: Content) -> str:
    return Month.parse(one["month"]).words()
