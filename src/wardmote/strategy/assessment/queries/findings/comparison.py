"""The partnership's rate of each problem beside those of other districts, as plain values and in words."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from wardmote.analytics.measures import MEASURES
from wardmote.analytics.measures.areas import known_districts
from wardmote.analytics.measures.comparison import FEWEST_AREAS, AreaCount, Compared, Comparison, Place, compare
from wardmote.analytics.measures.figures import FiguresRefused, Query
from wardmote.foundations.periods import Period, before
from wardmote.foundations.rounding import half_up, ordinal, with_thousands
from wardmote.strategy.assessment.queries.frame import Frame

Content = Mapping[str, Any]
# The code under which the districts of a partnership stand together.
OWN: Final = "own"
PLACE_WORDS: Final = {
    Place.FAR_ABOVE: "far above what chance and the ordinary differences between them would give",
    Place.ABOVE: "above what chance and the ordinary differences between them would give",
    Place.WITHIN: "no more than chance and the ordinary differences between them would give",
    Place.BELOW: "below what chance and the ordinary differences between them would give",
    Place.FAR_BELOW: "far below what chance and the ordinary differences between them would give",
}
PLACES: Final = 6


def comparisons_of(frame: Frame, *, name: str, chosen: Sequence[str] = ()) -> dict[str, dict[str, Any]]:
    """Return by problem how the partnership stands among districts: those chosen, else all that the data cover.

    Empty where it stands for a single ward, where no population is held, or where fewer than five can be compared.
    """
    own = frame.where.get("district", ())
    if not own or len(known_districts(frame.evidence)) < FEWEST_AREAS:
        return {}
    now, then = (_groups(frame, own, chosen, period) for period in (frame.period, before(frame.period)))
    names = {code: row for group in now.values() for code, row in group.items()}
    titles = {code: str(row["district_name"] or code) for code, row in names.items()} | {OWN: name}
    found = {slug: _comparison(group, then.get(slug, {}), titles) for slug, group in now.items()}
    return {slug: one for slug, one in found.items() if one}


Group = dict[str, dict[str, Any]]


def _groups(frame: Frame, own: Sequence[str], chosen: Sequence[str], period: Period) -> dict[str, Group]:
    """Return count and residents of each district by problem, the partnership's own districts added up."""
    where = {"dataset": frame.where["dataset"], "problem": frame.slugs}
    try:
        rows = MEASURES["rates"](frame.evidence, Query(by=("problem", "district"), where=where, period=period))
    except FiguresRefused:
        return {}
    found: dict[str, Group] = {}
    for row in rows.records():
        is_known = row["count"] is not None and row["population"]
        if is_known and (row["district"] in own or not chosen or row["district"] in chosen):
            code = OWN if row["district"] in own else str(row["district"])
            into = found.setdefault(str(row["problem"]), {}).setdefault(code, {**row, "count": 0, "population": 0})
            into["count"] += int(str(row["count"]))
            into["population"] += int(str(row["population"]))
    return found


def _comparison(now: Group, then: Group, titles: Mapping[str, str]) -> dict[str, Any]:
    found, earlier = (_compared(group) for group in (now, then))
    if found is None:
        return {}
    places = {} if earlier is None else {area.code: str(area.place) for area in earlier.areas}
    return {
        "mean": _text(found.mean),
        "pooled": _text(found.pooled),
        "phi": _text(Fraction(found.phi)),
        "tau_squared": _text(Fraction(found.tau_squared)),
        "areas": [
            _area(area, now[area.code], titles[area.code], places.get(area.code, ""))
            for area in sorted(found.areas, key=lambda area: titles[area.code])
        ],
    }


def _compared(group: Group) -> Comparison | None:
    if OWN not in group or len(group) < FEWEST_AREAS:
        return None
    return compare([AreaCount(code, row["count"], row["population"]) for code, row in sorted(group.items())])


def _area(area: Compared, row: Mapping[str, Any], name: str, before_place: str) -> dict[str, Any]:
    ends = {"low_95": area.low_95, "high_95": area.high_95, "low_998": area.low_998, "high_998": area.high_998}
    return {
        "code": area.code,
        "name": name,
        "is_own": area.code == OWN,
        "count": row["count"],
        "population": row["population"],
        "rate": _text(area.rate),
        **{end: _text(Fraction(value)) for end, value in ends.items()},
        "place": str(area.place),
        "before": before_place,
        "rank": area.rank,
        "tied": area.tied,
    }


def _text(value: Fraction) -> str:
    return str(half_up(value, PLACES))


def own_area(found: Content) -> Content:
    """Return the partnership's own row of a comparison."""
    row: Content = next(row for row in found["areas"] if row["is_own"])
    return row


def comparison_words(problem: Content) -> str:
    """Say how the partnership's rate stands in its group; empty where nothing could be compared."""
    found = problem.get("comparison") or {}
    if not found:
        return ""
    own, number = own_area(found), len(found["areas"])
    together = f"together with {own['tied'] - 1} more, " if own["tied"] > 1 else ""
    return (
        f"At {_printed(own['rate'])} per 1,000 residents it has the {_order(own['rank'])}highest rate of {number} "
        f"districts, {together}against a mean of {_printed(found['mean'])}: "
        f"{PLACE_WORDS[Place(own['place'])]}.{_moved(own)}"
    )


def _order(rank: int) -> str:
    return "" if rank == 1 else f"{ordinal(rank)} "


def _moved(own: Content) -> str:
    """Say whether the area moved in or out of the limits since the year before."""
    was, now = own["before"], own["place"]
    if not was or was == now:
        return ""
    inside, outside = str(Place.WITHIN), f"A year before it was {was} these limits."
    return f" {'A year before it was within these limits.' if was == inside else outside}"


def _printed(rate: str) -> str:
    return with_thousands(Fraction(rate), 1)
