"""How the incidents of a problem concentrate on few areas, as plain values and in words."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from wardmote.analytics.measures.concentration import Top, concentration, curve
from wardmote.foundations.rounding import half_up, with_thousands
from wardmote.strategy.assessment.queries.findings.hotspots import AREA_WORDS, SmallAreas

# Of fewer incidents the share of the top areas is mostly chance.
FEWEST_INCIDENTS: Final = 20
TOLD_PERCENT: Final = 10

Content = Mapping[str, Any]


def add_concentrations(problems: Sequence[dict[str, Any]], small: SmallAreas | None) -> None:
    """Put the concentration of the last year beside each measured problem."""
    counts = small.years[-1][1] if small else {}
    for problem in problems:
        if small and problem["measured"] and problem["slug"] in counts:
            problem["concentration"] = concentration_of(counts[problem["slug"]], small.level)


def concentration_of(counts: Mapping[str, int], level: str) -> dict[str, Any]:
    """Return the shares of the areas with most and the Gini coefficients; nothing from few incidents."""
    found = concentration(list(counts.values()))
    if found is None or found.count < FEWEST_INCIDENTS:
        return {}
    return {
        "level": level,
        "places": found.places,
        "count": found.count,
        "gini": str(half_up(found.gini, 3)),
        "generalised": str(half_up(found.generalised, 3)),
        "tops": [_top(top) for top in found.tops],
        "curve": [_top(top) for top in curve(list(counts.values()))],
    }


def _top(top: Top) -> dict[str, Any]:
    share = str(half_up(100 * top.share, 1))
    return {"percent": top.percent, "places": top.places, "count": top.count, "share": share}


def told_top(problem: Content) -> Content | None:
    """Return the top areas that the sentence tells of; None where too few areas or incidents are held."""
    tops = (problem.get("concentration") or {}).get("tops", ())
    return next((top for top in tops if top["percent"] == TOLD_PERCENT), None)


def concentration_sentence(problem: Content) -> str:
    """Say what part of the incidents lies in the tenth of the areas that have most of them."""
    top, found = told_top(problem), problem.get("concentration")
    if top is None or not found:
        return ""
    areas, count = f"{with_thousands(found['places'])} {AREA_WORDS[found['level']]}", with_thousands(found["count"])
    return (
        f"Of {areas} the {with_thousands(top['places'])} with most (a tenth of them) have "
        f"{half_up(Decimal(top['share']))}% of the {count} incidents that can be placed in one."
    )
