"""Pages of two sources of one problem: the list, laying two side by side, and which of them is published."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from wardmote.access.permissions import Permission
from wardmote.access.routes import reader_of, requires
from wardmote.partnership.members.queries import partnership_of
from wardmote.strategy.evidence.actions.pairs import PairRefused, keep_pair, part_pair
from wardmote.strategy.evidence.forms.pairs import MeasureForm, PairForm
from wardmote.strategy.evidence.models import SourcePair
from wardmote.strategy.evidence.presenters import pairs as presenters
from wardmote.strategy.evidence.queries.own_problems import every_problem, problem_for, problems_used
from wardmote.strategy.evidence.queries.pairs import (
    PartnerMeasure,
    pairs_of,
    partner_measures,
    reasons_of,
    side_by_side,
)


@requires(Permission.SEE_EVIDENCE)
def pair_list(request: HttpRequest) -> HttpResponse:
    """Every problem of which two sources are held, with the one that is published."""
    reader = reader_of(request)
    may_change = reader.may(Permission.IMPORT_EVIDENCE)
    known = every_problem(partnership_of(reader))
    rows = [presenters.pair_row(pair, known) for pair in pairs_of(reader)]
    return render(request, "evidence/pairs.html", {"rows": rows, "may_change": may_change})


@requires(Permission.SEE_EVIDENCE)
def pair_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """Two sources side by side."""
    reader = reader_of(request)
    pair = _pair(request, key)
    shown = presenters.side_by_side_page(pair, side_by_side(reader, pair), reasons_of(pair))
    return render(request, "evidence/pair.html", {**shown, "may_change": reader.may(Permission.IMPORT_EVIDENCE)})


@requires(Permission.IMPORT_EVIDENCE)
def new_pair_page(request: HttpRequest) -> HttpResponse:
    """Choose the problem and the partner's figures that are about the same thing."""
    reader = reader_of(request)
    measures = partner_measures(reader)
    listed = problems_used(partnership_of(reader), timezone.localdate())
    form = MeasureForm(request.POST or None, problems=listed, measures=measures)
    if request.method == "POST" and form.is_valid():
        chosen = measures[int(form.cleaned_data["measure"])]
        asked = {"problem": form.cleaned_data["problem"], "dataset": chosen.dataset, "measure": chosen.measure}
        return redirect(f"{reverse('evidence:describe-pair')}?{urlencode(asked)}")
    return render(request, "evidence/pair_new.html", {"form": form, "has_figures": bool(measures)})


@requires(Permission.IMPORT_EVIDENCE)
def describe_pair_page(request: HttpRequest, key: UUID | None = None) -> HttpResponse:
    """Say which areas are ours, why the two differ and which is published."""
    pair = _pair(request, key) if key else None
    problem, measure = _asked(request, pair)
    fields = ("areas", "reasons", "note", "chosen", "why")
    initial = {name: getattr(pair, name) for name in fields} if pair else None
    known = problem_for(partnership_of(reader_of(request)), problem)
    form = PairForm(request.POST or None, areas=measure.areas, is_published=bool(known.police_uk), initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.given(problem=problem, dataset=measure.dataset, measure=measure.measure)
        try:
            kept = keep_pair(reader_of(request), given, pair=pair)
        except PairRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("evidence:pair", kept.id)
    shown = {"form": form, "title": known.title, "measure": measure}
    return render(request, "evidence/pair_form.html", shown)


@requires(Permission.IMPORT_EVIDENCE)
@require_POST
def part_pair_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """Stop laying two sources side by side."""
    part_pair(reader_of(request), _pair(request, key))
    messages.success(request, "The two sources no longer stand side by side. Analyse drafts again to take it up.")
    return redirect("evidence:pairs")


def _asked(request: HttpRequest, pair: SourcePair | None) -> tuple[str, PartnerMeasure]:
    """Return the problem and the partner's measure that a page is about; 404 where they are not held."""
    wanted = (pair.dataset, pair.measure) if pair else (request.GET.get("dataset"), request.GET.get("measure"))
    problem = pair.problem if pair else request.GET.get("problem", "")
    listed = problems_used(partnership_of(reader_of(request)), timezone.localdate())
    known = {one.slug for one in listed}
    found = next((one for one in partner_measures(reader_of(request)) if (one.dataset, one.measure) == wanted), None)
    if found is None or problem not in known:
        raise Http404("No such figures are held.")
    return problem, found


def _pair(request: HttpRequest, key: UUID) -> SourcePair:
    return get_object_or_404(pairs_of(reader_of(request)), id=key)
