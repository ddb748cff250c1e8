"""The assessments that were approved, here and before, the cycle in force, and when the next is due."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from wardmote.access.permissions import Permission
from wardmote.access.readers import NOBODY, Reader
from wardmote.strategy.assessment.models import Approval, AssessmentCycle, EarlierAssessment
from wardmote.strategy.assessment.rules import APPROVES
from wardmote.strategy.assessment.rules.cycles import AssessmentDue, CycleKind, cycle_on, due_of

from . import analysis_of


@dataclass(frozen=True)
class ApprovedOne:
    """An approved assessment: here (`assessment` is its key) or earlier (`earlier` is the key of its row)."""

    title: str
    kind: CycleKind
    covers: str
    approved_on: date
    approved_by: str
    reference: str = ""
    plan: str = ""
    assessment: UUID | None = None
    earlier: UUID | None = None


def approved_ones(reader: Reader) -> list[ApprovedOne]:
    """Return every approved assessment of the reader's partnership, the newest first."""
    reader.require(Permission.SEE_ASSESSMENT)
    partnership = reader.partnership or NOBODY
    cycles = _cycles(partnership)
    here = [_here(approval, cycles) for approval in _first_approvals(partnership)]
    earlier = [_earlier(one) for one in EarlierAssessment.objects.filter(partnership=partnership)]
    return sorted([*here, *earlier], key=lambda one: (one.approved_on, one.title), reverse=True)


def due_for(reader: Reader, *, today: date) -> AssessmentDue:
    """Return when the next assessment of the reader's partnership is due."""
    reader.require(Permission.SEE_ASSESSMENT)
    return due_in(reader.partnership or NOBODY, today=today)


def due_in(partnership: UUID, *, today: date) -> AssessmentDue:
    """Return when the next assessment of a partnership is due, counted from the last that any body approved."""
    earlier = EarlierAssessment.objects.filter(partnership=partnership, approved_on__lte=today)
    here = (one.decided_on for one in _first_approvals(partnership) if one.decided_on <= today)
    days = [*earlier.values_list("approved_on", flat=True), *here]
    return due_of(cycle_on(_cycles(partnership), today), max(days, default=None), today=today)


def _cycles(partnership: UUID) -> list[tuple[date, CycleKind]]:
    found = AssessmentCycle.objects.filter(partnership=partnership).values_list("starts_on", "kind")
    return [(starts_on, CycleKind(kind)) for starts_on, kind in found]


def _first_approvals(partnership: UUID) -> list[Approval]:
    """Return the first approval of each assessment: a later body or text does not begin another year."""
    approving = [outcome.value for outcome in APPROVES]
    approvals = Approval.objects.filter(assessment__partnership=partnership, outcome__in=approving)
    found: dict[UUID, Approval] = {}
    for approval in approvals.select_related("assessment").order_by("decided_on", "recorded_at"):
        found.setdefault(approval.assessment_id, approval)
    return list(found.values())


def _here(approval: Approval, cycles: list[tuple[date, CycleKind]]) -> ApprovedOne:
    assessment = approval.assessment
    analysis = analysis_of(assessment)
    return ApprovedOne(
        assessment.title,
        cycle_on(cycles, approval.decided_on),
        analysis["period"]["words"] if analysis else "",
        approval.decided_on,
        approval.body,
        assessment=assessment.id,
    )


def _earlier(one: EarlierAssessment) -> ApprovedOne:
    covers = f"{one.covers_from:%-d %B %Y} to {one.covers_to:%-d %B %Y}"
    kind = CycleKind(one.kind)
    return ApprovedOne(
        one.title, kind, covers, one.approved_on, one.approved_by, one.reference, one.plan, earlier=one.id
    )
