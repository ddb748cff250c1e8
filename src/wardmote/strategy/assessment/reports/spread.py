"""How the panel's first scores of one problem lie, as a picture with its numbers."""

from wardmote.printing.blocks import Column, Picture, Table
from wardmote.printing.charts import DotPlot, DotRow
from wardmote.strategy.assessment.queries.room import RoomProblem, Strip


def spread_picture(problem: RoomProblem) -> Picture:
    """Return the dots of every criterion of a problem; a frame marks what was agreed."""
    levels = [level for strip in problem.strips for level in strip.counts]
    chart = DotPlot(
        unit="Each dot is one first score" + (", a frame the agreed score" if problem.is_agreed else ""),
        lowest=min(levels),
        highest=max(levels),
        rows=tuple(DotRow(strip.label, tuple(strip.counts.items()), strip.agreed) for strip in problem.strips),
    )
    return Picture(
        title=f"{problem.title}: first scores",
        subtitle="",
        chart=chart,
        description=" ".join(f"{strip.label}: {strip.words}" for strip in problem.strips),
        source="",
        table=spread_table(problem),
    )


def spread_table(problem: RoomProblem) -> Table:
    """Return for each criterion how many gave each level and each other answer."""
    levels = sorted({level for strip in problem.strips for level in strip.counts})
    columns = (
        Column("Criterion"),
        *(Column(str(level), numeric=True) for level in levels),
        Column("Don't know", numeric=True),
        Column("Not for my agency", numeric=True),
        Column("Agreed", numeric=True),
    )
    rows = tuple((*_cells(strip, levels), (_agreed(problem, strip),)) for strip in problem.strips)
    return Table(f"{problem.title}: how many gave each score", columns, rows)


def _cells(strip: Strip, levels: list[int]) -> tuple[tuple[str, ...], ...]:
    counts = [str(strip.counts[level]) if level in strip.counts else "n/a" for level in levels]
    return ((strip.label,), *((one,) for one in (*counts, str(strip.dont_know), str(strip.not_ours))))


def _agreed(problem: RoomProblem, strip: Strip) -> str:
    if not problem.is_agreed:
        return "not agreed"
    return "nobody knows" if strip.agreed is None else str(strip.agreed)
