"""What bodies made of an assessment, and where its text now differs from the one that they had before them."""

import difflib
import json
from dataclasses import dataclass

from wardmote.partnership.documents.queries import read_stored
from wardmote.strategy.assessment.models import Approval, Assessment
from wardmote.strategy.assessment.rules import APPROVES, ApprovalOutcome


@dataclass(frozen=True)
class Difference:
    """A place where two texts differ: the lines of the approved one, and those that stand there now."""

    approved: tuple[str, ...]
    now: tuple[str, ...]


def last_approval(assessment: Assessment) -> Approval | None:
    """Return the newest record of a body that approved the assessment, None where none has."""
    approving = [outcome.value for outcome in APPROVES]
    return assessment.approvals.filter(outcome__in=approving).order_by("recorded_at").last()


def what_stands_against(assessment: Assessment) -> str:
    """Return in a sentence which body's last word keeps an assessment from being issued; empty where none does.

    A body that notes it lifts nothing that it asked for before.
    """
    said: dict[str, Approval] = {}
    for approval in assessment.approvals.exclude(outcome=ApprovalOutcome.NOTED).order_by("recorded_at"):
        said[approval.body.casefold()] = approval
    return next((words for words in map(_against, said.values()) if words), "")


def _against(approval: Approval) -> str:
    on = f"{approval.decided_on:%-d %B %Y}"
    if approval.outcome == ApprovalOutcome.SENT_BACK:
        return f"{approval.body} sent it back on {on}. Make the changes, then record what it decides on the new text."
    if approval.outcome == ApprovalOutcome.WITH_CHANGES and not approval.checked_on:
        return (
            f"{approval.body} approved it with changes on {on}, and nobody has said that they are made. Make them, "
            "then say on the page Approval who checked them."
        )
    return ""


def approved_lines(approval: Approval) -> list[str]:
    """Return the text that a body had before it, one line a block."""
    lines: list[str] = json.loads(read_stored(approval.text_sha256))
    return lines


def differences(approved: list[str], now: list[str]) -> tuple[Difference, ...]:
    """Return every place where two texts differ, in the order of the text; a comma is a difference."""
    matcher = difflib.SequenceMatcher(None, approved, now, autojunk=False)
    return tuple(
        Difference(tuple(approved[a:b]), tuple(now[c:d]))
        for what, a, b, c, d in matcher.get_opcodes()
        if what != "equal"
    )
