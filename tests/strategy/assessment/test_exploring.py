"""The explorer: the same numbers as an assessment of that year, for any year that is held."""

import csv
from typing import Any

import pytest

from tests.strategy.conftest import Held, People, signed_in
from wardmote.foundations.periods import Month
from wardmote.strategy.assessment.queries.exploring import Explored, explore, explored_lines
from wardmote.strategy.evidence.models import Release
from wardmote.strategy.evidence.queries import months_with_a_year


def rows_of(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(b"".join(answer.streaming_content).decode().splitlines()))


def test_a_year_can_end_with_every_month_that_has_a_year_before_it(
    people: People, releases: tuple[Release, ...]
) -> None:
    months = months_with_a_year(people.scorer)
    # Two years are held, September 2024 to August 2026: the first whole year ends with August 2025.
    assert (str(months[0]), str(months[-1]), len(months)) == ("2026-08", "2025-08", 13)


def test_the_numbers_are_those_of_an_assessment_of_the_same_year(
    people: People, held: Held, releases: tuple[Release, ...]
) -> None:
    found = explore(people.scorer, "burglary", Month.parse("2026-08"))
    assessed = next(one for one in held.analysis.content["problems"] if one["slug"] == "burglary")
    for part in ("rate", "change", "months", "places"):
        assert found.problem[part] == assessed[part]


def test_the_page_shows_another_year_and_its_file_adds_up(people: People, releases: tuple[Release, ...]) -> None:
    client: Any = signed_in(people.scorer)
    asked = {"problem": "burglary", "to": "2025-10"}
    page = client.get("/assessments/explore/", asked).content.decode()
    assert "Burglary, year to October 2025" in page
    rows = rows_of(client.get("/assessments/explore/figures.csv", asked))
    wards = [row for row in rows if row["area_code"]]
    months = {row["period"]: int(row["incidents"]) for row in rows if not row["area_code"] and row["incidents"]}
    year = sum(months[str(month)] for month in (Month.parse("2025-10") - back for back in range(12)))
    assert len(wards) == 14
    # What could not be placed in a ward is in the district's months alone.
    assert 0 < sum(int(row["incidents"]) for row in wards) <= year
    assert {row["period"] for row in wards} == {"year to October 2025"}


@pytest.mark.parametrize(
    "asked", [{"problem": "domestic-abuse", "to": "2026-08"}, {"problem": "burglary", "to": "2019-01"}]
)
def test_what_cannot_be_shown_is_refused_with_a_choice(
    people: People, releases: tuple[Release, ...], asked: dict[str, str]
) -> None:
    client: Any = signed_in(people.scorer)
    page = client.get("/assessments/explore/", asked)
    assert page.status_code == 200
    assert "from the list" in page.content.decode()
    assert client.get("/assessments/explore/figures.csv", asked).status_code == 404


def test_without_data_the_page_says_what_is_needed_and_strangers_sign_in(people: People) -> None:
    assert "A year of crime data is needed" in signed_in(people.analyst).get("/assessments/explore/").content.decode()
    assert signed_in(people.administrator).get("/assessments/explore/").status_code == 403


def test_a_name_that_looks_like_a_formula_stays_text() -> None:
    problem = {
        "title": "Burglary",
        "months": {},
        "places": [{"code": "E05000001", "name": "=1+1", "count": 3, "rate": None}],
    }
    analysis = {"sources": [], "period": {"words": "year to August 2026"}, "districts": [["E06000001", "Fern"]]}
    *_, last = explored_lines(Explored(problem, analysis))
    assert last.split(",")[3] == "'=1+1"


def test_one_ward_has_its_own_year_months_and_small_areas(people: People, releases: tuple[Release, ...]) -> None:
    month = Month.parse("2026-08")
    whole = explore(people.scorer, "shoplifting", month).problem
    row = max(whole["places"], key=lambda one: one["count"])
    found = explore(people.scorer, "shoplifting", month, ward=(row["code"], row["name"]))
    assert found.problem["rate"]["count"] == row["count"]
    assert found.problem["change"]["previous"] == row["before"]
    assert sum(found.problem["months"][str(month - back)] for back in range(12)) == row["count"]
    assert found.analysis["place_level"] == "lsoa"
    assert sum(one["count"] for one in found.problem["places"]) == row["count"]
    client: Any = signed_in(people.scorer)
    asked = {"problem": "shoplifting", "to": "2026-08", "ward": row["code"]}
    page = client.get("/assessments/explore/", asked).content.decode()
    assert f"in {row['name']}, year to August 2026" in page
    rows = rows_of(client.get("/assessments/explore/figures.csv", asked))
    assert {one["area"] for one in rows if not one["area_code"]} == {row["name"]}
    wrong = client.get("/assessments/explore/", {**asked, "ward": "E05999999"}).content.decode()
    assert "Choose a ward from the list" in wrong
