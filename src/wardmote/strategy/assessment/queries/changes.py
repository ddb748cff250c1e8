"""What a release would change: the numbers of each assessment as analysed, beside those with the release counting."""

from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone

from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.analytics.measures import MEASURES
from wardmote.analytics.measures.figures import FiguresRefused, Query
from wardmote.strategy.assessment.models import Assessment
from wardmote.strategy.evidence.models import Release
from wardmote.strategy.evidence.queries import counting, gather_evidence

from . import analysis_of, assessments_for
from .frame import frame_of
from .scope import AnalysisRefused, held_until, scope_of, whole_months_until


@dataclass(frozen=True)
class MovedNumber:
    """A problem whose number of incidents a release would move; None where it would be missing."""

    title: str
    now: int | None
    then: int | None


@dataclass(frozen=True)
class ChangedAssessment:
    """An assessment beside what a release would make of it.

    `period` and `new_period` are in words; `note` says why nothing is compared. `is_issued` tells that a version of it
    was issued, which stays as it is whatever is decided.
    """

    assessment: Assessment
    is_issued: bool
    period: str = ""
    new_period: str = ""
    moved: tuple[MovedNumber, ...] = ()
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
    evidence = gather_evidence(is_sample=scope.is_sample, held=held)
    try:
        frame = frame_of(evidence, scope)
        counts = MEASURES["counts"](
            evidence, Query(by=("problem",), where={**frame.where, "problem": frame.slugs}, period=frame.period)
        )
    except (AnalysisRefused, FiguresRefused) as refusal:
        return ChangedAssessment(assessment, issued, note=str(refusal))
    finally:
        evidence.con.disconnect()
    then = {str(record["problem"]): record["count"] for record in counts.records()}
    moved = _moved(analysis, then)
    return ChangedAssessment(assessment, issued, analysis["period"]["words"], frame.period.words(), moved)


def _moved(analysis: dict[str, Any], then: dict[str, Any]) -> tuple[MovedNumber, ...]:
    measured = [problem for problem in analysis["problems"] if problem["measured"]]
    pairs = [(p["title"], p["rate"].get("count"), then.get(p["slug"])) for p in measured]
    return tuple(MovedNumber(*pair) for pair in pairs if pair[1] != pair[2])
