"""The page that says sorry is drawn even where the database is what failed."""

from pathlib import Path

import pytest

from tests.setup.processes import python

ASK = """
import sys, django
django.setup()
from django.test import Client
client = Client(raise_request_exception=False)
if sys.argv[1:]: client.cookies["wardmote_session"] = "an-old-session-of-someone-0123456"
page = client.get("/evidence/" if sys.argv[1:] else "/published/")
print(page.status_code, page.content.decode())
"""
DATABASES = {
    "closed": "postgresql://someone@127.0.0.1:9/nothing",
    "empty": "sqlite:////dev/null",
}


@pytest.mark.parametrize("signed_in", [True, False], ids=["signed in", "stranger"])
@pytest.mark.parametrize("database", DATABASES.values(), ids=DATABASES.keys())
def test_it_says_sorry_with_a_reference(tmp_path: Path, database: str, *, signed_in: bool) -> None:
    code = ASK.replace("sys.argv[1:]", repr(signed_in))
    settings = {"DJANGO_SETTINGS_MODULE": "wardmote.config.settings"}
    ended = python(code, WARDMOTE_DATA=tmp_path, DATABASE_URL=database, **settings)
    assert "500 <!DOCTYPE html>" in ended.said
    assert "Sorry, there is a problem with the service" in ended.said
    assert "If you report this, give the reference" in ended.said
    assert "</html>" in ended.said
