"""Pages of the session: the room view, what is agreed, who takes part, and its record."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.access.routes import reader_of, requires
from wardmote.definitions import matrix as matrix_named
from wardmote.partnership.members.queries import agencies_of
from wardmote.printing.blocks import Report
from wardmote.strategy.assessment import presenters
from wardmote.strategy.assessment.actions import AssessmentRefused, agree, record_attendance
from wardmote.strategy.assessment.forms.session import AgreeForm, AttendanceForm
from wardmote.strategy.assessment.models import Assessment
from wardmote.strategy.assessment.presenters import session as shapes
from wardmote.strategy.assessment.queries import has_given
from wardmote.strategy.assessment.queries.panel import panel_of
from wardmote.strategy.assessment.queries.room import room_of
from wardmote.strategy.assessment.queries.session import attendance_of, given_by_reader
from wardmote.strategy.assessment.reports.session import record_report
from wardmote.strategy.assessment.rules import AssessmentState, may_see_panel

from .finding import assessment_of, problem_of
from .printed import pdf_answer


@requires(Permission.SEE_ASSESSMENT)
def room(request: HttpRequest, key: UUID) -> HttpResponse:
    """The problems as the room sees them, the widest disagreement first."""
    reader, assessment = reader_of(request), assessment_of(request, key)
    if not _is_in_session(assessment):
        return render(request, "assessment/room_closed.html", {"assessment": assessment})
    slug = presenters.chosen_matrix(assessment, request.GET.get("matrix", ""))
    found = room_of(assessment, slug, today=timezone.localdate())
    seen = {one.slug for one in found} if _sees_all(reader, assessment) else given_by_reader(reader, assessment, slug)
    return render(request, "assessment/room.html", shapes.room_page(reader, assessment, slug, found, seen=seen))


def _is_in_session(assessment: Assessment) -> bool:
    return assessment.state in (AssessmentState.DISCUSSING, AssessmentState.DECIDING)


def _sees_all(reader: Reader, assessment: Assessment) -> bool:
    runs = reader.may(Permission.PREPARE_ASSESSMENT)
    return may_see_panel(AssessmentState(assessment.state), runs_the_session=runs, has_given=False)


@requires(Permission.SEE_ASSESSMENT)
def room_problem(request: HttpRequest, key: UUID, slug: str) -> HttpResponse:
    """One problem in large type, without names."""
    reader, problem = reader_of(request), problem_of(request, key, slug)
    assessment = problem.assessment
    if not _is_in_session(assessment):
        return redirect("assessment:room", key)
    matrix = presenters.chosen_matrix(assessment, request.GET.get("matrix", ""))
    if not (_sees_all(reader, assessment) or has_given(reader, problem, matrix)):
        messages.error(request, "Give your own scores of this problem first. Then you see what the panel said.")
        return redirect(shapes.own_sheet_url(assessment, slug, matrix))
    found = room_of(assessment, matrix, today=timezone.localdate())
    return render(
        request, "assessment/room_problem.html", shapes.room_problem(reader, assessment, matrix, found, slug=slug)
    )


@requires(Permission.PREPARE_ASSESSMENT)
def agree_problem(request: HttpRequest, key: UUID, slug: str) -> HttpResponse:
    """Record what the panel agreed about a problem."""
    problem = problem_of(request, key, slug)
    # The form shows the panel's first scores, so it is closed whenever the room is; what was typed is never dropped.
    if not (
        problem.assessment.state == AssessmentState.DISCUSSING or (request.POST and _is_in_session(problem.assessment))
    ):
        return redirect("assessment:room", key)
    matrix = matrix_named(presenters.chosen_matrix(problem.assessment, request.GET.get("matrix", "")))
    panel = panel_of(problem.assessment, matrix.slug)[slug]
    form = AgreeForm(request.POST or None, matrix=matrix, panel=panel)
    if request.method == "POST" and form.is_valid():
        try:
            agree(reader_of(request), problem, matrix.slug, form.given())
        except AssessmentRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"What was agreed about {problem.title} is kept, beside the first scores.")
            return redirect(shapes.room_url(problem.assessment, matrix.slug))
    context = {"form": form, "problem": problem, "assessment": problem.assessment, "matrix": matrix}
    context |= {
        "title": f"Agree on {problem.title.lower()}",
        "back": shapes.room_url(problem.assessment, matrix.slug, slug),
    }
    return render(request, "assessment/agree.html", context)


@requires(Permission.PREPARE_ASSESSMENT)
def open_discussion(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ask once more before first scores are frozen: nothing leads back to scoring apart."""
    assessment = assessment_of(request, key)
    if assessment.state != AssessmentState.SCORING:
        return redirect("assessment:overview", key)
    return render(request, "assessment/open_discussion.html", shapes.before_discussion(reader_of(request), assessment))


@requires(Permission.PREPARE_ASSESSMENT)
def taking_part(request: HttpRequest, key: UUID) -> HttpResponse:
    """Who takes part and how, and how far each agency's scores are."""
    reader, assessment = reader_of(request), assessment_of(request, key)
    agencies = list(agencies_of(reader))
    form = AttendanceForm(request.POST or None, agencies=agencies, before=attendance_of(assessment))
    if request.method == "POST" and form.is_valid():
        record_attendance(reader, assessment, form.given())
        messages.success(request, "Who takes part is kept.")
        return redirect("assessment:taking-part", key)
    return render(request, "assessment/taking_part.html", shapes.taking_part(assessment, agencies, form))


def _record(request: HttpRequest, key: UUID) -> tuple[Assessment, Report]:
    """The record, for those who may see every problem's scores by now."""
    assessment = assessment_of(request, key)
    if not _sees_all(reader_of(request), assessment):
        raise Http404
    return assessment, record_report(assessment, today=timezone.localdate())


@requires(Permission.SEE_ASSESSMENT)
def record_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """The record of the session."""
    assessment, report = _record(request, key)
    body = presenters.printed(report, lambda figure: "")
    return render(request, "assessment/record.html", {"assessment": assessment, "body": body})


@requires(Permission.SEE_ASSESSMENT)
def record_pdf(request: HttpRequest, key: UUID) -> HttpResponse:
    """The record of the session, to print."""
    return pdf_answer(_record(request, key)[1], name="record-of-the-session")
