"""The shape of the pages of what an assessment rests on beside figures."""

from datetime import date
from typing import Any

from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.definitions import input_ages
from wardmote.strategy.assessment.models import AssessedProblem, Assessment
from wardmote.strategy.assessment.queries.inputs import Inputs, Learning, Provided, earlier_with_inputs, inputs_of
from wardmote.strategy.assessment.rules.inputs import REVIEW_WORDS, ReviewKind

NEEDS_FIELDS = ("title", "owner", "dated_on", "review_on", "findings", "reference")
LEARNING_FIELDS = ("kind", "reference", "recommendation", "problem", "owner", "due_on")
PROVISION_FIELDS = (
    "need", "problem", "service", "provider", "counted_as", "capacity", "taken_up", "period", "source", "outcome",
    "gap",
)  # fmt: skip


def inputs_page(reader: Reader, assessment: Assessment) -> dict[str, Any]:
    """Return the three kinds of input with what may be done."""
    found = inputs_of(assessment)
    may_write = reader.may(Permission.PREPARE_ASSESSMENT)
    before = earlier_with_inputs(assessment) if may_write and _lacks_some(found) else None
    return {
        "assessment": assessment,
        "needs": [
            {
                "row": one.row,
                "dated": _day(one.row.dated_on),
                "old": one.old,
                "why": _capital(one.old.removeprefix("Old: ")),
            }
            for one in found.needs
        ],
        "ages": input_ages().words,
        "learning": [_learning(one) for one in found.learning],
        "provision": [_provision(one) for one in found.provision],
        "silent": ", ".join(found.silent),
        "before": before,
        "may_write": may_write,
    }


def initial_of(row: Any, fields: tuple[str, ...]) -> dict[str, Any]:
    """Return what a form shows first."""
    return {name: getattr(row, name) for name in fields} if row is not None else {}


def problem_inputs(problem: AssessedProblem) -> dict[str, Any]:
    """Return the open recommendations of a problem, and the services and gaps that belong to it."""
    found = inputs_of(problem.assessment)
    return {
        "learning": [_learning(one) for one in found.learning if one.is_open and one.row.problem == problem.slug],
        "provision": [_provision(one) for one in found.provision if one.row.problem == problem.slug],
    }


def _lacks_some(found: Inputs) -> bool:
    return not (found.needs and found.learning and found.provision)


def _learning(one: Learning) -> dict[str, Any]:
    return {
        "row": one.row,
        "title": f"{REVIEW_WORDS[ReviewKind(one.row.kind)]}, {one.row.reference}",
        "problem": one.problem or "None of these",
        "is_open": one.is_open,
        "state": "Open" if one.is_open else "Carried out",
        "colour": "yellow" if one.is_open else "green",
        "who": f"{one.row.owner}, by {_day(one.row.due_on)}",
        "result": f"{one.row.result} ({_day(one.row.done_on)})" if one.row.done_on else "",
    }


def _provision(one: Provided) -> dict[str, Any]:
    row = one.row
    return {
        "row": row,
        "problem": one.problem or "None of these",
        "service": f"{row.service}, {row.provider}" if row.provider else row.service,
        "use": f"{one.use}, {row.period}. Source: {row.source}." if one.use else "Not stated",
        "state": "No service" if not row.service else "Gap" if one.is_gap else "",
    }


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"
