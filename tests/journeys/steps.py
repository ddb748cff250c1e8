"""What a person does on the site, in their own words; each step ends on the page it leads to."""

import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.urls import resolve
from playwright.sync_api import Browser, Locator, Page, expect
from playwright.sync_api import Error as BrowserError

from wardmote.sample.generator import SampleFiles

from .conftest import NARROW, PASSWORD, WIDE, WITHOUT_SCRIPT, Site

PARTNERSHIP = "Brackenmoor Community Safety Partnership"


def set_up(site: Site, files: SampleFiles, people: Iterable[tuple[str, str, str]]) -> None:
    """Set up a partnership with its people, each (name, agency, role), and take in every file of the sample."""
    site.command("partnership", PARTNERSHIP, "--kind", "unitary", "--district", "E06000900=Ashcombe")
    for name, agency, role in people:
        site.command(
            "person", f"{name}@brackenmoor.example", "--name", "Someone", "--post", name.title(), "--agency", agency,
            "--role", role, "--partnership", PARTNERSHIP, typed=f"{PASSWORD}\n",
        )  # fmt: skip
    for paths in (files.street, files.lookup, files.population, files.boundaries):
        site.command("import", "auto", *map(str, paths))


def sign_in(page: Page, site: Site, name: str) -> None:
    page.goto(f"{site.url}/sign-in/")
    page.get_by_label("Sign-in name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What needs you today")


def change_to(page: Page, site: Site, name: str) -> None:
    """Sign out whoever is signed in, and sign in one of the people of `set_up`."""
    page.goto(site.url)
    if page.get_by_role("button", name="Sign out").count():
        sign_out(page)
    sign_in(page, site, f"{name}@brackenmoor.example")


def follow(page: Page, link: Locator) -> None:
    """Press a link or button and wait for the page it leads to, so that what is counted next is counted there."""
    with page.expect_navigation():
        link.click()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()


def add_files(page: Page, site: Site, *files: Path) -> None:
    page.goto(f"{site.url}/evidence/")
    page.get_by_role("button", name="Add files").or_(page.get_by_role("link", name="Add files")).first.click()
    page.get_by_label("Choose the files").set_input_files([str(file) for file in files])
    page.get_by_role("button", name="Add files").click()
    wait_for_the_worker(page, page.get_by_role("heading", level=1, name="The files were read"))


def accept_files(page: Page) -> None:
    """Accept what the page of an import shows: what needs no look at once, the rest one by one."""
    address = page.url
    follow(page, page.get_by_role("button", name="Accept what needs no look"))
    while page.get_by_role("link", name="check before you accept").count():
        follow(page, page.get_by_role("link", name="check before you accept").first)
        accept(page)
        page.goto(address)


def accept(page: Page) -> None:
    """Accept a release from the page of its check."""
    page.get_by_role("button", name="Accept", exact=True).click()
    page.get_by_label("Provisional").check()
    page.get_by_role("button", name="Accept", exact=True).click()
    expect(page.get_by_text("Accepted: ")).to_be_visible()


def wait_for_the_worker(page: Page, done: Locator) -> None:
    """Look again until the work is done, as someone without JavaScript does; with it the page reloads by itself."""
    for _ in range(240):
        if done.count():
            return
        page.wait_for_timeout(500)
        if page.get_by_role("link", name="Check again").count():
            look_again(page)
    raise AssertionError(f"The work of {page.url} did not end.")


def look_again(page: Page) -> None:
    """Open the page once more; where it reloads by itself in that moment, the browser drops one of the two."""
    try:
        page.goto(page.url)
    except BrowserError as dropped:
        if "net::ERR_ABORTED" not in dropped.message:
            raise


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
    expect(page.get_by_role("heading", level=1)).to_have_text("Score the problems")
    page.wait_for_load_state()
    count = page.locator("main tbody th a").count()
    for place in range(count):
        follow(page, page.locator("main tbody th a").nth(place))
        fill_sheet(page, score=score)
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Score the problems")


def fill_sheet(page: Page, *, score: int) -> None:
    """Answer every criterion of the sheet the same, and say why where that is not what the figures say."""
    for radio in page.locator(f"input[type=radio][value='{score}']").all():
        radio.check()
    for reason in page.get_by_label("If you choose another score, why?").all():
        reason.fill("Our own records show it otherwise.")


def decide(page: Page, title: str, outcome: str, reason: str) -> None:
    page.get_by_role("link", name=re.compile(f"about {title}$")).click()
    page.get_by_label(outcome, exact=True).check()
    page.get_by_label("Why?").fill(reason)
    page.get_by_label("Who decided it?").fill("Community Safety Board")
    for part, value in (("Day", "1"), ("Month", "9"), ("Year", "2026")):
        page.get_by_label(part, exact=True).fill(value)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ranking and decisions")


def write_outline(page: Page, overview: str) -> None:
    """Write one empty part, declare every other a gap, and record that the board approved."""
    page.goto(f"{overview}outline/")
    empty = page.locator(".govuk-summary-card").filter(has=page.get_by_text("Empty", exact=True))
    left = empty.count()
    assert left, "no part of the outline is empty"
    empty.first.get_by_role("link", name="Write").click()
    page.get_by_label("What should it say?").fill("Sheds were locked.\n\nThe rest may be chance.")
    page.get_by_role("button", name="Save").click()
    for still_empty in reversed(range(left)):
        # A count taken while the page is on its way would be none: the page itself says how many are left.
        expect(page.get_by_role("heading", level=1)).to_have_text("What it has to contain")
        expect(empty).to_have_count(still_empty)
        if still_empty:
            declare_a_gap(page, empty.first)


def declare_a_gap(page: Page, card: Locator) -> None:
    card.get_by_role("link", name="Declare a gap").click()
    page.get_by_label("Why is it missing?").fill("Not gathered in time.")
    page.get_by_label("Which post fills it?").fill("Analyst, council")
    for part, value in (("Day", "31"), ("Month", "3"), ("Year", "2027")):
        page.get_by_label(part, exact=True).fill(value)
    page.get_by_role("button", name="Declare the gap").click()


def record_approval(page: Page, overview: str) -> None:
    """Record that the board approved the assessment as it stands."""
    page.goto(f"{overview}approvals/new/")
    page.get_by_label("Which body?").fill("Community Safety Board")
    for part, value in (("Day", "20"), ("Month", "10"), ("Year", "2026")):
        page.get_by_label(part, exact=True).fill(value)
    page.get_by_label("Approved", exact=True).check()
    page.get_by_label("Who was present?").fill("Chief officer (chair)\nSuperintendent, police")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_role("heading", name="Community Safety Board, 20 October 2026")).to_be_visible()


# The routes whose pages axe has looked at narrow: the same template is laid out in the same way on the next journey.
SEEN_NARROW: set[str] = set()


def check_page(browser: Browser, page: Page) -> None:
    """Look at the page as it is, wide and narrow: axe finds nothing, nothing scrolls sideways, the style is there.

    Done once, by the visitor with script: one without is sent the same page. Narrow, axe looks once at each route.
    """
    if page in WITHOUT_SCRIPT:
        return
    route = resolve(urlsplit(page.url).path).route
    context = browser.new_context(bypass_csp=True, storage_state=page.context.storage_state(), viewport=WIDE)
    copy = context.new_page()
    try:
        copy.goto(page.url)
        for size in (WIDE, NARROW):
            copy.set_viewport_size(size)
            wider = copy.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wider <= 0, f"{page.url} scrolls sideways by {wider} px at {size['width']} px"
            assert copy.evaluate("getComputedStyle(document.body).margin") == "0px"
            if size == WIDE or route not in SEEN_NARROW:
                found = Axe().run(copy).response["violations"]
                assert not found, [(one["id"], one["nodes"][0]["html"][:200]) for one in found]
        SEEN_NARROW.add(route)
    finally:
        context.close()
