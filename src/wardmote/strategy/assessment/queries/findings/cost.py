"""What each problem costs, for the part of its incidents that has a published cost, as plain values."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from wardmote.analytics.measures.cost import CategoryCost, Cost, category_cost, cost_of
from wardmote.analytics.measures.offence_mix import OffenceMixes, OffenceRow
from wardmote.definitions import crime_costs
from wardmote.foundations.rounding import half_up
from wardmote.strategy.assessment.queries.frame import Frame
from wardmote.strategy.assessment.queries.scope import AnalysisScope

from .harm import area_mixes, incidents_by_category

NO_TABLE: Final = "no Home Office table of offences is held up to the end of the year (add one under Evidence)"
SHARE_PLACES: Final = 6


def add_cost(
    problems: Sequence[dict[str, Any]], frame: Frame, scope: AnalysisScope, rows: Sequence[OffenceRow]
) -> dict[str, Any]:
    """Put its cost beside each measured problem; return what it was estimated from, or what is missing for it."""
    mixes = area_mixes([replace(row, code=row.subgroup) for row in rows], frame, scope)
    if mixes is None:
        return {"missing": NO_TABLE}
    costs, counts = _category_costs(mixes), incidents_by_category(frame)
    for problem in problems:
        if problem["measured"] and problem["rate"].get("count") is not None:
            own = {name: counts[name] for name in problem["categories"] if counts.get(name)}
            found = cost_of(own, costs)
            problem["cost"] = {} if found is None else _plain(found)
    register = crime_costs()
    return {
        "missing": "",
        "price_year": register.price_year,
        "source": register.source,
        "checker": register.checker,
        "not_known": list(register.not_known),
        "definition_version": register.version,
        "mix": mixes.area,
        "spread": mixes.spread,
        "mix_period": mixes.period.words(),
    }


def _category_costs(mixes: OffenceMixes) -> dict[str, CategoryCost]:
    register = crime_costs()
    known = {kind: register.cost_of(kind) for kind in mixes.codes}
    costs = {kind: pounds for kind, pounds in known.items() if pounds is not None}
    found = {
        category: category_cost(
            mixes.own.get(category, {}),
            (other.get(category, {}) for other in mixes.others),
            costs,
            everywhere=everywhere,
        )
        for category, everywhere in mixes.everywhere.items()
    }
    return {category: one for category, one in found.items() if one is not None}


def _plain(found: Cost) -> dict[str, Any]:
    ends = {name: str(half_up(getattr(found, name))) for name in ("pounds", "low", "high")}
    return {**ends, "covered": str(half_up(100 * found.covered, SHARE_PLACES)), "incidents": found.incidents}
