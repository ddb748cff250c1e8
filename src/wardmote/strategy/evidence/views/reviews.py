"""Pages that ask whether a release gives a true picture: incidents that look doubled or wrongly coded."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from wardmote.access.permissions import Permission
from wardmote.access.routes import reader_of, requires
from wardmote.analytics.measures.true_picture import CHECKS, COLUMNS
from wardmote.partnership.members.queries import posts_by_key
from wardmote.strategy.evidence.actions.reviews import review_incidents
from wardmote.strategy.evidence.forms.reviews import ReviewForm
from wardmote.strategy.evidence.models import Release
from wardmote.strategy.evidence.presenters.reviews import check_cards
from wardmote.strategy.evidence.queries import releases_for
from wardmote.strategy.evidence.queries.reviews import looked_over

HEADINGS = dict(zip(COLUMNS, ("Month", "Crime type", "Location", "Small area", "Outcome", "File"), strict=True))


@requires(Permission.SEE_EVIDENCE)
def picture_page(request: HttpRequest, digest: str) -> HttpResponse:
    """What each check found in a release, and what was made of it."""
    reader, release = reader_of(request), _release(request, digest)
    looked = looked_over(reader, release)
    posts = posts_by_key({one.review.reviewed_by_key for one in looked if one.review})
    shown = {"release": release, "cards": check_cards(looked, posts), "headings": HEADINGS.values()}
    return render(request, "evidence/picture.html", {**shown, "may_change": reader.may(Permission.IMPORT_EVIDENCE)})


@requires(Permission.IMPORT_EVIDENCE)
def review_page(request: HttpRequest, digest: str, check: str) -> HttpResponse:
    """Say what was found on looking into a check."""
    release = _release(request, digest)
    title = next((one.title for one, _ in CHECKS if one.code == check), None)
    if title is None:
        raise Http404("There is no such check.")
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        review_incidents(reader_of(request), release, check, **form.cleaned_data)
        return redirect("evidence:picture", digest)
    return render(request, "evidence/review.html", {"form": form, "title": title, "release": release})


def _release(request: HttpRequest, digest: str) -> Release:
    return get_object_or_404(releases_for(reader_of(request)), digest=digest, kind="police-uk")
