"""Error pages: the right status, words that help, and nothing of what went wrong inside."""

import pytest
from django.test import Client

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


@pytest.mark.parametrize("page", ["accessibility", "privacy", "methods"])
def test_the_pages_about_the_site_are_open_to_anyone(client: Client, page: str) -> None:
    assert client.get(f"/{page}/").status_code == 200
