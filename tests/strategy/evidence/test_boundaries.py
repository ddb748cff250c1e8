"""The edition of boundaries is chosen in the open, with its reason, and figures follow it."""

from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.factories import taken_in
from tests.strategy.conftest import Held, People, signed_in, started
from tests.strategy.evidence.test_uploads import text
from wardmote.access.readers import NotAllowed
from wardmote.audit.queries import entries_of
from wardmote.strategy.assessment.actions import keep_analysis
from wardmote.strategy.assessment.queries.analysis import analyse
from wardmote.strategy.assessment.queries.scope import scope_of
from wardmote.strategy.evidence.actions.boundaries import choose_boundaries
from wardmote.strategy.evidence.models import BoundaryChoice, Release
from wardmote.strategy.evidence.queries.boundaries import chosen_lookup, editions_of


def test_each_edition_says_how_much_it_can_place_and_which_is_used(
    people: People, releases: tuple[Release, ...]
) -> None:
    editions = editions_of(people.analyst)
    assert [one.is_used for one in editions] == [True, *[False] * (len(editions) - 1)]
    assert editions[0].known == editions[0].of > 0
    assert not any(one.is_chosen for one in editions)


def earlier_wards(people: People, held: Held, folder: Path) -> None:
    """Bring in the same lookup with the wards of the year before, one small area short."""
    path = next(path for path in held.files.lookup if "WD24CD" in path.read_text(encoding="utf-8-sig"))
    head, *rows = path.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    earlier = folder / path.name.replace("24", "23")
    earlier.write_text("".join([head.replace("WD24", "WD23"), *rows[1:]]), encoding="utf-8")
    taken_in(people.analyst, (earlier,), kind="lookup")


def test_figures_follow_the_choice(people: People, held: Held, releases: tuple[Release, ...], tmp_path: Path) -> None:
    earlier_wards(people, held, tmp_path)
    editions = editions_of(people.analyst)
    other = editions[-1].dataset
    assert len(editions) > 1
    choose_boundaries(people.analyst, other, "The wards of the last election.")
    assert chosen_lookup(people.partnership) == other
    assert editions_of(people.analyst)[0].dataset == other
    scope = scope_of(started(people))
    assert scope.lookup == other
    assert analyse(scope).content["lookup"].startswith(f"{other} (")
    assert [entry.action for entry in entries_of(people.partnership.id) if entry.action == "choose"] == ["choose"]
    choose_boundaries(people.analyst, "", "")
    assert chosen_lookup(people.partnership) == ""


def test_a_draft_says_that_other_boundaries_were_chosen_since_it_was_analysed(
    people: People, held: Held, releases: tuple[Release, ...], tmp_path: Path
) -> None:
    earlier_wards(people, held, tmp_path)
    assessment = started(people)
    used, other = (editions_of(people.analyst)[at].dataset for at in (0, -1))
    choose_boundaries(people.analyst, other, "The wards of the last election.")
    page = f"/assessments/{assessment.id}/"
    client = signed_in(people.analyst)
    assert "another edition of boundaries" not in text(client.get(page))
    keep_analysis(people.analyst, assessment, analyse(scope_of(assessment)))
    assert "another edition of boundaries" not in text(client.get(page))
    choose_boundaries(people.analyst, used, "The wards of today.")
    assert "You chose another edition of boundaries since this analysis" in text(client.get(page))
    assert "other boundaries were chosen since it was analysed" in text(client.get("/"))
    choose_boundaries(people.analyst, other, "After all.")
    assert "another edition of boundaries" not in text(client.get(page))


def test_a_choice_needs_its_reason_and_somebody_who_may(people: People, releases: tuple[Release, ...]) -> None:
    client = signed_in(people.analyst)
    dataset = editions_of(people.analyst)[0].dataset
    assert "Say why that edition is used" in text(client.post("/evidence/boundaries/", {"dataset": dataset}))
    answer: Any = client.post("/evidence/boundaries/", {"dataset": dataset, "why": "Wards of May 2024."})
    assert answer.status_code == 302
    assert "It knows" in text(client.get("/evidence/boundaries/"))
    assert signed_in(people.scorer).get("/evidence/boundaries/").status_code == 403
    with pytest.raises(NotAllowed):
        choose_boundaries(people.scorer, dataset, "Because.")
    with pytest.raises(IntegrityError), transaction.atomic():
        BoundaryChoice.objects.update(why="")


def test_without_a_lookup_the_page_says_what_to_add(people: People, data: Any) -> None:
    assert "No lookup is held yet" in text(signed_in(people.analyst).get("/evidence/boundaries/"))


def test_a_lookup_of_own_places_is_no_edition(people: People, releases: tuple[Release, ...], tmp_path: Path) -> None:
    before = [one.dataset for one in editions_of(people.analyst)]
    path = tmp_path / "places.csv"
    path.write_text("LSOA21CD,neighbourhood_code,neighbourhood_name\nE01099001,n1,North\n", encoding="utf-8")
    (made,) = taken_in(people.analyst, (path,), kind="lookup").made
    assert made.dataset not in [one.dataset for one in editions_of(people.analyst)]
    assert [one.dataset for one in editions_of(people.analyst)] == before
