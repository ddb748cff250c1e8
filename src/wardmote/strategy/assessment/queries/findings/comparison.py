"""The partnership's rate of each problem beside those of other districts, as plain values and in words."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from wardmote.analytics.measures import MEASURES
from wardmote.analytics.measures.areas import known_districts
from wardmote.analytics.measures.cells import changes_within
from wardmote.analytics.measures.comparison import (
    FEWEST_AREAS,
    AreaCount,
    Compared,
    Comparison,
    Move,
    Place,
    compare,
    move,
)
from wardmote.analytics.measures.figures import FiguresRefused, Query
from wardmote.analytics.warehouse.manifest import HeldRelease
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
# Where a rate lies by the 95% limits, as the end of a sentence about them.
SIDE_WORDS: Final = {
    Place.FAR_ABOVE: "far above them",
    Place.ABOVE: "above them",
    Place.WITHIN: "inside them",
    Place.BELOW: "below them",
    Place.FAR_BELOW: "far below them",
}


def comparisons_of(frame: Frame, *, name: str, chosen: Sequence[str] = ()) -> dict[str, dict[str, Any]]:
    """Return by problem how the partnership stands among districts: those chosen, else all that the data cover.

    Empty where it stands for a single ward, where no population is held, or where fewer than five can be compared.
    """
    own = frame.where.get("district", ())
    if not own or len(known_districts(frame.evidence)) < FEWEST_AREAS:
        return {}
    periods = (frame.period, before(frame.period))
    now, then = (_groups(frame, own, chosen, period) for period in periods)
    then = {slug: group for slug, group in then.items() if not _is_broken(frame, slug)}
    names = {code: row for group in now.values() for code, row in group.items()}
    titles = {code: str(row["district_name"] or code) for code, row in names.items()} | {OWN: name}
    found = {slug: _comparison(group, then.get(slug, {}), titles) for slug, group in now.items()}
    words = {"now": periods[0].words(), "before": periods[1].words()}
    beside = {"periods": words, "datasets": _datasets_beside(names.values(), frame)}
    return {slug: one | beside for slug, one in found.items() if one}


Group = dict[str, dict[str, Any]]


def _groups(frame: Frame, own: Sequence[str], chosen: Sequence[str], period: Period) -> dict[str, Group]:
    """Return count and residents of each district by problem, the partnership's own districts added up."""
    wanted = (*own, *chosen) if chosen else ()
    found: dict[str, Group] = {}
    for row in _rows(frame, wanted, period):
        if row["count"] is not None and row["population"] and (not wanted or row["district"] in wanted):
            code = OWN if row["district"] in own else str(row["district"])
            into = found.setdefault(str(row["problem"]), {}).setdefault(code, {**row, "count": 0, "population": 0})
            into["count"] += int(str(row["count"]))
            into["population"] += int(str(row["population"]))
    return found


def _rows(frame: Frame, wanted: Sequence[str], period: Period) -> list[dict[str, Any]]:
    """Return the rates of the districts that our own force's data cover, then those wanted of other forces'.

    A district is read from the first data set that covers it: a force records a few incidents beyond its border.
    """
    own = frame.where["dataset"][0]
    found = _rows_of(frame, own, period)
    for dataset in sorted({one.dataset for one in frame.evidence.held if one.kind == "police-uk"} - {own}):
        lacking = set(wanted) - {row["district"] for row in found}
        found += [row for row in _rows_of(frame, dataset, period) if row["district"] in lacking] if lacking else []
    return found


def _rows_of(frame: Frame, dataset: str, period: Period) -> list[dict[str, Any]]:
    where = {"dataset": (dataset,), "problem": frame.slugs}
    try:
        rows = MEASURES["rates"](frame.evidence, Query(by=("problem", "district"), where=where, period=period))
    except FiguresRefused:
        return []
    return [{**row, "dataset": dataset} for row in rows.records()]


def _is_broken(frame: Frame, slug: str) -> bool:
    """Whether a change in recording lies between the two years, or within them, after which others are counted."""
    categories = frozenset(next(one.police_uk for one in frame.evidence.problems if one.slug == slug))
    months = (before(frame.period).first, frame.period.last)
    crossed = changes_within(frame.evidence.recording_changes, categories, months)
    return any(not one.harmless_for(categories) for one in crossed)


def _datasets_beside(rows: Iterable[Content], frame: Frame) -> list[str]:
    return sorted({str(row["dataset"]) for row in rows} - set(frame.where["dataset"]))


def compared_releases(problems: Iterable[Content], held: Iterable[HeldRelease]) -> tuple[HeldRelease, ...]:
    """Return the releases of other forces that some comparison was read from."""
    read = {name for one in problems for name in (one.get("comparison") or {}).get("datasets", ())}
    return tuple(one for one in held if one.dataset in read)


def _comparison(now: Group, then: Group, titles: Mapping[str, str]) -> dict[str, Any]:
    found, earlier = (_compared(group) for group in (now, then))
    if found is None:
        return {}
    # Limits of other districts would be other limits.
    is_same = earlier is not None and now.keys() == then.keys()
    places = {area.code: str(area.place) for area in earlier.areas} if earlier and is_same else {}
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
        f"{PLACE_WORDS[Place(own['place'])]}.{_moved(own, found.get('periods') or {})}"
    )


def _order(rank: int) -> str:
    return "" if rank == 1 else f"{ordinal(rank)} "


def _moved(own: Content, periods: Mapping[str, str]) -> str:
    """Say whether the area moved in or out of the 95% limits since the year before; empty where there is none."""
    if not own["before"]:
        return ""
    was, now = Place(own["before"]), Place(own["place"])
    earlier, later = periods.get("before", "year before"), periods.get("now", "year examined")
    moved = move(was, now)
    if moved is Move.STAYED_IN:
        return f" It stayed inside the limits, in the {earlier} as in the {later}."
    head = "moved from one side of the limits to the other" if moved is Move.ACROSS else f"{moved} the limits"
    return f" It {head}: {SIDE_WORDS[was]} in the {earlier}, {SIDE_WORDS[now]} in the {later}."


def _printed(rate: str) -> str:
    return with_thousands(Fraction(rate), 1)
