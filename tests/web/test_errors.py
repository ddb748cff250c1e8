"""Error pages: the right status, words that help, and nothing of what went wrong inside."""

from typing import Any

import pytest
from django.test import Client

from tests.factories import AccountFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/nothing-here/", "/published/nobody/9/"])
def test_what_is_not_there_is_not_found(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert b"<h1" in answer.content


def test_a_form_without_its_token_is_stale_and_not_taken() -> None:
    answer = Client(enforce_csrf_checks=True).post("/sign-in/", {"username": "a", "password": "b"})
    assert answer.status_code == 403
    assert b"<h1" in answer.content


HERE = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
TYPED = {"name": "Street <market>\nat dusk", "presence": ["a", "b"]}


def test_what_was_typed_before_signing_out_can_be_sent_again(client: Client) -> None:
    answer = client.post("/assessments/new/?step=2", TYPED)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "You were signed out before you sent it" in page
    assert 'action="/assessments/new/?step=2"' in page
    assert 'name="name" value="Street &lt;market&gt;\nat dusk"' in page
    assert page.count('name="presence"') == 2
    assert answer.headers["Cache-Control"] == "no-store"
    assert client.post("/assessments/new/").status_code == 302


def test_a_form_from_before_signing_in_again_can_be_sent_again() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(AccountFactory())
    page = client.post("/assessments/new/", TYPED, headers=HERE).content.decode()
    assert "you have signed in again" in page
    assert "Street &lt;market&gt;" in page
    assert "csrfmiddlewaretoken" in page


@pytest.mark.parametrize(
    "headers", [{}, {"Origin": "https://elsewhere.example"}, {**HERE, "Sec-Fetch-Site": "cross-site"}]
)
def test_what_another_site_sent_is_never_offered_again(headers: dict[str, str]) -> None:
    client: Any = Client(enforce_csrf_checks=True)
    client.force_login(AccountFactory())
    answer = client.post("/assessments/new/", TYPED, headers=headers)
    assert answer.status_code == 403
    assert b"Street" not in answer.content


def test_a_password_is_never_written_into_a_page() -> None:
    sent = {"username": "a", "password": "three-plums"}
    answer = Client(enforce_csrf_checks=True).post("/sign-in/", sent, headers=HERE)
    assert answer.status_code == 403
    assert b"three-plums" not in answer.content


@pytest.mark.parametrize("page", ["accessibility", "privacy", "methods"])
def test_the_pages_about_the_site_are_open_to_anyone(client: Client, page: str) -> None:
    assert client.get(f"/{page}/").status_code == 200
