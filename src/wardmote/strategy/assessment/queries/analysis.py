"""The analysis of an assessment's evidence: every figure its pages and documents show, computed once and kept.

Plain values only (texts, whole numbers, decimals as texts), so that it has one canonical form and can be frozen.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from wardmote import code_version
from wardmote.analytics.measures.cells import changes_within
from wardmote.analytics.measures.evidence import Evidence
from wardmote.analytics.measures.figures import Figures, FiguresRefused
from wardmote.analytics.measures.words import Verdict, found_sentence
from wardmote.analytics.warehouse.manifest import HeldRelease
from wardmote.definitions import Effect, Problem
from wardmote.foundations.periods import Month, Period
from wardmote.foundations.periods import before as year_before
from wardmote.foundations.rounding import half_up
from wardmote.strategy.evidence.queries import gather_evidence

from .cited import sources_of
from .findings import (
    Series,
    Shared,
    add_findings,
    comparable,
    compared_releases,
    deprivation_releases,
    force_releases,
    records_releases,
    road_releases,
    severity_releases,
)
from .frame import Frame, frame_of
from .maps import boundaries_for, map_words
from .scope import AnalysisRefused, AnalysisScope, held_until, nothing_held_words, whole_months_until
from .two_sources import two_sources

Report = Callable[[str, int, int], None]
STEPS = 7


@dataclass(frozen=True)
class Analysis:
    """What was computed, and the digest of every release it cites with the months that counted."""

    content: dict[str, Any]
    cited: Mapping[str, tuple[str, ...]]


def quiet(step: str, done: int, total: int) -> None:
    """Report to nobody."""


def analyse(scope: AnalysisScope, *, progress: Report = quiet) -> Analysis:
    """Analyse the evidence for the districts of a partnership as at a day; raises AnalysisRefused with a sentence."""
    progress("Gathering the evidence", 0, STEPS)
    evidence = evidence_for(scope)
    try:
        return analyse_gathered(scope, evidence, progress=progress)
    finally:
        evidence.con.disconnect()


def evidence_for(scope: AnalysisScope) -> Evidence:
    """Gather what an analysis reads; raises AnalysisRefused where no crime data are held. The caller disconnects."""
    held = held_until(scope.held, whole_months_until(scope.as_at))
    if not any(release.kind == "police-uk" for release in held):
        raise AnalysisRefused(nothing_held_words(scope))
    return gather_evidence(
        is_sample=scope.is_sample,
        held=held,
        changes=scope.changes,
        known=scope.known.values(),
        lookup=scope.lookup,
    )


def analyse_gathered(scope: AnalysisScope, evidence: Evidence, *, progress: Report = quiet) -> Analysis:
    """Analyse evidence that was gathered for this scope, or for one that differs in nothing but its districts."""
    try:
        content = _content(frame_of(evidence, scope), scope, progress)
        return Analysis(content, {source["release"]: tuple(source["months"]) for source in content["sources"]})
    except FiguresRefused as refusal:
        raise AnalysisRefused(str(refusal)) from refusal


def _content(frame: Frame, scope: AnalysisScope, progress: Report) -> dict[str, Any]:
    progress("Counting month by month", 1, STEPS)
    counted = _series(frame)
    series = {slug: _plain_window(counts, frame.window) for slug, counts in counted.items()}
    progress("Rates and shares", 2, STEPS)
    rates, shares = _by_problem(frame.rates("problem")), _by_problem(frame.shares())
    progress("Change on the year before", 3, STEPS)
    changes = _in_words(_by_problem(frame.ask("change", "problem")), frame.period, scope.known)
    progress("Ward by ward", 4, STEPS)
    level, places = _places(frame)
    drawn = _map(frame, level, places)
    progress("Writing it down", 5, STEPS)
    problems = [
        _problem(
            scope.known[slug], series=series, rate=rates.get(slug), share=shares.get(slug), change=changes.get(slug)
        )
        | {"title": scope.titles.get(slug) or scope.known[slug].title}
        | {"recording_changes": _recording_changes(frame, scope.known[slug])}
        | {"places": places.get(slug, []), "map": drawn["values"].get(slug, {})}
        for slug, known in ((slug, scope.known[slug]) for slug in scope.problems)
    ]
    _add_pairs(frame, scope, problems)
    progress("What is usual", 6, STEPS)
    shared = add_findings(problems, frame, _histories(frame, scope, counted), scope=scope)
    small, beside = shared.small, _beside(problems, shared, frame, scope)
    outlines = [*drawn["areas"], *(small.areas if small else ())]
    return _about(frame, scope) | {
        "place_level": level,
        "map": {name: value for name, value in drawn.items() if name != "values"},
        "small_areas": small.content(drawn["areas"]) if small else {},
        "hexes": shared.hexes,
        "density": shared.density,
        "harm": shared.harm,
        "cost": shared.cost,
        "severity": shared.severity,
        "road": shared.road,
        "areas": shared.areas,
        "compared_by": dict(scope.compared_by),
        "forces": shared.forces,
        "sources": sources_of(frame.evidence, frame.where["dataset"][0], outlines, beside),
        "problems": sorted(problems, key=lambda problem: (-(problem["rate"].get("count") or -1), problem["title"])),
    }


def _about(frame: Frame, scope: AnalysisScope) -> dict[str, Any]:
    """Return what the analysis is about: whose it is, which months and areas, and by what rules it was made."""
    return {
        "version": 1,
        "partnership": scope.partnership,
        "districts": [list(pair) for pair in scope.areas],
        "as_at": scope.as_at.isoformat(),
        "data_cut_off": scope.data_cut_off.isoformat() if scope.data_cut_off else "",
        "is_sample": scope.is_sample,
        "period": _period(frame.period),
        "before": _period(year_before(frame.period)),
        "months": [str(month) for month in frame.window.months],
        "dataset": frame.where["dataset"][0],
        "lookup": frame.evidence.lookup,
        "unavailable": [dict(one) for one in scope.unavailable],
        "notes": list(frame.evidence.notes),
        "code_version": code_version(),
    }


def _recording_changes(frame: Frame, problem: Problem) -> list[dict[str, Any]]:
    """Return what a chart of a problem has to mark: each change that it does not hold whole, and what it does."""
    categories = frozenset(problem.police_uk)
    found = changes_within(frame.evidence.recording_changes, categories, frame.window.months) if categories else ()
    compared = Period(year_before(frame.period).first, frame.period.last)
    return [
        {
            "month": one.month,
            "words": one.words,
            "cuts": not one.harmless_for(categories),
            "crossed": compared.first < Month.parse(one.month) <= compared.last,
        }
        for one in sorted(found, key=lambda one: (one.month, one.words))
        if one.effect is not Effect.DERIVED or not one.harmless_for(categories)
    ]


def _add_pairs(frame: Frame, scope: AnalysisScope, problems: Sequence[dict[str, Any]]) -> None:
    """Put a partner's own figures beside the open ones of a problem, or alone where none are published."""
    by_problem = {problem["slug"]: problem for problem in problems}
    for pair in scope.pairs:
        problem = by_problem.get(pair.problem)
        if problem is not None:
            count, title = problem["rate"].get("count"), problem["title"]
            found = two_sources(frame.evidence.con, pair, period=frame.period, open_count=count, title=title)
            # Of what nobody publishes it is the only figure, and stands under a name of its own.
            problem["two_sources" if problem["measured"] else "given"] = found


def _partners(problems: Sequence[Mapping[str, Any]], scope: AnalysisScope) -> tuple[HeldRelease, ...]:
    """Return the partners' releases that some problem of the analysis reads."""
    given = [one.get(name, {}) for one in problems for name in ("two_sources", "given")]
    read = {digest for found in given for _, digest in found.get("releases", ())}
    found = {held.release: held for pair in scope.pairs for held in pair.releases if held.release in read}
    return tuple(found.values())


def _beside(
    problems: Sequence[Mapping[str, Any]], shared: Shared, frame: Frame, scope: AnalysisScope
) -> tuple[HeldRelease, ...]:
    """Return the releases that are cited beside the force's: partners' figures, and what the findings rest on."""
    weights = () if shared.harm["missing"] or scope.harm.weights is None else (scope.harm.weights,)
    return (
        *_partners(problems, scope),
        *weights,
        # The tables tell the mix of offences, of which cost is worked out without weights too.
        *scope.harm.offences,
        *road_releases(shared.road, scope.held),
        *records_releases(problems, scope),
        *deprivation_releases(shared.areas, scope.held),
        *compared_releases(problems, frame.evidence.held),
        *severity_releases(shared.severity, scope),
        *force_releases(shared.forces, scope.held),
    )


def _in_words(
    changes: dict[str, dict[str, Any]], period: Period, known: Mapping[str, Problem]
) -> dict[str, dict[str, Any]]:
    """Say of what the police find by looking that more, or fewer, were found."""
    for slug, change in changes.items():
        counts = change["previous"], change["current"]
        if known[slug].police_generated and None not in counts and "no comparison" not in change["words"]:
            title = known[slug].title
            change["words"] = found_sentence(title, counts, (year_before(period), period), Verdict(change["verdict"]))
    return changes


def _period(period: Period) -> dict[str, str]:
    return {"first": str(period.first), "last": str(period.last), "words": period.words()}


def _series(frame: Frame) -> dict[str, dict[Month, int | None]]:
    found: dict[str, dict[Month, int | None]] = {}
    for record in frame.ask("counts", "problem", "month", period=frame.history).records():
        count = record["count"]
        found.setdefault(str(record["problem"]), {})[Month.parse(str(record["month"]))] = (
            None if count is None else int(count)
        )
    return found


def _plain_window(counts: Series, window: Period) -> dict[str, int | None]:
    return {str(month): counts[month] for month in window.months if month in counts}


def _histories(frame: Frame, scope: AnalysisScope, counted: Mapping[str, Series]) -> dict[str, Series]:
    """Return the counts of each problem by month, as far back as they mean the same."""
    changes = frame.evidence.recording_changes
    return {slug: comparable(counts, scope.known[slug].police_uk, changes) for slug, counts in counted.items()}


def _by_problem(figures: Figures) -> dict[str, dict[str, Any]]:
    return {str(record["problem"]): plain(record) for record in figures.records()}


def plain(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row of figures with its decimals as texts."""
    return {name: value if value is None or isinstance(value, int) else str(value) for name, value in record.items()}


Places = dict[str, list[dict[str, Any]]]


def _places(frame: Frame) -> tuple[str, Places]:
    """Return the level (ward, or LSOA where no lookup knows wards) and, by problem, its areas with count and rate."""
    for level in ("lsoa",) if "ward" in frame.where else ("ward", "lsoa"):
        try:
            return level, _by_place(frame, level)
        except FiguresRefused:
            continue
    return "", {}


def _by_place(frame: Frame, level: str) -> Places:
    now = frame.rates("problem", level)
    then = frame.ask("counts", "problem", level, period=year_before(frame.period))
    return _paired(level, now, then)


def _map(frame: Frame, level: str, places: Places) -> dict[str, Any]:
    """Return the areas of the map, its level, and by problem the count and rate of each area."""
    areas = boundaries_for(frame.evidence, _place_codes(places))
    if areas is None and level == "ward":
        small = _by_place(frame, "lsoa")
        areas = boundaries_for(frame.evidence, _place_codes(small))
        drawn, places = ("lsoa", small) if areas else ("", {})
    else:
        drawn = level if areas else ""
    values = {
        slug: {row["code"]: {"count": row["count"], "rate": row["rate"]} for row in rows}
        for slug, rows in (places if drawn else {}).items()
    }
    return {"level": drawn, "areas": areas or [], "note": map_words(drawn, level), "values": values}


def _paired(level: str, now: Figures, then: Figures) -> Places:
    earlier = {(r["problem"], r[level]): r for r in then.records()}
    found: Places = {}
    for record in map(plain, now.records()):
        before = earlier.get((record["problem"], record[level]), {})
        row = {
            "code": record[level],
            "name": record[f"{level}_name"] or record[level],
            "count": record["count"],
            "before": before.get("count"),
            "rate": record.get("rate"),
            "population": record.get("population"),
        }
        shared = {"count": estimated_percent(record), "before": estimated_percent(before)}
        kept = {what: percent for what, percent in shared.items() if percent}
        found.setdefault(record["problem"], []).append(row | ({"shared": kept} if kept else {}))
    return found


def _with_share(rate: Mapping[str, Any]) -> dict[str, Any]:
    """Say of a count how much of it is estimated, in place of the number of incidents."""
    percent = estimated_percent(rate)
    kept = {name: value for name, value in rate.items() if name != "estimated"}
    return kept | ({"shared": {"count": percent}} if percent else {})


def estimated_percent(record: Mapping[str, Any]) -> str:
    """Return what part of a count is shares of small areas divided between areas: `8%`, empty where none is."""
    part, whole = record.get("estimated"), record.get("count")
    if not part or not whole:
        return ""
    percent = half_up(Fraction(100 * part, whole))
    return f"{percent}%" if percent else "under 1%"


def _place_codes(places: Places) -> set[str]:
    return {row["code"] for rows in places.values() for row in rows}


def _problem(
    definition: Problem,
    *,
    series: Mapping[str, Mapping[str, int | None]],
    rate: Mapping[str, Any] | None,
    share: Mapping[str, Any] | None,
    change: Mapping[str, Any] | None,
) -> dict[str, Any]:
    slug = definition.slug
    return {
        "slug": slug,
        "title": definition.title,
        "description": definition.description,
        "sensitive": definition.sensitive,
        "police_generated": definition.police_generated,
        "measured": bool(definition.police_uk),
        "not_measured": definition.not_measured,
        "categories": list(definition.police_uk),
        "definition_version": definition.version,
        "months": dict(series.get(slug, {})),
        "rate": _with_share(rate or {}),
        "share": dict(share or {}),
        "change": dict(change or {}),
    }
