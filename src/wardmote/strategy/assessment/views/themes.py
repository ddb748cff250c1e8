"""Pages of themed profiles."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from wardmote.access.permissions import Permission
from wardmote.access.routes import requires
from wardmote.strategy.assessment.presenters import themes as presenters

from .finding import analysed_of


@requires(Permission.SEE_ASSESSMENT)
def themes_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """Every theme, with how far its data exist."""
    context: dict[str, Any] = presenters.themes_page(*analysed_of(request, key))
    return render(request, "assessment/themes.html", context)


@requires(Permission.SEE_ASSESSMENT)
def theme_page(request: HttpRequest, key: UUID, slug: str) -> HttpResponse:
    """The profile of a theme."""
    context = presenters.theme_page(*analysed_of(request, key), slug)
    if context is None:
        raise Http404
    return render(request, "assessment/theme.html", context)
