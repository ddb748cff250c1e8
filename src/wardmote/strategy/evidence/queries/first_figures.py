"""The first figures of a partnership: everything recorded in its districts month by month, its wards, its residents."""

from dataclasses import dataclass

from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.analytics.measures import MEASURES
from wardmote.analytics.measures.areas import areas_within
from wardmote.analytics.measures.evidence import Evidence
from wardmote.analytics.measures.figures import FiguresRefused, Query
from wardmote.foundations.periods import Month, Period, rolling_12
from wardmote.partnership.members.queries import partnership_of

from . import gather_evidence, held_releases, sees_sample
from .boundaries import chosen_lookup


@dataclass(frozen=True)
class FirstFigures:
    """What the first page can show of a partnership.

    `months` are months with the incidents recorded in the districts, None where missing; `residents` is None where no
    population is held. `wards` are (code, name); `lookup` names the lookup whose boundary edition placed everything.
    """

    months: tuple[tuple[Month, int | None], ...]
    sources: tuple[str, ...]
    wards: tuple[tuple[str, str], ...]
    lookup: str
    residents: int | None
    residents_year: str


def first_figures(reader: Reader) -> FirstFigures:
    """Return what can be shown of the reader's partnership with what is accepted today."""
    reader.require(Permission.SEE_EVIDENCE)
    codes = tuple(district.code for district in partnership_of(reader).districts.all())
    held = held_releases(is_sample=sees_sample(reader))
    crime = [one for one in held if one.kind == "police-uk"]
    evidence = gather_evidence(is_sample=sees_sample(reader), held=held, lookup=chosen_lookup(partnership_of(reader)))
    try:
        months = _months(evidence, codes) if crime and codes else ()
        residents, year = _residents(evidence, codes, months)
        return FirstFigures(
            months=months,
            sources=tuple(sorted({f"{one.dataset}, release {one.release[:12]}" for one in crime if one.placed_months})),
            wards=areas_within(evidence, "ward", codes),
            lookup=evidence.lookup,
            residents=residents,
            residents_year=year,
        )
    finally:
        evidence.con.disconnect()


def _months(evidence: Evidence, codes: tuple[str, ...]) -> tuple[tuple[Month, int | None], ...]:
    months = sorted({month for one in evidence.held if one.kind == "police-uk" for month in one.placed_months})
    if not months:
        return ()
    period = Period(Month.parse(months[0]), Month.parse(months[-1]))
    try:
        found = MEASURES["counts"](evidence, Query(by=("month",), where={"district": codes}, period=period)).records()
    except FiguresRefused:
        return ()
    return tuple((Month.parse(str(row["month"])), _whole(row["count"])) for row in found)


def _residents(
    evidence: Evidence, codes: tuple[str, ...], months: tuple[tuple[Month, int | None], ...]
) -> tuple[int | None, str]:
    """Return the residents of the districts and the year that they are counted for."""
    if not months or evidence.population is None:
        return None, ""
    query = Query(where={"district": codes}, period=rolling_12(months[-1][0]))
    try:
        (row,) = MEASURES["rates"](evidence, query).records()
    except FiguresRefused:
        return None, ""
    return _whole(row["population"]), str(row["population_year"] or "")


def _whole(value: object) -> int | None:
    return None if value is None else int(str(value))
