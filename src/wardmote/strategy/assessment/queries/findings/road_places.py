"""Where people are hurt on the roads: districts with rate and interval, and wards by three years of casualties."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, Final

from wardmote.analytics.measures import MEASURES
from wardmote.analytics.measures.areas import small_areas_within
from wardmote.analytics.measures.casualties import YEARS, Sizes, casualty_rate
from wardmote.analytics.measures.casualty_counts import CollisionSize, sizes_over
from wardmote.analytics.measures.figures import FiguresRefused, Query
from wardmote.foundations.periods import Period
from wardmote.foundations.rounding import half_up
from wardmote.strategy.assessment.queries.frame import Frame
from wardmote.strategy.assessment.queries.scope import AnalysisScope

PLACES: Final = 6
MOST_WARDS: Final = 10
Content = dict[str, Any]


def districts_of(
    frame: Frame, scope: AnalysisScope, sizes: Iterable[CollisionSize], period: Period, three_years: Period | None
) -> list[Content]:
    """Return each district with killed and seriously injured of the year, its rate, and that of three years."""
    people, sizes = residents_by(frame, "district"), tuple(sizes)
    rows = []
    for code, name in scope.districts:
        own = [one for one in sizes if len(scope.districts) == 1 or one.district in (code, name)]
        found = people.get(code, {})
        of_three = {} if three_years is None else _rate(own, three_years, found, years=YEARS)
        rows.append({"code": code, "name": name, "year": _rate(own, period, found), "three_years": of_three})
    return rows


def wards_of(frame: Frame, scope: AnalysisScope, sizes: Iterable[CollisionSize], three_years: Period) -> list[Content]:
    """Return the wards with most killed and seriously injured in three years, by name.

    None where no lookup knows wards. They are never ranked worst first.
    """
    wards = {
        one.code: (one.ward_code, one.ward_name)
        for one in small_areas_within(frame.evidence, scope.codes)
        if one.ward_code
    }
    people = residents_by(frame, "ward")
    by_ward: dict[tuple[str, str], list[CollisionSize]] = {}
    for one in sizes:
        if one.lsoa in wards:
            by_ward.setdefault(wards[one.lsoa], []).append(one)
    rows = [
        {"code": code, "name": name, **_rate(own, three_years, people.get(code, {}), years=YEARS)}
        for (code, name), own in by_ward.items()
    ]
    rows.sort(key=lambda row: (-row["ksi"], row["name"]))
    most = [row for row in rows if row["ksi"]][:MOST_WARDS]
    return sorted(most, key=lambda row: (row["name"], row["code"]))


def residents_by(frame: Frame, level: str) -> dict[str, Mapping[str, Any]]:
    """Return residents and the year of their estimate by area; none where no population is held."""
    about = ("residents by", level, frozenset(frame.where.items()), str(frame.period))
    return frame.evidence.told_once(about, lambda: _residents_by(frame, level))


def _residents_by(frame: Frame, level: str) -> dict[str, Mapping[str, Any]]:
    try:
        found = MEASURES["rates"](frame.evidence, Query(by=(level,), where=frame.where, period=frame.period))
    except FiguresRefused:
        return {}
    return {str(row[level]): row for row in found.records()}


def _rate(own: Iterable[CollisionSize], period: Period, people: Mapping[str, Any], *, years: int = 1) -> Content:
    own = tuple(own)
    severe, hurt = (sizes_over(own, period, is_severe=is_severe) for is_severe in (True, False))
    residents = people.get("population")
    rate = casualty_rate(severe, int(residents), years=years) if residents else None
    ends = {} if rate is None else {"rate": rate.value, "low": Fraction(rate.low), "high": Fraction(rate.high)}
    return {
        "ksi": _people(severe),
        "all": _people(hurt),
        "collisions": sum(severe.values()),
        "population": residents,
        "population_year": people.get("population_year") if residents else None,
        **{name: str(half_up(value, PLACES)) for name, value in ends.items()},
    }


def _people(sizes: Sizes) -> int:
    return sum(size * number for size, number in sizes.items())
