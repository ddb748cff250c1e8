"""The public page of a number: how it moved with its interval, its months, and where a rate misleads."""

import re
from typing import Any

import pytest
from django.test import Client

from tests.strategy.conftest import Held
from wardmote.strategy.assessment.reports.places import visited_areas
from wardmote.strategy.publishing.models import PublishedVersion
from wardmote.strategy.publishing.queries import analysis_of_version
from wardmote.strategy.publishing.queries.disclosure import public_analysis
from wardmote.strategy.publishing.reports.figures import figure_blocks

pytestmark = pytest.mark.django_db
FIGURES = "/published/ashcombe-vale/1/figures/"
WARNS = "A rate divides by residents alone"
INTERVAL = re.compile(r"The 95% interval of the change is [−+]\d+\.\d% to [−+]\d+\.\d%\.")


def page_of(client: Client, key: str) -> str:
    answer: Any = client.get(f"{FIGURES}{key}/")
    assert answer.status_code == 200, key
    content: str = answer.content.decode()
    return content


@pytest.mark.parametrize("what", ["count", "rate", "change"])
def test_a_number_of_a_problem_shows_its_change_with_an_interval_and_its_months(
    client: Client, issued: PublishedVersion, what: str
) -> None:
    page = page_of(client, f"burglary.{what}")
    assert INTERVAL.search(page)
    assert "Burglary, month by month" in page
    assert f'href="{FIGURES}burglary.month.2026-' in page


def test_a_month_shows_the_months_and_no_change_of_the_year(client: Client, issued: PublishedVersion) -> None:
    page = page_of(client, "burglary.month.2026-01")
    assert "Burglary, month by month" in page
    assert not INTERVAL.search(page)


def test_a_count_of_a_ward_stands_beside_the_year_before_with_an_interval(
    client: Client, issued: PublishedVersion
) -> None:
    problem = next(one for one in analysis_of_version(issued)["problems"] if one["slug"] == "shoplifting")
    row = max(problem["places"], key=lambda one: one["before"])
    page = page_of(client, f"shoplifting.place.{row['code']}.count")
    assert f"{row['count']} in the year to " in page
    assert f"against {row['before']} the year before" in page
    assert INTERVAL.search(page)


def test_the_rate_of_a_town_centre_carries_its_warning_and_the_count_leads(
    client: Client, issued: PublishedVersion
) -> None:
    analysis = analysis_of_version(issued)
    visited = visited_areas(analysis)
    assert visited
    problem = next(one for one in analysis["problems"] if one["slug"] == "burglary")
    for row in problem["places"]:
        page = page_of(client, f"burglary.place.{row['code']}.rate")
        assert (WARNS in page) == (row["code"] in visited)
        assert page.index(f"{row['count']} in the year to ") < page.index("How it was made")


def test_what_the_small_count_rule_hides_is_not_told_beside_a_figure(held: Held) -> None:
    content = held.analysis.content
    sources = [{**one, "licence": "Not open"} for one in content["sources"]]
    problems = [
        {
            **one,
            "places": [{**row, "count": 2 if place == 0 else row["count"]} for place, row in enumerate(one["places"])],
        }
        for one in content["problems"]
    ]
    analysis = public_analysis({**content, "sources": sources, "problems": problems})
    problem = next(one for one in analysis["problems"] if one["slug"] == "burglary")
    hidden = [row for row in problem["places"] if row["count"] is None or row["before"] is None]
    assert hidden
    for row in hidden:
        assert figure_blocks(analysis, f"burglary.place.{row['code']}.count") == []


def test_a_search_for_a_ward_is_kept_by_no_cache_and_by_no_search_engine(
    client: Client, issued: PublishedVersion
) -> None:
    assert client.get("/published/wards/").headers["Cache-Control"] == "public, max-age=300"
    assert client.get("/published/wards/", {"name": "AV1 1AA"}).headers["Cache-Control"] == "no-store"
    rules = client.get("/robots.txt").content.decode().splitlines()
    assert {"Disallow: /", "Allow: /published/", "Disallow: /published/wards/?"} <= set(rules)
