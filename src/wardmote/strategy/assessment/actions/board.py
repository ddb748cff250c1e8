"""What goes before a board: the consultations used, requirements, proposals, the paper, the route and copies sent."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.audit.actions import record
from wardmote.definitions import problems
from wardmote.partnership.members.queries import partnership_of
from wardmote.strategy.assessment.models import (
    Approval,
    AssessedProblem,
    Assessment,
    BoardPaper,
    CopySent,
    PlannedApproval,
    Proposal,
    Requirement,
    UsedConsultation,
    UsedSeries,
)
from wardmote.strategy.assessment.rules import ApprovalOutcome, Outcome
from wardmote.strategy.assessment.rules.board import Requirer

from .refused import AssessmentRefused


@dataclass(frozen=True)
class GivenRequirement:
    """What somebody requires about a problem, and where it says so."""

    problem: str
    required_by: Requirer
    text: str
    source: str
    from_on: date
    to_on: date | None = None


@dataclass(frozen=True)
class GivenCheck:
    """Which post checked that the changes stand in the text, and on which day."""

    checked_by: str
    checked_on: date


@transaction.atomic
def use_consultations(
    reader: Reader, assessment: Assessment, consultations: Collection[UUID], series: Collection[UUID]
) -> None:
    """Say which consultations and surveys of the partnership belong to an assessment; all others do not."""
    reader.require(Permission.PREPARE_ASSESSMENT)
    partnership = partnership_of(reader)
    chosen = list(partnership.consultations.filter(id__in=consultations))
    surveys = list(partnership.survey_series.filter(id__in=series))
    if len(chosen) != len(set(consultations)) or len(surveys) != len(set(series)):
        raise AssessmentRefused("Choose consultations of your own partnership.")
    assessment.consultations_used.all().delete()
    assessment.series_used.all().delete()
    UsedConsultation.objects.bulk_create(UsedConsultation(assessment=assessment, consultation=one) for one in chosen)
    UsedSeries.objects.bulk_create(UsedSeries(assessment=assessment, series=one) for one in surveys)
    record(reader, "choose", kind="assessment", key=assessment.id, changed=["consultations_used", "series_used"])


@transaction.atomic
def keep_requirement(reader: Reader, given: GivenRequirement, *, requirement: Requirement | None = None) -> Requirement:
    """Keep what is required of the partnership about a problem."""
    reader.require(Permission.PREPARE_ASSESSMENT)
    if given.to_on is not None and given.to_on < given.from_on:
        raise AssessmentRefused("The last day lies before the first. Correct one of them.")
    if given.problem not in {problem.slug for problem in problems(given.from_on)}:
        raise AssessmentRefused("Choose a problem of the list.")
    kept = requirement or Requirement(partnership=partnership_of(reader))
    kept.problem, kept.required_by = given.problem, given.required_by
    kept.text, kept.source = given.text.strip(), given.source.strip()
    kept.from_on, kept.to_on = given.from_on, given.to_on
    kept.save()
    fields = ["from_on", "problem", "required_by", "source", "text", "to_on"]
    record(reader, "keep", kind="requirement", key=kept.id, changed=fields)
    return kept


@transaction.atomic
def remove_requirement(reader: Reader, requirement: Requirement) -> None:
    """Take back a requirement that was kept by mistake; one that has ended keeps its last day instead."""
    reader.require(Permission.PREPARE_ASSESSMENT)
    record(reader, "remove", kind="requirement", key=requirement.id)
    requirement.delete()


@transaction.atomic
def propose(reader: Reader, problem: AssessedProblem, outcome: Outcome, reason: str) -> Proposal:
    """Say what is proposed to the board about a problem, and why."""
    reader.require(Permission.PREPARE_ASSESSMENT)
    if not reason.strip():
        raise AssessmentRefused("Say why. The board reads it beside the rank and what residents said.")
    proposal, _ = Proposal.objects.update_or_create(
        problem=problem,
        defaults={
            "outcome": outcome,
            "reason": reason.strip(),
            "proposed_at": timezone.now(),
            "proposed_by_key": reader.key,
        },
    )
    record(reader, "propose", kind="problem", key=problem.id, changed=["outcome", "reason"])
    return proposal


@transaction.atomic
def write_paper(reader: Reader, assessment: Assessment, *, decision_asked: str, implications: str) -> BoardPaper:
    """Keep the decision asked of the bodies, and what it means for each."""
    reader.require(Permission.PREPARE_ASSESSMENT)
    texts = {"decision_asked": decision_asked.strip(), "implications": implications.strip()}
    paper, _ = BoardPaper.objects.update_or_create(assessment=assessment, defaults=texts)
    record(reader, "write", kind="paper", key=paper.id, changed=["decision_asked", "implications"])
    return paper


@transaction.atomic
def plan_route(reader: Reader, assessment: Assessment, bodies: Sequence[tuple[str, date]]) -> None:
    """Say which bodies have to approve, in their order, and when each meets; in place of what was planned before."""
    reader.require(Permission.PREPARE_ASSESSMENT)
    names = [body.strip().casefold() for body, _ in bodies]
    if len(set(names)) != len(names):
        raise AssessmentRefused("A body stands twice. Give each its own line.")
    assessment.planned_approvals.all().delete()
    PlannedApproval.objects.bulk_create(
        PlannedApproval(assessment=assessment, position=position, body=body.strip(), planned_on=day)
        for position, (body, day) in enumerate(bodies, start=1)
    )
    record(reader, "plan", kind="assessment", key=assessment.id, changed=["planned_approvals"])


@transaction.atomic
def note_copy(reader: Reader, assessment: Assessment, *, sent_to: str, sent_on: date) -> CopySent:
    """Note that a copy of the published assessment was sent, by the post of whoever notes it."""
    reader.require(Permission.PUBLISH)
    if sent_on > timezone.localdate():
        raise AssessmentRefused("That day lies ahead: note a copy once it has been sent.")
    first = assessment.published.order_by("issued_at").first()
    if first is None:
        raise AssessmentRefused("Nothing has been published yet. Publish it first, then send the copies.")
    if sent_on < (issued_on := timezone.localdate(first.issued_at)):
        raise AssessmentRefused(f"It was first issued on {issued_on:%-d %B %Y}. Enter that day or a later one.")
    same = {"sent_to": sent_to.strip(), "sent_on": sent_on}
    if assessment.copies_sent.filter(**same).exists():
        raise AssessmentRefused("This copy is noted already.")
    copy = CopySent.objects.create(assessment=assessment, sent_by_post=reader.post, **same)
    record(reader, "send", kind="copy", key=copy.id, changed=["sent_on", "sent_to"])
    return copy


@transaction.atomic
def check_changes(reader: Reader, approval: Approval, given: GivenCheck) -> None:
    """Record that the changes a body asked for stand in the text, which post checked it and when.

    Raises AssessmentRefused where nothing was to be changed, it was checked before, or the check cannot have been then.
    """
    reader.require(Permission.RECORD_DECISIONS)
    locked = Approval.objects.select_for_update().get(id=approval.id)
    if locked.outcome != ApprovalOutcome.WITH_CHANGES:
        raise AssessmentRefused("Nothing was to be changed.")
    if locked.checked_on:
        raise AssessmentRefused("The changes were checked already. What was recorded stays.")
    _refuse_check(locked, given)
    locked.checked_by, locked.checked_on = given.checked_by.strip(), given.checked_on
    locked.save(update_fields=["checked_by", "checked_on"])
    record(reader, "check", kind="approval", key=locked.id, changed=["checked_by", "checked_on"])


def _refuse_check(approval: Approval, given: GivenCheck) -> None:
    if not given.checked_by.strip():
        raise AssessmentRefused("Enter the post that checked them.")
    if given.checked_on > timezone.localdate():
        raise AssessmentRefused("That day lies ahead: record the check once it is done.")
    if given.checked_on < approval.decided_on:
        raise AssessmentRefused(
            f"{approval.body} asked for the changes on {approval.decided_on:%-d %B %Y}. Enter that day or a later one."
        )
