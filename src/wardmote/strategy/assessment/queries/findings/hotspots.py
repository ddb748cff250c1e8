"""Where incidents of a problem lie together more closely than by chance, year by year, as plain values and in words.

A year's map is corrected as one: at most 5% of the areas found on it are expected to be there by chance.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from wardmote.analytics.measures.figures import FiguresRefused
from wardmote.analytics.measures.gi_star import Standing, gi_star
from wardmote.analytics.measures.local_moran import patterns
from wardmote.analytics.measures.neighbours import TOLERANCE_METRES, Neighbours, contiguity
from wardmote.analytics.measures.permutation import Draws
from wardmote.foundations.periods import Period, before
from wardmote.foundations.rounding import with_thousands
from wardmote.strategy.assessment.queries.frame import Frame
from wardmote.strategy.assessment.queries.maps import boundaries_for

LEVELS: Final = ("lsoa", "ward")
MOST_YEARS: Final = 3
# On fewer areas the neighbours of one can be drawn in so few ways that nothing could be told from chance.
FEWEST_AREAS: Final = 20
MOST_NAMED: Final = 6
AREA_WORDS: Final = {"lsoa": "small areas", "ward": "wards"}

Content = Mapping[str, Any]
Counts = Mapping[str, Mapping[str, int]]


class Lasting(StrEnum):
    """How a hotspot stands over the years: in each of them, in the last alone, or in some."""

    PERSISTENT = "persistent"
    EMERGING = "emerging"
    INTERMITTENT = "intermittent"


@dataclass(frozen=True)
class SmallAreas:
    """The finest areas with counts and boundaries, which touch which, and the counts by year, problem and area."""

    level: str
    areas: Sequence[Mapping[str, str]]
    neighbours: Neighbours
    years: tuple[tuple[Period, Counts], ...]

    def content(self, drawn: Sequence[Mapping[str, str]]) -> dict[str, Any]:
        """Return what the analysis keeps; outlines only where they are not those of its map."""
        draws = Draws()
        same = [area["code"] for area in drawn] == [area["code"] for area in self.areas]
        return {
            "level": self.level,
            "areas": [] if same else [dict(area) for area in self.areas],
            "islands": [self.areas[at]["code"] for at in self.neighbours.islands],
            "tolerance_metres": TOLERANCE_METRES,
            "permutations": [draws.first, draws.more],
            "seed": draws.seed,
        }


def small_areas(frame: Frame) -> SmallAreas | None:
    """Return the finest areas of which every one has a boundary and a count; None where there are too few or none."""
    for level in LEVELS:
        if level == "ward" and "ward" in frame.where:
            return None
        years = _years(frame, level)
        codes = {code for _, counts in years for areas in counts.values() for code in areas}
        areas = boundaries_for(frame.evidence, codes) if len(codes) >= FEWEST_AREAS else None
        if areas:
            return SmallAreas(level, areas, contiguity([area["geometry"] for area in areas]), tuple(years))
    return None


def _years(frame: Frame, level: str) -> list[tuple[Period, Counts]]:
    """Return the last years, oldest first, back to the first of which a month is missing."""
    found: list[tuple[Period, Counts]] = []
    period = frame.period
    while len(found) < MOST_YEARS and period.first >= frame.history.first:
        counts = _counts(frame, level, period)
        if not counts:
            break
        found.insert(0, (period, counts))
        period = before(period)
    return found


def _counts(frame: Frame, level: str, period: Period) -> Counts:
    """Return the counts by problem and area; nothing where the level is not known or a month is missing."""
    try:
        records = frame.ask("counts", "problem", level, period=period).records()
    except FiguresRefused:
        return {}
    found: dict[str, dict[str, int]] = {}
    for record in records:
        if record["count"] is None or record["months_held"] != record["months_needed"]:
            return {}
        found.setdefault(str(record["problem"]), {})[str(record[level])] = int(record["count"])
    return found


def add_hotspots(problems: Sequence[dict[str, Any]], small: SmallAreas | None) -> None:
    """Put the hotspots of the last years beside each measured problem."""
    for problem in problems if small else ():
        if small and problem["measured"] and all(problem["slug"] in counts for _, counts in small.years):
            problem["hotspots"] = hotspots_of(problem["slug"], small)


def hotspots_of(slug: str, small: SmallAreas) -> dict[str, Any]:
    """Return the hotspots and coldspots of a problem year by year, and how each hotspot stands over the years."""
    codes = [area["code"] for area in small.areas]
    years = [(period, [counts[slug].get(code, 0) for code in codes]) for period, counts in small.years]
    maps = [_map(values, codes, small.neighbours) | _ends(period) for period, values in years]
    named = sorted({code for one in maps for code in one["hot"]} | set(maps[-1]["cold"]))
    last = dict(zip(codes, years[-1][1], strict=True))
    among = dict(zip(codes, patterns(years[-1][1], small.neighbours), strict=True))
    return {
        "level": small.level,
        "areas": len(codes),
        "islands": len(small.neighbours.islands),
        "years": maps,
        "named": {
            code: {"count": last[code], "among": str(among[code]), "lasting": _lasting(code, maps)} for code in named
        },
    }


def _map(values: Sequence[int], codes: Sequence[str], neighbours: Neighbours) -> dict[str, Any]:
    standings = list(zip(codes, gi_star(values, neighbours).standings, strict=True))
    return {
        "hot": [code for code, one in standings if one is Standing.HOT],
        "cold": [code for code, one in standings if one is Standing.COLD],
    }


def _ends(period: Period) -> dict[str, str]:
    return {"first": str(period.first), "last": str(period.last)}


def _lasting(code: str, maps: Sequence[Content]) -> str:
    """Return how a hotspot stands over the years; nothing for a coldspot, or from one year alone."""
    held = [code in one["hot"] for one in maps]
    if len(held) < 2 or not any(held):
        return ""
    if all(held):
        return Lasting.PERSISTENT
    return Lasting.EMERGING if held[-1] and not any(held[:-1]) else Lasting.INTERMITTENT


def hotspot_numbers(problem: Content) -> dict[str, tuple[int, str]]:
    """Return the numbers of the sentence by name, each with what it is; nothing without a finding."""
    found = problem.get("hotspots")
    if not found:
        return {}
    last = found["years"][-1]
    lasting = [found["named"][code]["lasting"] for code in last["hot"]]
    return {
        "areas": (found["areas"], "areas tested for hotspots"),
        "hot": (len(last["hot"]), "hotspots of the last year"),
        "cold": (len(last["cold"]), "coldspots of the last year"),
        "islands": (found["islands"], "areas that touch no other"),
        **{str(one): (lasting.count(one), f"{one} hotspots") for one in Lasting},
        "earlier": (len(found["named"]) - len({*last["hot"], *last["cold"]}), "hotspots of an earlier year alone"),
    }


def hotspot_sentence(problem: Content, analysis: Content) -> str:
    """Say how many areas are hotspots and coldspots and how they stand over the years; the areas by name where few."""
    found = problem.get("hotspots")
    if not found:
        return ""
    parts = [_hot_words(found, analysis), *_lasting_words(problem, found, analysis), *_rest_words(problem)]
    return " ".join(parts)


def _hot_words(found: Content, analysis: Content) -> str:
    hot, areas = found["years"][-1]["hot"], f"Of {with_thousands(found['areas'])} {AREA_WORDS[found['level']]}"
    if not hot:
        return f"{areas} none is a hotspot: no group of neighbours has more than chance would give it."
    counted = f"{areas} {with_thousands(len(hot))} {'is a hotspot' if len(hot) == 1 else 'are hotspots'}"
    if len(hot) > MOST_NAMED:
        return f"{counted}, named in the table."
    return f"{counted}: {_listed(_names(hot, analysis))}."


def _lasting_words(problem: Content, found: Content, analysis: Content) -> Iterator[str]:
    hot, years = found["years"][-1]["hot"], len(found["years"])
    meant = {
        Lasting.PERSISTENT: f"in each of the last {years} years",
        Lasting.EMERGING: "in the last year alone",
        Lasting.INTERMITTENT: "in the last year and an earlier one, not in all",
    }
    for one in Lasting:
        codes = [code for code in hot if found["named"][code]["lasting"] == one]
        if codes:
            who = _listed(_names(codes, analysis)) if len(hot) <= MOST_NAMED else with_thousands(len(codes))
            yield f"{one.capitalize()} ({meant[one]}): {who}."
    earlier = hotspot_numbers(problem)["earlier"][0]
    if earlier:
        yield f"{with_thousands(earlier)} more {'was one' if earlier == 1 else 'were hotspots'} in an earlier year."


def _rest_words(problem: Content) -> Iterator[str]:
    numbers = hotspot_numbers(problem)
    cold, islands = numbers["cold"][0], numbers["islands"][0]
    if cold:
        few = "is a coldspot, with less around it" if cold == 1 else "are coldspots, with less around them"
        yield f"{with_thousands(cold)} {few} than chance would give."
    if islands:
        touch = "touches no other and was" if islands == 1 else "touch no other and were"
        yield f"{with_thousands(islands)} {touch} not tested."


def area_names(analysis: Content) -> dict[str, str]:
    """Return the names of the areas that hotspots were looked for among, by code."""
    areas = (analysis.get("small_areas") or {}).get("areas") or analysis["map"]["areas"]
    return {area["code"]: area["name"] or area["code"] for area in areas}


def _names(codes: Sequence[str], analysis: Content) -> list[str]:
    names = area_names(analysis)
    return sorted(names[code] for code in codes)


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
