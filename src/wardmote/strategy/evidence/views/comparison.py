"""The page on which the districts to compare with are chosen: by hand, or the nearest by what is held of them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from wardmote.access.permissions import Permission
from wardmote.access.routes import reader_of, requires
from wardmote.analytics.measures.family import SIZE
from wardmote.partnership.members.queries import partnership_of
from wardmote.strategy.evidence.actions.comparison import NoFamily, choose_comparison, choose_family
from wardmote.strategy.evidence.forms.comparison import ComparisonForm, FamilyForm
from wardmote.strategy.evidence.presenters.family import family_page
from wardmote.strategy.evidence.queries.comparison import chosen_group, districts_to_compare
from wardmote.strategy.evidence.queries.family import family_for
from wardmote.strategy.evidence.rules.comparison import FEWEST_OTHERS

KEPT = "Kept. Analyse your drafts again: their comparisons then follow it."


@requires(Permission.IMPORT_EVIDENCE)
def comparison_page(request: HttpRequest) -> HttpResponse:
    """The districts that the crime data cover, those most like one's own, and which of them are compared with."""
    reader = reader_of(request)
    partnership, districts = partnership_of(reader), districts_to_compare(reader)
    group = chosen_group(partnership)
    form = ComparisonForm(
        request.POST or None, districts=districts, initial={"codes": list(group.codes), "why": group.why}
    )
    if request.method == "POST" and form.is_valid():
        choose_comparison(reader, form.cleaned_data["codes"], form.cleaned_data["why"])
        messages.success(request, KEPT)
        return redirect("evidence:comparison")
    sized = FamilyForm(request.GET if "size" in request.GET else None)
    size = sized.cleaned_data["size"] if sized.is_bound and sized.is_valid() else SIZE
    context = {
        "form": form,
        "sized": sized,
        "districts": districts,
        "is_enough": len(districts) >= FEWEST_OTHERS,
        "group": group,
        "family": family_page(family_for(reader, size), partnership.name),
    }
    return render(request, "evidence/comparison.html", context)


@require_POST
@requires(Permission.IMPORT_EVIDENCE)
def choose_family_page(request: HttpRequest) -> HttpResponse:
    """Take the nearest districts as the group to compare with."""
    form = FamilyForm(request.POST)
    try:
        number = choose_family(reader_of(request), form.cleaned_data["size"] if form.is_valid() else SIZE)
        messages.success(request, f"{number} districts are chosen. {KEPT}")
    except NoFamily as error:
        messages.error(request, str(error))
    return redirect("evidence:comparison")
