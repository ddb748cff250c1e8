"""The first day, as a manager walks it: which partnership, the first chart, who is round the table, the year."""

import pytest
from playwright.sync_api import Browser, Page, expect

from wardmote.sample.generator import SampleFiles

from . import steps
from .conftest import PASSWORD, Site

pytestmark = pytest.mark.browser


@pytest.mark.timeout(600)
def test_a_manager_sets_up_a_partnership_and_can_stop_at_any_time(
    site: Site, page: Page, browser: Browser, sample_files: SampleFiles
) -> None:
    site.command("start", "manager@brackenmoor.example", "--name", "Someone", typed=f"{PASSWORD}\n")
    steps.sign_in(page, site, "manager@brackenmoor.example")
    page.get_by_role("link", name="Set up").click()
    expect(page.get_by_text("Without it no figure has an area.")).to_be_visible()
    steps.check_page(browser, page)

    page.get_by_role("link", name="Which partnership are you?").click()
    page.get_by_label("Name of the partnership").fill("gravesham")
    page.get_by_role("button", name="Search").click()
    steps.check_page(browser, page)
    page.get_by_role("link", name="Dartford and Gravesham").click()
    expect(page.get_by_text("December 2024")).to_be_visible()
    steps.check_page(browser, page)
    page.get_by_role("button", name="This is us").click()
    expect(page.get_by_text("Covers Dartford and Gravesham.")).to_be_visible()

    page.get_by_role("link", name="Who is round the table?").click()
    steps.check_page(browser, page)
    page.get_by_role("link", name="the seat of Health").click()
    page.get_by_label("Vacant").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("row").filter(has_text="Health")).to_contain_text("Vacant")
    page.get_by_role("link", name="the seat of Probation").click()
    page.get_by_label("Held").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Enter the name of the person who holds the seat")).to_be_visible()
    steps.check_page(browser, page)
    page.get_by_label("Name (optional)", exact=True).fill("Someone Else")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Continue").click()

    page.get_by_role("link", name="Your year").click()
    for part, value in (("Day", "18"), ("Month", "2"), ("Year", "2027")):
        page.get_by_label(part, exact=True).fill(value)
    page.get_by_label("When else does the board meet?").fill("17/6/2027\n16/9/2027")
    page.get_by_role("button", name="Work the dates back").click()
    expect(page.get_by_text("Wednesday 13 January 2027").first).to_be_visible()
    steps.check_page(browser, page)
    page.get_by_role("link", name="Go back to set-up").click()
    expect(page.get_by_text("1 of 7 seats are held, 1 vacant.")).to_be_visible()
    steps.sign_out(page)


@pytest.mark.timeout(600)
def test_the_first_chart_stands_there_as_soon_as_there_are_figures(
    site: Site, page: Page, browser: Browser, sample_files: SampleFiles
) -> None:
    name = "Brackenmoor Community Safety Partnership"
    site.command("partnership", name, "--kind", "unitary", "--district", "E06000900=Ashcombe")
    site.command(
        "person", "manager@brackenmoor.example", "--name", "Someone", "--post", "Manager", "--agency", "Council",
        "--role", "manager", "--partnership", name, typed=f"{PASSWORD}\n",
    )  # fmt: skip
    for kind in ("lookup", "population"):
        site.command("import", kind, *map(str, getattr(sample_files, kind)))
    steps.sign_in(page, site, "manager@brackenmoor.example")
    page.goto(f"{site.url}/set-up/")
    expect(page.get_by_text("Missing: crime files of data.police.uk.")).to_be_visible()
    page.get_by_role("link", name="Your first figures").click()
    page.get_by_label("Choose the files").set_input_files([str(path) for path in sample_files.street])
    page.get_by_role("button", name="Add files").click()
    steps.wait_for_the_worker(page, page.get_by_role("heading", level=1, name="The files were read"))
    steps.accept_files(page)
    page.goto(f"{site.url}/set-up/")
    expect(page.get_by_role("heading", name="Your area so far")).to_be_visible()
    expect(page.get_by_text("Everything recorded, month by month").first).to_be_visible()
    expect(page.get_by_text("14 wards: ")).to_be_visible()
    expect(page.get_by_text("120,000 residents in mid-2025.")).to_be_visible()
    steps.check_page(browser, page)
