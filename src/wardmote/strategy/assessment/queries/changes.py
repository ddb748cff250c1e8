"""What a release would change: what each assessment was analysed with, beside what it would be with the release.

Compared are the number of incidents of each problem, the levels that the figures fill in, and the numbers of its areas.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone

from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.analytics.measures.figures import FiguresRefused
from wardmote.analytics.warehouse.manifest import HeldRelease
from wardmote.definitions import matrix as matrix_named
from wardmote.strategy.assessment.models import Assessment
from wardmote.strategy.evidence.models import Release
from wardmote.strategy.evidence.queries import counting, gather_evidence

from . import analysis_of, assessments_for
from .analysis import plain
from .filled import filled_for
from .frame import frame_of
from .scope import AnalysisRefused, AnalysisScope, held_until, scope_of, whole_months_until

Content = Mapping[str, Any]

# What can be worked out from counts alone; harm and forecasts take an analysis of their own.
FROM_COUNTS = frozenset({"volume_band", "trend_band", "often_band", "spread_band"})


@dataclass(frozen=True)
class MovedNumber:
    """A problem whose number of incidents a release would move; None where it would be missing."""

    title: str
    now: int | None
    then: int | None


@dataclass(frozen=True)
class MovedLevel:
    """A level that the figures fill in for a criterion of a matrix, and the one that they would fill in then."""

    title: str
    matrix: str
    criterion: str
    now: int | None
    then: int | None


@dataclass(frozen=True)
class MovedAreas:
    """How many areas of a problem have another number of incidents, of those known then or now."""

    title: str
    level: str
    moved: int
    of: int


@dataclass(frozen=True)
class ChangedAssessment:
    """An assessment beside what a release would make of it.

    `period` and `new_period` are in words; `note` says why nothing is compared. `is_issued` tells that a version of it
    was issued, which stays as it is whatever is decided. `left` names the criteria whose levels are not compared.
    """

    assessment: Assessment
    is_issued: bool
    period: str = ""
    new_period: str = ""
    moved: tuple[MovedNumber, ...] = ()
    levels: tuple[MovedLevel, ...] = ()
    areas: tuple[MovedAreas, ...] = ()
    left: tuple[str, ...] = ()
    note: str = ""


def changes_by(reader: Reader, release: Release) -> list[ChangedAssessment]:
    """Return what a release would change in each assessment of the reader's partnership, the newest first."""
    reader.require(Permission.SEE_ASSESSMENT)
    return [_changed(assessment, release) for assessment in assessments_for(reader).prefetch_related("published")]


def _changed(assessment: Assessment, release: Release) -> ChangedAssessment:
    issued = bool(assessment.published.all())
    analysis = analysis_of(assessment)
    if analysis is None:
        return ChangedAssessment(assessment, issued, note="Its evidence has not been analysed yet.")
    if assessment.data_cut_off_on and timezone.localdate() > assessment.data_cut_off_on:
        words = (
            f"Its data cut-off was {assessment.data_cut_off_on:%-d %B %Y}: what is accepted now waits for the next one."
        )
        return ChangedAssessment(assessment, issued, note=words)
    releases = Release.objects.filter(is_sample=release.is_sample)
    scope = replace(scope_of(assessment), held=counting(releases, if_accepted=release.digest))
    held = held_until(scope.held, whole_months_until(scope.as_at))
    if not any(one.release == release.digest for one in held):
        return ChangedAssessment(assessment, issued, note="Its months do not fall into this assessment.")
    try:
        then = _analysed(scope, held, level=analysis["place_level"])
    except (AnalysisRefused, FiguresRefused) as refusal:
        return ChangedAssessment(assessment, issued, note=str(refusal))
    return ChangedAssessment(
        assessment,
        issued,
        analysis["period"]["words"],
        then["period"]["words"],
        moved=_moved(analysis, then),
        levels=tuple(_moved_levels(assessment, analysis, then)),
        areas=tuple(_moved_areas(analysis, then)),
        left=tuple(_left(assessment)),
    )


def _analysed(scope: AnalysisScope, held: tuple[HeldRelease, ...], *, level: str) -> Content:
    """Work out anew what is compared: period, counts and changes by problem, and counts by area."""
    evidence = gather_evidence(
        is_sample=scope.is_sample, held=held, changes=scope.changes, known=scope.known.values(), lookup=scope.lookup
    )
    try:
        frame = frame_of(evidence, scope)
        counts = {row["problem"]: row["count"] for row in frame.ask("counts", "problem").records()}
        changes = {row["problem"]: plain(row) for row in frame.ask("change", "problem").records()}
        by_area = frame.ask("counts", "problem", level).records() if level else ()
    finally:
        evidence.con.disconnect()
    return {
        "period": {"words": frame.period.words()},
        "place_level": level,
        "problems": [
            {
                "slug": slug,
                "rate": {"count": counts.get(slug)},
                "change": changes.get(slug, {}),
                "police_generated": scope.known[slug].police_generated,
                "places": [{"code": row[level], "count": row["count"]} for row in by_area if row["problem"] == slug],
            }
            for slug in frame.slugs
        ],
    }


def _moved(analysis: Content, then: Content) -> tuple[MovedNumber, ...]:
    counts = {problem["slug"]: problem["rate"]["count"] for problem in then["problems"]}
    pairs = [(p["title"], p["rate"].get("count"), counts.get(p["slug"])) for p in _measured(analysis)]
    return tuple(MovedNumber(*pair) for pair in pairs if pair[1] != pair[2])


def _moved_levels(assessment: Assessment, analysis: Content, then: Content) -> Iterator[MovedLevel]:
    """Yield the levels that would be filled in otherwise; one that somebody set in its place stays."""
    for slug in assessment.matrices:
        title, criteria = matrix_named(slug).title, matrix_named(slug).criteria
        labels = {one.code: one.label for one in criteria if one.filled_by in FROM_COUNTS}
        old, new = filled_for(analysis, slug), filled_for(then, slug)
        for problem in _measured(analysis):
            before, after = old[problem["slug"]], new.get(problem["slug"], {})
            for code, label in labels.items():
                level = after[code].level if code in after else None
                if level != before[code].level:
                    yield MovedLevel(problem["title"], title, label, before[code].level, level)


def _left(assessment: Assessment) -> Iterator[str]:
    """Yield the criteria that the figures fill in, and whose levels only a new analysis can tell."""
    for slug in assessment.matrices:
        for one in matrix_named(slug).criteria:
            if one.filled_by and one.filled_by not in FROM_COUNTS:
                yield f"{one.label} ({matrix_named(slug).title})"


def _moved_areas(analysis: Content, then: Content) -> Iterator[MovedAreas]:
    after = {problem["slug"]: {row["code"]: row["count"] for row in problem["places"]} for problem in then["problems"]}
    for problem in _measured(analysis):
        old = {row["code"]: row["count"] for row in problem["places"]}
        new = after.get(problem["slug"], {})
        codes = old.keys() | new.keys()
        moved = sum(1 for code in codes if old.get(code) != new.get(code))
        if moved:
            yield MovedAreas(problem["title"], analysis["place_level"], moved, len(codes))


def _measured(analysis: Content) -> list[Content]:
    return [problem for problem in analysis["problems"] if problem["measured"]]
