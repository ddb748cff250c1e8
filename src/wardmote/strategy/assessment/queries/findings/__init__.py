"""What the measures beyond counts, rates and changes find out about each problem of an analysis.

Each finding is kept under its own name beside the problem's counts, as plain values; where too little is held it is
empty, and a report leaves it out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wardmote.strategy.assessment.queries.frame import Frame
from wardmote.strategy.assessment.queries.scope import AnalysisScope

from .areas import areas_of, deprivation_releases
from .at_risk import add_at_risk, frames_at_risk
from .comparison import compared_releases, comparisons_of
from .concentration import add_concentrations
from .cost import add_cost
from .density import add_density
from .forces import add_force, force_releases, forces_of
from .forecast import forecasts_of, ward_forecasts
from .harm import add_harm, offence_rows
from .hexes import add_hex_hotspots, called, pointed_of
from .hotspots import SmallAreas, add_hotspots, small_areas
from .rate_hotspots import add_rate_hotspots
from .records import add_records, records_releases
from .road import road_of, road_releases
from .season import season_of
from .series import Series, comparable
from .several import add_several, place_verdicts
from .severity import severity_of_area, severity_releases
from .usual import usual_of


@dataclass(frozen=True)
class Shared:
    """What all findings share: the areas of hotspots, what harm rests on; and what is known of the whole area alone."""

    small: SmallAreas | None
    hexes: dict[str, Any]
    density: dict[str, Any]
    harm: dict[str, Any]
    road: dict[str, Any]
    cost: dict[str, Any]
    severity: dict[str, Any]
    areas: dict[str, Any]
    forces: dict[str, Any]


def add_findings(
    problems: Sequence[dict[str, Any]], frame: Frame, histories: Mapping[str, Series], *, scope: AnalysisScope
) -> Shared:
    """Put the findings about the year beside each measured problem; `histories` has its comparable counts by month."""
    compared = comparisons_of(frame, name=scope.partnership, chosen=scope.compared_with)
    expected, by_ward = forecasts_of(histories, frame.period), ward_forecasts(frame, histories)
    add_several(problems, histories, frame.period)
    for problem in problems:
        slug = problem["slug"]
        history = histories.get(slug)
        if history is not None:
            problem["usual"] = usual_of(history, frame.period)
            problem["comparison"] = compared.get(slug, {})
            problem["season"] = season_of(history, frame.period)
            problem["forecast"] = {**expected[slug], "wards": by_ward.get(slug, [])}
    frames = frames_at_risk(frame)
    add_at_risk(problems, frames)
    small = small_areas(frame)
    add_hotspots(problems, small)
    add_rate_hotspots(problems, small, frame, frames)
    add_concentrations(problems, small)
    add_records(problems, frame, scope)
    pointed = pointed_of(frame, small)
    given = (called(frame, scope, small), pointed) if small and pointed else None
    hexes, density = add_hex_hotspots(problems, given), add_density(problems, given)
    rows = offence_rows(frame, scope)
    harm = add_harm(problems, frame, scope, rows)
    forces = forces_of(frame, scope)
    add_force(problems, forces)
    return Shared(
        small,
        hexes,
        density,
        harm,
        road_of(frame, scope),
        add_cost(problems, frame, scope, rows),
        severity_of_area(frame, scope, rows),
        areas_of(frame, scope),
        forces,
    )


__all__ = [
    "Series",
    "Shared",
    "add_findings",
    "comparable",
    "compared_releases",
    "deprivation_releases",
    "force_releases",
    "place_verdicts",
    "records_releases",
    "road_releases",
    "severity_releases",
]
