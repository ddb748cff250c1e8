"""Writing a problem's profile: the analyst writes, a partner signs, the reader reads, and new data flag a sentence."""

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from wardmote.sample.generator import SampleFiles

from . import steps
from .conftest import Site

pytestmark = pytest.mark.browser
PEOPLE = (("analyst", "Council", "analyst"), ("police", "Constabulary", "scorer"), ("fire", "Fire Service", "scorer"))


@pytest.mark.timeout(900)
def test_a_profile_is_written_signed_read_and_flagged(
    site: Site, page: Page, browser: Browser, sample_files: SampleFiles, tmp_path: Path
) -> None:
    steps.set_up(site, sample_files, PEOPLE)
    steps.change_to(page, site, "analyst")
    steps.start_assessment(page, site, keep={"Burglary", "Theft from shops"})
    overview = page.url
    count = page.get_by_role("row").filter(has_text="Burglary").locator("a.wm-number").inner_text()
    profile = write_the_finding(page, browser, count)
    fill_the_profile(page, browser, profile)
    ask_and_answer(site, page, browser, profile)
    read_it(page, browser, profile, count)
    site.command("import", "police-uk", str(fewer_burglaries(sample_files.street[-1], tmp_path)))
    new_data_flag_the_sentence(page, browser, overview, count)


def write_the_finding(page: Page, browser: Browser, count: str) -> str:
    """Two sentences, not three; a number that is a figure is kept with it, another is pointed out."""
    page.get_by_role("link", name="Problem profiles").click()
    steps.check_page(browser, page)
    page.get_by_role("link", name="Burglary", exact=True).click()
    expect(page.get_by_text(re.compile(r"Not\sstarted"))).to_be_visible()
    profile = page.url
    page.get_by_role("link", name="Write key finding").click()
    page.get_by_label("What is the key finding?").fill("One. Two. Three.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Say the key finding in two sentences at most.")).to_be_visible()
    steps.check_page(browser, page)
    page.get_by_label("What is the key finding?").fill(f"There were {count} burglaries. About 47 were of sheds.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved. Not traced to a figure: 47.")).to_be_visible()
    page.get_by_role("link", name="Edit when").click()
    expect(page.get_by_text("The analysis proposes:")).to_be_visible()
    steps.check_page(browser, page)
    page.get_by_label("Your sentence").fill("Most come after the clocks go back.")
    page.get_by_role("button", name="Save").click()
    return profile


def fill_the_profile(page: Page, browser: Browser, profile: str) -> None:
    """Two sides of three, what could be done, a reason that nobody tested, a link, a voice, and what is not known."""
    for side, text in (("victim", "Owners of sheds."), ("place", "Back alleys.")):
        page.get_by_role("link", name=f"Write the {side} side").click()
        page.get_by_label("What is known?").fill(text)
        page.get_by_label("How do you know?").fill("40 crime reports")
        page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Add what could be done about the place side").click()
    expect(page.get_by_label("Place", exact=True)).to_be_checked()
    page.get_by_label("What could be done?").fill("Gate the alleys")
    page.get_by_label("Who could do it?").fill("Housing manager, council")
    steps.check_page(browser, page)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Add a likely reason").click()
    page.get_by_label("What is the likely reason?").fill("Fewer sheds are left open.")
    page.get_by_label("High", exact=True).check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Say what the evidence is")).to_be_visible()
    page.get_by_label("Medium", exact=True).check()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Add a link to another problem").click()
    page.get_by_label("Happens in the same places as …").check()
    page.get_by_label("Which other problem?").select_option(label="Theft from shops")
    page.get_by_label("What is the evidence?").fill("Both near the station.")
    steps.check_page(browser, page)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Add what we were told").click()
    page.get_by_label("People who live here").check()
    page.get_by_label("What was it about?").fill("sheds")
    for part, value in (("Day", "30"), ("Month", "6"), ("Year", "2026")):
        page.get_by_label(part, exact=True).fill(value)
    page.get_by_label("What did they tell us?").fill("They lock them now.")
    steps.check_page(browser, page)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Add what we do not know").click()
    page.get_by_label("What do we not know?").fill("How many victims are students.")
    page.get_by_role("button", name="Save").click()
    expect(page).to_have_url(profile)
    expect(page.get_by_text("Missing: the offender side.")).to_be_visible()
    steps.check_page(browser, page)


def ask_and_answer(site: Site, page: Page, browser: Browser, profile: str) -> None:
    """The police are asked, sign, are asked again, and sign a second version; the fire service sees none of it."""
    page.get_by_role("link", name="Ask a partner for a paragraph").click()
    page.get_by_label("Which agency do you ask?").select_option(label="Constabulary")
    page.get_by_label("What do you want to know?").fill("What do patrols see?")
    fill_due(page)
    steps.check_page(browser, page)
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_text(re.compile(r"Not\sanswered"))).to_be_visible()

    steps.change_to(page, site, "police")
    expect(page.get_by_text("Your agency is asked about Burglary")).to_be_visible()
    steps.check_page(browser, page)
    page.get_by_role("link", name="Write your paragraph").click()
    steps.check_page(browser, page)
    question = page.url
    sign(page, "Patrols see open sheds.")

    steps.change_to(page, site, "analyst")
    page.get_by_role("link", name="Read").click()
    steps.check_page(browser, page)
    page.get_by_role("link", name="Ask again, and say why").click()
    page.get_by_label("What is missing?").fill("How many?")
    fill_due(page)
    steps.check_page(browser, page)
    page.get_by_role("button", name="Ask again").click()
    expect(page.get_by_text("How many?")).to_be_visible()

    steps.change_to(page, site, "police")
    page.goto(question)
    sign(page, "Patrols see forty open sheds.")
    steps.change_to(page, site, "fire")
    assert page.goto(question).status == 404  # type: ignore[union-attr]
    page.goto(profile)
    expect(page.get_by_text("forty open sheds")).to_have_count(0)

    steps.change_to(page, site, "analyst")
    page.get_by_role("link", name="Read").click()
    page.get_by_role("button", name="Accept into the profile").click()
    expect(page.get_by_text("Signed: Police, Constabulary")).to_be_visible()
    steps.check_page(browser, page)


def fill_due(page: Page) -> None:
    for part, value in (("Day", "31"), ("Month", "12"), ("Year", "2099")):
        page.get_by_label(part, exact=True).fill(value)


def sign(page: Page, text: str) -> None:
    page.get_by_label("Your agency's paragraph").fill(text)
    page.get_by_role("button", name="Sign and send").click()
    expect(page.get_by_text("Signed and sent.")).to_be_visible()


def read_it(page: Page, browser: Browser, profile: str, count: str) -> None:
    """As the reader sees it: the finding with its number, the gap, the reason that nobody tested, the signature."""
    page.goto(profile)
    page.get_by_role("link", name="As the reader sees it").click()
    expect(page.get_by_text("Key finding.")).to_be_visible()
    expect(page.get_by_role("link", name=count, exact=True).first).to_be_visible()
    expect(page.get_by_text("Gap:")).to_have_count(1)
    expect(page.get_by_text("Suspected, not tested")).to_be_visible()
    expect(page.get_by_text("Signed: Police, Constabulary")).to_be_visible()
    steps.check_page(browser, page)


def fewer_burglaries(path: Path, folder: Path) -> Path:
    """Write a month again as its publisher corrects it: every other burglary turned out to be something else."""
    corrected = folder / path.name
    with path.open(newline="") as read, corrected.open("w", newline="") as written:
        rows = csv.DictReader(read)
        writer = csv.DictWriter(written, rows.fieldnames or ())
        writer.writeheader()
        burglaries = 0
        for row in rows:
            burglaries += row["Crime type"] == "Burglary"
            is_other = row["Crime type"] == "Burglary" and burglaries % 2
            writer.writerow({**row, "Crime type": "Other theft"} if is_other else row)
    return corrected


def new_data_flag_the_sentence(page: Page, browser: Browser, overview: str, count: str) -> None:
    """The corrected month is analysed: the sentence stays as it was written, and says that it no longer fits."""
    page.goto(overview)
    page.get_by_role("button", name="Analyse the evidence again").click()
    steps.wait_for_the_worker(page, page.get_by_role("button", name="Open scoring"))
    page.goto(overview)
    expect(page.get_by_text("1 number no longer matches")).to_be_visible()
    steps.check_page(browser, page)
    page.get_by_role("link", name="What it has to contain").click()
    expect(page.get_by_text(f"The sentence says {count} (incidents in the year to August 2026)")).to_be_visible()
    steps.check_page(browser, page)
    page.get_by_role("link", name="Problem profiles", exact=True).or_(
        page.get_by_role("link", name="All problem profiles")
    ).first.click()
    page.get_by_role("link", name="Burglary", exact=True).click()
    expect(page.get_by_text(f"There were {count} burglaries. About 47 were of sheds.")).to_be_visible()
    expect(page.get_by_text("No longer matches")).to_be_visible()
    steps.check_page(browser, page)
