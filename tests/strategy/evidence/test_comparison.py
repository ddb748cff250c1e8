"""A partnership chooses the districts that it is compared with, and says why."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.strategy.conftest import Held, People, signed_in, started
from tests.strategy.evidence.test_uploads import text
from wardmote.access.readers import NotAllowed
from wardmote.audit.queries import entries_of
from wardmote.strategy.assessment.queries.scope import scope_of
from wardmote.strategy.evidence.actions.comparison import choose_comparison
from wardmote.strategy.evidence.forms.comparison import ComparisonForm
from wardmote.strategy.evidence.models import ComparisonGroup, Release
from wardmote.strategy.evidence.queries.comparison import compared_with, districts_to_compare

FOUR = [("E07900001", "Alder"), ("E07900002", "Birch"), ("E07900003", "Cedar"), ("E07900004", "Dogwood")]
CODES = [code for code, _ in FOUR]
FEW = "Tick at least 4 districts: fewer say too little. You ticked 3"
FOREIGN = "“Which districts are like yours?”: choose one of the answers that are offered"


def test_assessments_follow_the_choice_and_the_choice_is_in_the_audit(people: People) -> None:
    choose_comparison(people.analyst, CODES[::-1], " Our most similar group. ")
    assert compared_with(people.partnership) == tuple(CODES)
    assert scope_of(started(people)).compared_with == tuple(CODES)
    assert [e.action for e in entries_of(people.partnership.id) if e.action == "choose"] == ["choose"]
    choose_comparison(people.analyst, [], "")
    assert compared_with(people.partnership) == ()


def test_only_districts_that_the_data_cover_are_offered_and_never_ones_own(
    people: People, held: Held, releases: tuple[Release, ...]
) -> None:
    own = {one.code for one in people.partnership.districts.all()}
    offered = districts_to_compare(people.analyst)
    assert offered
    assert not own & {code for code, _ in offered}


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"codes": CODES[:3], "why": "Alike."}, {"codes": [FEW]}),
        ({"codes": CODES, "why": "  "}, {"why": ["Say why these districts are like yours"]}),
        ({"codes": ["E07999999"], "why": "x"}, {"codes": [FOREIGN]}),
        ({"codes": CODES, "why": "Alike."}, {}),
        ({}, {}),
    ],
)  # fmt: skip
def test_a_group_has_enough_districts_and_a_reason(sent: dict[str, Any], said: dict[str, list[str]]) -> None:
    assert ComparisonForm(sent, districts=FOUR).errors == said


def test_the_page_says_when_too_few_districts_are_covered_and_who_may_choose(
    people: People, releases: tuple[Release, ...]
) -> None:
    page = text(signed_in(people.analyst).get("/evidence/comparison/"))
    assert "too few to compare with" in page
    answer: Any = signed_in(people.analyst).post("/evidence/comparison/", {"why": ""})
    assert answer.status_code == 302
    assert signed_in(people.scorer).get("/evidence/comparison/").status_code == 403
    with pytest.raises(NotAllowed):
        choose_comparison(people.scorer, CODES, "Because.")


def test_a_group_without_a_reason_cannot_be_kept(people: People) -> None:
    choose_comparison(people.analyst, CODES, "Alike.")
    with pytest.raises(IntegrityError), transaction.atomic():
        ComparisonGroup.objects.update(why="")


def test_without_crime_data_nothing_is_offered(people: People, data: Any) -> None:
    assert districts_to_compare(people.analyst) == ()
