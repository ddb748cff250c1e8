"""What an assessment rests on beside figures, what came before it, and what is e-mailed, as a manager meets it."""

import pytest
from playwright.sync_api import Browser, Page, expect

from . import steps
from .conftest import PASSWORD, Site

pytestmark = pytest.mark.browser


def fill_day(page: Page, label: str, day: int, month: int, year: int) -> None:
    """Fill the three boxes of a day."""
    boxes = page.get_by_role("group", name=label)
    for box, value in (("Day", day), ("Month", month), ("Year", year)):
        boxes.get_by_label(box).fill(str(value))


@pytest.mark.timeout(600)
def test_a_manager_puts_down_inputs_and_history_and_looks_at_the_outbox(
    site: Site, page: Page, browser: Browser
) -> None:
    name = "Brackenmoor Community Safety Partnership"
    site.command("partnership", name, "--kind", "unitary", "--district", "E06000900=Ashcombe")
    site.command(
        "person", "manager@brackenmoor.example", "--name", "Someone", "--post", "Manager", "--agency", "Council",
        "--role", "manager", "--partnership", name, typed=f"{PASSWORD}\n",
    )  # fmt: skip
    steps.sign_in(page, site, "manager@brackenmoor.example")
    page.goto(f"{site.url}/assessments/register/new/")
    page.get_by_label("What is it called?").fill("Strategic assessment 2024")
    page.get_by_label("Yearly assessment").check()
    fill_day(page, "From which day does it cover?", 1, 10, 2023)
    fill_day(page, "Up to which day?", 30, 9, 2024)
    fill_day(page, "When was it approved?", 14, 11, 2024)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Enter the body that approved it").first).to_be_visible()
    steps.check_page(browser, page)
    page.get_by_label("Which body approved it?").fill("Community Safety Board")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The next was due by 14 November 2025.")).to_be_visible()
    steps.check_page(browser, page)

    page.goto(f"{site.url}/assessments/new/")
    page.get_by_label("What is it called?").fill("Strategic assessment 2026")
    fill_day(page, "As at which date?", 31, 10, 2026)
    page.get_by_label("Burglary", exact=True).check()
    steps.follow(page, page.get_by_role("button", name="Start and analyse the evidence"))
    page.goto(f"{page.url}inputs/")
    page.get_by_role("button", name="Add a needs assessment").click()
    page.get_by_label("What is it called?").fill("Joint strategic needs assessment")
    page.get_by_label("Whose is it?").fill("Health and wellbeing board")
    fill_day(page, "Of which day is it?", 20, 6, 2023)
    page.get_by_label("Which of its findings do you use?").fill("One child in six lives with abuse.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("More than 3 years.")).to_be_visible()
    page.get_by_role("button", name="Add a need", exact=True).click()
    page.get_by_label("Which need?").fill("Help for shop workers")
    page.get_by_label("What is missing, and how large is the gap?").fill("Nobody offers it.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("No service", exact=True)).to_be_visible()
    steps.check_page(browser, page)

    page.goto(f"{site.url}/outbox/")
    expect(page.get_by_text("Nothing is sent from this site")).to_be_visible()
    steps.check_page(browser, page)
    page.goto(f"{site.url}/waiting/")
    page.get_by_role("link", name="Change how often").click()
    page.get_by_label("Never").check()
    steps.check_page(browser, page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("You are told by e-mail: never.")).to_be_visible()
    expect(page.get_by_role("link", name="The next assessment is due")).to_be_visible()
    steps.check_page(browser, page)
