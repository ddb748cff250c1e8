"""Criteria that come filled in: the level that the figures of the analysis give, and the working."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from wardmote.analytics.measures.bands import (
    Band,
    ExpectedYear,
    forecast_band,
    harm_band,
    often_band,
    spread_band,
    trend_band,
    volume_band,
)
from wardmote.definitions import matrix as matrix_named

from .findings.hotspots import AREA_WORDS

Content = Mapping[str, Any]
CLEAR = ("clear rise", "clear fall")


@dataclass(frozen=True)
class Filled:
    """A criterion as the figures answer it; `level` is None where they cannot, and `working` says why.

    `figure` is the key of the figure behind it, empty where there is none.
    """

    level: int | None
    working: str
    figure: str


def filled_for(analysis: Content | None, matrix: str) -> dict[str, dict[str, Filled]]:
    """Return by problem and criterion what the figures answer under a matrix, and where they cannot."""
    asked = [criterion for criterion in matrix_named(matrix).criteria if criterion.filled_by]
    problems = (analysis or {}).get("problems", [])
    return {
        problem["slug"]: {one.code: _filled(one.filled_by, problem, analysis or {}) for one in asked}
        for problem in problems
    }


def _filled(measure: str, problem: Content, analysis: Content) -> Filled:
    band, figure = BANDS[measure](problem, analysis)
    # Drug and weapon offences follow what the police look for: a scorer should know before accepting the level.
    working = f"{band.working}, counting what the police found" if problem.get("police_generated") else band.working
    return Filled(band.level, working, f"{problem['slug']}.{figure}" if figure else "")


Answer = tuple[Band, str]


def _volume(problem: Content, analysis: Content) -> Answer:
    counted = {p["slug"]: p["rate"].get("count") for p in analysis["problems"]}
    counts = {slug: int(count) for slug, count in counted.items() if count is not None}
    return volume_band(counts, problem["slug"]), "count"


def _trend(problem: Content, analysis: Content) -> Answer:
    change = problem["change"]
    percent = change.get("percent")
    known = None if percent is None or change.get("verdict") == "cannot say" else Decimal(percent)
    return trend_band(known, is_clear=change.get("verdict") in CLEAR), "change"


def _harm(problem: Content, analysis: Content) -> Answer:
    found = problem.get("harm") or {}
    missing = "; and ".join((analysis.get("harm") or {}).get("missing", ()))
    days = Decimal(found["per_incident"]) if found.get("per_incident") and "share" in found else None
    return harm_band(days, why_not=str(found.get("none") or missing)), "harm.days" if days is not None else ""


def _forecast(problem: Content, analysis: Content) -> Answer:
    found, count = problem.get("forecast") or {}, problem["rate"].get("count")
    year = _year(problem)
    return forecast_band(count, year, why_not=str(found.get("reason", ""))), "forecast.expected" if year else ""


def _year(problem: Content) -> ExpectedYear | None:
    found = problem.get("forecast") or {}
    year = found.get("year") if found.get("months") else None
    return ExpectedYear(year["expected"], year["low80"], year["high80"]) if year else None


def _often(problem: Content, analysis: Content) -> Answer:
    count = problem["rate"].get("count")
    return often_band(count, words=f"in the {analysis['period']['words']}"), "count" if count is not None else ""


def _likelihood(problem: Content, analysis: Content) -> Answer:
    """How many are expected; where there is no forecast, how many there were."""
    year = _year(problem)
    if year is None:
        return _often(problem, analysis)
    return often_band(year.expected, words="expected in the coming year"), "forecast.expected"


def _spread(problem: Content, analysis: Content) -> Answer:
    areas, rows = AREA_WORDS.get(analysis["place_level"], "areas"), problem["places"]
    return spread_band([row["count"] for row in rows], areas=areas), "count" if rows else ""


BANDS: Final[Mapping[str, Callable[[Content, Content], Answer]]] = {
    "volume_band": _volume,
    "trend_band": _trend,
    "harm_band": _harm,
    "forecast_band": _forecast,
    "often_band": _often,
    "likelihood_band": _likelihood,
    "spread_band": _spread,
}
