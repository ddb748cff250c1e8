"""Pages of wards: the list by name, the profile of each, and choosing one for the document."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from wardmote.access.permissions import Permission
from wardmote.access.routes import reader_of, requires
from wardmote.strategy.assessment.actions import AssessmentRefused
from wardmote.strategy.assessment.actions.areas import choose_ward, leave_out_ward
from wardmote.strategy.assessment.forms.areas import ChosenWardForm
from wardmote.strategy.assessment.models import Assessment
from wardmote.strategy.assessment.presenters import areas as presenters
from wardmote.strategy.assessment.queries.areas import wards_in

from .finding import analysed_of, assessment_of


@requires(Permission.SEE_ASSESSMENT)
def wards_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """The wards by name."""
    assessment, analysis = analysed_of(request, key)
    context = presenters.wards_page(reader_of(request), assessment, analysis)
    return render(request, "assessment/wards.html", context)


@requires(Permission.SEE_ASSESSMENT)
def ward_page(request: HttpRequest, key: UUID, code: str) -> HttpResponse:
    """The profile of a ward."""
    assessment, analysis, _ = _ward(request, key, code)
    context = presenters.ward_page(reader_of(request), assessment, analysis, code)
    return render(request, "assessment/ward.html", context)


@requires(Permission.PREPARE_ASSESSMENT)
def choose_page(request: HttpRequest, key: UUID, code: str) -> HttpResponse:
    """Put a ward's profile into the document, or change the reason."""
    assessment, _, name = _ward(request, key, code)
    kept = assessment.chosen_wards.filter(code=code).first()
    form = ChosenWardForm(request.POST or None, initial={"reason": kept.reason} if kept else {})
    if request.method == "POST" and form.is_valid():
        try:
            choose_ward(reader_of(request), assessment, code, form.cleaned_data["reason"])
        except AssessmentRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"The profile of {name} is part of the document.")
            return redirect("assessment:ward", key, code)
    context = {"assessment": assessment, "code": code, "form": form, "title": f"Choose {name} for a closer look"}
    return render(request, "assessment/ward_form.html", {**context, "name": name})


@requires(Permission.PREPARE_ASSESSMENT)
@require_POST
def leave_out_page(request: HttpRequest, key: UUID, code: str) -> HttpResponse:
    """Take a ward's profile out of the document."""
    row = get_object_or_404(assessment_of(request, key).chosen_wards, code=code)
    leave_out_ward(reader_of(request), row)
    messages.success(request, f"The profile of {row.name} is no longer part of the document.")
    return redirect("assessment:wards", key)


def _ward(request: HttpRequest, key: UUID, code: str) -> tuple[Assessment, dict[str, Any], str]:
    assessment, analysis = analysed_of(request, key)
    name = wards_in(analysis).get(code)
    if name is None:
        raise Http404
    return assessment, analysis, name
