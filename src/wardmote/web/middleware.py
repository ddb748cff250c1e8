"""Every request gets a number and a reader; a route nobody declared, or the reader may not use, is refused."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.module_loading import import_string

from wardmote.access.readers import ANYONE, NotAllowed, Reader
from wardmote.access.routes import Requirement, requirement_of
from wardmote.audit.actions import record, request_id

from .views import forbidden, held_form

GetResponse = Callable[[HttpRequest], HttpResponseBase]
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def identify_request(get_response: GetResponse) -> GetResponse:
    """Give the request a number that its audit entries and its error page share, and the answer its headers."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        token = request_id.set(uuid4().hex)
        request.request_id = request_id.get()  # type: ignore[attr-defined]
        try:
            response = get_response(request)
        finally:
            request_id.reset(token)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cache-Control", _cache_rule(request))
        return response

    return answer


def _cache_rule(request: HttpRequest) -> str:
    if request.path.startswith(settings.STATIC_URL):
        return "public, max-age=3600"
    is_public = getattr(request, "requirement", None) == "public" and not _reader(request).is_signed_in
    return "public, max-age=300" if is_public and request.method == "GET" else "no-store"


def _reader(request: HttpRequest) -> Reader:
    return getattr(request, "reader", ANYONE)


class AccessMiddleware:
    """Bind the reader, then refuse whatever is not allowed: deny by default."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request with its reader bound."""
        find: Callable[[HttpRequest], Reader] = import_string(settings.WARDMOTE_READER_OF_REQUEST)
        request.reader = find(request)  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Return a refusal, or None to let the view answer. An error raised here would escape: always return."""
        requirement = requirement_of(view)
        request.requirement = requirement  # type: ignore[attr-defined]
        reader = _reader(request)
        if requirement == "public" or _may(reader, requirement):
            return None
        if not reader.is_signed_in:
            held = held_form(request) if request.method == "POST" else None
            return held or redirect_to_login(request.get_full_path())
        return self._refuse(request, reader)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Turn an action's own refusal into the same page; its transaction is rolled back by now."""
        return self._refuse(request, _reader(request)) if isinstance(error, NotAllowed) else None

    def _refuse(self, request: HttpRequest, reader: Reader) -> HttpResponse:
        match = request.resolver_match
        record(reader, "open", kind="route", key=match.view_name if match else "", outcome="refuse")
        return forbidden(request)


def _may(reader: Reader, requirement: Requirement | None) -> bool:
    if requirement is None or requirement == "public":
        return False
    return reader.is_signed_in if requirement == "signed-in" else reader.may(requirement)
