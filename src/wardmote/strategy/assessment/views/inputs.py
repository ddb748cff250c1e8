"""Pages of needs assessments, learning from reviews, services and gaps."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from wardmote.access.permissions import Permission
from wardmote.access.routes import reader_of, requires
from wardmote.strategy.assessment.actions import AssessmentRefused
from wardmote.strategy.assessment.actions.inputs import (
    copy_forward,
    finish_learning,
    keep_learning,
    keep_needs,
    keep_provision,
    remove_input,
)
from wardmote.strategy.assessment.forms.inputs import FinishForm, LearningForm, NeedsForm, ProvisionForm
from wardmote.strategy.assessment.models import Assessment
from wardmote.strategy.assessment.presenters import inputs as presenters
from wardmote.strategy.assessment.queries.inputs import input_of

from .finding import assessment_of


@requires(Permission.SEE_ASSESSMENT)
def inputs_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """What the assessment rests on beside figures."""
    context = presenters.inputs_page(reader_of(request), assessment_of(request, key))
    return render(request, "assessment/inputs.html", context)


@requires(Permission.PREPARE_ASSESSMENT)
@require_POST
def copy_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take over what the last assessment rested on."""
    try:
        copied = copy_forward(reader_of(request), assessment_of(request, key))
    except AssessmentRefused as refusal:
        messages.error(request, str(refusal))
    else:
        rows = "1 row was" if copied == 1 else f"{copied} rows were"
        messages.success(request, f"{rows} copied. Look at each: what was true last time may have changed.")
    return redirect("assessment:inputs", key)


@requires(Permission.PREPARE_ASSESSMENT)
def needs_page(request: HttpRequest, key: UUID, row: UUID | None = None) -> HttpResponse:
    """Put down a needs assessment."""
    assessment = assessment_of(request, key)
    kept = get_object_or_404(assessment.needs_assessments, id=row) if row else None
    form = NeedsForm(request.POST or None, initial=presenters.initial_of(kept, presenters.NEEDS_FIELDS))
    title = kept.title if kept else "A needs assessment you used"
    return _kept(
        request, assessment, form, title, lambda: keep_needs(reader_of(request), assessment, form.given(), row=kept)
    )


@requires(Permission.PREPARE_ASSESSMENT)
def learning_page(request: HttpRequest, key: UUID, row: UUID | None = None) -> HttpResponse:
    """Put down a review's recommendation."""
    assessment = assessment_of(request, key)
    kept = get_object_or_404(assessment.learning, id=row) if row else None
    initial = presenters.initial_of(kept, presenters.LEARNING_FIELDS)
    form = LearningForm(request.POST or None, assessment=assessment, initial=initial)
    title = kept.reference if kept else "A recommendation of a review"
    return _kept(
        request, assessment, form, title, lambda: keep_learning(reader_of(request), assessment, form.given(), row=kept)
    )


@requires(Permission.PREPARE_ASSESSMENT)
def finish_page(request: HttpRequest, key: UUID, row: UUID) -> HttpResponse:
    """Say what came of a recommendation."""
    assessment = assessment_of(request, key)
    learning = get_object_or_404(assessment.learning, id=row)
    form = FinishForm(request.POST or None)
    title = f"Carried out: {learning.reference}"
    return _kept(
        request,
        assessment,
        form,
        title,
        lambda: finish_learning(reader_of(request), learning, **form.cleaned_data),
    )


@requires(Permission.PREPARE_ASSESSMENT)
def provision_page(request: HttpRequest, key: UUID, row: UUID | None = None) -> HttpResponse:
    """Put down a need and its service, or the gap."""
    assessment = assessment_of(request, key)
    kept = get_object_or_404(assessment.provision, id=row) if row else None
    initial = presenters.initial_of(kept, presenters.PROVISION_FIELDS)
    form = ProvisionForm(request.POST or None, assessment=assessment, initial=initial)
    title = kept.need if kept else "A need, and the service that meets it"
    return _kept(
        request, assessment, form, title, lambda: keep_provision(reader_of(request), assessment, form.given(), row=kept)
    )


@requires(Permission.PREPARE_ASSESSMENT)
@require_POST
def remove_page(request: HttpRequest, key: UUID, kind: str, row: UUID) -> HttpResponse:
    """Take an input out."""
    row_found = input_of(assessment_of(request, key), kind, row)
    if row_found is None:
        raise Http404
    remove_input(reader_of(request), row_found)
    messages.success(request, "Taken out.")
    return redirect("assessment:inputs", key)


def _kept(
    request: HttpRequest, assessment: Assessment, form: forms.Form, title: str, keep: Callable[[], object]
) -> HttpResponse:
    """Keep what a good form says and go back to the list; else show the form."""
    if request.method == "POST" and form.is_valid():
        try:
            keep()
        except AssessmentRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("assessment:inputs", assessment.id)
    return render(request, "assessment/input_form.html", {"assessment": assessment, "form": form, "title": title})
