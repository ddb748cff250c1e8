"""A monthly data drop, as an analyst walks it: what came, what to look at, what it would change, what becomes of it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from wardmote.sample.generator import SampleFiles

from . import steps
from .conftest import Site
from .test_first_assessment import set_up_people

pytestmark = pytest.mark.browser


def cut_short(path: Path, folder: Path) -> Path:
    """Write a month again as it arrives when the download stopped half way: a fifth of its rows."""
    lines = path.read_text().splitlines(keepends=True)
    short = folder / path.name
    short.write_text("".join(lines[: len(lines) // 5]))
    return short


@pytest.mark.timeout(600)
def test_a_month_that_came_half_empty_replaces_nothing(
    site: Site, page: Page, browser: Browser, sample_files: SampleFiles, tmp_path: Path
) -> None:
    set_up_people(site)
    for kind in ("lookup", "population", "boundaries"):
        site.command("import", kind, *map(str, getattr(sample_files, kind)))
    site.command("import", "police-uk", *map(str, sample_files.street))
    steps.sign_in(page, site, "analyst@brackenmoor.example")
    steps.start_assessment(page, site, keep={"Burglary", "Shoplifting"})

    steps.add_files(page, site, cut_short(sample_files.street[-1], tmp_path))
    expect(page.get_by_text("It counts only once you have accepted it.")).to_be_visible()
    steps.check_page(browser, page)
    page.get_by_role("button", name="Accept what needs no look").click()
    expect(page.get_by_text("0 releases were accepted. 1 needs a look before you decide.")).to_be_visible()
    page.get_by_role("link", name="check before you accept").click()
    expect(page.get_by_role("heading", name="Look at this first")).to_be_visible()
    expect(page.get_by_text("which we hold already, changed:")).to_be_visible()
    steps.check_page(browser, page)

    page.get_by_role("link", name="What this changes in your assessments").click()
    expect(page.get_by_text("would change.")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="Burglary").first).to_contain_text("−")
    expect(page.get_by_text("would have another number of incidents.").first).to_be_visible()
    steps.check_page(browser, page)
    page.get_by_role("link", name="Check before you accept").click()

    page.get_by_role("button", name="Ask the supplier").click()
    expect(page.get_by_label("Your question to the supplier")).to_have_value(
        re.compile("which we hold already, changed")
    )
    steps.check_page(browser, page)
    page.get_by_role("button", name="Ask the supplier").click()
    expect(page.get_by_text("Held back").first).to_be_visible()
    steps.check_page(browser, page)

    page.get_by_role("button", name="Check before you accept").click()
    page.get_by_role("button", name="Set aside").click()
    page.get_by_role("button", name="Set aside").click()
    expect(page.get_by_text("Say why, so that a colleague understands it next month").first).to_be_visible()
    page.get_by_label("Why do you set it aside?").fill("The supplier says that the file was cut short.")
    page.get_by_role("button", name="Set aside").click()
    expect(page.get_by_text("Set aside: ")).to_be_visible()
    page.goto(f"{site.url}/evidence/")
    expect(page.get_by_text("Waiting for you")).to_have_count(0)
    steps.check_page(browser, page)
