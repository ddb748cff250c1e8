"""Correcting, replacing and withdrawing an issued version."""

from collections.abc import Callable
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from wardmote.access.permissions import Permission
from wardmote.access.routes import reader_of, requires
from wardmote.strategy.publishing.actions import PublishRefused, ask_to_correct, replace_version, withdraw_version
from wardmote.strategy.publishing.forms import CorrectForm, NoticeForm, ReplaceForm
from wardmote.strategy.publishing.models import PublishedVersion
from wardmote.strategy.publishing.queries import current_versions, open_to, versions_for


@requires(Permission.PUBLISH)
def choose_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """What can be done about a version that was issued."""
    version = get_object_or_404(versions_for(reader_of(request)), id=key)
    return render(
        request, "publishing/choose.html", {"version": version, "later": _later(version), "kinds": open_to(version)}
    )


@requires(Permission.PUBLISH)
def correct_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """Issue the assessment as it stands now in place of a version that was wrong."""
    version = get_object_or_404(versions_for(reader_of(request)), id=key)
    form = CorrectForm(request.POST if request.method == "POST" else None, today=timezone.localdate())

    def act() -> HttpResponse:
        job = ask_to_correct(reader_of(request), version, form.given())
        return redirect("publishing:progress", version.assessment_id, job.id)

    intro = (
        "The assessment is printed again as it stands now and gets the next number. Mend what was wrong first, and "
        "read the draft. This version stays where it is, under a notice that says what you enter here."
    )
    return _answer(request, version, form, act, words=("Correct this version", intro, "Issue the correction"))


@requires(Permission.PUBLISH)
def replace_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say that a later version takes this one's place."""
    version = get_object_or_404(versions_for(reader_of(request)), id=key)
    form = ReplaceForm(
        request.POST if request.method == "POST" else None, today=timezone.localdate(), later=_later(version)
    )

    def act() -> HttpResponse:
        replace_version(reader_of(request), version, form.cleaned_data["successor"], form.given())
        return redirect("publishing:version", version.partnership.slug, version.number)

    intro = "This version stays where it is, under a notice that leads to the one that takes its place."
    return _answer(request, version, form, act, words=("Replace this version", intro, "Replace it"))


@requires(Permission.PUBLISH)
def withdraw_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say that a version is not to be relied on any more."""
    version = get_object_or_404(versions_for(reader_of(request)), id=key)
    form = NoticeForm(request.POST if request.method == "POST" else None, today=timezone.localdate())

    def act() -> HttpResponse:
        withdraw_version(reader_of(request), version, form.given())
        return redirect("publishing:version", version.partnership.slug, version.number)

    intro = (
        "It can still be read at its address, under a notice. A withdrawal cannot be taken back: publish again instead."
    )
    return _answer(request, version, form, act, words=("Withdraw this version", intro, "Withdraw it"))


def _later(version: PublishedVersion) -> QuerySet[PublishedVersion]:
    return current_versions().filter(partnership=version.partnership, number__gt=version.number)


def _answer(
    request: HttpRequest,
    version: PublishedVersion,
    form: NoticeForm,
    act: Callable[[], HttpResponse],
    *,
    words: tuple[str, str, str],
) -> HttpResponse:
    """Do what was asked, or show the form with what is wrong with it."""
    if request.method == "POST" and form.is_valid():
        try:
            return act()
        except PublishRefused as refusal:
            form.add_error(None, str(refusal))
    title, intro, submit = words
    context = {
        "form": form,
        "title": title,
        "intro": intro,
        "submit_text": submit,
        "caption_text": str(version),
        "back_url": reverse("publishing:choose", args=[version.id]),
        "is_sample": version.partnership.is_sample,
    }
    return render(request, "web/form_page.html", context)
