"""The page of each statistic in the product is the page of the documentation."""

import html
import re
from pathlib import Path

import pytest
from django.test import Client

from wardmote.web.methods import method_pages

DOCS = Path(__file__).parents[2] / "docs" / "methods"


def test_every_page_of_the_documentation_is_shown() -> None:
    assert set(method_pages()) == {path.stem for path in DOCS.glob("*.md")} - {"README"}


@pytest.mark.parametrize("slug", sorted(method_pages()))
def test_a_page_has_its_parts_and_links_that_lead_somewhere(client: Client, slug: str) -> None:
    answer = client.get(f"/methods/{slug}/")
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 200
    assert method_pages()[slug].question in page
    assert "<h1" in page
    assert "**" not in page
    assert all(link in method_pages() for link in re.findall(r'href="\.\./([a-z-]+)/"', page))


def test_the_list_leads_to_each_page_and_an_unknown_one_is_not_found(client: Client) -> None:
    page = client.get("/methods/").content.decode()
    assert all(f'href="/methods/{slug}/"' in page for slug in method_pages())
    assert client.get("/methods/astrology/").status_code == 404
