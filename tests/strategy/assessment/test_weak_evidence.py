"""A score that rests on weak evidence says so; a source that cannot be had is printed with its reason."""

from datetime import date
from typing import Any

import pytest

from tests.strategy.conftest import Held, People, problem_of, signed_in
from tests.strategy.evidence.test_uploads import text
from wardmote.access.readers import NotAllowed
from wardmote.audit.queries import entries_of
from wardmote.strategy.assessment.actions import keep_analysis
from wardmote.strategy.assessment.models import Assessment
from wardmote.strategy.assessment.queries.analysis import analyse
from wardmote.strategy.assessment.queries.ranking import ranking_of
from wardmote.strategy.assessment.queries.scope import scope_of
from wardmote.strategy.evidence.actions.register import GivenSupply, grade_supply, keep_supply, mark_unavailable
from wardmote.strategy.evidence.models import Supply
from wardmote.strategy.evidence.rules.supplies import Refresh, Reliability, Sureness

REASON = "The force moved to another system in March."


def supply_of(people: People, dataset: str) -> Supply:
    given = GivenSupply("Police crime", None, dataset, "Whole force", Refresh.MONTHLY, 60)
    return keep_supply(people.analyst, given)


@pytest.mark.parametrize(
    ("reliability", "sureness", "warned"),
    [
        (Reliability.RELIABLE, Sureness.HIGH, False),
        (Reliability.UNTESTED, Sureness.MEDIUM, False),
        (Reliability.RELIABLE, Sureness.LOW, True),
        (Reliability.NOT_RELIABLE, Sureness.HIGH, True),
    ],
)
def test_a_weak_source_warns_beside_the_score(
    people: People, held: Held, deciding: Assessment, reliability: Reliability, sureness: Sureness, warned: bool
) -> None:
    supply = supply_of(people, held.analysis.content["dataset"])
    grade_supply(people.analyst, supply, reliability, sureness, REASON)
    said = {row.slug: row.evidence_words for row in ranking_of(deciding, deciding.matrix).rows}
    words = "Rests on evidence of low confidence: Police crime (The force moved to another system in March)."
    assert said["burglary"] == (words if warned else "")
    # No figure of the police measures it, so that it does not rest on them.
    assert said["domestic-abuse"] == ""
    page = text(signed_in(people.manager).get(f"/assessments/{deciding.id}/ranking/"))
    assert ("Rests on evidence of low confidence" in page) == warned


def test_the_sheet_of_a_scorer_warns_too(people: People, held: Held, scoring: Assessment) -> None:
    supply = supply_of(people, held.analysis.content["dataset"])
    grade_supply(people.analyst, supply, Reliability.NOT_RELIABLE, Sureness.LOW, REASON)
    sheet = text(signed_in(people.scorer).get(f"/assessments/{scoring.id}/scoring/burglary/"))
    assert "Rests on evidence of low confidence" in sheet
    assert problem_of(scoring, "burglary").title == "Burglary"


def test_a_source_that_cannot_be_had_is_printed_with_its_reason(people: People, analysed: Assessment) -> None:
    supply = supply_of(people, "")
    mark_unavailable(people.analyst, supply, "Their new system gives no counts yet", date(2027, 1, 31))
    keep_analysis(people.analyst, analysed, analyse(scope_of(analysed)))
    draft: Any = signed_in(people.analyst).get(f"/assessments/{analysed.id}/draft/")
    words = "Not available: Police crime. Their new system gives no counts yet. Expected again on 31 January 2027."
    assert words in text(draft)
    assert [entry.action for entry in entries_of(supply.id)] == ["keep", "mark"]


def test_the_due_list_says_it_and_takes_it_back(people: People) -> None:
    supply = supply_of(people, "")
    client = signed_in(people.analyst)
    said = {"because": "New system", "expected_on_day": "31", "expected_on_month": "1", "expected_on_year": "2027"}
    client.post(f"/evidence/due/{supply.id}/unavailable/", said)
    assert "New system. Expected again on 31 January 2027." in text(client.get("/evidence/due/"))
    client.post(f"/evidence/due/{supply.id}/unavailable/", {**said, "because": ""})
    supply.refresh_from_db()
    assert (supply.unavailable_because, supply.expected_again_on) == ("", None)
    with pytest.raises(NotAllowed):
        mark_unavailable(people.scorer, supply, "None of your business", None)
    assert signed_in(people.stranger).get(f"/evidence/due/{supply.id}/unavailable/").status_code in (403, 404)
