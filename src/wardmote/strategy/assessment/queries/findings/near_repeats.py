"""Near repeats of a problem, from the true places of a list of incidents; said instead where places were moved."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from wardmote.analytics.measures.incident_records import IncidentRecord, in_metres
from wardmote.analytics.measures.knox import DAYS, DISTANCES, PERMUTATIONS, TooManyPairs, knox
from wardmote.foundations.rounding import half_up, with_thousands

Content = Mapping[str, Any]
FEWEST_INCIDENTS: Final = 50
CLEAR: Final = 0.05


def near_repeats_of(records: Sequence[IncidentRecord]) -> dict[str, Any]:
    """Return the Knox table of the incidents that have a point, or why there is none."""
    placed = [(r.longitude, r.latitude, r.day) for r in records if r.longitude is not None and r.latitude is not None]
    if len(placed) < FEWEST_INCIDENTS:
        return {"reason": f"fewer than {FEWEST_INCIDENTS} incidents of the list have a point"}
    points = in_metres([(longitude, latitude) for longitude, latitude, _ in placed])
    days = [day for *_, day in placed]
    try:
        found = knox(points, [day - min(days) for day in days])
    except TooManyPairs:
        return {"reason": "too many of its incidents lie near each other to be compared pair by pair"}
    shared = str(half_up(Fraction(found.shared_points).limit_denominator(1_000_000) * 100, 1))
    return {
        "reason": "",
        "incidents": len(placed),
        "share": str(half_up(Fraction(100 * len(placed), len(records)), 1)),
        "shared_points": shared,
        "snapped": found.is_snapped,
        "deals": PERMUTATIONS,
        "cells": [] if found.is_snapped else [_cell(one) for one in found.cells],
    }


def _cell(one: Any) -> dict[str, Any]:
    ratio = None if one.ratio is None else str(half_up(Fraction(one.ratio).limit_denominator(1_000_000), 2))
    return {
        "distance": one.distance,
        "days": one.days,
        "pairs": one.pairs,
        "expected": str(half_up(Fraction(one.expected).limit_denominator(1_000_000), 1)),
        "ratio": ratio,
        "p": str(half_up(Fraction(one.p).limit_denominator(1_000_000), 3)),
    }


def told_cell(problem: Content) -> Content | None:
    """Return the one cell that was to be told before it was looked at: up to 100 metres and 7 days, not one point."""
    cells = ((problem.get("records") or {}).get("near") or {}).get("cells", ())
    return next((one for one in cells if (one["distance"], one["days"]) == (DISTANCES[0], DAYS[0])), None)


def near_sentence(problem: Content) -> str:
    """Say whether incidents near in place are near in time more often than by chance; or why nothing can be said."""
    found = (problem.get("records") or {}).get("near") or {}
    if not found:
        return ""
    if found["reason"]:
        return f"Near repeats: nothing can be said, for {found['reason']}."
    if found["snapped"]:
        return (
            f"Near repeats: nothing can be said. {found['shared_points']}% of the incidents stand at exactly the point "
            "of another one, as they do where a publisher moved true places to shared points."
        )
    return _cell_words(told_cell(problem) or {})


def _cell_words(cell: Content) -> str:
    if not cell or cell["ratio"] is None:
        return (
            "Near repeats: no two incidents lie within 100 metres and 7 days of each other, and chance would give none."
        )
    ratio, pairs = cell["ratio"], with_thousands(cell["pairs"])
    expected = f"{pairs} pairs of incidents lie within 100 metres and 7 days of each other, where chance would give "
    expected += f"{cell['expected']}"
    if float(cell["p"]) <= CLEAR:
        return f"Clear near repeats: {expected}, {ratio} times as many."
    return f"No clear near repeats: {expected}."


def near_figures(problem: Content) -> dict[str, tuple[str, str, str]]:
    """Return the figures that the sentence quotes: value, what it is, and its kind."""
    found, cell = (problem.get("records") or {}).get("near") or {}, told_cell(problem)
    if not found or found["reason"]:
        return {}
    if found["snapped"]:
        return {"shared_points": (found["shared_points"], "share of incidents at the point of another one", "share")}
    if cell is None or cell["ratio"] is None:
        return {"incidents": (str(found["incidents"]), "incidents of the list that have a point", "count")}
    return {
        "distance": (str(cell["distance"]), "metres, the end of the first band", "count"),
        "pairs": (str(cell["pairs"]), "pairs within 100 metres and 7 days", "count"),
        "expected": (cell["expected"], "pairs that chance would give", "rate"),
        "ratio": (cell["ratio"], "times as many pairs as chance would give", "rate"),
    }
