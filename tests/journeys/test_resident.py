"""A resident on a phone, without an account: find the ward, read it, follow a number to its source, take the tables."""

import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.printing.pdf_checks import assert_accessible

from . import steps
from .conftest import NARROW, Site

pytestmark = pytest.mark.browser
BUILD = "from wardmote.cli.commands.demo import prepare; prepare()"


@pytest.mark.timeout(600)
def test_a_resident_finds_their_ward_and_what_is_behind_a_number(
    site: Site, page: Page, browser: Browser, tmp_path: Path
) -> None:
    subprocess.run([sys.executable, "-c", BUILD], env=site.environment, check=True, capture_output=True)
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    find_the_ward(site, page, browser)
    read_the_ward(page, browser, tmp_path)
    follow_a_number(page, browser, tmp_path)
    take_the_tables(site, page, browser, tmp_path)


def find_the_ward(site: Site, page: Page, browser: Browser) -> None:
    page.goto(f"{site.url}/")
    expect(page.get_by_role("heading", name="This year's priorities")).to_be_visible()
    expect(page.get_by_text("999")).to_be_visible()
    steps.check_page(browser, page)
    page.get_by_label("Find your ward").fill("tannery")
    page.get_by_role("button", name="Find").click()
    steps.check_page(browser, page)
    assert not page.context.cookies(), "a search by somebody without an account keeps nothing"
    page.get_by_role("link", name="Tannery").click()


def read_the_ward(page: Page, browser: Browser, folder: Path) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Tannery")
    expect(page.get_by_text("about the same as last year").first).to_be_visible()
    expect(page.get_by_role("heading", name="How to get help or report")).to_be_visible()
    steps.check_page(browser, page)
    with page.expect_download() as sheet:
        page.get_by_role("link", name="on one sheet of A4").click()
    sheet.value.save_as(folder / "sheet.pdf")
    assert_accessible(folder / "sheet.pdf")


def follow_a_number(page: Page, browser: Browser, folder: Path) -> None:
    number = page.locator("a[href*='/figures/burglary.place.']").first
    shown = number.inner_text()
    number.click()
    expect(page.locator("p.govuk-body-l")).to_contain_text(shown)
    for name in ("What is counted", "What is not counted", "How to get help or report"):
        expect(page.get_by_role("heading", name=name)).to_be_visible()
    expect(page.get_by_text("Provisional", exact=True)).to_be_visible()
    steps.check_page(browser, page)
    with page.expect_download() as rows:
        page.get_by_role("link", name="Download the rows behind it").click()
    rows.value.save_as(folder / "rows.csv")
    assert len((folder / "rows.csv").read_text().splitlines()) - 1 == int(shown.replace(",", ""))


def take_the_tables(site: Site, page: Page, browser: Browser, folder: Path) -> None:
    page.goto(f"{site.url}/published/")
    steps.check_page(browser, page)
    page.get_by_role("link", name="Strategic assessment").click()
    page.get_by_role("navigation", name="Contents").get_by_role("link", name="How the problems compare").click()
    steps.check_page(browser, page)
    page.get_by_role("link", name="Each table as open data").click()
    steps.check_page(browser, page)
    with page.expect_download() as table:
        page.get_by_role("link", name="(CSV)").first.click()
    table.value.save_as(folder / "table.csv")
    assert len((folder / "table.csv").read_text().splitlines()) > 1
