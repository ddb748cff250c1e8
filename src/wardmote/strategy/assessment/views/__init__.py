"""Pages of the assessment: start it, look at the problems, rank, decide, read the draft."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from wardmote.access.permissions import Permission
from wardmote.access.routes import reader_of, requires
from wardmote.partnership.members.queries import partnership_of
from wardmote.strategy.assessment import presenters
from wardmote.strategy.assessment.actions import (
    AssessmentRefused,
    ask_for_analysis,
    choose_problems,
    decide,
    move_assessment,
    rename_problem,
    start_assessment,
    write_note,
)
from wardmote.strategy.assessment.forms import DecisionForm, NewAssessmentForm, NoteForm, ProblemsForm, RenameForm
from wardmote.strategy.assessment.presenters.cycles import alert_words
from wardmote.strategy.assessment.presenters.ranking import ranking_page
from wardmote.strategy.assessment.queries import (
    analysis_of,
    assessments_for,
    scorers_of,
)
from wardmote.strategy.assessment.queries.changes import changes_by
from wardmote.strategy.assessment.queries.cycles import due_for
from wardmote.strategy.assessment.queries.figures import METHOD_PAGES, figure_named, has_rows, rows_of_figure
from wardmote.strategy.assessment.queries.ranking import ranking_of
from wardmote.strategy.assessment.reports import draft_report
from wardmote.strategy.assessment.rules import AssessmentState
from wardmote.strategy.evidence.queries import releases_for
from wardmote.strategy.evidence.queries.own_problems import problems_used

from .finding import assessment_of, problem_of


@requires(Permission.SEE_ASSESSMENT)
def index(request: HttpRequest) -> HttpResponse:
    """The partnership's assessments."""
    reader = reader_of(request)
    rows = presenters.list_rows(assessments_for(reader).prefetch_related(*presenters.STANDING))
    may_start = reader.may(Permission.PREPARE_ASSESSMENT)
    alert = alert_words(due_for(reader, today=timezone.localdate()))
    return render(request, "assessment/list.html", {"rows": rows, "may_start": may_start, "alert": alert})


@requires(Permission.PREPARE_ASSESSMENT)
def new(request: HttpRequest) -> HttpResponse:
    """Start an assessment."""
    reader, today = reader_of(request), timezone.localdate()
    form = NewAssessmentForm(
        request.POST or None,
        today=today,
        problems=problems_used(partnership_of(reader), today),
        initial=presenters.suggested_start(reader),
    )
    if request.method == "POST" and form.is_valid():
        assessment = start_assessment(reader_of(request), form.new_assessment())
        return redirect("assessment:overview", assessment.id)
    return render(request, "assessment/new.html", {"form": form})


@requires(Permission.SEE_ASSESSMENT)
def changes(request: HttpRequest, digest: str) -> HttpResponse:
    """What a release would change in the partnership's assessments."""
    reader = reader_of(request)
    release = get_object_or_404(releases_for(reader), digest=digest)
    found = presenters.change_sections(changes_by(reader, release))
    return render(request, "assessment/changes.html", {"release": release, "sections": found})


@requires(Permission.SEE_ASSESSMENT)
def overview(request: HttpRequest, key: UUID) -> HttpResponse:
    """Where an assessment stands, and its problems."""
    assessment = assessment_of(request, key)
    reader = reader_of(request)
    alert = alert_words(due_for(reader, today=timezone.localdate()))
    return render(request, "assessment/overview.html", {**presenters.overview(reader, assessment), "alert": alert})


@requires(Permission.PREPARE_ASSESSMENT)
@require_POST
def analyse_again(request: HttpRequest, key: UUID) -> HttpResponse:
    """Analyse the evidence held today."""
    ask_for_analysis(reader_of(request), assessment_of(request, key))
    messages.success(request, "The evidence is being analysed again. Scores and decisions stay as they are.")
    return redirect("assessment:overview", key)


@requires(Permission.PREPARE_ASSESSMENT)
@require_POST
def move(request: HttpRequest, key: UUID) -> HttpResponse:
    """Open or close scoring."""
    wanted = request.POST.get("state", "")
    if wanted not in list(AssessmentState):
        raise Http404
    try:
        move_assessment(reader_of(request), assessment_of(request, key), AssessmentState(wanted))
    except AssessmentRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("assessment:overview", key)


@requires(Permission.SEE_ASSESSMENT)
def problem_page(request: HttpRequest, key: UUID, slug: str) -> HttpResponse:
    """What the evidence says about a problem."""
    problem = problem_of(request, key, slug)
    return render(request, "assessment/problem.html", presenters.problem_page(reader_of(request), problem))


@requires(Permission.PREPARE_ASSESSMENT)
def problem_list(request: HttpRequest, key: UUID) -> HttpResponse:
    """Add and remove problems while the assessment is prepared."""
    assessment = assessment_of(request, key)
    named = dict(assessment.problems.values_list("slug", "title"))
    offered = problems_used(assessment.partnership, assessment.as_at)
    form = ProblemsForm(request.POST or None, named=named, problems=offered)
    if request.method == "POST" and form.is_valid():
        try:
            choose_problems(reader_of(request), assessment, form.cleaned_data["problems"])
        except AssessmentRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("assessment:overview", key)
    return render(request, "assessment/problems.html", {"form": form, "assessment": assessment})


@requires(Permission.PREPARE_ASSESSMENT)
def rename(request: HttpRequest, key: UUID, slug: str) -> HttpResponse:
    """Call a problem what the partnership calls it."""
    problem = problem_of(request, key, slug)
    form = RenameForm(request.POST or None, initial={"title": problem.title})
    if request.method == "POST" and form.is_valid():
        try:
            rename_problem(reader_of(request), problem, form.cleaned_data["title"])
        except AssessmentRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("assessment:overview", key)
    context = {"form": form, "problem": problem, "title": "Rename the problem"}
    return render(request, "assessment/problem_form.html", context)


@requires(Permission.PREPARE_ASSESSMENT)
def note(request: HttpRequest, key: UUID, slug: str) -> HttpResponse:
    """Write the note on a problem."""
    problem = problem_of(request, key, slug)
    form = NoteForm(request.POST or None, initial={"note": problem.note})
    if request.method == "POST" and form.is_valid():
        write_note(reader_of(request), problem, form.cleaned_data["note"])
        return redirect("assessment:problem", key, slug)
    return render(request, "assessment/problem_form.html", {"form": form, "problem": problem, "title": "Write a note"})


@requires(Permission.SEE_ASSESSMENT)
def ranking(request: HttpRequest, key: UUID) -> HttpResponse:
    """How the problems rank, how firm that is, and what was decided; closed while people score."""
    reader, assessment = reader_of(request), assessment_of(request, key)
    if assessment.state != AssessmentState.DECIDING:
        context = {"assessment": assessment, "scorers": scorers_of(assessment, assessment.matrix)}
        return render(request, "assessment/ranking_closed.html", context)
    rankings = [ranking_of(assessment, slug) for slug in assessment.matrices]
    return render(request, "assessment/ranking.html", ranking_page(reader, assessment, rankings))


@requires(Permission.RECORD_DECISIONS)
def decision(request: HttpRequest, key: UUID, slug: str) -> HttpResponse:
    """Record what was decided about a problem."""
    problem = problem_of(request, key, slug)
    if problem.assessment.state != AssessmentState.DECIDING:
        messages.error(request, "Decisions are recorded once scoring is closed.")
        return redirect("assessment:ranking", key)
    dates = {"today": timezone.localdate(), "as_at": problem.assessment.as_at}
    form = DecisionForm(request.POST or None, **dates, initial=presenters.decision_initial(problem))
    if request.method == "POST" and form.is_valid():
        try:
            decide(reader_of(request), problem, form.given())
        except AssessmentRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"The decision on {problem.title} is recorded.")
            return redirect("assessment:ranking", key)
    context = {"form": form, "problem": problem, "title": "Record the decision"}
    return render(request, "assessment/problem_form.html", context)


@requires(Permission.SEE_ASSESSMENT)
def draft(request: HttpRequest, key: UUID) -> HttpResponse:
    """The assessment as its reader will see it, marked Draft."""
    assessment = assessment_of(request, key)
    if not assessment.analysis_sha256:
        raise Http404
    body = presenters.printed(draft_report(assessment), lambda figure: reverse("assessment:figure", args=[key, figure]))
    return render(request, "assessment/draft.html", {"assessment": assessment, "body": body})


@requires(Permission.SEE_ASSESSMENT)
def figure_page(request: HttpRequest, key: UUID, figure: str) -> HttpResponse:
    """Where a number comes from."""
    assessment = assessment_of(request, key)
    analysis = analysis_of(assessment)
    found = figure_named(analysis, figure)
    if analysis is None or found is None:
        raise Http404
    rows_url = reverse("assessment:figure-rows", args=[key, figure]) if has_rows(found) else ""
    context = {
        "figure": [*presenters.figure_facts(found), *presenters.source_facts(found, analysis)],
        "title": found["title"],
        "rows_url": rows_url,
        "about": {"method": METHOD_PAGES[found["measure"]]},
    }
    return render(request, "web/figure.html", {**context, "back": reverse("assessment:overview", args=[key])})


@requires(Permission.SEE_ASSESSMENT)
def figure_rows(request: HttpRequest, key: UUID, figure: str) -> HttpResponseBase:
    """The rows behind a number, as published."""
    assessment = assessment_of(request, key)
    analysis = analysis_of(assessment)
    found = figure_named(analysis, figure)
    if analysis is None or found is None or not has_rows(found):
        raise Http404
    lines = rows_of_figure(analysis, found)
    return presenters.csv_download(lines, name=f"rows-{figure}.csv")
