"""Residents: the population of every area of a question, in the year that suits each stretch of time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wardmote.analytics.measures.dimensions import PLACE, Bucket, chosen
from wardmote.analytics.measures.evidence import Evidence
from wardmote.analytics.measures.scope import Scope, in_edition


@dataclass(frozen=True)
class Residents:
    """Residents of an area: `population` is None with a reason where any of its LSOAs has no figure."""

    population: int | None
    reason: str


def year_for(bucket: Bucket, years: Sequence[int]) -> int:
    """Return the nearest population year not after the end of a stretch of time, else the nearest there is."""
    end = bucket.months[-1].year
    earlier = [year for year in years if year <= end]
    return max(earlier) if earlier else min(years)


def years_held(evidence: Evidence) -> list[int]:
    """Return the years for which a population is held."""
    if evidence.population is None:
        return []
    rows = evidence.con.to_pyarrow(evidence.population.select("year").distinct()).to_pylist()
    return sorted(row["year"] for row in rows)


def residents(evidence: Evidence, scope: Scope, year: int) -> Mapping[tuple[str, ...], Residents]:
    """Return the residents of every area of a question in one year, by the area's codes.

    The same areas are kept and left out as for the incidents. An area with an LSOA without population has no figure.
    """
    places = _native_places(evidence, scope)
    keys = [f"{level}_code" for level in chosen(scope.query.by, PLACE)]
    people: Any = evidence.population
    of_year = people.filter(people.year == year).select(people_lsoa="lsoa_code", people="population")
    joined = places.left_join(of_year, places.lsoa_code == of_year.people_lsoa)
    sums = {"total": joined.people.sum(), "known": joined.people.count(), "needed": joined.lsoa_code.count()}
    grouped = joined.group_by(keys).aggregate(**sums) if keys else joined.aggregate(**sums)
    rows = evidence.con.to_pyarrow(grouped).to_pylist()
    return {tuple(row[key] for key in keys): _residents(row, year) for row in rows}


def _native_places(evidence: Evidence, scope: Scope) -> Any:
    """Return the LSOAs of the population's edition inside the question's areas."""
    places: Any = in_edition(scope.places, evidence.population_edition)
    places = places.filter(places.kept == 1)
    return places if chosen(scope.query.where, PLACE) else places.filter(places.covered == 1)


def _residents(row: Mapping[str, Any], year: int) -> Residents:
    lacking = row["needed"] - row["known"]
    if lacking:
        return Residents(None, f"no population of {year} for {lacking} of {row['needed']} LSOAs")
    if not row["total"]:
        return Residents(None, f"nobody lived there in {year}")
    return Residents(int(row["total"]), "")
