"""The page of a report escapes every word, keeps ids apart and lets numbers be followed."""

import re
from html.parser import HTMLParser

from tests.printing.reports import HOSTILE, full_report
from wardmote.printing.html import render, render_contents


class Read(HTMLParser):
    """Collects ids and attributes."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.names: set[str] = set()
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names |= {tag, *(name for name, _ in attrs)}
        self.ids += [value or "" for name, value in attrs if name == "id"]


def page(**given: str) -> str:
    return render(full_report(**given), figure_url=lambda key: f"/figures/{key}/?a=1&b=2")


def test_no_id_is_used_twice() -> None:
    ids = Read(page()).ids
    assert len(ids) == len(set(ids)) > 20


def test_there_is_no_style_and_no_script() -> None:
    assert not Read(page()).names & {"style", "script", "onclick"}


def test_hostile_words_are_escaped_everywhere() -> None:
    markup = page(words=HOSTILE)
    assert "<script>" not in markup
    assert "&lt;script&gt;" in markup


def test_a_number_leads_to_its_source() -> None:
    assert '<a class="wm-number" href="/figures/total/?a=1&amp;b=2">11,945</a>' in page()


def test_without_addresses_numbers_are_plain() -> None:
    assert "wm-number" not in render(full_report(), figure_url=None)


def test_a_picture_comes_in_two_widths_with_its_table() -> None:
    markup = page()
    assert markup.count("wm-drawing--wide") == markup.count('class="wm-drawing--narrow"') == 4
    assert markup.count("See these figures as a table") == 4


def test_a_wide_table_scrolls_in_a_region_that_the_keyboard_reaches() -> None:
    regions = re.findall(r'<div class="wm-scroll" role="region" aria-labelledby="([^"]+)" tabindex="0">', page())
    assert len(regions) == 5
    assert all(f'id="{name}"' in page() for name in regions)


def test_a_draft_says_so() -> None:
    assert ">Draft</strong>" in page(status="draft")
    assert ">Issued</strong>" in page()


def test_contents_lead_to_the_headings() -> None:
    contents = render_contents(full_report())
    assert 'href="#key-findings"' in contents
    assert "How we compare" not in contents
