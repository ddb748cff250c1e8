"""Issuing an assessment: what will be public, the question whether to, and how far the printing is."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from wardmote.access.permissions import Permission
from wardmote.access.routes import reader_of, requires
from wardmote.jobs.queries import job_for
from wardmote.strategy.assessment.queries import assessments_for
from wardmote.strategy.publishing.actions import PublishRefused, ask_to_publish, what_is_missing
from wardmote.strategy.publishing.presenters import before_publishing


@requires(Permission.PUBLISH)
def publish_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show what will be public, and ask for it to be printed and issued."""
    reader = reader_of(request)
    assessment = get_object_or_404(assessments_for(reader), id=key)
    if request.method != "POST":
        context = {**before_publishing(assessment), "missing": what_is_missing(assessment)}
        return render(request, "publishing/confirm.html", context)
    try:
        job = ask_to_publish(reader, assessment, number=_number_shown(request))
    except PublishRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("assessment:overview", key)
    return redirect("publishing:progress", key, job.id)


def _number_shown(request: HttpRequest) -> int | None:
    """Return the number that the page before promised; nothing where it names none."""
    shown = request.POST.get("number", "")
    return int(shown) if shown.isascii() and shown.isdigit() and len(shown) < 7 else None


@requires(Permission.PUBLISH)
def progress_page(request: HttpRequest, key: UUID, job: UUID) -> HttpResponse:
    """How far the printing is."""
    assessment = get_object_or_404(assessments_for(reader_of(request)), id=key)
    version = assessment.published.order_by("-number").first()
    context = {"assessment": assessment, "job": job_for(reader_of(request), job), "version": version}
    return render(request, "publishing/progress.html", context)
