"""What needs me today, or, signed out, what has been published."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from wardmote.access.routes import public, reader_of
from wardmote.strategy.publishing.queries import published_versions

from .queries import lines_for


@public
def home(request: HttpRequest) -> HttpResponse:
    """The first page."""
    reader = reader_of(request)
    if not reader.is_signed_in:
        return render(request, "home/public.html", {"versions": published_versions()[:5]})
    return render(request, "home/home.html", {"lines": lines_for(reader, today=timezone.localdate())})
