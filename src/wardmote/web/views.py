"""Error pages and the pages about the site itself."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from wardmote.access.routes import public

from .methods import method_pages

# RFC 9309: the longest rule that fits an address counts.
ROBOTS = """User-agent: *
Disallow: /
Allow: /$
Allow: /static/
Allow: /published/
Allow: /methods/
Allow: /accessibility/
Allow: /privacy/
Disallow: /published/wards/?
"""
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 the name of the field, not its content


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
    """The form came from another site, or from a session that has ended: then what was typed is offered again."""
    return (held_form(request) if _is_from_here(request) else None) or _error(request, 403)


def held_form(request: HttpRequest) -> HttpResponse | None:
    """Return a page that holds what was typed, to send it again; None where there is nothing that it may hold.

    A password is never written into a page, and a file cannot be.
    """
    typed = [(name, value) for name, values in request.POST.lists() for value in values if name != TOKEN]
    if not typed or request.FILES or any("password" in name for name, _ in typed):
        return None
    context = {"typed": typed, "action": request.get_full_path(), "is_signed_in": request.user.is_authenticated}
    return render(request, "web/held_form.html", context, status=403)


def _is_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this very site sent the form; no other site can make it say so."""
    own = f"{request.scheme}://{request.get_host()}"
    return request.headers.get("Sec-Fetch-Site", "") in ("same-origin", "") and request.headers.get("Origin") == own


@public
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read: what is published, and no search for a ward."""
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")


@public
def about_page(request: HttpRequest, *, page: str) -> HttpResponse:
    """Accessibility, privacy, methods and data sources."""
    context: dict[str, Any] = {"methods": method_pages().values()} if page == "methods" else {}
    return render(request, f"web/about/{page}.html", context)


@public
def method_page(request: HttpRequest, *, slug: str) -> HttpResponse:
    """How one statistic is worked out."""
    page = method_pages().get(slug)
    if page is None:
        raise Http404
    return render(request, "web/about/method.html", {"page": page})
