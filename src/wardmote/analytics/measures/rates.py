"""Rates: incidents for every 1,000 or 10,000 residents, with the year of the population, and ranks of areas.

Source: the usual crime rate, count / residents x base; requirement of the Kingston plan 2011-14 (rate by ward).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from wardmote.analytics.measures.counts import ESTIMATED, estimated, provenance
from wardmote.analytics.measures.dimensions import PLACE, chosen, columns
from wardmote.analytics.measures.evidence import Evidence
from wardmote.analytics.measures.figures import Column, Figures, FiguresRefused, Query, Value
from wardmote.analytics.measures.ranks import competition_ranks
from wardmote.analytics.measures.residents import Residents, residents, year_for, years_held
from wardmote.analytics.measures.scope import refuse_mixed
from wardmote.analytics.measures.tally import Tallied, Tally, tally
from wardmote.foundations.rounding import half_up, with_thousands

# Six places keep every rate apart that one incident tells apart; printing rounds once more, to `decimals`.
PLACES: Final = 6
RESIDENTS: Final = "residents"
OTHER_NOTE: Final = "Rates are for the whole stretch of time counted, by where incidents happened."
NOTE: Final = (
    "Rates are for the whole stretch of time counted, by where incidents happened; visitors are not residents."
)


@dataclass(frozen=True)
class Rate:
    """One rate before it is printed: exact value, or None with the reason."""

    one: Tallied
    residents: Residents
    year: int
    value: Fraction | None
    reason: str


def rates(evidence: Evidence, query: Query) -> Figures:
    """Divide counts by residents, or by what else the evidence says.

    Rows: labels, count, population, its year, rate, rank among areas, reason.

    `rate` is incidents per `query.per` residents, None with a `reason` where months, LSOAs or population are missing.
    Numerator and population have the same scope. Rank 1 is the highest rate. Raises FiguresRefused.
    """
    found = tally(evidence, query)
    refuse_mixed(found.scope, found.scope.period)
    worked = worked_rates(evidence, found)
    ranks = _ranks(worked) if chosen(query.by, PLACE) else {}
    rows = tuple(_row(found, one, ranks.get(id(one))) for one in worked)
    held = years_held(evidence, query)
    years = {year: held[year] or "" for year in sorted({one.year for one in worked})}
    count, *others = _columns(query.per, evidence.divided_by)
    heads = (*columns(query.by), count, *((ESTIMATED,) if found.rests_on_estimates else ()), *others)
    more = {"period": str(found.scope.period), "population_year": tuple(years), "population_editions": years}
    return Figures("rates", heads, rows, (*found.notes, *_notes(evidence, years)), provenance(evidence, query, **more))


def worked_rates(evidence: Evidence, found: Tally) -> tuple[Rate, ...]:
    """Work out the exact rates of a tally."""
    years = years_held(evidence, found.scope.query)
    if not years and evidence.divided_by != RESIDENTS:
        raise FiguresRefused(f"No year of {evidence.divided_by} is held for these areas: import a table first.")
    if not years:
        raise FiguresRefused("No population is held, so there is nothing to divide by: import one first.")
    if evidence.areas is None:
        raise FiguresRefused("No lookup says which areas the incidents cover, so residents cannot be counted.")
    wanted = {year_for(one.cell.bucket, years) for one in found.counts}
    people = {year: residents(evidence, found.scope, year, years[year]) for year in wanted}
    return tuple(_rate(one, year_for(one.cell.bucket, years), people, found.scope.query.per) for one in found.counts)


def _rate(one: Tallied, year: int, people: Mapping[int, Mapping[tuple[str, ...], Residents]], per: int) -> Rate:
    there = people[year].get(one.place, Residents(None, f"no LSOA of the population's edition in {year}"))
    reason = one.cell.status or there.reason
    if reason or one.count is None or there.population is None:
        return Rate(one, there, year, None, reason)
    return Rate(one, there, year, Fraction(one.count * per, there.population), "")


def _ranks(worked: tuple[Rate, ...]) -> dict[int, int | None]:
    groups: dict[tuple[tuple[str, ...], tuple[str, ...]], list[Rate]] = {}
    for rate in worked:
        groups.setdefault((rate.one.time, rate.one.kind), []).append(rate)
    return {
        id(rate): rank
        for group in groups.values()
        for rate, rank in zip(group, competition_ranks([rate.value for rate in group]), strict=True)
    }


def _row(found: Tally, rate: Rate, rank: int | None) -> tuple[Value, ...]:
    value = None if rate.value is None else half_up(rate.value, PLACES)
    counted = (*found.labels(rate.one), rate.one.count, *estimated(found, rate.one))
    return (*counted, rate.residents.population, rate.year, value, rank, rate.reason)


def _columns(per: int, what: str) -> tuple[Column, ...]:
    unit = f"per {with_thousands(per)} {what}"
    of_year = "Population of mid-year" if what == RESIDENTS else f"{what.capitalize()} of the year"
    return (
        Column("count", "Incidents", "integer", "incidents"),
        Column("population", what.capitalize(), "integer", what),
        Column("population_year", of_year, "integer", "year"),
        Column("rate", f"Rate {unit}", "decimal", unit, decimals=1),
        Column("rank", "Rank, 1 is the highest rate", "integer", "rank"),
        Column("reason", "Why there is no rate", "text"),
    )


def _notes(evidence: Evidence, years: Mapping[int, str]) -> tuple[str, ...]:
    what = evidence.divided_by
    named = [f"Population of mid-{', mid-'.join(map(str, years))}.", NOTE]
    if what != RESIDENTS:
        named = [f"{what.capitalize()} of {', '.join(map(str, years))}.", OTHER_NOTE]
    notes = [*named]
    notes += [
        f"Incidents are placed by the LSOAs of {evidence.incident_edition}, the {what} of {year} by those of "
        f"{edition}; both are added up to the same areas."
        for year, edition in years.items()
        if edition and evidence.incident_edition and edition != evidence.incident_edition
    ]
    return tuple(notes)
