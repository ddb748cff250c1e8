"""The shape of the register's pages, and the sentences about what is due."""

from datetime import date
from typing import Any

from django.urls import reverse

from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.partnership.members.queries import partnership_of
from wardmote.strategy.assessment.models import AssessmentCycle, EarlierAssessment
from wardmote.strategy.assessment.queries.cycles import ApprovedOne, approved_ones, due_for
from wardmote.strategy.assessment.rules.cycles import CYCLE_WORDS, AssessmentDue, CycleKind, DueState

EARLIER_FIELDS = ("title", "kind", "covers_from", "covers_to", "approved_on", "approved_by", "reference", "plan")


def due_words(due: AssessmentDue) -> str:
    """Say when the next assessment is due, and counted from what."""
    if due.last_on is None or due.due_on is None:
        return "No approved assessment is put down. The law asks for one at least every year."
    last, by = f"{due.last_on:%-d %B %Y}", f"{due.due_on:%-d %B %Y}"
    if due.state is DueState.OVERDUE:
        return f"The last assessment was approved on {last}. The next was due by {by}."
    return f"The next assessment is to be approved by {by}. The last was approved on {last}."


def alert_words(due: AssessmentDue) -> str:
    """Return the sentence of a warning; empty where there is nothing to warn of."""
    return due_words(due) if due.state in (DueState.SOON, DueState.OVERDUE) else ""


def register_page(reader: Reader, *, today: date) -> dict[str, Any]:
    """Return the approved assessments, the cycle in force and what is due."""
    due = due_for(reader, today=today)
    cycles = AssessmentCycle.objects.filter(partnership=partnership_of(reader))
    return {
        "cycle": CYCLE_WORDS[due.cycle],
        "due": due_words(due),
        "alert": alert_words(due),
        "rows": [_row(one) for one in approved_ones(reader)],
        "cycles": [{"words": CYCLE_WORDS[CycleKind(one.kind)], "from": _day(one.starts_on)} for one in cycles],
        "may_change": reader.may(Permission.PREPARE_ASSESSMENT),
    }


def earlier_initial(earlier: EarlierAssessment | None) -> dict[str, Any]:
    """Return what the form of an earlier assessment shows first."""
    return {name: getattr(earlier, name) for name in EARLIER_FIELDS} if earlier else {}


def _row(one: ApprovedOne) -> dict[str, Any]:
    return {
        "title": one.title,
        "kind": CYCLE_WORDS[one.kind],
        "covers": one.covers[:1].upper() + one.covers[1:],
        "approved": f"{_day(one.approved_on)}, {one.approved_by}",
        "reference": one.reference,
        "link": one.reference if one.reference.startswith(("https://", "http://")) else "",
        "plan": one.plan,
        "earlier": one.earlier,
        "url": reverse("assessment:overview", args=[one.assessment]) if one.assessment else "",
    }


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"
