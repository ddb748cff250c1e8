"""What bodies made of an assessment, and where its text now differs from the one that they had before them."""

import difflib
import json
from dataclasses import dataclass

from wardmote.partnership.documents.queries import read_stored
from wardmote.strategy.assessment.models import Approval, Assessment
from wardmote.strategy.assessment.rules import APPROVES


@dataclass(frozen=True)
class Difference:
    """A place where two texts differ: the lines of the approved one, and those that stand there now."""

    approved: tuple[str, ...]
    now: tuple[str, ...]


def last_approval(assessment: Assessment) -> Approval | None:
    """Return the newest record of a body that approved the assessment, None where none has."""
    approving = [outcome.value for outcome in APPROVES]
    return assessment.approvals.filter(outcome__in=approving).order_by("recorded_at").last()


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
