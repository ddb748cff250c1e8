"""From an empty site to a published assessment, as a community safety analyst and a colleague walk it."""

import csv
import io
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.printing.pdf_checks import assert_accessible
from wardmote.sample.generator import SampleFiles

from . import steps
from .conftest import PASSWORD, Site

pytestmark = pytest.mark.browser
PROBLEMS = {"Burglary", "Shoplifting", "Theft from shops", "Drug offences"}


def set_up_people(site: Site) -> None:
    site.command(
        "partnership",
        "Brackenmoor Community Safety Partnership",
        "--kind",
        "unitary",
        "--district",
        "E06000900=Ashcombe",
    )
    for name, role in (("analyst", "analyst"), ("scorer", "scorer")):
        site.command(
            "person", f"{name}@brackenmoor.example", "--name", "Someone", "--post", name.title(), "--agency", "Council",
            "--role", role, "--partnership", "Brackenmoor Community Safety Partnership", typed=f"{PASSWORD}\n",
        )  # fmt: skip


def zip_of(files: SampleFiles, folder: Path) -> Path:
    return Path(shutil.make_archive(str(folder / "street"), "zip", files.street[0].parent.parent))


@pytest.mark.timeout(600)
def test_an_analyst_gets_from_an_empty_site_to_a_published_assessment(
    site: Site, page: Page, browser: Browser, sample_files: SampleFiles, tmp_path: Path
) -> None:
    set_up_people(site)
    bring_in_evidence(site, page, browser, sample_files)
    overview = look_at_the_problems(site, page, browser)
    score_with_a_colleague(site, page, browser, overview)
    decide_and_publish(site, page, browser, overview)
    look_at_what_was_published(site, page, browser, tmp_path)


def bring_in_evidence(site: Site, page: Page, browser: Browser, sample_files: SampleFiles) -> None:
    steps.sign_in(page, site, "analyst@brackenmoor.example")
    steps.check_page(browser, page)
    expect(page.get_by_text("No crime data are held yet.")).to_be_visible()

    for files in (sample_files.street, sample_files.lookup, sample_files.population, sample_files.boundaries):
        steps.add_files(page, site, *files)
        steps.accept_files(page)
    steps.check_page(browser, page)
    page.goto(f"{site.url}/evidence/")
    steps.check_page(browser, page)
    page.locator("main tbody th a").first.click()
    expect(page.get_by_text("How good it is")).to_be_visible()
    steps.check_page(browser, page)


def look_at_the_problems(site: Site, page: Page, browser: Browser) -> str:
    """Start an assessment, read a problem and write its note; returns the address of the assessment."""
    steps.start_assessment(page, site, keep=PROBLEMS)
    steps.check_page(browser, page)
    overview = page.url
    page.get_by_role("link", name="Burglary").click()
    expect(page.get_by_text("clear fall").first).to_be_visible()
    steps.check_page(browser, page)
    page.get_by_role("link", name="Write a note").click()
    page.get_by_label("What should the reader know?").fill("Sheds and garages are most of it.")
    page.get_by_role("button", name="Save").click()
    return overview


def score_with_a_colleague(site: Site, page: Page, browser: Browser, overview: str) -> None:
    page.goto(overview)
    page.get_by_role("button", name="Open scoring").click()
    page.get_by_role("link", name="Score the problems").click()
    steps.check_page(browser, page)
    steps.score_all(page, score=3)
    page.goto(f"{overview}ranking/")
    expect(page.get_by_role("heading", level=1)).to_have_text("The ranking is closed")

    steps.sign_out(page)
    steps.sign_in(page, site, "scorer@brackenmoor.example")
    page.get_by_role("link", name="Score").first.click()
    page.locator("main tbody th a").first.click()
    steps.check_page(browser, page)
    page.get_by_role("link", name="Score the problems").click()
    steps.score_all(page, score=5)
    assert page.goto(f"{overview}problems/burglary/decision/").status == 403  # type: ignore[union-attr]
    page.goto(site.url)
    steps.sign_out(page)


def decide_and_publish(site: Site, page: Page, browser: Browser, overview: str) -> None:
    steps.sign_in(page, site, "analyst@brackenmoor.example")
    page.goto(overview)
    page.get_by_role("button", name="Close scoring and rank").click()
    page.get_by_role("link", name="Ranking and decisions").click()
    steps.check_page(browser, page)
    steps.decide(page, "Burglary", "Monitoring", "It is falling and the police have a plan.")
    page.goto(overview)
    page.get_by_role("link", name="Read the draft").click()
    expect(page.get_by_text("Sheds and garages are most of it.")).to_be_visible()
    steps.check_page(browser, page)
    page.goto(overview)
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("No body has approved it yet")).to_be_visible()
    expect(page.get_by_role("button", name="Publish")).to_have_count(0)
    steps.write_outline(page, overview)
    steps.check_page(browser, page)
    steps.record_approval(page, overview)
    steps.check_page(browser, page)
    page.goto(overview)
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Before you publish")
    expect(page.get_by_text("The text is the approved one, to the comma.")).to_be_visible()
    steps.check_page(browser, page)
    page.get_by_role("button", name="Publish").click()
    steps.wait_for_the_worker(page, page.get_by_role("heading", level=1, name="Published", exact=True))
    steps.sign_out(page)


def look_at_what_was_published(site: Site, page: Page, browser: Browser, folder: Path) -> None:
    """A resident, without an account: the page, a number's source, the rows behind it, the PDF."""
    page.goto(f"{site.url}/")
    page.get_by_role("link", name="Brackenmoor Community Safety Partnership: ").click()
    steps.check_page(browser, page)
    expect(page.get_by_text("Someone")).to_have_count(0)
    with page.expect_download() as pdf:
        page.get_by_role("link", name="PDF").click()
    pdf.value.save_as(folder / "assessment.pdf")
    assert_accessible(folder / "assessment.pdf")
    number = page.locator("a[href*='/figures/burglary.count/']").first
    shown = int(number.inner_text().replace(",", ""))
    number.click()
    steps.check_page(browser, page)
    expect(page.get_by_text("police-uk-street-ashcombe").first).to_be_visible()
    with page.expect_download() as rows:
        page.get_by_role("link", name="Download the rows behind it").click()
    rows.value.save_as(folder / "rows.csv")
    listed = list(csv.DictReader(io.StringIO((folder / "rows.csv").read_text())))
    assert len(listed) == shown
    assert {row["category"] for row in listed} == {"Burglary"}
