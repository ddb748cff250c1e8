"""What is held of whole districts beside crime: residents, ground, deprived small areas, and what can be divided by.

Each is kept as a sum over another (residents over square kilometres), so that several districts that stand together
have a value too: that of their sums.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from wardmote.analytics.measures.deprivation import fifths_of, overall_deciles
from wardmote.analytics.measures.evidence import Evidence, divided_by
from wardmote.analytics.measures.figures import Query
from wardmote.analytics.measures.residents import residents, years_held
from wardmote.analytics.measures.scope import scope_of
from wardmote.definitions import Denominator

BY_DISTRICT: Final = Query(by=("district",))
Sums = Mapping[str, Fraction]


@dataclass(frozen=True)
class Fact:
    """One variable: its sums by district, what they are divided by (nothing where None), and times what."""

    tops: Sums
    bottoms: Sums | None = None
    times: int = 1

    def of(self, districts: Iterable[str]) -> Fraction | None:
        """Return the value of one district or of several together; None where any of them has no figure."""
        codes = list(districts)
        sums = (self.tops,) if self.bottoms is None else (self.tops, self.bottoms)
        if any(code not in held for held in sums for code in codes):
            return None
        top = sum((self.tops[code] for code in codes), Fraction(0))
        bottom = Fraction(1) if self.bottoms is None else sum((self.bottoms[code] for code in codes), Fraction(0))
        return top * self.times / bottom if bottom else None


def covered_districts(evidence: Evidence) -> dict[str, str]:
    """Return the name of each district that the crime data of any force cover, by code; raises FiguresRefused."""
    places: Any = scope_of(evidence, BY_DISTRICT).places
    kept = places.filter((places.covered == 1) & places.district_code.notnull())
    rows = evidence.con.to_pyarrow(kept.select("district_code", "district_name").distinct()).to_pylist()
    return {row["district_code"]: row["district_name"] or row["district_code"] for row in rows}


def residents_by_district(evidence: Evidence) -> tuple[int, Sums]:
    """Return the newest year of residents, or of what the evidence divides by, and the sums; 0 where none are held."""
    years = years_held(evidence, BY_DISTRICT)
    if not years:
        return 0, {}
    year = max(years)
    found = residents(evidence, scope_of(evidence, BY_DISTRICT), year, years[year])
    return year, {code: Fraction(one.population) for (code,), one in found.items() if code and one.population}


def denominator_by_district(evidence: Evidence, denominator: Denominator) -> tuple[int, Sums]:
    """Return the newest year of a denominator and its sums by district; 0 and none where it is not held."""
    other = divided_by(evidence, denominator)
    return (0, {}) if other is None else residents_by_district(other)


def small_areas_by_district(evidence: Evidence, edition: str, districts: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return the LSOA codes of one edition ("2011", "2021") by district."""
    areas: Any = evidence.areas
    within = areas.filter(areas.district_code.isin(sorted(districts)))
    within = within.filter(within.lsoa_editions.contains(edition)) if "lsoa_editions" in areas.columns else within
    rows = evidence.con.to_pyarrow(within.select("district_code", "lsoa_code").distinct()).to_pylist()
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(row["district_code"], set()).add(row["lsoa_code"])
    return {code: frozenset(lsoas) for code, lsoas in found.items()}


def deprived_by_district(evidence: Evidence, table: Any, lsoas: Mapping[str, frozenset[str]]) -> Fact:
    """Return the part, in per cent, of each district's small areas in the most deprived fifth of England's.

    `table` is a release of the Indices, of the same LSOAs; a district with one that it does not know has no figure.
    """
    deciles = overall_deciles(evidence.con, table, (code for codes in lsoas.values() for code in codes))
    fifths = {district: fifths_of(deciles.get(code) for code in codes) for district, codes in lsoas.items()}
    known = {district: one for district, one in fifths.items() if not one.unknown and one.areas}
    tops = {district: Fraction(one.counts[0]) for district, one in known.items()}
    return Fact(tops, {district: Fraction(one.areas) for district, one in known.items()}, times=100)
