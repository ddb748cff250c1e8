"""Criteria that come filled in: the level that the figures of the analysis give, and the working."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from wardmote.analytics.measures.bands import Band, trend_band, volume_band
from wardmote.definitions import matrix as matrix_named

# Which figure of a problem stands behind a band: its page says where the number comes from.
FIGURE_OF = {"volume_band": "count", "trend_band": "change"}
CLEAR = ("clear rise", "clear fall")


@dataclass(frozen=True)
class Filled:
    """A criterion as the figures answer it; `level` is None where they cannot, and `working` says why."""

    level: int | None
    working: str
    figure: str


def filled_for(analysis: Mapping[str, Any] | None, matrix: str) -> dict[str, dict[str, Filled]]:
    """Return by problem and criterion what the figures answer under a matrix, and where they cannot."""
    asked = [criterion for criterion in matrix_named(matrix).criteria if criterion.filled_by]
    problems = (analysis or {}).get("problems", [])
    counts = {p["slug"]: int(p["rate"]["count"]) for p in problems if p["rate"].get("count") is not None}
    return {
        problem["slug"]: {one.code: _filled(one.filled_by, problem, counts) for one in asked} for problem in problems
    }


def _filled(measure: str, problem: Mapping[str, Any], counts: Mapping[str, int]) -> Filled:
    band = volume_band(counts, problem["slug"]) if measure == "volume_band" else _trend(problem)
    # Drug and weapon offences follow what the police look for: a scorer should know before accepting the level.
    working = f"{band.working}, counting what the police found" if problem.get("police_generated") else band.working
    return Filled(band.level, working, f"{problem['slug']}.{FIGURE_OF[measure]}")


def _trend(problem: Mapping[str, Any]) -> Band:
    change = problem["change"]
    percent = change.get("percent")
    known = None if percent is None or change.get("verdict") == "cannot say" else Decimal(percent)
    return trend_band(known, is_clear=change.get("verdict") in CLEAR)
