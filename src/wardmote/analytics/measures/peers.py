"""Peers: where one area stands by a published rate among areas of its kind, and how far it is from mean and nation.

Sources: HMICFRS, Crime and policing comparator, About the data, for the simple mean of the rates, the area itself
included. The rates are the publisher's; the formula, an example and the limits are in docs/methods/forces.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from wardmote.analytics.measures.comparison import AreaCount, Place, compare
from wardmote.analytics.measures.ranks import competition_ranks
from wardmote.foundations.periods import Month


@dataclass(frozen=True)
class PeerRow:
    """One area of a table for one offence group; `count`, `rate` and `population` are None where none is published."""

    level: str
    code: str
    area: str
    force: str
    group: str
    count: int | None
    rate: Fraction | None
    population: int | None
    missing: str = ""
    notes: str = ""


@dataclass(frozen=True)
class Standing:
    """An area among its peers: its rate, its rank from the highest, how many share it, of how many; mean and ends.

    `without` are the codes of peers that have no rate, which take no place.
    """

    rate: Fraction
    rank: int
    tied: int
    number: int
    mean: Fraction
    lowest: Fraction
    highest: Fraction
    without: tuple[str, ...]


def rows_in(con: Any, table: Any, last: Month) -> tuple[PeerRow, ...]:
    """Return the rows of a release of force tables for the year that ends with a month."""
    rows = con.to_pyarrow(table.filter(table.month_index == last.index)).to_pylist()
    return tuple(
        PeerRow(
            level=row["level"],
            code=row["area_code"] or "",
            area=row["area"],
            force=row["force"] or "",
            group=row["offence_group"],
            count=row["count"],
            rate=None if row["rate"] is None else Fraction(row["rate"]),
            population=row["population"],
            missing=row["missing"] or "",
            notes=row["notes"] or "",
        )
        for row in sorted(rows, key=lambda row: (row["offence_group"], row["row"]))
    )


def standing(own: str, rates: Mapping[str, Fraction | None]) -> Standing | None:
    """Return where the area `own` stands among all of `rates`, itself included; None where it has no rate.

    Rank = 1 + number of areas with a higher rate; equal rates share a rank; an area without a rate takes no place.
    """
    known = {code: rate for code, rate in rates.items() if rate is not None}
    if own not in known:
        return None
    ranks = dict(zip(known, competition_ranks(list(known.values())), strict=True))
    rank = ranks[own] or 0
    return Standing(
        rate=known[own],
        rank=rank,
        tied=list(ranks.values()).count(rank),
        number=len(known),
        mean=sum(known.values(), Fraction()) / len(known),
        lowest=min(known.values()),
        highest=max(known.values()),
        without=tuple(sorted(set(rates) - set(known))),
    )


def place_among(own: str, rows: Mapping[str, PeerRow]) -> Place | None:
    """Return where an area lies by the funnel of `compare`, from the areas that have number, residents and rate."""
    areas = [
        AreaCount(code, row.count, row.population)
        for code, row in sorted(rows.items())
        if row.rate is not None and row.count is not None and row.population
    ]
    if own not in {area.code for area in areas}:
        return None
    found = compare(areas)
    return None if found is None else found.of(own).place
