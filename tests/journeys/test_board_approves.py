"""What residents said, the balance, a board that approves with changes, and the document that says so."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.printing.pdf_checks import assert_accessible
from tests.printing.pdf_text import text_of
from wardmote.sample.accounts import DEMO_PASSWORD, MANAGER

from . import steps
from .conftest import Site

pytestmark = pytest.mark.browser
BUILD = "from wardmote.cli.commands.demo import prepare; prepare()"
ANSWERS = "Respondent,Burglary,Robbery,Bicycle theft\n" + "".join(f"{n},2,1,3\n" for n in range(1, 41))
CHANGES = "Name the two town centres. Checked by the manager."


@pytest.mark.timeout(600)
def test_a_board_weighs_what_residents_said_and_approves_with_changes(
    site: Site, page: Page, browser: Browser, tmp_path: Path
) -> None:
    subprocess.run([sys.executable, "-c", BUILD], env=site.environment, check=True, capture_output=True)
    sign_in(site, page)
    record_a_consultation(site, page, browser)
    import_answers(page, browser, tmp_path)
    overview = weigh(site, page, browser, tmp_path)
    approve_with_changes(page, browser, overview)
    with a_worker(site):
        publish(page, overview, tmp_path)


@contextmanager
def a_worker(site: Site) -> Iterator[None]:
    """The site's own worker may have given up while the sample held the one lock of an SQLite file."""
    command = [sys.executable, "-m", "wardmote.cli.serve_worker"]
    with subprocess.Popen(command, env=site.environment, stdin=subprocess.PIPE) as worker:
        try:
            yield
        finally:
            worker.terminate()


def sign_in(site: Site, page: Page) -> None:
    page.goto(f"{site.url}/sign-in/")
    page.get_by_label("Sign-in name").fill(MANAGER.email)
    page.get_by_label("Password").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What needs you today")


def record_a_consultation(site: Site, page: Page, browser: Browser) -> None:
    page.goto(f"{site.url}/consultations/")
    steps.check_page(browser, page)
    steps.follow(page, page.get_by_role("button", name="Record a consultation"))
    steps.follow(page, page.get_by_role("button", name="Save"))
    expect(page.get_by_role("link", name="Say who was asked")).to_be_visible()
    steps.check_page(browser, page)
    page.get_by_label("What do you call it?").fill("Market day survey")
    page.get_by_label("Who was asked?").fill("Visitors of the market")
    page.get_by_label("Face to face").check()
    page.get_by_label("Anybody could answer").check()
    for place, value in enumerate(("12", "9", "2026", "12", "9", "2026")):
        page.get_by_label(("Day", "Month", "Year")[place % 3], exact=True).nth(place // 3).fill(value)
    page.get_by_label("How many people answered?").fill("40")
    page.get_by_label("How were they reached?").fill("A stall from nine to four.")
    page.get_by_label("Who ran it?").fill("Engagement officer, council")
    steps.follow(page, page.get_by_role("button", name="Save"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Market day survey")


def import_answers(page: Page, browser: Browser, folder: Path) -> None:
    """A bad file is refused with its row and column; the good one is counted, and its items named."""
    steps.follow(page, page.get_by_role("button", name="Add a question"))
    (folder / "bad.csv").write_text(ANSWERS.replace("\n7,2,", "\n7,first,"))
    ask(page, folder / "bad.csv")
    expect(page.get_by_text("Row 8, column “Burglary”: “first” is no place").first).to_be_visible()
    steps.check_page(browser, page)
    (folder / "good.csv").write_text(ANSWERS)
    ask(page, folder / "good.csv")
    expect(page.get_by_role("heading", level=1)).to_have_text("Which of our problems is it?")
    steps.check_page(browser, page)
    page.get_by_label("Bicycle theft").select_option(label="Bicycle theft")
    steps.follow(page, page.get_by_role("button", name="Save"))
    expect(page.get_by_text("40 answered, by average place")).to_be_visible()
    steps.check_page(browser, page)


def ask(page: Page, file: Path) -> None:
    page.get_by_label("What was the question").fill("What worries you most?")
    page.get_by_label("Put the items in order").check()
    page.get_by_label("A file of answers").set_input_files(str(file))
    steps.follow(page, page.get_by_role("button", name="Save"))


def weigh(site: Site, page: Page, browser: Browser, folder: Path) -> str:
    """Choose the consultations, propose, and read the two pages; returns the address of the assessment."""
    page.goto(f"{site.url}/assessments/")
    steps.follow(page, page.get_by_role("link", name="Strategic assessment 2026"))
    overview = page.url
    steps.follow(page, page.get_by_role("link", name="The balance"))
    expect(page.get_by_text("No longer a priority: Burglary.")).to_be_visible()
    steps.check_page(browser, page)
    steps.follow(page, page.get_by_role("link", name="Choose the consultations"))
    page.get_by_label("Market day survey").check()
    steps.check_page(browser, page)
    steps.follow(page, page.get_by_role("button", name="Save"))
    expect(page.get_by_text("1 of 3 (40 answered), Market day survey")).to_be_visible()
    steps.follow(page, page.get_by_role("link", name="Propose what becomes of Robbery"))
    page.get_by_label("Monitoring").check()
    page.get_by_label("Why?").fill("Few cases, and visitors alone put it first.")
    steps.follow(page, page.get_by_role("button", name="Save"))
    expect(page.get_by_text("No priority, though residents put it in place 1.")).to_be_visible()
    with page.expect_download() as paper:
        page.get_by_role("button", name="Two pages for the board").or_(
            page.get_by_role("link", name="Two pages for the board")
        ).click()
    paper.value.save_as(folder / "paper.pdf")
    assert_accessible(folder / "paper.pdf")
    assert len(text_of((folder / "paper.pdf").read_bytes())) == 2
    return overview


def approve_with_changes(page: Page, browser: Browser, overview: str) -> None:
    page.goto(f"{overview}approvals/new/")
    page.get_by_label("Which body?").fill("Overview and scrutiny committee")
    for part, value in (("Day", "5"), ("Month", "11"), ("Year", "2026")):
        page.get_by_label(part, exact=True).fill(value)
    page.get_by_label("Approved with changes", exact=True).check()
    page.get_by_label("What is to be changed, and who checks it?").fill(CHANGES)
    steps.follow(page, page.get_by_role("button", name="Record it"))
    steps.check_page(browser, page)
    steps.follow(page, page.get_by_role("link", name="Say who checked the changes"))
    page.get_by_label("Which post checked that they stand in the text?").fill("Chair, scrutiny committee")
    steps.check_page(browser, page)
    steps.follow(page, page.get_by_role("button", name="The changes were made"))
    expect(page.get_by_text("Cabinet, planned for 12 January 2027")).to_be_visible()
    steps.check_page(browser, page)


def publish(page: Page, overview: str, folder: Path) -> None:
    page.goto(overview)
    steps.follow(page, page.get_by_role("button", name="Publish"))
    steps.follow(page, page.get_by_role("button", name="Publish"))
    steps.wait_for_the_worker(page, page.get_by_role("heading", level=1, name="Published", exact=True))
    page.goto(overview)
    steps.follow(page, page.get_by_role("link", name="Version 2"))
    expect(page.get_by_text("Market day survey").first).to_be_visible()
    with page.expect_download() as document:
        page.get_by_role("link", name="PDF").click()
    document.value.save_as(folder / "assessment.pdf")
    assert_accessible(folder / "assessment.pdf")
    cover, *rest = text_of((folder / "assessment.pdf").read_bytes())
    said = " ".join(cover.split())
    assert "Approved with changes by Overview and scrutiny committee on 5 November 2026." in said
    assert "Name the two town centres." in said
    assert "Draft" not in said
    assert any("Market day survey" in page_ for page_ in rest)
