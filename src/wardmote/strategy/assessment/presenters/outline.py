"""The shape of the outline's and the approval's pages."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from wardmote.strategy.assessment.models import Approval, Assessment
from wardmote.strategy.assessment.queries.approval import Difference, approved_lines, differences, last_approval
from wardmote.strategy.assessment.queries.outline import OutlinePart, outline_of
from wardmote.strategy.assessment.reports import draft_report
from wardmote.strategy.assessment.reports.lines import lines_of
from wardmote.strategy.assessment.rules import APPROVAL_WORDS, PART_WORDS, ApprovalOutcome, PartState

COLOURS = {
    PartState.EMPTY: "red",
    PartState.DRAFTED: "yellow",
    PartState.AGREED: "green",
    PartState.GAP: "grey",
}
KIND_WORDS = {"law": "The law asks for it", "guidance": "Guidance asks for it", "local": "A promise of our own"}


def outline_rows(assessment: Assessment) -> list[dict[str, Any]]:
    """Return every required part with its state and where it leads."""
    return [
        {
            "part": part,
            "title": part.required.title,
            "url": reverse("assessment:part", args=[assessment.id, part.required.code]),
            "state": PART_WORDS[part.state],
            "colour": COLOURS[part.state],
            "demand": demand_words(part),
            "rows_url": rows_url(assessment, part),
        }
        for part in outline_of(assessment)
    ]


def rows_url(assessment: Assessment, part: OutlinePart) -> str:
    """Return where the rows that fill a part are put down; empty where rows do not."""
    is_of_rows = part.required.filled_from in ("needs", "learning", "provision")
    return f"{reverse('assessment:inputs', args=[assessment.id])}#{part.required.filled_from}" if is_of_rows else ""


def demand_words(part: OutlinePart) -> str:
    """Say who asks for a part, and whether the wording of the demand is confirmed."""
    words = f"{KIND_WORDS[part.required.kind]} ({part.required.source})."
    return words if part.required.wording_confirmed else f"{words} The wording is not confirmed: ask for legal advice."


def approval_rows(assessment: Assessment) -> list[dict[str, Any]]:
    """Return what bodies made of an assessment, newest first."""
    return [
        {
            "approval": one,
            "outcome": APPROVAL_WORDS[ApprovalOutcome(one.outcome)],
            "on": f"{one.decided_on:%-d %B %Y}",
            "recorded_on": timezone.localdate(one.recorded_at),
            "to_check": one.outcome == ApprovalOutcome.WITH_CHANGES and not one.checked_on,
        }
        for one in sorted(assessment.approvals.all(), key=lambda one: one.recorded_at, reverse=True)
    ]


def changed_since(assessment: Assessment) -> tuple[Difference, ...]:
    """Return where the text now differs from the one last approved; nothing where none was."""
    approval = last_approval(assessment)
    return changed_since_approval(approval) if approval else ()


def changed_since_approval(approval: Approval) -> tuple[Difference, ...]:
    """Return where the text now differs from the one that stood there when a body's decision was recorded."""
    if not approval.assessment.analysis_sha256:
        return ()
    return differences(approved_lines(approval), lines_of(draft_report(approval.assessment)))
