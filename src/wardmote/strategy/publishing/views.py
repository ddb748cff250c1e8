"""Issuing an assessment, and the public pages of what has been issued."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from wardmote.access.permissions import Permission
from wardmote.access.routes import public, reader_of, requires
from wardmote.jobs.queries import job_for
from wardmote.partnership.documents.queries import read_stored
from wardmote.strategy.assessment.presenters import csv_download, figure_facts
from wardmote.strategy.assessment.queries import assessments_for
from wardmote.strategy.assessment.queries.figures import figure_named, rows_of_figure

from .actions import PublishRefused, ask_to_publish
from .models import PublishedVersion
from .presenters import page_of
from .queries import analysis_of_version, published_version, published_versions


def _version(partnership: str, number: int) -> PublishedVersion:
    try:
        return published_version(partnership, number)
    except PublishedVersion.DoesNotExist:
        raise Http404 from None


@public
def index(request: HttpRequest) -> HttpResponse:
    """Everything that has been issued."""
    return render(request, "publishing/list.html", {"versions": published_versions()})


@requires(Permission.PUBLISH)
@require_POST
def publish_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ask for an assessment to be printed and issued."""
    assessment = get_object_or_404(assessments_for(reader_of(request)), id=key)
    try:
        job = ask_to_publish(reader_of(request), assessment)
    except PublishRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("assessment:overview", key)
    return redirect("publishing:progress", key, job.id)


@requires(Permission.PUBLISH)
def progress_page(request: HttpRequest, key: UUID, job: UUID) -> HttpResponse:
    """How far the printing is."""
    assessment = get_object_or_404(assessments_for(reader_of(request)), id=key)
    version = assessment.published.order_by("-number").first()
    context = {"assessment": assessment, "job": job_for(reader_of(request), job), "version": version}
    return render(request, "publishing/progress.html", context)


@public
def version_page(request: HttpRequest, partnership: str, number: int) -> HttpResponse:
    """An issued version, as it was printed."""
    version = _version(partnership, number)
    newer = published_versions().filter(partnership=version.partnership, number__gt=number).first()
    context = {"version": version, "body": page_of(version), "newer": newer, "is_sample": version.partnership.is_sample}
    return render(request, "publishing/version.html", context)


@public
def pdf_file(request: HttpRequest, partnership: str, number: int) -> HttpResponse:
    """The PDF, byte for byte as it was printed."""
    version = _version(partnership, number)
    return _file(read_stored(version.pdf_sha256), "application/pdf", f"{partnership}-{number}.pdf")


@public
def data_file(request: HttpRequest, partnership: str, number: int) -> HttpResponse:
    """The data file, byte for byte as it was frozen."""
    version = _version(partnership, number)
    return _file(read_stored(version.data_sha256), "application/json", f"{partnership}-{number}.json")


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=media_type, headers=headers)


@public
def figure_page(request: HttpRequest, partnership: str, number: int, figure: str) -> HttpResponse:
    """Where a number of an issued version comes from."""
    version = _version(partnership, number)
    found = figure_named(analysis_of_version(version), figure)
    if found is None:
        raise Http404
    context = {
        "figure": figure_facts(found),
        "title": found["title"],
        "rows_url": reverse("publishing:figure-rows", args=[partnership, number, figure]),
        "back": reverse("publishing:version", args=[partnership, number]),
        "is_sample": version.partnership.is_sample,
    }
    return render(request, "web/figure.html", context)


@public
def figure_rows(request: HttpRequest, partnership: str, number: int, figure: str) -> HttpResponseBase:
    """The rows behind a number: police.uk publishes them under the Open Government Licence."""
    analysis = analysis_of_version(_version(partnership, number))
    found = figure_named(analysis, figure)
    if found is None:
        raise Http404
    return csv_download(rows_of_figure(analysis, found), name=f"rows-{figure}.csv")
