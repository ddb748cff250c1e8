"""Pages of evidence."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wardmote.access.permissions import Permission
from wardmote.access.routes import requires


@requires(Permission.SEE_EVIDENCE)
def catalogue(request: HttpRequest) -> HttpResponse:
    """The list."""
    return render(request, "home/home.html")
