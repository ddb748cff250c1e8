"""Figures go to partners as packs that can be made again, and the log says who got what."""

import io
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.strategy.conftest import People, signed_in
from tests.strategy.evidence.test_pairs import open_counts
from tests.strategy.evidence.test_uploads import text
from wardmote.access.readers import NotAllowed
from wardmote.audit.queries import entries_of
from wardmote.foundations.periods import Month, rolling_12
from wardmote.partnership.members.models import Agency
from wardmote.strategy.evidence.actions.extracts import GivenExtract, issue_extract, made_again, open_extract
from wardmote.strategy.evidence.models import Extract, Release
from wardmote.strategy.evidence.queries.extracts import ExtractRefused

LAST = Month(2026, 8)


@pytest.fixture
def given(people: People) -> GivenExtract:
    agency = Agency.objects.get(partnership=people.partnership, name="Agency of the fire officer")
    return GivenExtract(("burglary", "shoplifting"), LAST, agency, "", "Group manager", "To plan the winter.")


def rows_of(workbook: bytes, sheet: int) -> list[list[Any]]:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook))
    return [list(row) for row in book.get_sheet_by_index(sheet).to_python()]


def test_a_pack_holds_the_counts_of_the_year_and_stands_in_the_log(
    people: People, releases: tuple[Release, ...], given: GivenExtract
) -> None:
    extract = issue_extract(people.analyst, given)
    workbook = open_extract(people.analyst, extract)
    counts = open_counts()
    assert ["For", "Group manager, Agency of the fire officer"] in [row[:2] for row in rows_of(workbook, 1)]
    expected = sum(counts[str(month)] for month in rolling_12(LAST))
    head = [row[1:3] for row in rows_of(workbook, 2) if row[0] == "Ward"]
    assert head == [[f"Year to {LAST.words()}", f"Year to {(LAST - 12).words()}"]]
    numbers = [row[1] for row in rows_of(workbook, 2) if isinstance(row[1], int | float)]
    assert sum(numbers) == expected
    assert extract.recipient == "Group manager, Agency of the fire officer"
    assert [entry.action for entry in entries_of(extract.id)] == ["issue", "download"]
    assert {digest for digest, _ in extract.releases} <= {release.digest for release in releases}


def test_made_again_from_its_releases_it_is_the_same_to_the_byte(
    people: People, releases: tuple[Release, ...], given: GivenExtract
) -> None:
    extract = issue_extract(people.analyst, given)
    assert made_again(people.analyst, extract)
    extract.purpose = "Something else"
    assert not made_again(people.analyst, extract)


def test_a_year_that_is_not_held_has_no_pack(
    people: People, releases: tuple[Release, ...], given: GivenExtract
) -> None:
    with pytest.raises(ExtractRefused):
        issue_extract(people.analyst, replace(given, problems=("domestic-abuse",)))
    assert not Extract.objects.exists()


def test_scorers_and_strangers_get_nothing(people: People, releases: tuple[Release, ...], given: GivenExtract) -> None:
    extract = issue_extract(people.analyst, given)
    with pytest.raises(NotAllowed):
        issue_extract(people.scorer, given)
    assert signed_in(people.scorer).get("/evidence/extracts/").status_code == 403
    stranger = signed_in(people.stranger).post(f"/evidence/extracts/{extract.id}/download/")
    assert stranger.status_code in (403, 404)


def test_the_database_wants_one_recipient(people: People, releases: tuple[Release, ...], given: GivenExtract) -> None:
    extract = issue_extract(people.analyst, given)
    with pytest.raises(IntegrityError), transaction.atomic():
        Extract.objects.filter(id=extract.id).update(other_body="A parish council")


def test_the_analyst_makes_a_pack_and_takes_it_from_the_log(people: People, releases: tuple[Release, ...]) -> None:
    client = signed_in(people.analyst)
    assert "Nothing was issued yet." in text(client.get("/evidence/extracts/"))
    said = {"problems": ["burglary"], "last": "2026-08", "post": "Clerk", "purpose": "To tell the councillors."}
    assert "one of the two" in text(client.post("/evidence/extracts/new/", said))
    answer: Any = client.post("/evidence/extracts/new/", {**said, "other_body": "Larkspur Parish Council"})
    assert answer["Location"] == "/evidence/extracts/"
    page = text(client.get("/evidence/extracts/"))
    assert "Clerk, Larkspur Parish Council" in page
    extract = Extract.objects.get()
    pack: Any = client.post(f"/evidence/extracts/{extract.id}/download/")
    assert pack.content[:2] == b"PK"
    assert client.get(f"/evidence/extracts/{extract.id}/download/").status_code == 405
    client.post(f"/evidence/extracts/{extract.id}/check/")
    assert "the same to the last byte" in text(client.get("/evidence/extracts/"))


def test_a_second_press_of_the_button_issues_one_pack(
    people: People, releases: tuple[Release, ...], given: GivenExtract
) -> None:
    first = issue_extract(people.analyst, given)
    assert issue_extract(people.analyst, given) == first
    Extract.objects.update(issued_at=first.issued_at - timedelta(hours=1))
    assert issue_extract(people.analyst, given) != first
