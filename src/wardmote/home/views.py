"""What needs me today, or, signed out, what has been published."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from wardmote.access.permissions import Permission
from wardmote.access.routes import public, reader_of, requires
from wardmote.strategy.evidence.queries.first_figures import first_figures
from wardmote.strategy.publishing.queries import newest_versions

from . import presenters
from .queries import lines_for
from .queries.setting_up import steps_of


@public
def home(request: HttpRequest) -> HttpResponse:
    """The first page."""
    reader = reader_of(request)
    if not reader.is_signed_in:
        return render(request, "home/public.html", {"versions": newest_versions()})
    return render(request, "home/home.html", {"lines": lines_for(reader, today=timezone.localdate())})


@requires(Permission.MANAGE_MEMBERS)
def setup(request: HttpRequest) -> HttpResponse:
    """Setting a partnership up: the steps, the first chart, and what is missing."""
    reader = reader_of(request)
    steps = steps_of(reader)
    may_see = reader.may(Permission.SEE_EVIDENCE)
    shown = presenters.first_figures_page(first_figures(reader)) if may_see else None
    context = {"items": presenters.step_items(steps), "gaps": presenters.gaps_of(steps), "shown": shown}
    return render(request, "home/setup.html", context)
