"""Pages of earlier assessments and of the cycle."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from wardmote.access.permissions import Permission
from wardmote.access.routes import reader_of, requires
from wardmote.partnership.members.queries import partnership_of
from wardmote.strategy.assessment.actions import AssessmentRefused
from wardmote.strategy.assessment.actions.cycles import choose_cycle, put_down_earlier, remove_earlier
from wardmote.strategy.assessment.forms.cycles import CycleForm, EarlierForm
from wardmote.strategy.assessment.models import EarlierAssessment
from wardmote.strategy.assessment.presenters import cycles as presenters
from wardmote.strategy.assessment.queries.cycles import due_for


@requires(Permission.SEE_ASSESSMENT)
def register_page(request: HttpRequest) -> HttpResponse:
    """Every approved assessment, here and before, and when the next is due."""
    context = presenters.register_page(reader_of(request), today=timezone.localdate())
    return render(request, "assessment/register.html", context)


@requires(Permission.PREPARE_ASSESSMENT)
def earlier_page(request: HttpRequest, key: UUID | None = None) -> HttpResponse:
    """Put down an earlier assessment, or change it."""
    earlier = _earlier(request, key) if key else None
    form = EarlierForm(request.POST or None, initial=presenters.earlier_initial(earlier))
    if request.method == "POST" and form.is_valid():
        try:
            put_down_earlier(reader_of(request), form.given(), earlier=earlier)
        except AssessmentRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("assessment:register")
    title = earlier.title if earlier else "An earlier assessment"
    return render(request, "assessment/register_form.html", {"form": form, "title": title, "earlier": earlier})


@requires(Permission.PREPARE_ASSESSMENT)
@require_POST
def remove_earlier_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take an earlier assessment out of the register."""
    remove_earlier(reader_of(request), _earlier(request, key))
    messages.success(request, "Taken out of the register.")
    return redirect("assessment:register")


@requires(Permission.PREPARE_ASSESSMENT)
def cycle_page(request: HttpRequest) -> HttpResponse:
    """Say how often the partnership assesses."""
    reader = reader_of(request)
    form = CycleForm(request.POST or None, initial={"kind": due_for(reader, today=timezone.localdate()).cycle})
    if request.method == "POST" and form.is_valid():
        choose_cycle(reader, form.cleaned_data["kind"], form.cleaned_data["starts_on"])
        return redirect("assessment:register")
    return render(request, "assessment/register_form.html", {"form": form, "title": "How often you assess"})


def _earlier(request: HttpRequest, key: UUID) -> EarlierAssessment:
    return get_object_or_404(partnership_of(reader_of(request)).earlier_assessments, id=key)
