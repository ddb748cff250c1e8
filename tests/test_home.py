"""The first page, for everyone."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_anyone_can_open_the_home_page(client: Client) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert b"Community safety where you live" in page.content
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]


def test_a_page_of_the_partnership_asks_a_stranger_to_sign_in(client: Client) -> None:
    page = client.get("/evidence/")
    assert page.status_code == 302
    assert page.headers["Location"] == "/sign-in/?next=/evidence/"
