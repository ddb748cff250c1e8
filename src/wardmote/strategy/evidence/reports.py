"""An extract as a document: its tables, who it is for and what for, and where its numbers come from."""

from collections.abc import Sequence
from datetime import date

from wardmote.foundations.periods import before
from wardmote.foundations.rounding import with_thousands
from wardmote.printing.blocks import Block, Column, Heading, Report, Table
from wardmote.strategy.evidence.queries.extracts import Extracted

WARNING = (
    "For use inside the partnership. Small counts are shown: do not publish or pass on without asking the partnership."
)


def extract_report(found: Extracted, *, partnership: str, recipient: str, purpose: str, is_sample: bool) -> Report:
    """Return an extract as a report: a table of wards and one of months for each problem, then the sources."""
    blocks: list[Block] = [
        _about(found, recipient=recipient, purpose=purpose),
    ]
    for place, title in enumerate(found.by_ward, start=1):
        blocks += [
            Heading(title, 2, f"problem-{place}"),
            _table(f"{title} by ward", "Ward", found, found.by_ward[title]),
            _table(f"{title} by month", "Month", found, found.by_month[title]),
        ]
    return Report(
        title="Figures for a partner",
        caption=f"Recorded incidents, {found.period.words()}",
        partnership=partnership,
        status="working",
        as_at=as_at(found),
        blocks=(*blocks, Heading("Where the numbers come from", 2, "sources"), _sources(found)),
        figures=(),
        is_sample=is_sample,
    )


def as_at(found: Extracted) -> date:
    """Return the day that an extract bears: the last of its figures."""
    return found.period.last.last_day


def _about(found: Extracted, *, recipient: str, purpose: str) -> Table:
    """Say for whom and what for, and what limits the numbers: a workbook holds tables and nothing else."""
    said = (("For", recipient), ("What for", purpose), ("Use", WARNING), *(("To know", note) for note in found.notes))
    return Table("About these figures", (Column("About"), Column("In words")), tuple(((a,), (b,)) for a, b in said))


def _table(caption: str, first: str, found: Extracted, rows: Sequence[tuple[str, int | None, int | None]]) -> Table:
    columns = (
        Column(first),
        Column(_sentence(found.period.words()), numeric=True),
        Column(_sentence(before(found.period).words()), numeric=True),
    )
    return Table(caption, columns, tuple(((label,), (_count(now),), (_count(then),)) for label, now, then in rows))


def _sentence(words: str) -> str:
    """Begin with a capital and leave the rest, where the month has its own."""
    return words[:1].upper() + words[1:]


def _count(value: int | None) -> str:
    return "missing" if value is None else with_thousands(value)


def _sources(found: Extracted) -> Table:
    rows = tuple(((one.title,), (one.publisher,), (one.digest[:12],)) for one in found.sources)
    return Table("Releases counted", (Column("Data"), Column("Publisher"), Column("Release")), rows)
