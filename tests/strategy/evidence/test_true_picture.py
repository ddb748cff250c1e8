"""The page that asks whether a release gives a true picture, and what somebody made of it."""

from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.factories import taken_in
from tests.strategy.conftest import Held, People, signed_in
from tests.strategy.evidence.test_uploads import text
from wardmote.access.readers import NotAllowed
from wardmote.audit.queries import entries_of
from wardmote.strategy.evidence.actions.reviews import review_incidents
from wardmote.strategy.evidence.models import IncidentReview, Release
from wardmote.strategy.evidence.queries.reviews import looked_over
from wardmote.strategy.evidence.rules.reviews import ReviewResult


@pytest.fixture
def spoilt(people: People, releases: tuple[Release, ...], held: Held, tmp_path: Path) -> Release:
    """The last month again, with one crime twice and one anti-social behaviour that bears a Crime ID."""
    lines = held.files.street[-1].read_text(encoding="utf-8").splitlines(keepends=True)
    ours = [line for line in lines[1:] if "Ashcombe Vale" in line]
    crime = next(line for line in ours if ",Burglary," in line)
    asb = next(line for line in ours if ",Anti-social behaviour," in line)
    path = tmp_path / held.files.street[-1].name
    path.write_text("".join([*lines, crime, f"{'a' * 64}{asb}"]), encoding="utf-8")
    taken_in(people.analyst, (path,), kind="police-uk")
    return Release.objects.order_by("arrival").last() or releases[0]


def rows_by_check(people: People, release: Release) -> dict[str, int]:
    return {one.found.check.code: one.found.rows for one in looked_over(people.analyst, release)}


def test_what_was_planted_in_a_file_is_found_in_its_release(people: People, spoilt: Release) -> None:
    found = rows_by_check(people, spoilt)
    assert (found["repeated-id"], found["asb-with-id"]) == (2, 1)


def test_somebody_looks_into_it_and_the_page_says_what_they_found(people: People, spoilt: Release) -> None:
    client = signed_in(people.analyst)
    address = f"/evidence/releases/{spoilt.digest}/picture/"
    assert "True picture".lower() in text(client.get(f"/evidence/releases/{spoilt.digest}/")).lower()
    assert address in text(client.get(f"/evidence/releases/{spoilt.digest}/check/"))
    assert "To look into" in text(client.get(address))
    assert "Say what was put right" in text(client.post(f"{address}repeated-id/", {"result": "wrong"}))
    answer: Any = client.post(f"{address}repeated-id/", {"result": "wrong", "words": "Sent twice; they mend it."})
    assert answer.status_code == 302
    page = text(client.get(address))
    assert "The records are wrong. Sent twice; they mend it." in page
    assert client.get(f"{address}moon/").status_code == 404
    review = IncidentReview.objects.get()
    assert [entry.action for entry in entries_of(review.id)] == ["review"]


def test_the_newest_review_stands_and_the_earlier_one_stays(people: People, spoilt: Release) -> None:
    review_incidents(people.analyst, spoilt, "repeated-id", result=ReviewResult.ASKED, words="Asked on Monday.")
    review_incidents(people.analyst, spoilt, "repeated-id", result=ReviewResult.WRONG, words="They will mend it.")
    (looked,) = [one for one in looked_over(people.analyst, spoilt) if one.found.check.code == "repeated-id"]
    assert looked.review is not None
    assert looked.review.words == "They will mend it."
    assert IncidentReview.objects.count() == 2


def test_scorers_may_look_and_not_judge(people: People, spoilt: Release) -> None:
    client = signed_in(people.scorer)
    assert client.get(f"/evidence/releases/{spoilt.digest}/picture/").status_code == 200
    assert client.get(f"/evidence/releases/{spoilt.digest}/picture/heap/").status_code == 403
    with pytest.raises(NotAllowed):
        review_incidents(people.scorer, spoilt, "heap", result=ReviewResult.RIGHT, words="Fine.")
    with pytest.raises(IntegrityError), transaction.atomic():
        review_incidents(people.analyst, spoilt, "heap", result=ReviewResult.RIGHT, words="")
