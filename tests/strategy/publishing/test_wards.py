"""Each ward has a page and a sheet of A4; links keep showing the same figures and say when newer ones exist."""

import csv
import io
import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.printing.pdf_checks import assert_accessible
from tests.printing.pdf_text import text_of
from tests.strategy.conftest import Held, People
from wardmote.partnership.documents.queries import path_of, read_stored
from wardmote.strategy.assessment.models import Assessment
from wardmote.strategy.evidence.actions import quiet
from wardmote.strategy.publishing.actions import publish
from wardmote.strategy.publishing.models import PublishedVersion, PublishedWard
from wardmote.strategy.publishing.queries import verify_stored
from wardmote.strategy.publishing.reports.wards import meaning_of

pytestmark = pytest.mark.django_db
VERSION = "/published/ashcombe-vale/1/"


def text(client: Client, address: str) -> str:
    answer: Any = client.get(address)
    assert answer.status_code == 200, address
    content: str = answer.content.decode()
    return content


@pytest.fixture
def ward(issued: PublishedVersion) -> PublishedWard:
    return issued.wards.order_by("name")[0]


def test_every_ward_has_a_page_with_its_priorities_and_how_to_get_help(
    client: Client, issued: PublishedVersion, ward: PublishedWard, held: Held
) -> None:
    (burglary,) = [one for one in held.analysis.content["problems"] if one["slug"] == "burglary"]
    assert {found.code for found in issued.wards.all()} == {row["code"] for row in burglary["places"]}
    page = text(client, f"{VERSION}wards/{ward.code}/")
    row = next(row for row in burglary["places"] if row["code"] == ward.code)
    said = [f">{row['count']}</a> incidents, against", "999", "101", "provisional", "shown in full"]
    said += ["next assessment is expected by", "As at 31 October 2026"]
    for words in (*said, f"{VERSION}figures/burglary.place.{ward.code}.count/"):
        assert words in page, words
    assert client.get(f"{VERSION}wards/E05999999/").status_code == 404
    assert "rank" not in page.lower()


def test_the_sheet_of_a_ward_is_one_accessible_page_of_a4(client: Client, ward: PublishedWard) -> None:
    answer = client.get(f"{VERSION}wards/{ward.code}/sheet.pdf")
    assert answer.content == path_of(ward.pdf_sha256).read_bytes()
    assert_accessible(path_of(ward.pdf_sha256))
    (page,) = text_of(answer.content)
    for words in (ward.name, "999", "This year's priorities", "issued by Manager, Agency of the manager"):
        assert words in page, words


def test_a_link_to_a_ward_or_figure_shows_the_same_next_year_and_leads_to_the_newer_one(
    client: Client, people: People, decided: Assessment, ward: PublishedWard
) -> None:
    figure = f"figures/burglary.place.{ward.code}.count/"
    before = text(client, f"{VERSION}wards/{ward.code}/"), text(client, VERSION + figure)
    assert "ewer figure" not in before[0] + before[1]
    publish(people.manager, decided, progress=quiet)
    page = text(client, f"{VERSION}wards/{ward.code}/")
    assert "Newer figures exist" in page
    assert f"/published/ashcombe-vale/2/wards/{ward.code}/" in page
    assert read_stored(ward.html_sha256).decode().split("</h2>")[0].rsplit(">", 1)[1] in page
    assert f'href="/published/ashcombe-vale/2/{figure}"' in text(client, VERSION + figure)
    assert (
        client.get(f"/published/ashcombe-vale/wards/{ward.code}/")
        .headers["Location"]
        .endswith(f"/2/wards/{ward.code}/")
    )
    assert client.get(f"/published/ashcombe-vale/latest/{figure}").headers["Location"].endswith(f"/2/{figure}")


def test_a_ward_is_found_by_part_of_its_name_and_nothing_is_kept(client: Client, ward: PublishedWard) -> None:
    with CaptureQueriesContext(connection) as captured:
        page = text(client, f"/published/wards/?name={ward.name[1:5].upper()}")
    assert ward.name in page
    assert not any(query["sql"].startswith(("INSERT", "UPDATE")) for query in captured.captured_queries)
    assert "Set-Cookie" not in client.get("/published/wards/?name=x").headers
    assert "No ward is named like" in text(client, "/published/wards/?name=nowhere")
    assert "&lt;b&gt;" in text(client, "/published/wards/?name=<b>")
    assert ward.name in text(client, "/published/wards/")


def test_the_first_page_shows_the_priorities_in_one_sentence_each(client: Client, issued: PublishedVersion) -> None:
    page = text(client, "/")
    assert [one["title"] for one in issued.priorities] == ["Burglary"]
    for words in ("<strong>Burglary.</strong> Burglary", "Find your ward", "999"):
        assert words in page
    assert text(client, VERSION).count('href="#decisions"') == 1


@pytest.mark.parametrize(
    ("before", "now", "found", "words"),
    [
        (40, 42, False, "about the same as last year"),
        (20, 60, False, "clearly more than last year"),
        (60, 20, False, "clearly fewer than last year"),
        (20, 60, True, "more found"),
        (0, 0, False, "none in either year"),
        (None, 3, False, "no comparison"),
    ],
)
def test_a_ward_is_compared_with_itself_in_plain_words(before: int, now: int, found: bool, words: str) -> None:
    problem = {"change": {"phi": "1.2"}, "police_generated": found}
    assert meaning_of(problem, {"before": before, "count": now}) == words


def test_a_figure_s_page_says_what_is_counted_what_not_and_whether_it_may_change(
    client: Client, issued: PublishedVersion
) -> None:
    page = text(client, f"{VERSION}figures/burglary.change/")
    said = ["What is counted", "What is not counted", "Provisional", "95% interval", "/methods/change/"]
    said += ["Open Government Licence", "is a priority of Ashcombe Vale", "Download the rows behind it"]
    for words in said:
        assert words in page, words


def test_every_table_is_open_data_with_its_licence(client: Client, issued: PublishedVersion) -> None:
    page = text(client, f"{VERSION}tables/")
    assert "Made-up data" in page or "Open Government Licence" in page
    answer = client.get(f"{VERSION}tables/2.csv")
    described = answer.headers["Link"].partition(">")[0].removeprefix("<")
    found = json.loads(text(client, described))
    rows = list(csv.reader(io.StringIO(answer.content.decode())))
    assert [column["titles"] for column in found["tableSchema"]["columns"]] == rows[0]
    assert found["dc:license"]
    assert found["url"] == f"http://testserver{VERSION}tables/2.csv"
    numbers = [place for place, column in enumerate(found["tableSchema"]["columns"]) if column["datatype"] == "decimal"]
    for row in rows[1:]:
        assert all(row[place] in ("[c]", "n/a", "missing", "") or float(row[place]) is not None for place in numbers)
    assert client.get(f"{VERSION}tables/999.csv").status_code == 404


def test_verify_looks_at_the_sheets_of_wards_too(issued: PublishedVersion, ward: PublishedWard) -> None:
    path_of(ward.pdf_sha256).unlink()
    assert str(path_of(ward.pdf_sha256)).endswith(verify_stored()[1][0].removeprefix("documents/"))
