"""The public pages behind the numbers of an issued version."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from wardmote.access.routes import public
from wardmote.strategy.assessment.presenters import csv_download, figure_facts
from wardmote.strategy.assessment.queries.figures import figure_named, rows_of_figure
from wardmote.strategy.publishing.models import PublishedVersion
from wardmote.strategy.publishing.presenters import about_figure, beside_figure, priority_of
from wardmote.strategy.publishing.queries import analysis_of_version, latest_version, newer_than
from wardmote.strategy.publishing.queries.disclosure import rows_are_open

from .versions import version_named


@public
def figure_page(request: HttpRequest, partnership: str, number: int, figure: str) -> HttpResponse:
    """Where a number of an issued version comes from."""
    version = version_named(partnership, number)
    analysis = analysis_of_version(version)
    found = figure_named(analysis, figure)
    if found is None:
        raise Http404
    newer = newer_than(version)
    context = {
        "figure": figure_facts(found),
        "about": about_figure(found, analysis),
        "beside": beside_figure(version, analysis, figure),
        "priority": priority_of(version, found["problem"]),
        "version": version,
        "is_standing": not version.notices.all(),
        "newer": newer if newer and figure_named(analysis_of_version(newer), figure) else None,
        "figure_key": figure,
        "title": found["title"],
        "rows_url": reverse("publishing:figure-rows", args=[partnership, number, figure])
        if rows_are_open(analysis, found)
        else "",
        "back": reverse("publishing:version", args=[partnership, number]),
        "is_sample": version.partnership.is_sample,
    }
    return render(request, "publishing/figure.html", context)


@public
def latest_figure(request: HttpRequest, partnership: str, figure: str) -> HttpResponse:
    """The address that always leads to the newest figure of its name."""
    try:
        version = latest_version(partnership)
    except PublishedVersion.DoesNotExist:
        raise Http404 from None
    return redirect("publishing:figure", partnership, version.number, figure)


@public
def figure_rows(request: HttpRequest, partnership: str, number: int, figure: str) -> HttpResponseBase:
    """The rows behind a number: police.uk publishes them under the Open Government Licence."""
    analysis = analysis_of_version(version_named(partnership, number))
    found = figure_named(analysis, figure)
    # Rows are for anyone only where every publisher has opened them; else there are the total and its holder.
    if found is None or not rows_are_open(analysis, found):
        raise Http404
    return csv_download(rows_of_figure(analysis, found), name=f"rows-{figure}.csv")
