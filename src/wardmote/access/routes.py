"""What a route asks of its reader: every view names a permission or says that it is public."""

from collections.abc import Callable
from typing import Any, Literal, TypeVar

from django.http import HttpRequest

from .permissions import Permission
from .readers import Reader

View = TypeVar("View", bound=Callable[..., Any])
Requirement = Permission | Literal["public", "signed-in"]


def requires(permission: Permission) -> Callable[[View], View]:
    """Mark a view with the permission its reader must hold."""
    return _mark(permission)


def public(view: View) -> View:
    """Mark a view that anyone may ask for."""
    return _mark("public")(view)


def signed_in(view: View) -> View:
    """Mark a view that anyone with an account may ask for."""
    return _mark("signed-in")(view)


def requirement_of(view: Callable[..., Any]) -> Requirement | None:
    """Return what the view asks of its reader, or None where nobody declared it."""
    return getattr(view, "wardmote_requirement", None)


def reader_of(request: HttpRequest) -> Reader:
    """Return who asks, as the middleware has bound them to the request."""
    reader: Reader = request.reader  # type: ignore[attr-defined]
    return reader


def _mark(requirement: Requirement) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.wardmote_requirement = requirement  # type: ignore[attr-defined]
        return view

    return mark
