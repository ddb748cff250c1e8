"""Writing the required parts of an assessment, declaring a gap, and recording what a body made of the whole."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.audit.actions import record
from wardmote.foundations.periods import Month
from wardmote.partnership.documents.actions import keep
from wardmote.printing.canonical import canonical_json
from wardmote.strategy.assessment.models import Approval, Assessment, AssessmentPart
from wardmote.strategy.assessment.queries import analysis_of
from wardmote.strategy.assessment.queries.outline import empty_parts, outline_of
from wardmote.strategy.assessment.reports import draft_report
from wardmote.strategy.assessment.reports.lines import lines_of
from wardmote.strategy.assessment.rules import APPROVES, ApprovalOutcome, AssessmentState, PartState

from .refused import AssessmentRefused


@dataclass(frozen=True)
class GivenGap:
    """Why a part is missing, which post fills it, and by when; printed in the assessment."""

    gap: str
    owner: str
    due_on: date


@dataclass(frozen=True)
class GivenApproval:
    """What a body decided: who was there by post, who agreed in writing, and what it wanted changed."""

    body: str
    decided_on: date
    outcome: ApprovalOutcome
    present: str = ""
    absent: str = ""
    agreed_in_writing: str = ""
    changes: str = ""


@transaction.atomic
def write_part(reader: Reader, assessment: Assessment, code: str, text: str) -> None:
    """Keep the text of a required part; it is drafted from then on, and any agreement or gap is lifted."""
    reader.require(Permission.PREPARE_ASSESSMENT)
    part = _part(assessment, code)
    part.text, part.agreed_on, part.agreed_by = text.strip(), None, ""
    part.gap, part.gap_owner, part.gap_due_on = "", "", None
    part.save()
    record(reader, "write", kind="part", key=part.id, changed=["agreed_on", "gap", "text"])


@transaction.atomic
def declare_gap(reader: Reader, assessment: Assessment, code: str, given: GivenGap) -> None:
    """Say in the open that a part is missing, who fills it and by when: not before the day of the assessment."""
    reader.require(Permission.PREPARE_ASSESSMENT)
    if given.due_on < assessment.as_at:
        day = f"{assessment.as_at:%-d %B %Y}"
        raise AssessmentRefused(
            f"The gap is still to be filled: enter the day of the assessment, {day}, or a later one."
        )
    part = _part(assessment, code)
    part.gap, part.gap_owner, part.gap_due_on = given.gap.strip(), given.owner.strip(), given.due_on
    part.agreed_on, part.agreed_by = None, ""
    part.save()
    record(reader, "declare", kind="part", key=part.id, changed=["gap", "gap_due_on", "gap_owner"])


@transaction.atomic
def agree_part(reader: Reader, assessment: Assessment, code: str) -> None:
    """Mark a drafted part as agreed by the post of whoever does it, today."""
    reader.require(Permission.PREPARE_ASSESSMENT)
    found = next((one for one in outline_of(assessment) if one.required.code == code), None)
    if found is None or found.state is not PartState.DRAFTED:
        raise AssessmentRefused("Only a part that is drafted can be agreed. Write it first.")
    part = _part(assessment, code)
    part.agreed_on, part.agreed_by = timezone.localdate(), reader.post
    part.save()
    record(reader, "agree", kind="part", key=part.id, changed=["agreed_by", "agreed_on"])


def _part(assessment: Assessment, code: str) -> AssessmentPart:
    if code not in {one.required.code for one in outline_of(assessment)}:
        raise AssessmentRefused("This assessment has no such part.")
    return assessment.parts.filter(code=code).first() or AssessmentPart(assessment=assessment, code=code)


@transaction.atomic
def record_approval(reader: Reader, assessment: Assessment, given: GivenApproval) -> Approval:
    """Record what a body made of the assessment, with the very text that it had before it.

    Raises AssessmentRefused where the ranking is not open, a required part is empty (an approval only), a change is
    not said, or the day lies ahead or before the assessment was begun.
    """
    reader.require(Permission.RECORD_DECISIONS)
    _refuse(assessment, given)
    text_sha256 = keep(canonical_json(lines_of(draft_report(assessment))))
    same = {"body__iexact": given.body.strip(), "decided_on": given.decided_on, "outcome": given.outcome}
    if assessment.approvals.filter(**same, changes=given.changes.strip(), text_sha256=text_sha256).exists():
        raise AssessmentRefused("This decision on this very text is recorded already.")
    approval = Approval.objects.create(
        assessment=assessment,
        body=given.body.strip(),
        decided_on=given.decided_on,
        outcome=given.outcome,
        present=given.present.strip(),
        absent=given.absent.strip(),
        agreed_in_writing=given.agreed_in_writing.strip(),
        changes=given.changes.strip(),
        text_sha256=text_sha256,
        recorded_at=timezone.now(),
        recorded_by_key=reader.key,
    )
    record(reader, "approve", kind="assessment", key=assessment.id, changed=["approvals"])
    return approval


def _refuse(assessment: Assessment, given: GivenApproval) -> None:
    if assessment.state != AssessmentState.DECIDING:
        raise AssessmentRefused("An assessment goes to a body once its ranking is open. Open the ranking first.")
    if given.decided_on > timezone.localdate():
        raise AssessmentRefused("That day lies ahead: an approval is recorded when it has happened.")
    if given.decided_on <= (figures_to := _figures_to(assessment)):
        raise AssessmentRefused(
            f"Its figures run to {figures_to:%-d %B %Y}, so no body had this text before it by then. Check the day."
        )
    if given.outcome in (ApprovalOutcome.WITH_CHANGES, ApprovalOutcome.SENT_BACK) and not given.changes.strip():
        raise AssessmentRefused("Say what is to be changed, and who checks it.")
    empty = empty_parts(assessment)
    if given.outcome in APPROVES and empty:
        raise AssessmentRefused(
            f"Empty still: {', '.join(empty)}. Write each, or declare it a gap with who fills it and by when."
        )


def _figures_to(assessment: Assessment) -> date:
    """Return the last day of the figures in the text; a text without figures is as old as its date allows."""
    analysis = analysis_of(assessment)
    return Month.parse(analysis["period"]["last"]).last_day if analysis else date.min
