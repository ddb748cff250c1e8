"""The page on which the edition of boundaries is chosen in the open."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from wardmote.access.permissions import Permission
from wardmote.access.routes import reader_of, requires
from wardmote.partnership.members.queries import partnership_of
from wardmote.strategy.evidence.actions.boundaries import choose_boundaries
from wardmote.strategy.evidence.forms.boundaries import BoundaryForm
from wardmote.strategy.evidence.models import BoundaryChoice
from wardmote.strategy.evidence.queries.boundaries import editions_of


@requires(Permission.IMPORT_EVIDENCE)
def boundaries_page(request: HttpRequest) -> HttpResponse:
    """Which boundaries figures are counted by, what each edition can place, and the choice."""
    reader = reader_of(request)
    editions = editions_of(reader)
    choice = BoundaryChoice.objects.filter(partnership=partnership_of(reader)).first()
    initial = {"dataset": choice.dataset, "why": choice.why} if choice else {"dataset": ""}
    form = BoundaryForm(request.POST or None, editions=editions, initial=initial)
    if request.method == "POST" and form.is_valid():
        choose_boundaries(reader, form.cleaned_data["dataset"], form.cleaned_data["why"])
        messages.success(request, "Kept. Analyse your drafts again: their wards then follow it.")
        return redirect("evidence:boundaries")
    used = next((one for one in editions if one.is_used), None)
    return render(request, "evidence/boundaries.html", {"form": form, "used": used})
