"""The shape of the balance, of the way to approval, and of what is required."""

from typing import Any

from django.urls import reverse

from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.definitions import problem as problem_named
from wardmote.strategy.assessment.models import Assessment, Requirement
from wardmote.strategy.assessment.queries.balance import Balance, BalanceRow
from wardmote.strategy.assessment.queries.consulted import stale_for, suggested
from wardmote.strategy.assessment.queries.route import RouteStep, route_of
from wardmote.strategy.assessment.reports.board import (
    changed_words,
    contents_words,
    decision_asked,
    firmness_words,
    harm_cell,
    outcome_words,
    rank_words,
    reason_of,
    required_words,
    residents_words,
)
from wardmote.strategy.assessment.rules import APPROVAL_WORDS, ApprovalOutcome
from wardmote.strategy.assessment.rules.board import LAST_YEAR_WORDS, REQUIRER_WORDS, Requirer


def balance_page(reader: Reader, assessment: Assessment, balance: Balance) -> dict[str, Any]:
    """Return what a board weighs, problem by problem."""
    return {
        "assessment": assessment,
        "asked": decision_asked(assessment, balance),
        "changed": changed_words(balance),
        "contents": contents_words(assessment),
        "rows": [_row(row, balance, assessment) for row in balance.rows],
        "residents": balance.asked_words,
        "is_ranked": balance.is_ranked,
        "has_consultation": balance.has_consultation,
        "may_prepare": reader.may(Permission.PREPARE_ASSESSMENT),
        "may_decide": reader.may(Permission.RECORD_DECISIONS) and balance.is_ranked,
    }


def _row(row: BalanceRow, balance: Balance, assessment: Assessment) -> dict[str, Any]:
    return {
        "title": row.title,
        "url": reverse("assessment:problem", args=[assessment.id, row.slug]),
        "propose_url": reverse("assessment:propose", args=[assessment.id, row.slug]),
        "decide_url": reverse("assessment:decision", args=[assessment.id, row.slug]),
        "rank": rank_words(row),
        "firmness": firmness_words(row),
        "harm": harm_cell(row),
        "residents": residents_words(row, balance),
        "required": required_words(row),
        "last_year": LAST_YEAR_WORDS[row.last_year],
        "outcome": outcome_words(row),
        "is_decided": row.decided is not None,
        "differs": row.differs,
        "reason": reason_of(row),
        "decided": row.decided.decided_words if row.decided else "",
    }


def requirement_rows(found: list[Requirement], assessment: Assessment) -> list[dict[str, Any]]:
    """Return what is required, as its page lists it."""
    return [
        {
            "requirement": one,
            "title": problem_named(one.problem).title,
            "by": REQUIRER_WORDS[Requirer(one.required_by)],
            "period": f"From {one.from_on:%-d %B %Y}" + (f" to {one.to_on:%-d %B %Y}" if one.to_on else ""),
            "url": reverse("assessment:requirement", args=[assessment.id, one.id]),
            "remove_url": reverse("assessment:remove-requirement", args=[assessment.id, one.id]),
        }
        for one in found
    ]


def consultation_choices(assessment: Assessment) -> list[tuple[str, str]]:
    """Return the consultations that can be chosen, each with its days, and whether it is too old."""
    found = assessment.partnership.consultations.all()
    return [
        (str(one.id), f"{one.title}, to {one.to_on:%-d %B %Y}{' (too old)' if stale_for(assessment, one) else ''}")
        for one in found
    ]


def consultation_initial(assessment: Assessment) -> dict[str, list[str]]:
    """Return what is chosen; where nothing is, what the dates suggest."""
    used = list(assessment.consultations_used.values_list("consultation_id", flat=True))
    series = list(assessment.series_used.values_list("series_id", flat=True))
    if not used and not series:
        used = [one.id for one in suggested(assessment)]
    return {"consultations": [str(key) for key in used], "series": [str(key) for key in series]}


def route_rows(assessment: Assessment) -> list[dict[str, str]]:
    """Return the bodies on the way to approval, and which is next."""
    return [{"body": step.body, **_state(step)} for step in route_of(assessment)]


def _state(step: RouteStep) -> dict[str, str]:
    if step.approval:
        words = APPROVAL_WORDS[ApprovalOutcome(step.approval.outcome)]
        return {
            "day": f"{step.approval.decided_on:%-d %B %Y}",
            "state": words,
            "colour": "green" if step.is_done else "red",
        }
    day = f"planned for {step.planned_on:%-d %B %Y}" if step.planned_on else ""
    return {"day": day, "state": "Next" if step.is_next else "Later", "colour": "yellow" if step.is_next else "grey"}


def route_text(assessment: Assessment) -> str:
    """Return the planned bodies as they are typed."""
    return "\n".join(f"{one.body}; {one.planned_on.isoformat()}" for one in assessment.planned_approvals.all())
