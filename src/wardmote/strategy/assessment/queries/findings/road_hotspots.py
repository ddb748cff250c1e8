"""Wards around which more collisions hurt people severely than chance would have it; or why nothing can be said.

What is tested is collisions, not the people hurt in them: those of one collision are not independent.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from wardmote.analytics.measures.areas import small_areas_within
from wardmote.analytics.measures.casualty_counts import CollisionSize, sizes_over
from wardmote.analytics.measures.gi_star import Standing, gi_star
from wardmote.analytics.measures.neighbours import Neighbours, contiguity
from wardmote.foundations.periods import Period
from wardmote.strategy.assessment.queries.frame import Frame
from wardmote.strategy.assessment.queries.maps import boundaries_for
from wardmote.strategy.assessment.queries.scope import AnalysisScope

from .hotspots import FEWEST_AREAS

# On made maps of nine wards at three times the risk of the rest, about this many a ward found them; half did not.
FEWEST_A_WARD: Final = 4
NO_BOUNDARIES: Final = "the boundaries of all its wards are not held"
Content = dict[str, Any]


def road_hotspots(
    frame: Frame, scope: AnalysisScope, sizes: Iterable[CollisionSize], three_years: Period
) -> dict[str, Any]:
    """Return the wards that stand out over three years, by name; empty where no lookup knows wards."""
    placed = [one for one in small_areas_within(frame.evidence, scope.codes) if one.ward_code]
    wards, names = {one.code: one.ward_code for one in placed}, {one.ward_code: one.ward_name for one in placed}
    if not names:
        return {}
    inside = [(wards[one.lsoa], one) for one in sizes if one.lsoa in wards]
    collisions = {
        code: sum(sizes_over([one for ward, one in inside if ward == code], three_years, is_severe=True).values())
        for code in sorted(names)
    }
    areas = boundaries_for(frame.evidence, set(names)) if len(names) >= FEWEST_AREAS else None
    neighbours = contiguity([area["geometry"] for area in areas]) if areas else None
    return {"wards": len(names), "collisions": sum(collisions.values())} | standing_out(collisions, names, neighbours)


def standing_out(collisions: Mapping[str, int], names: Mapping[str, str], neighbours: Neighbours | None) -> Content:
    """Return the hotspots among wards in the order of their codes, by name, or in `why` what forbids the test."""
    total = sum(collisions.values())
    if len(collisions) < FEWEST_AREAS:
        return {"hot": [], "why": f"there are {len(collisions)} wards, and the test needs {FEWEST_AREAS}"}
    if total < FEWEST_A_WARD * len(collisions):
        needed = FEWEST_A_WARD * len(collisions)
        return {"hot": [], "why": f"there were {total} such collisions, and among so many wards it needs {needed}"}
    if neighbours is None:
        return {"hot": [], "why": NO_BOUNDARIES}
    codes = sorted(collisions)
    standings = gi_star([collisions[code] for code in codes], neighbours).standings
    hot = [code for code, one in zip(codes, standings, strict=True) if one is Standing.HOT]
    return {"hot": _named(hot, collisions, names), "why": ""}


def _named(codes: Sequence[str], collisions: Mapping[str, int], names: Mapping[str, str]) -> list[Content]:
    rows = [{"code": code, "name": names[code], "collisions": collisions[code]} for code in codes]
    return sorted(rows, key=lambda row: (row["name"], row["code"]))
