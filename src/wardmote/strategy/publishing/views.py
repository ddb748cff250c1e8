"""Pages of publishing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wardmote.access.routes import public


@public
def index(request: HttpRequest) -> HttpResponse:
    """The list."""
    return render(request, "home/home.html")
