"""The estimated harm of each problem beside its number of incidents, as plain values and in words."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from wardmote.analytics.measures.figures import FiguresRefused
from wardmote.analytics.measures.harm import (
    CategoryWeight,
    Harm,
    category_weight,
    code_weights,
    harm_of,
    ranks_beside,
    share_of,
)
from wardmote.analytics.measures.offence_mix import (
    FORCE,
    PARTNERSHIP,
    OffenceMixes,
    OffenceRow,
    mixes_for,
    offences_in,
    weights_in,
)
from wardmote.definitions import categories_without_weight
from wardmote.foundations.rounding import half_up, ordinal, with_thousands
from wardmote.strategy.assessment.queries.frame import Frame
from wardmote.strategy.assessment.queries.scope import AnalysisScope
from wardmote.strategy.evidence.queries import warehouse

Content = Mapping[str, Any]
STREET: Final = "police-uk-street-"
NO_WEIGHTS: Final = "no weights of harm are held (add your own copy of a harm index under Evidence)"
NO_MIX: Final = (
    "no Home Office table of offences is held up to the end of the year (add one under Evidence), so that nobody can "
    "say what each category is made of"
)
DAY_PLACES: Final = 1
SHARE_PLACES: Final = 6


def add_harm(
    problems: Sequence[dict[str, Any]], frame: Frame, scope: AnalysisScope, rows: Sequence[OffenceRow]
) -> dict[str, Any]:
    """Put its harm beside each measured problem; return what it was estimated from, or what is missing for it."""
    mixes = area_mixes(rows, frame, scope)
    missing = [words for words, lacks in ((NO_WEIGHTS, not scope.harm.weights), (NO_MIX, mixes is None)) if lacks]
    if scope.harm.weights is None or mixes is None:
        return {"missing": missing}
    weights = _category_weights(frame, scope, mixes)
    counts = incidents_by_category(frame)
    measured = [one for one in problems if one["measured"]]
    _add_each(measured, counts, weights)
    _add_wards(measured, frame, weights)
    return {
        "missing": [],
        "weights": scope.harm.title,
        "mix": mixes.area,
        "spread": mixes.spread,
        "mix_period": mixes.period.words(),
        "unweighed": sorted(category for category, count in counts.items() if count and category not in weights),
    }


def area_mixes(rows: Sequence[OffenceRow], frame: Frame, scope: AnalysisScope) -> OffenceMixes | None:
    """Return the mixes of offences that an area's categories are estimated by; None where no table reaches back."""
    force = frame.where["dataset"][0].removeprefix(STREET)
    return mixes_for(rows, force=force, partnerships=names_of(scope), until=frame.period.last)


def names_of(scope: AnalysisScope) -> list[str]:
    """Return the names that a table of partnerships may have for this one."""
    return [scope.partnership, *(name for _, name in scope.districts if len(scope.districts) == 1)]


def offence_rows(frame: Frame, scope: AnalysisScope) -> list[OffenceRow]:
    """Return the recorded offences of every table that is held.

    Of other partnerships only where no table of forces reaches as far: they then stand for what is elsewhere.
    """
    con = frame.evidence.con
    last = {
        level: max(
            (month for one in scope.harm.offences if one.dataset.endswith(level) for month in one.months), default=""
        )
        for level in (FORCE, PARTNERSHIP)
    }
    names = names_of(scope) if last[FORCE] >= last[PARTNERSHIP] else None
    return [
        row
        for held in scope.harm.offences
        for row in offences_in(con, warehouse().table(con, held.release), held.months, partnerships=names)
    ]


def _category_weights(frame: Frame, scope: AnalysisScope, mixes: OffenceMixes) -> dict[str, CategoryWeight]:
    con, held = frame.evidence.con, scope.harm.weights
    offences = weights_in(con, warehouse().table(con, held.release)) if held else ()
    weights = code_weights(offences, mixes.codes)
    found = {
        category: category_weight(
            mixes.own.get(category, {}),
            (other.get(category, {}) for other in mixes.others),
            weights,
            everywhere=everywhere,
        )
        for category, everywhere in mixes.everywhere.items()
    }
    return {category: one for category, one in found.items() if one is not None}


def incidents_by_category(frame: Frame) -> dict[str, int]:
    """Return the incidents of the area and the year by category."""
    records = frame.counts_by_category().records()
    return {str(row["category"]): int(row["count"]) for row in records if row["count"] is not None}


def _add_each(
    problems: Sequence[dict[str, Any]], counts: Mapping[str, int], weights: Mapping[str, CategoryWeight]
) -> None:
    whole = harm_of({category: count for category, count in counts.items() if category in weights}, weights)
    harms: dict[str, Harm] = {}
    for problem in problems:
        reasons = [words for name, words in categories_without_weight().items() if name in problem["categories"]]
        own = {name: counts[name] for name in problem["categories"] if counts.get(name)}
        harm = None if reasons or problem["rate"].get("count") is None else harm_of(own, weights)
        if harm is not None:
            harms[problem["slug"]] = harm
        else:
            problem["harm"] = {"none": reasons[0] if reasons else "The offences that it is made of have no weight."}
    ranks = ranks_beside(harms)
    for problem in problems:
        if problem["slug"] in harms and whole is not None:
            found = _plain(harms[problem["slug"]], whole)
            by_harm, by_volume = ranks[problem["slug"]]
            problem["harm"] = found | {"rank": by_harm, "volume_rank": by_volume, "ranked": len(harms)}


def _add_wards(problems: Sequence[dict[str, Any]], frame: Frame, weights: Mapping[str, CategoryWeight]) -> None:
    """Put beside each problem that has harm what of it lies in each ward, by the mix of offences of the whole area."""
    if "ward" in frame.where:
        return
    try:
        records = frame.counts_by_category("ward").records()
    except FiguresRefused:
        return
    counts: dict[str, dict[str, int]] = {}
    for row in records:
        if row["count"] is not None:
            counts.setdefault(str(row["ward"]), {})[str(row["category"])] = int(row["count"])
    for problem in problems:
        if "days" in problem["harm"]:
            found = {ward: _ward_harm(problem["categories"], own, weights) for ward, own in sorted(counts.items())}
            problem["harm"]["wards"] = {ward: one for ward, one in found.items() if one}


def _ward_harm(
    categories: Sequence[str], counts: Mapping[str, int], weights: Mapping[str, CategoryWeight]
) -> dict[str, str]:
    harm = harm_of({name: counts[name] for name in categories if counts.get(name)}, weights)
    if harm is None:
        return {}
    return {name: str(half_up(getattr(harm, name), DAY_PLACES)) for name in ("days", "low", "high")}


def _plain(harm: Harm, whole: Harm) -> dict[str, Any]:
    share = share_of(harm, whole)
    days = {name: getattr(harm, name) for name in ("days", "low", "high", "lightest", "heaviest")}
    parts = {} if share is None else {"share": share.harm, "share_low": share.low, "share_high": share.high}
    incidents = {} if share is None else {"incident_share": share.incidents}
    each = {} if harm.per_incident is None else {"per_incident": harm.per_incident}
    return {
        "incidents": harm.incidents,
        **{name: str(half_up(value, DAY_PLACES)) for name, value in (days | each).items()},
        **{name: str(half_up(100 * value, SHARE_PLACES)) for name, value in (parts | incidents).items()},
    }


def harm_words(problem: Content, analysis: Content) -> str:
    """Say how much harm a problem does, between what, and how its place by harm differs from that by number."""
    found = problem.get("harm") or {}
    if "share" not in found:
        return str(found.get("none", ""))
    spread = analysis["harm"]["spread"]
    found_by_looking = " It counts what the police found by looking." if problem.get("police_generated") else ""
    share, incident_share = _percent(found["share"]), _percent(found["incident_share"])
    return (
        f"{problem['title']}: an estimated {_days(found['days'])} harm days ({_days(found['low'])} to "
        f"{_days(found['high'])}, by how the mix of offences differs between {spread}). That is {share} of the harm of "
        f"all incidents weighed, beside {incident_share} of their number: {ordinal(found['rank'])} by harm, "
        f"{ordinal(found['volume_rank'])} by number.{found_by_looking}{_bounds(found)}"
    )


def _bounds(found: Content) -> str:
    """Say what the choice of the middle offence of a code can hide, where a code joins several."""
    if found["lightest"] == found["heaviest"]:
        return ""
    return (
        " Some Home Office codes join light and heavy offences: by their lightest it would be "
        f"{_days(found['lightest'])}, by their heaviest {_days(found['heaviest'])} harm days."
    )


def harm_in_brief(problem: Content) -> str:
    """Say the same in a cell of a table; empty where nothing is known."""
    found = problem.get("harm") or {}
    if "share" not in found:
        return str(found.get("none", ""))
    return (
        f"{_percent(found['share'])} of harm ({_percent(found['share_low'])} to {_percent(found['share_high'])}); "
        f"{ordinal(found['rank'])} of {found['ranked']} by harm, {ordinal(found['volume_rank'])} by number"
    )


def _days(value: str) -> str:
    return with_thousands(Fraction(value))


def _percent(value: str) -> str:
    return f"{with_thousands(Fraction(value), 1)}%"
