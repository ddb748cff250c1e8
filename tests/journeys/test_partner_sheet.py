"""A partner's sheet, as an analyst meets it: merged headings, a title, the supplier's signs; and the month after."""

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.analytics.sources.workbooks.making import xlsx

from . import steps
from .conftest import Site
from .test_first_assessment import set_up_people

pytestmark = pytest.mark.browser


def sheet(path: Path, *, months: list[str]) -> Path:
    def change(book: Any, sheets: dict[str, Any]) -> None:
        sheets["Wards"].merge_range(2, 1, 2, len(months), "2026/27")

    body = [["Abbey", *range(len(months))], ["Bridge", *["<5" for _ in months]], ["Castle", *["?" for _ in months]]]
    rows = [["Deliberate fires in Ashcombe Vale"], [], ["", *[""] * len(months)], ["Ward", *months], *body]
    return xlsx(path, {"Wards": rows}, change=change)


def picture(page: Page, name: str) -> None:
    """Keep a picture of the page, wide and narrow, where somebody asked for them."""
    folder = os.environ.get("WARDMOTE_PICTURES")
    if folder:
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
        page.set_viewport_size({"width": 1280, "height": 900})


@pytest.mark.timeout(600)
def test_a_sheet_is_described_once_and_known_the_month_after(
    site: Site, page: Page, browser: Browser, tmp_path: Path
) -> None:
    set_up_people(site)
    steps.sign_in(page, site, "analyst@brackenmoor.example")
    _give(page, site, sheet(tmp_path / "fires-may.xlsx", months=["Apr", "May"]))
    expect(page.get_by_role("heading", level=1)).to_have_text("What the columns are")
    picture(page, "sheet")
    steps.check_page(browser, page)
    page.get_by_label("What are these figures?").fill("Deliberate fires")
    page.get_by_role("button", name="Show what would be read").click()
    expect(page.get_by_text("Enter who gave you these figures").first).to_be_visible()
    page.get_by_label("Who gave them to you?").fill("Ashcombe Fire and Rescue Service")
    page.get_by_label("What was counted?", exact=True).fill("Fires")
    page.get_by_role("button", name="Show what would be read").click()
    expect(page.get_by_text("4 of 6 figures would be taken, 2 would not")).to_be_visible()
    expect(page.get_by_text("Missing: suppressed").first).to_be_visible()
    picture(page, "sheet-preview")
    page.get_by_role("button", name="Import").click()
    steps.wait_for_the_worker(page, page.get_by_role("heading", level=1, name="The files were read"))
    expect(page.get_by_text("Made 1 release with 4 rows.")).to_be_visible()
    picture(page, "sheet-read")

    _give(page, site, sheet(tmp_path / "fires-june.xlsx", months=["Apr", "May", "Jun"]))
    expect(page.get_by_text("This looks like “Deliberate fires” of Ashcombe Fire and Rescue Service")).to_be_visible()
    picture(page, "sheet-again")
    steps.check_page(browser, page)
    page.get_by_role("button", name="Import").click()
    steps.wait_for_the_worker(page, page.get_by_role("heading", level=1, name="The files were read"))
    expect(page.get_by_text("Made 1 release with 6 rows.")).to_be_visible()


def _give(page: Page, site: Site, path: Path) -> None:
    page.goto(f"{site.url}/evidence/add/")
    page.get_by_label("Choose the files").set_input_files(str(path))
    page.get_by_label("A partner's table of figures (CSV, XLSX or ODS)").check()
    page.get_by_role("button", name="Add files").click()
