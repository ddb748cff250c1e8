"""The shape of the room view and of the pages around it; no name and no agency stands beside a score."""

from collections.abc import Collection, Sequence
from typing import Any

from django.forms import BaseForm
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.definitions import matrix as matrix_named
from wardmote.partnership.members.models import Agency
from wardmote.printing import html
from wardmote.strategy.assessment.models import Assessment
from wardmote.strategy.assessment.queries.room import RoomProblem, expected_agencies
from wardmote.strategy.assessment.queries.session import complete_by_agency, given_in_every_matrix
from wardmote.strategy.assessment.reports.spread import spread_picture
from wardmote.strategy.assessment.rules import CONFIDENCE_WORDS, AssessmentState, Confidence

from .scoring import sheet_url


def room_url(assessment: Assessment, matrix: str, slug: str = "") -> str:
    """Return the address of the room view, or of one problem in it."""
    name, arguments = (
        ("assessment:room-problem", [assessment.id, slug]) if slug else ("assessment:room", [assessment.id])
    )
    return reverse(name, args=arguments) + f"?matrix={matrix}"


def own_sheet_url(assessment: Assessment, slug: str, matrix: str) -> str:
    """Return the address at which somebody gives their own scores of a problem."""
    return sheet_url(assessment, slug, matrix)


def room_page(
    reader: Reader, assessment: Assessment, slug: str, found: Sequence[RoomProblem], *, seen: Collection[str]
) -> dict[str, Any]:
    """Return the problems in order; those that the reader has not scored yet come last and say nothing."""
    shown = [one for one in found if one.slug in seen]
    hidden = sorted((one for one in found if one.slug not in seen), key=lambda one: one.title)
    return {
        "assessment": assessment,
        "matrix": matrix_named(slug),
        "others": [(matrix_named(other).title, room_url(assessment, other)) for other in _others(assessment, slug)],
        "rows": [_row(assessment, slug, one) for one in shown],
        "hidden": [{"title": one.title, "url": sheet_url(assessment, one.slug, slug)} for one in hidden],
        "agreed": sum(1 for one in found if one.is_agreed),
        "total": len(found),
        "runs": reader.may(Permission.PREPARE_ASSESSMENT),
        "is_open": assessment.state == AssessmentState.DISCUSSING,
    }


def _others(assessment: Assessment, slug: str) -> list[str]:
    return [other for other in assessment.matrices if other != slug]


def _spread_words(one: RoomProblem) -> str:
    """Return where the panel lies furthest apart; silence is no agreement."""
    if not one.scorers:
        return "No scores yet"
    return f"{one.widest.label}: {one.widest.width} apart" if one.widest else "No disagreement"


def _row(assessment: Assessment, matrix: str, one: RoomProblem) -> dict[str, Any]:
    return {
        "title": one.title,
        "url": room_url(assessment, matrix, one.slug),
        "spread": _spread_words(one),
        "waiting": waiting_words(one),
        "is_agreed": one.is_agreed,
    }


def waiting_words(one: RoomProblem) -> str:
    """Return how many agencies are still to score, and never which."""
    return "All have scored" if not one.waiting else f"{one.waiting} still to score"


def room_problem(
    reader: Reader, assessment: Assessment, matrix: str, found: Sequence[RoomProblem], *, slug: str
) -> dict[str, Any]:
    """Return one problem with its spread, and the one that is discussed after it."""
    one = next(one for one in found if one.slug == slug)
    following = next((other for other in found if not other.is_agreed and other.slug != slug), None)
    runs = reader.may(Permission.PREPARE_ASSESSMENT)
    is_open = assessment.state == AssessmentState.DISCUSSING
    return {
        "assessment": assessment,
        "matrix": matrix_named(matrix),
        "problem": one,
        "waiting": waiting_words(one),
        "picture": _drawn(one),
        "strips": [(strip.label, strip.words, other_answers(strip.dont_know, strip.not_ours)) for strip in one.strips],
        "confidence": CONFIDENCE_WORDS[Confidence(one.confidence)] if one.confidence else "",
        "back": room_url(assessment, matrix),
        "next_url": room_url(assessment, matrix, following.slug) if following and runs else "",
        "next_title": following.title if following else "",
        "agree_url": reverse("assessment:agree", args=[assessment.id, slug]) + f"?matrix={matrix}"
        if runs and is_open
        else "",
        "is_waiting": is_open and one.waiting > 0,
    }


def other_answers(dont_know: int, not_ours: int) -> str:
    """Return in words how many did not know, and for how many it was not for their agency."""
    said = [
        f"{dont_know} said don't know" if dont_know else "",
        f"{not_ours} said not for my agency" if not_ours else "",
    ]
    return ", ".join(filter(None, said))


def _drawn(one: RoomProblem) -> SafeString:
    return mark_safe(html.render_blocks([spread_picture(one)], figure_url=None))  # noqa: S308 the printer escapes


def before_discussion(reader: Reader, assessment: Assessment) -> dict[str, Any]:
    """Return how many agencies have scored everything, and what the one who runs the session has not scored yet."""
    total = assessment.problems.count()
    expected = expected_agencies(assessment, today=timezone.localdate())
    done = complete_by_agency(assessment)
    own = len(given_in_every_matrix(reader, assessment))
    return {
        "assessment": assessment,
        "ready": sum(1 for agency in expected if done.get(agency, 0) == total),
        "expected": len(expected),
        "own_left": total - own if reader.agency in expected else 0,
        "state": AssessmentState.DISCUSSING,
    }


def taking_part(assessment: Assessment, agencies: Sequence[Agency], form: BaseForm) -> dict[str, Any]:
    """Return each agency with how many problems it has scored, and the form that says how it takes part."""
    done = complete_by_agency(assessment)
    total = assessment.problems.count()
    is_open = assessment.state in (AssessmentState.SCORING, AssessmentState.DISCUSSING)
    return {
        "assessment": assessment,
        "form": form,
        "is_open": is_open,
        "rows": [
            {
                "name": agency.name,
                "done": f"{done.get(agency.id, 0)} of {total}",
                "url": reverse("assessment:sheet", args=[assessment.id, agency.id]) if is_open else "",
                "fields": [form[f"presence-{agency.id}"], form[f"post-{agency.id}"]],
            }
            for agency in agencies
        ],
    }
