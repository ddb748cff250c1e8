"""The public pages of what has been issued: the list, a version, its files, the latest, the feed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from wardmote.access.permissions import Permission
from wardmote.access.routes import public, reader_of
from wardmote.partnership.documents.queries import read_stored
from wardmote.partnership.members.models import Partnership
from wardmote.strategy.publishing.models import PublishedVersion
from wardmote.strategy.publishing.presenters import (
    FORMS,
    approval_shown,
    contents_of,
    feed_of,
    forms_of,
    list_rows,
    notices_shown,
    page_of,
)
from wardmote.strategy.publishing.queries import (
    latest_version,
    newer_than,
    open_to,
    published_version,
    published_versions,
)


def version_named(partnership: str, number: int) -> PublishedVersion:
    """Return one issued version, or raise Http404."""
    try:
        return published_version(partnership, number)
    except PublishedVersion.DoesNotExist:
        raise Http404 from None


@public
def index(request: HttpRequest) -> HttpResponse:
    """Everything that has been issued."""
    return render(request, "publishing/list.html", {"versions": list_rows(published_versions())})


@public
def latest_page(request: HttpRequest, partnership: str) -> HttpResponse:
    """The address that always leads to the version that stands."""
    try:
        version = latest_version(partnership)
    except PublishedVersion.DoesNotExist:
        raise Http404 from None
    return redirect("publishing:version", partnership, version.number)


@public
def feed(request: HttpRequest, partnership: str = "") -> HttpResponse:
    """What was issued, corrected, replaced and withdrawn, as RSS: of one partnership or of all."""
    versions = published_versions()
    title = "Published by community safety partnerships"
    if partnership:
        found = get_object_or_404(Partnership, slug=partnership)
        versions, title = versions.filter(partnership=found), f"Published by {found.name}"
    site = request.build_absolute_uri("/").rstrip("/")
    content = feed_of(versions, title=title, site=site, address=request.path)
    return HttpResponse(content, content_type="application/rss+xml; charset=utf-8")


@public
def version_page(request: HttpRequest, partnership: str, number: int) -> HttpResponse:
    """An issued version, as it was printed."""
    version = version_named(partnership, number)
    context = {
        "version": version,
        "forms": forms_of(version),
        "contents": contents_of(version),
        "wards": version.wards.all(),
        "body": page_of(version),
        "newer": newer_than(version),
        "notices": notices_shown(version),
        "may_change": _may_change(request, version) and bool(open_to(version)),
        "approved": approval_shown(version, may_see_draft=_may_change(request, version)),
        "is_sample": version.partnership.is_sample,
    }
    return render(request, "publishing/version.html", context)


@public
def printed_file(request: HttpRequest, partnership: str, number: int, extension: str) -> HttpResponse:
    """A form of an issued version, byte for byte as it was printed."""
    version = version_named(partnership, number)
    form = FORMS[extension]
    sha256: str = getattr(version, form.field)
    if not sha256:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="{partnership}-{number}.{extension}"'}
    return HttpResponse(read_stored(sha256), content_type=form.media_type, headers=headers)


def _may_change(request: HttpRequest, version: PublishedVersion) -> bool:
    reader = reader_of(request)
    return reader.may(Permission.PUBLISH) and reader.partnership == version.partnership_id
