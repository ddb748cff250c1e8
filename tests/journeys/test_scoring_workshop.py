"""The scoring session as a partnership holds it: scores apart, a room with a projector, a latecomer, a paper sheet."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.printing.pdf_checks import assert_accessible
from wardmote.sample.generator import SampleFiles

from . import steps
from .conftest import Site

pytestmark = pytest.mark.browser
PEOPLE = (
    ("analyst", "Council", "analyst"),
    ("manager", "Council", "manager"),
    ("police", "Brackenmoor Constabulary", "scorer"),
    ("fire", "Brackenmoor Fire Service", "scorer"),
    ("health", "Brackenmoor Health Board", "scorer"),
    ("probation", "Brackenmoor Probation", "scorer"),
)
# Five that the figures count, so that fifths can be told, and one that they cannot.
PROBLEMS = {"Burglary", "Drug offences", "Theft from shops", "Robbery", "Vehicle crime", "Domestic abuse"}
UNTOLD = [agency for _, agency, role in PEOPLE if role == "scorer"] + ["Someone"]


@pytest.mark.timeout(900)
def test_a_partnership_holds_its_scoring_session(
    site: Site, page: Page, browser: Browser, sample_files: SampleFiles, tmp_path: Path
) -> None:
    steps.set_up(site, sample_files, PEOPLE)
    overview = prepare(site, page, browser)
    score_apart(site, page, browser, overview, tmp_path)
    enter_a_paper_sheet(site, page, browser, overview, tmp_path)
    come_late(site, page, browser, overview)
    agree_in_the_room(site, page, browser, overview)
    open_the_ranking(site, page, browser, overview)
    print_the_record(page, browser, overview, tmp_path)


def prepare(site: Site, page: Page, browser: Browser) -> str:
    steps.change_to(page, site, "analyst")
    steps.start_assessment(page, site, keep=PROBLEMS)
    overview = page.url
    page.get_by_role("link", name="Choose the problems").click()
    steps.check_page(browser, page)
    page.goto(f"{overview}problems/robbery/name/")
    steps.check_page(browser, page)
    page.goto(overview)
    page.get_by_role("button", name="Open scoring").click()
    page.goto(f"{overview}room/")
    expect(page.get_by_role("heading", level=1)).to_have_text("The room view is closed")
    steps.check_page(browser, page)
    return overview


def score_apart(site: Site, page: Page, browser: Browser, overview: str, folder: Path) -> None:
    """The police answer everything, with a view of their own; the fire service half a sheet, and comes back to it."""
    steps.change_to(page, site, "police")
    page.get_by_role("link", name="Score").first.click()
    steps.check_page(browser, page)
    with page.expect_download() as brief:
        page.get_by_role("link", name="Print the problems in brief").click()
    brief.value.save_as(folder / "brief.pdf")
    assert_accessible(folder / "brief.pdf")
    page.get_by_role("link", name="Burglary").click()
    expect(page.get_by_text("The figures answer this with").first).to_be_visible()
    expect(page.get_by_text("Score it as if current work were not in place.").first).to_be_visible()
    steps.check_page(browser, page)
    # Another score than the figures give, without a reason: the page asks for it and keeps what was chosen.
    page.locator("input[name='trends-value'][value='5']").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Say why you set aside what the figures say of Trends").first).to_be_visible()
    steps.check_page(browser, page)
    page.get_by_role("link", name="Score the problems").click()
    steps.score_all(page, score=5)
    expect(page.get_by_text("All answered")).to_have_count(len(PROBLEMS))

    steps.change_to(page, site, "fire")
    page.goto(f"{overview}scoring/burglary/")
    page.locator("input[name='seriousness-value'][value='2']").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("3 of 8")).to_be_visible()
    page.get_by_role("link", name="Burglary").click()
    expect(page.locator("input[name='seriousness-value'][value='2']")).to_be_checked()
    steps.fill_sheet(page, score=2)
    page.locator("input[name='generator-value'][value='dont-know']").check()
    page.locator("input[name='pestelo-value'][value='not-ours']").check()
    page.get_by_role("button", name="Save and next problem").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Score domestic abuse")
    page.goto(f"{overview}ranking/")
    expect(page.get_by_role("heading", level=1)).to_have_text("The ranking is closed")


def enter_a_paper_sheet(site: Site, page: Page, browser: Browser, overview: str, folder: Path) -> None:
    """The analyst opens the discussion; probation has no device, and its sheet is entered for it."""
    steps.change_to(page, site, "analyst")
    page.goto(overview)
    page.get_by_role("button", name="Open the discussion").click()
    expect(page.get_by_text("1 of 4 agencies have scored every problem.")).to_be_visible()
    steps.check_page(browser, page)
    page.get_by_role("button", name="Freeze first scores and open the discussion").click()
    expect(page.get_by_role("button", name="Open the ranking")).to_have_count(0)
    page.get_by_role("link", name="Who takes part").click()
    with page.expect_download() as sheets:
        page.get_by_role("link", name="Print blank score sheets").click()
    sheets.value.save_as(folder / "sheets.pdf")
    assert_accessible(folder / "sheets.pdf")
    page.get_by_label("Brackenmoor Probation", exact=True).select_option(label="In the room, on paper")
    page.get_by_label("Which post came for Brackenmoor Probation?").fill("Head of unit")
    page.get_by_role("button", name="Keep who takes part").click()
    steps.check_page(browser, page)
    page.get_by_role("link", name="Enter scores for Brackenmoor Probation").click()
    page.get_by_role("link", name="Burglary").click()
    steps.check_page(browser, page)
    page.get_by_label("From a paper sheet").check()
    steps.fill_sheet(page, score=3)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("The scores of Brackenmoor Probation for Burglary are kept.")).to_be_visible()


def come_late(site: Site, page: Page, browser: Browser, overview: str) -> None:
    """Health joins late: the room is closed to them for a problem until they have given their own scores of it."""
    steps.change_to(page, site, "health")
    page.goto(f"{overview}room/")
    expect(page.get_by_role("link", name="Give your own scores")).to_have_count(len(PROBLEMS))
    steps.check_page(browser, page)
    page.goto(f"{overview}room/burglary/")
    expect(page.get_by_text("Give your own scores of this problem first.")).to_be_visible()
    steps.fill_sheet(page, score=4)
    page.get_by_role("button", name="Save", exact=True).click()
    page.goto(f"{overview}room/burglary/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Burglary")
    expect(page.get_by_text("4 people have scored.")).to_be_visible()
    # First scores do not change any more.
    page.goto(f"{overview}scoring/burglary/")
    page.locator("input[name='seriousness-value'][value='1']").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("first scores stay as they are").first).to_be_visible()


def agree_in_the_room(site: Site, page: Page, browser: Browser, overview: str) -> None:
    steps.change_to(page, site, "analyst")
    page.goto(overview)
    page.get_by_role("link", name="Room view").click()
    # The widest disagreement comes first.
    expect(page.locator("main tbody tr").first).to_contain_text("Burglary")
    expect(page.locator("main tbody tr").first).to_contain_text("3 apart")
    steps.check_page(browser, page)
    page.get_by_role("link", name="Burglary").click()
    steps.check_page(browser, page)
    assert [agency for agency in UNTOLD if agency in page.locator("main").inner_text()] == []
    steps.follow(page, page.get_by_role("link", name="Agree").or_(page.get_by_role("button", name="Agree")).first)
    steps.check_page(browser, page)
    for radio in page.locator("input[type=radio][value='4']").all():
        radio.check()
    page.get_by_label("Low", exact=True).check()
    page.get_by_label("Why, in a line?").fill("Sheds are not reported, so the fall is smaller than it looks.")
    page.get_by_role("button", name="Keep what was agreed").click()
    expect(page.get_by_text("1 of 6 problems are agreed.")).to_be_visible()
    page.goto(f"{overview}ranking/")
    expect(page.get_by_role("heading", level=1)).to_have_text("The ranking is closed")


def open_the_ranking(site: Site, page: Page, browser: Browser, overview: str) -> None:
    steps.change_to(page, site, "manager")
    page.goto(overview)
    page.get_by_role("button", name="Open the ranking").click()
    page.get_by_role("link", name="Ranking and decisions").click()
    expect(page.get_by_text("agreed by the panel, low confidence")).to_be_visible()
    expect(page.get_by_text("middle of the first scores").first).to_be_visible()
    steps.check_page(browser, page)


def print_the_record(page: Page, browser: Browser, overview: str, folder: Path) -> None:
    page.goto(overview)
    page.get_by_role("link", name="Record of the session").click()
    expect(page.get_by_text("Entered for it: from a paper sheet").first).to_be_visible()
    expect(page.get_by_text("Sheds are not reported").first).to_be_visible()
    expect(page.get_by_text("Someone")).to_have_count(0)
    steps.check_page(browser, page)
    with page.expect_download() as record:
        page.get_by_role("link", name="Print the record").click()
    record.value.save_as(folder / "record.pdf")
    assert_accessible(folder / "record.pdf")
