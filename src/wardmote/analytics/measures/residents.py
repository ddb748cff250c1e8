"""Residents: the population of every area of a question, in the year that suits each stretch of time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from wardmote.analytics.measures.dimensions import PLACE, Bucket, chosen
from wardmote.analytics.measures.evidence import Evidence
from wardmote.analytics.measures.figures import Query
from wardmote.analytics.measures.scope import Scope, in_edition


@dataclass(frozen=True)
class Residents:
    """Residents of an area: `population` is None with a reason where any of its LSOAs has no figure."""

    population: int | None
    reason: str


def year_for(bucket: Bucket, years: Iterable[int]) -> int:
    """Return the nearest population year not after the end of a stretch of time, else the nearest there is."""
    end = bucket.months[-1].year
    earlier = [year for year in years if year <= end]
    return max(earlier, default=min(years))


def years_held(evidence: Evidence, query: Query) -> dict[int, str | None]:
    """Return the years for which a population is held, each with the edition of its LSOAs.

    Where a year is held in two editions, that of the incidents is taken. Figures by LSOA use only years of the
    incidents' edition, as long as there is one: an LSOA of 2021 has no residents in a table of 2011.
    """
    if evidence.population is None:
        return {}
    if "edition" not in evidence.population.columns:
        rows = evidence.con.to_pyarrow(evidence.population.select("year").distinct()).to_pylist()
        return {row["year"]: evidence.population_edition for row in rows}
    rows = evidence.con.to_pyarrow(evidence.population.select("year", "edition").distinct()).to_pylist()
    rows.sort(key=lambda row: (row["edition"] == evidence.incident_edition, row["edition"]))
    found = {row["year"]: row["edition"] or None for row in rows}
    native = {year: edition for year, edition in found.items() if edition == evidence.incident_edition}
    return native if native and "lsoa" in query.by else found


def residents(evidence: Evidence, scope: Scope, year: int, edition: str | None) -> Mapping[tuple[str, ...], Residents]:
    """Return the residents of every area of a question in one year, by the area's codes.

    The same areas are kept and left out as for the incidents. An area with an LSOA without population has no figure.
    """
    places = _native_places(scope, edition)
    keys = [f"{level}_code" for level in chosen(scope.query.by, PLACE)]
    people: Any = evidence.population
    people = people.filter(people.year == year)
    if "edition" in people.columns:
        people = people.filter(people.edition == (edition or ""))
    of_year = people.select(people_lsoa="lsoa_code", people="population")
    joined = places.left_join(of_year, places.lsoa_code == of_year.people_lsoa)
    sums = {"total": joined.people.sum(), "known": joined.people.count(), "needed": joined.lsoa_code.count()}
    grouped = joined.group_by(keys).aggregate(**sums) if keys else joined.aggregate(**sums)
    rows = evidence.con.to_pyarrow(grouped).to_pylist()
    return {tuple(row[key] for key in keys): _residents(row, year, evidence.divided_by) for row in rows}


def _native_places(scope: Scope, edition: str | None) -> Any:
    """Return the LSOAs of the population's edition inside the question's areas."""
    places: Any = in_edition(scope.places, edition)
    places = places.filter(places.kept == 1)
    return places if chosen(scope.query.where, PLACE) else places.filter(places.covered == 1)


def _residents(row: Mapping[str, Any], year: int, what: str) -> Residents:
    lacking, named = row["needed"] - row["known"], "population" if what == "residents" else what
    if lacking:
        return Residents(None, f"no {named} of {year} for {lacking} of {row['needed']} LSOAs")
    if not row["total"]:
        none = f"nobody lived there in {year}" if what == "residents" else f"no {what} there in {year}"
        return Residents(None, none)
    return Residents(int(row["total"]), "")
