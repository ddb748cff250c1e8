"""Pages of what goes before a board: the balance, proposals, requirements, the paper, the route and copies sent."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from wardmote.access.permissions import Permission
from wardmote.access.routes import reader_of, requires
from wardmote.partnership.members.queries import partnership_of
from wardmote.printing import pdf
from wardmote.strategy.assessment.actions import AssessmentRefused
from wardmote.strategy.assessment.actions.board import (
    check_changes,
    keep_requirement,
    note_copy,
    plan_route,
    propose,
    remove_requirement,
    use_consultations,
    write_paper,
)
from wardmote.strategy.assessment.forms.board import (
    CheckForm,
    ConsultationsForm,
    CopyForm,
    PaperForm,
    ProposalForm,
    RequirementForm,
    RouteForm,
)
from wardmote.strategy.assessment.models import BoardPaper, Proposal, Requirement
from wardmote.strategy.assessment.presenters import board as presenters
from wardmote.strategy.assessment.presenters.outline import changed_since_approval
from wardmote.strategy.assessment.queries.balance import balance_of
from wardmote.strategy.assessment.reports.board import board_report

from .finding import assessment_of, problem_of

REQUIREMENT_FIELDS = ("problem", "required_by", "text", "source", "from_on", "to_on")


@requires(Permission.SEE_ASSESSMENT)
def balance_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """What speaks for each problem, side by side."""
    reader, assessment = reader_of(request), assessment_of(request, key)
    balance = balance_of(reader, assessment)
    return render(request, "assessment/balance.html", presenters.balance_page(reader, assessment, balance))


@requires(Permission.SEE_ASSESSMENT)
def balance_pdf(request: HttpRequest, key: UUID) -> HttpResponse:
    """The same on two pages, with the covering report."""
    assessment = assessment_of(request, key)
    report = board_report(assessment, balance_of(reader_of(request), assessment))
    answer = HttpResponse(pdf.render_sheet(report, second_page="why"), content_type="application/pdf")
    answer.headers["Content-Disposition"] = 'attachment; filename="for-decision.pdf"'
    return answer


@requires(Permission.PREPARE_ASSESSMENT)
def propose_page(request: HttpRequest, key: UUID, slug: str) -> HttpResponse:
    """Say what is proposed about a problem."""
    problem = problem_of(request, key, slug)
    proposal = Proposal.objects.filter(problem=problem).first()
    initial = {"outcome": proposal.outcome, "reason": proposal.reason} if proposal else None
    form = ProposalForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        propose(reader_of(request), problem, **form.cleaned_data)
        return redirect("assessment:balance", key)
    context = {"form": form, "assessment": problem.assessment, "title": f"Propose: {problem.title}"}
    return render(request, "assessment/board_form.html", context)


@requires(Permission.PREPARE_ASSESSMENT)
def consultations_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say which consultations belong to an assessment."""
    assessment = assessment_of(request, key)
    form = ConsultationsForm(
        request.POST or None,
        consultations=presenters.consultation_choices(assessment),
        series=[(str(one.id), str(one)) for one in assessment.partnership.survey_series.all()],
        initial=presenters.consultation_initial(assessment),
    )
    if request.method == "POST" and form.is_valid():
        given = [[UUID(one) for one in form.cleaned_data.get(name, [])] for name in ("consultations", "series")]
        use_consultations(reader_of(request), assessment, *given)
        messages.success(request, "Their results stand in the assessment, in the part about residents.")
        return redirect("assessment:balance", key)
    return render(request, "assessment/consultations.html", {"form": form, "assessment": assessment})


@requires(Permission.SEE_ASSESSMENT)
def requirements_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """What is required of the partnership, and by whom."""
    assessment = assessment_of(request, key)
    rows = presenters.requirement_rows(list(assessment.partnership.requirements.all()), assessment)
    may_change = reader_of(request).may(Permission.PREPARE_ASSESSMENT)
    context = {"assessment": assessment, "rows": rows, "may_change": may_change}
    return render(request, "assessment/requirements.html", context)


@requires(Permission.PREPARE_ASSESSMENT)
def requirement_page(request: HttpRequest, key: UUID, requirement: UUID | None = None) -> HttpResponse:
    """Keep what is required, or change it."""
    assessment = assessment_of(request, key)
    kept = _requirement(request, requirement) if requirement else None
    initial = {name: getattr(kept, name) for name in REQUIREMENT_FIELDS} if kept else None
    form = RequirementForm(request.POST or None, as_at=assessment.as_at, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            keep_requirement(reader_of(request), form.given(), requirement=kept)
        except AssessmentRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("assessment:requirements", key)
    context = {"form": form, "assessment": assessment, "title": "What is required of us"}
    return render(request, "assessment/board_form.html", context)


@requires(Permission.PREPARE_ASSESSMENT)
@require_POST
def remove_requirement_page(request: HttpRequest, key: UUID, requirement: UUID) -> HttpResponse:
    """Take back a requirement that was kept by mistake."""
    assessment_of(request, key)
    remove_requirement(reader_of(request), _requirement(request, requirement))
    return redirect("assessment:requirements", key)


@requires(Permission.PREPARE_ASSESSMENT)
def paper_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """Write the covering report."""
    assessment = assessment_of(request, key)
    paper = BoardPaper.objects.filter(assessment=assessment).first()
    initial = {"decision_asked": paper.decision_asked, "implications": paper.implications} if paper else None
    form = PaperForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        write_paper(reader_of(request), assessment, **form.cleaned_data)
        return redirect("assessment:balance", key)
    context = {"form": form, "assessment": assessment, "title": "Covering report"}
    return render(request, "assessment/board_form.html", context)


@requires(Permission.PREPARE_ASSESSMENT)
def route_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say which bodies have to approve."""
    assessment = assessment_of(request, key)
    form = RouteForm(request.POST or None, initial={"bodies": presenters.route_text(assessment)})
    if request.method == "POST" and form.is_valid():
        try:
            plan_route(reader_of(request), assessment, form.cleaned_data["bodies"])
        except AssessmentRefused as refusal:
            form.add_error("bodies", str(refusal))
        else:
            return redirect("assessment:approvals", key)
    context = {"form": form, "assessment": assessment, "title": "The way to approval", "back": "assessment:approvals"}
    return render(request, "assessment/board_form.html", context)


@requires(Permission.PUBLISH)
def copy_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """Note that a copy was sent."""
    assessment = assessment_of(request, key)
    form = CopyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            note_copy(reader_of(request), assessment, **form.cleaned_data)
        except AssessmentRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("assessment:approvals", key)
    context = {"form": form, "assessment": assessment, "title": "A copy was sent", "back": "assessment:approvals"}
    return render(request, "assessment/board_form.html", context)


@requires(Permission.RECORD_DECISIONS)
def check_changes_page(request: HttpRequest, key: UUID, approval: UUID) -> HttpResponse:
    """Say who checked that the changes a body asked for were made."""
    reader, assessment = reader_of(request), assessment_of(request, key)
    asked = get_object_or_404(assessment.approvals, id=approval)
    initial = {"checked_by": reader.post, "checked_on": timezone.localdate()}
    form = CheckForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            check_changes(reader, asked, form.given())
        except AssessmentRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Recorded. Every document prints who checked the changes, and when.")
            return redirect("assessment:approvals", key)
    context = {"form": form, "assessment": assessment, "approval": asked, "changed": changed_since_approval(asked)}
    return render(request, "assessment/check_changes.html", context)


def _requirement(request: HttpRequest, key: UUID) -> Requirement:
    return get_object_or_404(partnership_of(reader_of(request)).requirements, id=key)
