"""What needs me today, or, signed out, what has been published."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wardmote.access.routes import public


@public
def home(request: HttpRequest) -> HttpResponse:
    """The first page."""
    return render(request, "home/home.html")
