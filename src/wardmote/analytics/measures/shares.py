"""Shares: what part of a total each category, problem or area makes, and its rank, equal counts sharing a rank."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Final

from wardmote.analytics.measures.counts import provenance
from wardmote.analytics.measures.dimensions import KIND, PLACE, TIME, chosen, columns
from wardmote.analytics.measures.evidence import Evidence
from wardmote.analytics.measures.figures import Column, Figures, FiguresRefused, Query, Value
from wardmote.analytics.measures.ranks import competition_ranks
from wardmote.analytics.measures.tally import Tallied, Tally, tally
from wardmote.foundations.rounding import half_up

PLACES: Final = 6
SMALL_BASE: Final = 20
COLUMNS: Final = (
    Column("count", "Incidents", "integer", "incidents"),
    Column("total", "Of a total of", "integer", "incidents"),
    Column("share", "Share", "decimal", "%", decimals=1),
    Column("rank", "Rank, 1 is the largest", "integer", "rank"),
    Column("status", "Status", "text"),
)
Key = tuple[str, ...]


def shares(evidence: Evidence, query: Query) -> Figures:
    """Divide each count by its total. Rows: labels, count, total, share (percentage), rank, status.

    With a category or problem in `by`, the total is everything in the scope at the same time and place; otherwise it
    is the sum over areas at the same time. Raises FiguresRefused when `by` names neither kind nor area.
    """
    if not chosen(query.by, (*KIND, *PLACE)):
        raise FiguresRefused("A share needs something to share among: name category, problem or an area.")
    found = tally(evidence, query)
    totals = _totals(evidence, query, found)
    groups: dict[Key, list[Tallied]] = {}
    for one in found.counts:
        groups.setdefault(_group(query, one), []).append(one)
    rows = tuple(row for key, group in groups.items() for row in _rows(found, group, totals.get(key)))
    notes = (*found.notes, *_notes(query))
    return Figures(
        "shares",
        (*columns(query.by), *COLUMNS),
        rows,
        notes,
        provenance(evidence, query, period=str(found.scope.period)),
    )


def share_of(count: int, total: int) -> Fraction | None:
    """Return a percentage, None of an empty total."""
    return Fraction(100 * count, total) if total else None


def _group(query: Query, one: Tallied) -> Key:
    return (*one.time, *one.place) if chosen(query.by, KIND) else one.time


def _totals(evidence: Evidence, query: Query, found: Tally) -> Mapping[Key, int | None]:
    """Count the totals anew: problems overlap, so that they cannot be added up from the rows."""
    if chosen(query.by, KIND):
        whole = tally(evidence, replace(query, by=(*chosen(query.by, TIME), *chosen(query.by, PLACE))))
        return {(*one.time, *one.place): one.count for one in whole.counts}
    totals: dict[Key, int | None] = {}
    for one in found.counts:
        totals[one.time] = None if one.count is None else (totals.get(one.time) or 0) + one.count
    return totals


def _rows(found: Tally, group: list[Tallied], total: int | None) -> list[tuple[Value, ...]]:
    ranks = competition_ranks([one.count for one in group])
    return [(*found.labels(one), *_share(one, total, rank)) for one, rank in zip(group, ranks, strict=True)]


def _share(one: Tallied, total: int | None, rank: int | None) -> tuple[Value, ...]:
    exact = None if one.count is None or total is None else share_of(one.count, total)
    status = one.cell.status
    if exact is None:
        return (one.count, total, None, rank, status or "no incidents to share")
    if not status and total is not None and total < SMALL_BASE:
        status = f"total below {SMALL_BASE}: show counts, not percentages"
    return (one.count, total, half_up(exact, PLACES), rank, status)


def _notes(query: Query) -> tuple[str, ...]:
    if not chosen(query.by, KIND):
        return ("The total is what could be placed in these areas.",)
    narrowed = {*query.where, *query.exclude} & set(KIND)
    whole = "the categories and problems chosen" if narrowed else "all incidents, anti-social behaviour included"
    return (f"The total is {whole}, at the same time and place.",)
