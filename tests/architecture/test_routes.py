"""Every route says what it asks of its reader, and nothing is reachable that does not."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from wardmote.access.permissions import Permission
from wardmote.access.routes import requirement_of


def routes(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    for entry in (resolver or get_resolver()).url_patterns:
        path = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield path, entry.callback
        else:
            yield from routes(entry, path)


def test_every_route_names_a_permission_or_says_that_it_is_public() -> None:
    undeclared = [path for path, view in routes() if requirement_of(view) is None]
    assert len(list(routes())) > 20
    assert undeclared == []


def test_the_check_finds_a_route_that_nobody_declared() -> None:
    assert requirement_of(lambda request: request) is None


# What anyone may open; a new public route has to be added here by hand.
PUBLIC = {
    "",
    "sign-in/",
    "sign-out/",
    "accessibility/",
    "privacy/",
    "methods/",
    "methods/<slug:slug>/",
    "robots.txt",
    "published/",
    "published/feed.xml",
    "published/wards/",
    "published/<slug:partnership>/wards/<str:code>/",
    "published/<slug:partnership>/<int:number>/wards/<str:code>/",
    "published/<slug:partnership>/<int:number>/wards/<str:code>/sheet.pdf",
    "published/<slug:partnership>/<int:number>/tables/",
    "published/<slug:partnership>/<int:number>/tables/<int:table>.csv",
    "published/<slug:partnership>/<int:number>/tables/<int:table>.csv-metadata.json",
    "published/<slug:partnership>/latest/figures/<str:figure>/",
    "published/<slug:partnership>/feed.xml",
    "published/<slug:partnership>/latest/",
    "published/<slug:partnership>/<int:number>/",
    "published/<slug:partnership>/<int:number>/assessment.pdf",
    "published/<slug:partnership>/<int:number>/assessment.docx",
    "published/<slug:partnership>/<int:number>/assessment.xlsx",
    "published/<slug:partnership>/<int:number>/assessment.json",
    "published/<slug:partnership>/<int:number>/figures/<str:figure>/",
    "published/<slug:partnership>/<int:number>/figures/<str:figure>/rows.csv",
}


def test_only_the_listed_routes_are_public() -> None:
    assert {path for path, view in routes() if requirement_of(view) == "public"} == PUBLIC


PRIVATE = sorted(path for path, view in routes() if isinstance(requirement_of(view), Permission))
UNKNOWN = "0f8fad5b-d9cb-469f-a165-70867728950e"


def address(path: str) -> str:
    path = re.sub(r"<uuid:\w+>", UNKNOWN, path)
    path = re.sub(r"<int:\w+>", "1", path)
    return "/" + re.sub(r"<(slug|str):\w+>", "x", path)


@pytest.mark.django_db
@pytest.mark.parametrize("path", PRIVATE)
def test_a_stranger_is_asked_to_sign_in_whether_or_not_the_record_exists(client: Client, path: str) -> None:
    for answer in (client.get(address(path)), client.post(address(path))):
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/sign-in/?next=")
