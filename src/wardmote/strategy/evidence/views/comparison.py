"""The page on which the districts to compare with are chosen."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from wardmote.access.permissions import Permission
from wardmote.access.routes import reader_of, requires
from wardmote.partnership.members.queries import partnership_of
from wardmote.strategy.evidence.actions.comparison import choose_comparison
from wardmote.strategy.evidence.forms.comparison import ComparisonForm
from wardmote.strategy.evidence.models import ComparisonGroup
from wardmote.strategy.evidence.queries.comparison import districts_to_compare
from wardmote.strategy.evidence.rules.comparison import FEWEST_OTHERS


@requires(Permission.IMPORT_EVIDENCE)
def comparison_page(request: HttpRequest) -> HttpResponse:
    """The districts that the crime data cover, and which of them the partnership compares itself with."""
    reader = reader_of(request)
    districts = districts_to_compare(reader)
    group = ComparisonGroup.objects.filter(partnership=partnership_of(reader)).first()
    initial = {"codes": group.codes, "why": group.why} if group else {}
    form = ComparisonForm(request.POST or None, districts=districts, initial=initial)
    if request.method == "POST" and form.is_valid():
        choose_comparison(reader, form.cleaned_data["codes"], form.cleaned_data["why"])
        messages.success(request, "Kept. Analyse your drafts again: their comparisons then follow it.")
        return redirect("evidence:comparison")
    context = {"form": form, "districts": districts, "is_enough": len(districts) >= FEWEST_OTHERS}
    return render(request, "evidence/comparison.html", context)
