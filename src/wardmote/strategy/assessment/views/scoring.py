"""Pages on which people score: their own sheet, a sheet entered for an agency, and sheets to print."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from wardmote.access.permissions import Permission
from wardmote.access.routes import reader_of, requires
from wardmote.definitions import Matrix
from wardmote.definitions import matrix as matrix_named
from wardmote.partnership.members.models import Agency
from wardmote.partnership.members.queries import agencies_of
from wardmote.strategy.assessment import presenters
from wardmote.strategy.assessment.actions import AssessmentRefused, Sheet, enter_scores, give_scores
from wardmote.strategy.assessment.forms.scoring import EnteredForm, ScoreForm
from wardmote.strategy.assessment.models import AssessedProblem
from wardmote.strategy.assessment.presenters import scoring as shapes
from wardmote.strategy.assessment.queries import (
    analysis_of,
    answered_by,
    entered_and_seen,
    own_people_scored,
    own_scores,
    scored_by_reader,
    was_entered,
)
from wardmote.strategy.assessment.queries.filled import Filled, filled_for
from wardmote.strategy.assessment.reports.sheets import sheets_report
from wardmote.strategy.assessment.reports.summaries import summaries_report
from wardmote.strategy.assessment.rules import ENTERED_FOR_YOU, AssessmentState, why_not_enter, why_not_score

from .finding import assessment_of, problem_of
from .printed import pdf_answer


@requires(Permission.SCORE_PROBLEMS)
def scoring(request: HttpRequest, key: UUID) -> HttpResponse:
    """The problems to score, and how many of each the reader has answered."""
    reader, assessment = reader_of(request), assessment_of(request, key)
    sheets = [
        shapes.score_sheet(assessment, slug, scored_by_reader(reader, assessment, slug)) for slug in assessment.matrices
    ]
    state = AssessmentState(assessment.state)
    closed = why_not_score(state, runs_the_session=reader.may(Permission.PREPARE_ASSESSMENT))
    context = {
        "assessment": assessment,
        "sheets": sheets,
        "closed": closed,
        "is_late": state is AssessmentState.DISCUSSING and not closed,
    }
    return render(request, "assessment/scoring.html", context)


@requires(Permission.SCORE_PROBLEMS)
def score_problem(request: HttpRequest, key: UUID, slug: str) -> HttpResponse:
    """Score one problem."""
    reader, problem = reader_of(request), problem_of(request, key, slug)
    matrix, filled = _matrix_and_filled(request, problem)
    form = ScoreForm(request.POST or None, matrix=matrix, own=own_scores(reader, problem, matrix.slug), filled=filled)
    if request.method == "POST" and form.is_valid():
        try:
            give_scores(reader, problem, matrix.slug, form.scores())
        except AssessmentRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            _say(request, form, f"Your scores of {problem.title} are kept.")
            return _onwards(request, problem, matrix.slug, scored_by_reader(reader, problem.assessment, matrix.slug))
    state = AssessmentState(problem.assessment.state)
    closed = why_not_score(state, runs_the_session=reader.may(Permission.PREPARE_ASSESSMENT))
    if reader.agency and was_entered(problem, matrix.slug, reader.agency):
        closed = closed or ENTERED_FOR_YOU
    context = shapes.score_page(problem, matrix, form, filled)
    context |= {"closed": closed, "is_late": state is AssessmentState.DISCUSSING and not closed}
    return render(request, "assessment/score.html", context)


def _say(request: HttpRequest, form: ScoreForm, kept: str) -> None:
    """Say that scores are kept, or that there was nothing to keep."""
    if form.scores():
        messages.success(request, kept)
    else:
        messages.info(request, "Nothing was answered, so nothing was kept. You can come back to this problem.")


def _matrix_and_filled(request: HttpRequest, problem: AssessedProblem) -> tuple[Matrix, Mapping[str, Filled]]:
    matrix = matrix_named(presenters.chosen_matrix(problem.assessment, request.GET.get("matrix", "")))
    return matrix, filled_for(analysis_of(problem.assessment), matrix.slug).get(problem.slug, {})


def _onwards(
    request: HttpRequest,
    problem: AssessedProblem,
    matrix: str,
    done: Mapping[str, int],
    *,
    agency: Agency | None = None,
) -> HttpResponse:
    assessment = problem.assessment
    following = shapes.next_problem(assessment, matrix, done, after=problem.slug)
    if request.POST.get("then") == "next" and following:
        return redirect(shapes.sheet_url(assessment, following, matrix, agency=agency))
    if agency:
        return redirect("assessment:sheet", assessment.id, agency.id)
    return redirect("assessment:scoring", assessment.id)


def _agency(request: HttpRequest, agency: UUID) -> Agency:
    try:
        return agencies_of(reader_of(request)).get(id=agency)
    except Agency.DoesNotExist:
        raise Http404 from None


@requires(Permission.PREPARE_ASSESSMENT)
def sheet(request: HttpRequest, key: UUID, agency: UUID) -> HttpResponse:
    """The problems to enter for an agency, and how many of each are entered."""
    assessment, whose = assessment_of(request, key), _agency(request, agency)
    sheets = [
        shapes.score_sheet(assessment, slug, answered_by(assessment, slug, whose.id), agency=whose)
        for slug in assessment.matrices
    ]
    context = {"assessment": assessment, "sheets": sheets, "agency": whose}
    return render(request, "assessment/scoring.html", context)


@requires(Permission.PREPARE_ASSESSMENT)
def enter(request: HttpRequest, key: UUID, agency: UUID, slug: str) -> HttpResponse:
    """Enter an agency's scores of one problem for it."""
    reader, problem, whose = reader_of(request), problem_of(request, key, slug), _agency(request, agency)
    matrix, filled = _matrix_and_filled(request, problem)
    own = entered_and_seen(reader, problem, matrix.slug, whose.id)
    form = EnteredForm(request.POST or None, matrix=matrix, own=own, filled=filled)
    if request.method == "POST" and form.is_valid():
        given = Sheet(whose.id, whose.id, reader.key, form.cleaned_data["entered_from"])
        try:
            enter_scores(reader, problem, matrix.slug, form.scores(), sheet=given)
        except AssessmentRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            _say(request, form, f"The scores of {whose.name} for {problem.title} are kept.")
            done = answered_by(problem.assessment, matrix.slug, whose.id)
            return _onwards(request, problem, matrix.slug, done, agency=whose)
    context = shapes.score_page(problem, matrix, form, filled)
    own_scored = own_people_scored(problem, matrix.slug, whose.id)
    context |= {
        "agency": whose,
        "title": f"Enter the scores of {whose.name}",
        "closed": why_not_enter(AssessmentState(problem.assessment.state), own_people_scored=own_scored),
        "is_hidden": not own and was_entered(problem, matrix.slug, whose.id),
    }
    return render(request, "assessment/score.html", context)


@requires(Permission.SCORE_PROBLEMS)
def summaries_pdf(request: HttpRequest, key: UUID) -> HttpResponse:
    """The problems in brief, to read before scoring."""
    report = summaries_report(assessment_of(request, key))
    if report is None:
        raise Http404
    return pdf_answer(report, name="problems-in-brief")


@requires(Permission.SCORE_PROBLEMS)
def sheets_pdf(request: HttpRequest, key: UUID) -> HttpResponse:
    """Blank score sheets to print, in the order of the screen."""
    return pdf_answer(sheets_report(assessment_of(request, key)), name="score-sheets")
