"""Every request gets a number and a reader; what is not allowed is refused and kept in the audit."""

from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from tests.factories import AccountFactory, reader_with
from wardmote.access.permissions import Permission, Role
from wardmote.access.readers import Reader
from wardmote.access.routes import public, requires, signed_in
from wardmote.audit.models import Entry
from wardmote.config.urls import urlpatterns as product
from wardmote.partnership.members.models import Account

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def forgotten(request: HttpRequest) -> HttpResponse:
    return HttpResponse("nobody said who may see this")


def acting(request: HttpRequest) -> HttpResponse:
    reader: Reader = request.reader  # type: ignore[attr-defined]
    reader.require(Permission.PUBLISH)
    return HttpResponse("issued")


def failing(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("the crown jewels lie at 12 Canary Lane")


urlpatterns = [
    *product,
    path("forgotten/", forgotten, name="forgotten"),
    path("own/", signed_in(lambda request: HttpResponse("own")), name="own"),
    path("acting/", requires(Permission.SEE_EVIDENCE)(acting), name="acting"),
    path("failing/", public(failing), name="failing"),
]


def browser(role: Role) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(Account.objects.get(id=reader_with(role).key))
    return client


def test_a_route_that_nobody_declared_is_refused_to_everyone(client: Client) -> None:
    assert browser(Role.MANAGER).get("/forgotten/").status_code == 403
    assert client.get("/forgotten/").headers["Location"] == "/sign-in/?next=/forgotten/"


def test_a_refusal_is_kept_with_the_number_that_its_page_shows() -> None:
    answer = browser(Role.ADMINISTRATOR).get("/evidence/")
    entry = Entry.objects.get()
    assert (answer.status_code, entry.outcome, entry.object_key) == (403, "refuse", "evidence:catalogue")
    assert len(entry.request_id) == 32


def test_a_refusal_inside_an_action_is_the_same_page_and_is_kept() -> None:
    assert browser(Role.SCORER).get("/acting/").status_code == 403
    assert Entry.objects.get().object_key == "acting"
    assert browser(Role.ANALYST).get("/acting/").content == b"issued"


def test_an_account_without_an_appointment_may_see_only_its_own(client: Client) -> None:
    client.force_login(AccountFactory())
    assert client.get("/own/").status_code == 200
    assert client.get("/evidence/").status_code == 403


def test_our_fault_shows_a_number_and_no_detail() -> None:
    answer = browser(Role.ANALYST).get("/failing/")
    assert answer.status_code == 500
    assert b"Canary" not in answer.content


def test_pages_of_a_person_are_never_stored_and_public_ones_for_five_minutes(client: Client) -> None:
    assert client.get("/published/").headers["Cache-Control"] == "public, max-age=300"
    for answer in (browser(Role.ANALYST).get("/published/"), client.get("/own/"), browser(Role.ANALYST).get("/own/")):
        assert answer.headers["Cache-Control"] == "no-store"


def test_every_answer_carries_the_headers_that_shut_doors(client: Client) -> None:
    for address in ("/", "/nothing-here/", f"/assessments/{uuid4()}/"):
        headers: Any = client.get(address).headers
        assert "camera=()" in headers["Permissions-Policy"]
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert headers["X-Frame-Options"] == "DENY"
