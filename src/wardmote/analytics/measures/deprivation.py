"""How deprived the small areas of a ward are: how many lie in each fifth of all England's, the first most deprived.

Source: Ministry of Housing, Communities and Local Government, English Indices of Deprivation: deciles of LSOAs, of
which two make a fifth. The formula, an example and the limits are in docs/methods/deprivation.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from wardmote.analytics.measures.evidence import Evidence

FIFTHS: Final = 5
OVERALL: Final = "overall"


@dataclass(frozen=True)
class Fifths:
    """How many small areas lie in each fifth, the most deprived first, and of how many nothing is known."""

    counts: tuple[int, ...]
    unknown: int

    @property
    def areas(self) -> int:
        """How many small areas there are in all."""
        return sum(self.counts) + self.unknown


def fifths_of(deciles: Iterable[int | None]) -> Fifths:
    """Count deciles (1 to 10, 1 the most deprived; None where unknown) by the fifth that each lies in."""
    counts, unknown = [0] * FIFTHS, 0
    for decile in deciles:
        if decile is None:
            unknown += 1
        else:
            counts[(decile + 1) // 2 - 1] += 1
    return Fifths(tuple(counts), unknown)


def overall_deciles(con: Any, table: Any, codes: Iterable[str]) -> dict[str, int]:
    """Return the decile of the overall index by LSOA code, for those of `codes` that a release knows."""
    kept = table.filter((table.domain == OVERALL) & table.lsoa_code.isin(sorted(codes)))
    rows: list[dict[str, Any]] = con.to_pyarrow(kept.select("lsoa_code", "decile")).to_pylist()
    return {row["lsoa_code"]: int(row["decile"]) for row in rows}


def ward_lsoas(evidence: Evidence, districts: Iterable[str]) -> dict[str, dict[str, frozenset[str]]]:
    """Return by ward code its LSOAs, each with the editions ("2011", "2021") that its code belongs to.

    Empty where no lookup knows the districts' wards. An LSOA of 2011 that was divided between wards is in none.
    """
    areas = evidence.areas
    if areas is None or "ward_code" not in areas.columns:
        return {}
    within = areas.filter(areas.district_code.isin(sorted(districts)) & areas.ward_code.notnull())
    kept = within.select("ward_code", "lsoa_code", "lsoa_editions").distinct()
    found: dict[str, dict[str, frozenset[str]]] = {}
    for row in evidence.con.to_pyarrow(kept).to_pylist():
        found.setdefault(row["ward_code"], {})[row["lsoa_code"]] = frozenset((row["lsoa_editions"] or "").split())
    return found


def fifths_by_ward(
    wards: Mapping[str, Mapping[str, frozenset[str]]], deciles: Mapping[str, int], edition: str
) -> dict[str, Fifths]:
    """Return by ward the fifths of its LSOAs of one edition; a ward without any LSOA of that edition is left out."""
    found = {}
    for ward, lsoas in wards.items():
        own = sorted(code for code, editions in lsoas.items() if edition in editions)
        if own:
            found[ward] = fifths_of(deciles.get(code) for code in own)
    return found
