"""Error pages and the pages about the site itself."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wardmote.access.routes import public


def _error(request: HttpRequest, status: int) -> HttpResponse:
    context = {"request_id": getattr(request, "request_id", "")}
    return render(request, f"{status}.html", context, status=status)


@public
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The request makes no sense."""
    return _error(request, 400)


@public
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The reader may not."""
    return _error(request, 403)


@public
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """There is nothing here, or nothing the reader may know of."""
    return _error(request, 404)


@public
def server_error(request: HttpRequest) -> HttpResponse:
    """Our fault."""
    return _error(request, 500)


@public
def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form came from another site or from a session that has ended."""
    return _error(request, 403)


@public
def about_page(request: HttpRequest, *, page: str) -> HttpResponse:
    """Accessibility, privacy, methods and data sources."""
    context: dict[str, Any] = {}
    return render(request, f"web/about/{page}.html", context)
