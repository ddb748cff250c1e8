"""What a person does on the site, in their own words; each step ends on the page it leads to."""

import re
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from .conftest import NARROW, PASSWORD, WIDE, Site


def sign_in(page: Page, site: Site, name: str) -> None:
    page.goto(f"{site.url}/sign-in/")
    page.get_by_label("Sign-in name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What needs you today")


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()


def add_files(page: Page, site: Site, *files: Path) -> None:
    page.goto(f"{site.url}/evidence/")
    page.get_by_role("button", name="Add files").or_(page.get_by_role("link", name="Add files")).first.click()
    page.get_by_label("Choose the files").set_input_files([str(file) for file in files])
    page.get_by_role("button", name="Add files").click()
    wait_for_the_worker(page, page.get_by_role("heading", level=1, name="The files were read"))


def wait_for_the_worker(page: Page, done: Locator) -> None:
    """Look again until the work is done, as someone without JavaScript does; with it the page reloads by itself."""
    for _ in range(240):
        if done.count():
            return
        page.wait_for_timeout(500)
        if page.get_by_role("link", name="Check again").count():
            page.goto(page.url)
    raise AssertionError(f"The work of {page.url} did not end.")


def start_assessment(page: Page, site: Site, *, keep: set[str]) -> None:
    page.goto(f"{site.url}/assessments/new/")
    for box in page.get_by_role("checkbox").all():
        label = page.locator(f"label[for='{box.get_attribute('id')}']").inner_text().strip()
        box.set_checked(label in keep)
    page.get_by_role("button", name="Start and analyse the evidence").click()
    wait_for_the_worker(page, page.get_by_role("button", name="Open scoring"))
    expect(page.get_by_text("compared with the")).to_be_visible()


def score_all(page: Page, *, score: int) -> None:
    """Score every problem on the scoring page, each criterion the same."""
    count = page.locator("main tbody th a").count()
    for place in range(count):
        page.locator("main tbody th a").nth(place).click()
        for radio in page.locator(f"input[type=radio][value='{score}']").all():
            radio.check()
        page.get_by_role("button", name="Keep my scores").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Score the problems")


def decide(page: Page, title: str, outcome: str, reason: str) -> None:
    page.get_by_role("link", name=re.compile(f"about {title}$")).click()
    page.get_by_label(outcome, exact=True).check()
    page.get_by_label("Why?").fill(reason)
    page.get_by_label("Who decided it?").fill("Community Safety Board")
    for part, value in (("Day", "1"), ("Month", "9"), ("Year", "2026")):
        page.get_by_label(part, exact=True).fill(value)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ranking and decisions")


def check_page(browser: Browser, page: Page) -> None:
    """Look at the page as it is, wide and narrow: axe finds nothing, nothing scrolls sideways, the style is there."""
    context = browser.new_context(bypass_csp=True, storage_state=page.context.storage_state(), viewport=WIDE)
    copy = context.new_page()
    try:
        for size in (WIDE, NARROW):
            copy.set_viewport_size(size)
            copy.goto(page.url)
            wider = copy.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wider <= 0, f"{page.url} scrolls sideways by {wider} px at {size['width']} px"
            assert copy.evaluate("getComputedStyle(document.body).margin") == "0px"
            found = Axe().run(copy).response["violations"]
            assert not found, [(one["id"], one["nodes"][0]["html"][:200]) for one in found]
    finally:
        context.close()
