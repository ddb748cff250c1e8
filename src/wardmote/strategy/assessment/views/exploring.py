"""The explorer: one problem over a year to any month, with its change, trend, wards and map, and all of it as CSV."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe

from wardmote.access.permissions import Permission
from wardmote.access.routes import reader_of, requires
from wardmote.foundations.periods import Month
from wardmote.partnership.members.queries import partnership_of
from wardmote.printing import html
from wardmote.strategy.assessment.forms.exploring import ExploreForm
from wardmote.strategy.assessment.presenters import csv_download
from wardmote.strategy.assessment.queries.exploring import explore, explored_lines, wards_to_explore
from wardmote.strategy.assessment.queries.scope import AnalysisRefused
from wardmote.strategy.assessment.reports.problems import close_blocks, evidence_blocks
from wardmote.strategy.evidence.queries import months_with_a_year
from wardmote.strategy.evidence.queries.own_problems import problems_used


@requires(Permission.SEE_EVIDENCE)
def explore_page(request: HttpRequest) -> HttpResponse:
    """Choose a problem and a year, and see its figures."""
    form = _form(request)
    context = {"form": form, "has_months": bool(form.fields["to"].choices)}  # type: ignore[attr-defined]
    if form.is_bound and form.is_valid():
        chosen = form.cleaned_data
        try:
            found = explore(reader_of(request), chosen["problem"], Month.parse(chosen["to"]), ward=form.chosen_ward())
        except AnalysisRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            blocks = [
                *evidence_blocks(found.problem, found.analysis),
                *close_blocks(found.problem, found.analysis),
            ]
            # The report's own printer escapes every text of it.
            body = mark_safe(html.render_blocks(blocks, figure_url=None))  # noqa: S308
            context |= {"found": found, "body": body, "query": request.GET.urlencode()}
    return render(request, "assessment/explore.html", context)


@requires(Permission.SEE_EVIDENCE)
def explore_csv(request: HttpRequest) -> HttpResponseBase:
    """The same figures as CSV."""
    form = _form(request)
    if not form.is_bound or not form.is_valid():
        raise Http404
    problem, to = form.cleaned_data["problem"], form.cleaned_data["to"]
    try:
        found = explore(reader_of(request), problem, Month.parse(to), ward=form.chosen_ward())
    except AnalysisRefused:
        raise Http404 from None
    return csv_download(explored_lines(found), name=f"{problem}-year-to-{to}.csv")


def _form(request: HttpRequest) -> ExploreForm:
    reader = reader_of(request)
    used = problems_used(partnership_of(reader), timezone.localdate())
    months = months_with_a_year(reader)
    wards = wards_to_explore(reader) if months else ()
    return ExploreForm(request.GET or None, months=months, problems=used, wards=wards)
