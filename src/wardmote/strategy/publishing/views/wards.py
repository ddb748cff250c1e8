"""The public pages of wards: find yours, read it, print it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from wardmote.access.routes import public
from wardmote.partnership.documents.queries import read_stored
from wardmote.strategy.publishing.models import PublishedVersion, PublishedWard
from wardmote.strategy.publishing.presenters import page_of_ward, ward_row
from wardmote.strategy.publishing.queries import current_wards, latest_version, newer_than, ward_of, wards_named

from .versions import version_named


def _ward(partnership: str, number: int, code: str) -> tuple[PublishedVersion, PublishedWard]:
    version = version_named(partnership, number)
    try:
        return version, ward_of(version, code)
    except PublishedWard.DoesNotExist:
        raise Http404 from None


@public
def find_page(request: HttpRequest) -> HttpResponse:
    """Wards whose name holds what was typed, or all of them; what was typed is not kept."""
    words = request.GET.get("name", "")[:100]
    found = wards_named(words) if words.strip() else current_wards()
    context = {"words": words, "wards": [ward_row(ward) for ward in found]}
    answer = render(request, "publishing/wards.html", context)
    if words:
        # A cache on the way would keep the address, and with it what was typed.
        answer.headers["Cache-Control"] = "no-store"
    return answer


@public
def ward_page(request: HttpRequest, partnership: str, number: int, code: str) -> HttpResponse:
    """A ward of an issued version, as it was printed; it says so where a newer one exists."""
    version, ward = _ward(partnership, number, code)
    newer = newer_than(version)
    is_there = newer is not None and newer.wards.filter(code=code).exists()
    context = {
        "version": version,
        "ward": ward,
        "body": page_of_ward(version, ward),
        "newer": newer if is_there else None,
        "is_standing": not version.notices.all(),
        "is_sample": version.partnership.is_sample,
    }
    return render(request, "publishing/ward.html", context)


@public
def ward_sheet(request: HttpRequest, partnership: str, number: int, code: str) -> HttpResponse:
    """The sheet of A4 of a ward, byte for byte as it was printed."""
    _, ward = _ward(partnership, number, code)
    headers = {"Content-Disposition": f'attachment; filename="{partnership}-{number}-{ward.code}.pdf"'}
    return HttpResponse(read_stored(ward.pdf_sha256), content_type="application/pdf", headers=headers)


@public
def latest_ward(request: HttpRequest, partnership: str, code: str) -> HttpResponse:
    """The address that always leads to the newest page of a ward."""
    try:
        version = latest_version(partnership)
        ward_of(version, code)
    except (PublishedVersion.DoesNotExist, PublishedWard.DoesNotExist):
        raise Http404 from None
    return redirect(reverse("publishing:ward", args=[partnership, version.number, code]))
