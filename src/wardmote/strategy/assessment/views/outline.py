"""Pages of the outline: the required parts, declared gaps, and what bodies made of the assessment."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from wardmote.access.permissions import Permission
from wardmote.access.routes import reader_of, requires
from wardmote.strategy.assessment.actions import AssessmentRefused
from wardmote.strategy.assessment.actions.outline import agree_part, declare_gap, record_approval, write_part
from wardmote.strategy.assessment.forms.outline import ApprovalForm, GapForm, PartForm
from wardmote.strategy.assessment.models import Assessment
from wardmote.strategy.assessment.presenters import outline as presenters
from wardmote.strategy.assessment.presenters import profile
from wardmote.strategy.assessment.presenters.board import route_rows
from wardmote.strategy.assessment.queries.outline import OutlinePart, outline_of

from .finding import assessment_of


@requires(Permission.SEE_ASSESSMENT)
def outline_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """Every required part and how far it has come."""
    assessment = assessment_of(request, key)
    context = {
        "assessment": assessment,
        "rows": presenters.outline_rows(assessment),
        "profiles": profile.begun_rows(assessment),
        "stale": profile.stale_rows(assessment),
        "may_write": reader_of(request).may(Permission.PREPARE_ASSESSMENT),
    }
    return render(request, "assessment/outline.html", context)


@requires(Permission.PREPARE_ASSESSMENT)
def part_page(request: HttpRequest, key: UUID, code: str) -> HttpResponse:
    """Write a required part."""
    assessment = assessment_of(request, key)
    part = _part(assessment, code)
    form = PartForm(request.POST or None, initial={"text": part.said})
    if request.method == "POST" and form.is_valid():
        write_part(reader_of(request), assessment, code, form.cleaned_data["text"])
        return redirect("assessment:outline", key)
    context = {"assessment": assessment, "part": part, "demand": presenters.demand_words(part), "form": form}
    return render(request, "assessment/part.html", context)


@requires(Permission.PREPARE_ASSESSMENT)
def gap_page(request: HttpRequest, key: UUID, code: str) -> HttpResponse:
    """Declare a part to be missing."""
    assessment = assessment_of(request, key)
    part = _part(assessment, code)
    initial = {"gap": part.gap, "owner": part.gap_owner, "due_on": part.gap_due_on}
    form = GapForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            declare_gap(reader_of(request), assessment, code, form.given())
        except AssessmentRefused as refusal:
            form.add_error("due_on", str(refusal))
        else:
            return redirect("assessment:outline", key)
    return render(request, "assessment/part_gap.html", {"assessment": assessment, "part": part, "form": form})


@requires(Permission.PREPARE_ASSESSMENT)
@require_POST
def agree_page(request: HttpRequest, key: UUID, code: str) -> HttpResponse:
    """Mark a part as agreed."""
    assessment = assessment_of(request, key)
    _part(assessment, code)
    try:
        agree_part(reader_of(request), assessment, code)
    except AssessmentRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("assessment:outline", key)


@requires(Permission.SEE_ASSESSMENT)
def approvals_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """What bodies made of the assessment, and what has changed since the last approval."""
    assessment = assessment_of(request, key)
    context = {
        "assessment": assessment,
        "rows": presenters.approval_rows(assessment),
        "changed": presenters.changed_since(assessment),
        "stale": profile.stale_rows(assessment),
        "may_record": reader_of(request).may(Permission.RECORD_DECISIONS),
        "may_prepare": reader_of(request).may(Permission.PREPARE_ASSESSMENT),
        "may_publish": reader_of(request).may(Permission.PUBLISH) and assessment.published.exists(),
        "route": route_rows(assessment),
        "copies": assessment.copies_sent.all(),
    }
    return render(request, "assessment/approvals.html", context)


@requires(Permission.RECORD_DECISIONS)
def approval_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """Record what a body made of the assessment."""
    assessment = assessment_of(request, key)
    form = ApprovalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            record_approval(reader_of(request), assessment, form.given())
        except AssessmentRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Recorded, with the text as it stands now.")
            return redirect("assessment:approvals", key)
    context = {"assessment": assessment, "form": form, "stale": profile.stale_rows(assessment)}
    return render(request, "assessment/approval.html", context)


def _part(assessment: Assessment, code: str) -> OutlinePart:
    found = next((part for part in outline_of(assessment) if part.required.code == code), None)
    if found is None:
        raise Http404
    return found
