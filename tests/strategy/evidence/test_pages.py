"""The catalogue and the page of a release."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import PartnershipFactory, ReleaseFactory, reader_with, taken_in
from tests.strategy.conftest import People, signed_in
from wardmote.access.permissions import Role
from wardmote.strategy.evidence.models import Release

pytestmark = pytest.mark.django_db


def queries_of(client: Any, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_the_catalogue_asks_as_often_for_thirty_releases_as_for_three(people: People) -> None:
    client = signed_in(people.analyst)
    ReleaseFactory.create_batch(3)
    few = queries_of(client, "/evidence/")
    ReleaseFactory.create_batch(27)
    assert queries_of(client, "/evidence/") == few


def test_the_page_of_a_release_asks_as_often_however_many_are_held(people: People) -> None:
    client = signed_in(people.analyst)
    address = f"/evidence/releases/{ReleaseFactory().digest}/"
    few = queries_of(client, address)
    ReleaseFactory.create_batch(29)
    assert queries_of(client, address) == few


def test_a_replaced_release_is_marked_and_can_still_be_opened(people: People) -> None:
    older, newer = (ReleaseFactory(dataset="police-uk-street-fern", title=name) for name in ("Older", "Newer"))
    page = signed_in(people.scorer).get("/evidence/").content.decode()
    replaced = page.split(older.digest)[1].split("</th>")[0]
    counting = page.split(newer.digest)[1].split("</th>")[0]
    assert ("Replaced" in replaced, "Replaced" in counting) == (True, False)
    assert signed_in(people.scorer).get(f"/evidence/releases/{older.digest}/").status_code == 200


def test_only_those_who_may_add_files_are_offered_it(people: People) -> None:
    assert "/evidence/add/" in signed_in(people.analyst).get("/evidence/").content.decode()
    assert "/evidence/add/" not in signed_in(people.scorer).get("/evidence/").content.decode()
    assert signed_in(people.scorer).get("/evidence/add/").status_code == 403
    assert signed_in(people.administrator).get("/evidence/").status_code == 403


def test_the_sample_partnership_and_a_real_one_see_nothing_of_each_other(people: People) -> None:
    real, sample = ReleaseFactory(), ReleaseFactory(is_sample=True)
    of_sample = signed_in(reader_with(Role.ANALYST, PartnershipFactory(is_sample=True)))
    for client, seen, unseen in ((signed_in(people.analyst), real, sample), (of_sample, sample, real)):
        assert client.get(f"/evidence/releases/{seen.digest}/").status_code == 200
        assert client.get(f"/evidence/releases/{unseen.digest}/").status_code == 404
        assert unseen.title not in client.get("/evidence/").content.decode()


def test_the_page_of_a_release_tells_its_quality_and_its_months(people: People, releases: tuple[Release, ...]) -> None:
    street = next(release for release in releases if release.kind == "police-uk")
    page = signed_in(people.scorer).get(f"/evidence/releases/{street.digest}/").content.decode()
    for words in ("Rows without a location", "Rows that repeat a crime ID", "September 2024", "August 2026"):
        assert words in page
    assert street.digest in page


def test_rows_that_could_not_be_used_can_be_downloaded_with_their_reasons(
    people: People, data: Path, tmp_path: Path, files: Any
) -> None:
    lines = files.street[-1].read_text().splitlines()[:4]
    wrong = tmp_path / files.street[-1].name
    wrong.write_text("\n".join([*lines[:-1], lines[-1].replace("2026-08", "2026-13")]) + "\n")
    (made,) = taken_in(people.analyst, [wrong], kind="police-uk").made
    answer: Any = signed_in(people.scorer).get(f"/evidence/releases/{made.digest}/unused.csv")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    header, only = b"".join(answer.streaming_content).decode().splitlines()
    assert header.split(",")[:4] == ["file", "line", "column", "reason"]
    assert only.startswith("2026-08-ashcombe-street.csv,4,Month,")
    assert signed_in(people.scorer).get(f"/evidence/releases/{'0' * 64}/unused.csv").status_code == 404
