"""Needs assessments, learning from reviews, services and gaps, as the report prints them under the part they fill."""

from wardmote.definitions import input_ages
from wardmote.printing.blocks import Block, Column, Inlines, Link, Paragraph, Table
from wardmote.strategy.assessment.queries.inputs import Inputs, Learning, Provided, UsedNeeds
from wardmote.strategy.assessment.rules.inputs import REVIEW_WORDS, ReviewKind

NOT_SAID = "not stated"


def input_blocks(inputs: Inputs) -> dict[str, list[Block]]:
    """Return the blocks of each kind of input, by the word that required parts name in `filled_from`."""
    return {"needs": _needs(inputs), "learning": _learning(inputs), "provision": _provision(inputs)}


def _needs(inputs: Inputs) -> list[Block]:
    if not inputs.needs:
        return []
    columns = (Column("Needs assessment"), Column("Whose"), Column("Date"), Column("Findings used here"))
    rows = tuple(_needs_row(one) for one in inputs.needs)
    return [Table("Needs assessments used", columns, rows, note=input_ages().words)]


def _needs_row(one: UsedNeeds) -> tuple[Inlines, ...]:
    row = one.row
    is_address = row.reference.startswith(("https://", "http://"))
    title: Inlines = (Link(row.title, row.reference),) if is_address else (row.title,)
    if row.reference and not is_address:
        title = (*title, f" ({row.reference})")
    dated = f"{row.dated_on:%-d %B %Y}"
    return (title, (row.owner,), (f"{dated}. {one.old}" if one.old else dated,), (row.findings,))


def _learning(inputs: Inputs) -> list[Block]:
    if not inputs.learning:
        return []
    still = [one for one in inputs.learning if one.is_open]
    done = [one for one in inputs.learning if not one.is_open]
    columns = (Column("Review"), Column("Recommendation"), Column("Problem"), Column("Who, and by when"))
    blocks: list[Block] = []
    if still:
        rows = tuple(_learning_row(one, f"{one.row.owner}, by {one.row.due_on:%-d %B %Y}") for one in still)
        blocks.append(Table("Recommendations that are open", columns, rows))
    if done:
        ended = (*columns[:3], Column("What came of it"))
        rows = tuple(_learning_row(one, f"{one.row.result} ({one.row.done_on:%-d %B %Y})") for one in done)
        blocks.append(Table("Recommendations carried out", ended, rows))
    return blocks


def _learning_row(one: Learning, last: str) -> tuple[Inlines, ...]:
    review = f"{REVIEW_WORDS[ReviewKind(one.row.kind)]}, {one.row.reference}"
    return ((review,), (one.row.recommendation,), (one.problem or "none of these",), (last,))


def _provision(inputs: Inputs) -> list[Block]:
    blocks: list[Block] = []
    served = [one for one in inputs.provision if one.row.service]
    if served:
        columns = (Column("Need"), Column("Service"), Column("Use"), Column("What comes of it"))
        blocks.append(Table("Services", columns, tuple(_service_row(one) for one in served)))
    gaps = [one for one in inputs.provision if one.is_gap]
    if gaps:
        columns = (Column("Need"), Column("Problem"), Column("Service"), Column("The gap"))
        blocks.append(Table("Gaps in services", columns, tuple(_gap_row(one) for one in gaps)))
    if inputs.silent:
        blocks.append(Paragraph((f"Nothing is said here about services for: {', '.join(inputs.silent)}.",)))
    return blocks


def _service_row(one: Provided) -> tuple[Inlines, ...]:
    row = one.row
    service = f"{row.service}, {row.provider}" if row.provider else row.service
    use = f"{one.use}, {row.period}. Source: {row.source}." if one.use else NOT_SAID
    return ((row.need,), (service,), (use,), (row.outcome or NOT_SAID,))


def _gap_row(one: Provided) -> tuple[Inlines, ...]:
    return ((one.row.need,), (one.problem or "none of these",), (one.row.service or "none",), (one.row.gap,))
