"""The pages of an assessment: whose they are, what a scorer sees, how often they ask the database."""

import csv
import io
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import AssessedProblemFactory, AssessmentFactory, ScoreFactory
from tests.strategy.conftest import CANARY, Held, People, give_all, problem_of, signed_in
from wardmote.audit.models import Entry
from wardmote.definitions import matrix
from wardmote.jobs.models import Job
from wardmote.strategy.assessment.models import Assessment, Decision, Score
from wardmote.strategy.assessment.rules import AssessmentState

pytestmark = pytest.mark.django_db
PAGES = (
    "", "scoring/", "scoring/burglary/", "ranking/", "problems/burglary/", "problems/burglary/note/",
    "problems/burglary/decision/", "draft/", "figures/burglary.count/", "figures/burglary.count/rows.csv",
)  # fmt: skip
FOR_PREPARING = ("problems/burglary/note/", "problems/burglary/decision/")


def page(client: Client, assessment: Assessment, rest: str = "") -> str:
    answer = client.get(f"/assessments/{assessment.id}/{rest}")
    assert answer.status_code == 200, answer
    return answer.content.decode()


@pytest.mark.parametrize("rest", PAGES)
def test_another_partnership_s_assessment_is_not_found(people: People, deciding: Assessment, rest: str) -> None:
    assert signed_in(people.manager).get(f"/assessments/{deciding.id}/{rest}").status_code == 200
    assert signed_in(people.stranger).get(f"/assessments/{deciding.id}/{rest}").status_code == 404


@pytest.mark.parametrize(
    "rest", ["analyse/", "move/", "scoring/burglary/", "problems/burglary/note/", "problems/burglary/decision/"]
)
def test_another_partnership_s_assessment_cannot_be_changed(people: People, deciding: Assessment, rest: str) -> None:
    before = Entry.objects.count()
    sent = {"state": "scoring", "volume-value": "5", "note": "x", "outcome": "priority", "reason": "x"}
    assert signed_in(people.stranger).post(f"/assessments/{deciding.id}/{rest}", sent).status_code == 404
    assert Entry.objects.count() == before


def test_a_problem_or_figure_that_is_not_there_is_not_found(people: People, analysed: Assessment) -> None:
    client = signed_in(people.analyst)
    for rest in ("problems/robbery/", "scoring/robbery/", "figures/robbery.count/", "figures/domestic-abuse.count/",
                 "figures/burglary.moon/", "figures/burglary.count.x/rows.csv"):  # fmt: skip
        assert client.get(f"/assessments/{analysed.id}/{rest}").status_code == 404, rest


@pytest.mark.parametrize("rest", FOR_PREPARING)
def test_a_scorer_is_refused_what_belongs_to_preparing_and_the_refusal_is_kept(
    people: People, deciding: Assessment, rest: str
) -> None:
    assert signed_in(people.scorer).get(f"/assessments/{deciding.id}/{rest}").status_code == 403
    entry = Entry.objects.get(outcome="refuse")
    assert (entry.actor_key, entry.kind) == (people.scorer.key, "route")
    assert entry.object_key in ("assessment:note", "assessment:decision")


def test_the_administrator_sees_no_assessment(people: People, deciding: Assessment) -> None:
    client = signed_in(people.administrator)
    assert client.get("/assessments/").status_code == 403
    assert client.get(f"/assessments/{deciding.id}/").status_code == 403


def test_a_scorer_sees_nobody_else_s_scores_and_no_ranking_while_scoring_is_open(
    people: People, scoring: Assessment
) -> None:
    for reader, words in ((people.scorer, "What I alone know"), (people.other_scorer, "What she alone knows")):
        ScoreFactory(
            problem=problem_of(scoring, "burglary"),
            scorer_key=reader.key,
            agency_id=reader.agency,
            agency=None,
            evidence=words,
            confidence="low",
        )
    client = signed_in(people.scorer)
    assert "What I alone know" in page(client, scoring, "scoring/burglary/")
    for rest in PAGES[:5] + PAGES[7:9]:
        found = page(client, scoring, rest)
        assert "What she alone knows" not in found, rest
        assert "Fire officer" not in found, rest
        assert "How firm is this" not in found, rest
    closed = page(client, scoring, "ranking/")
    assert "The ranking is closed" in closed
    assert "2 people have scored so far" in closed


def test_the_one_who_prepares_sees_no_ranking_either_before_scoring_is_closed(
    people: People, scoring: Assessment
) -> None:
    give_all(people.scorer, scoring, "burglary", 5)
    client = signed_in(people.analyst)
    assert "The ranking is closed" in page(client, scoring, "ranking/")
    assert "How the problems rank" not in page(client, scoring, "draft/")


def test_no_page_of_an_assessment_prints_a_person_s_name(people: People, decided: Assessment) -> None:
    client = signed_in(people.manager)
    for rest in PAGES[:-1]:
        assert CANARY not in page(client, decided, rest), rest


def test_a_form_that_leaves_a_criterion_out_keeps_no_answer_for_it(people: People, scoring: Assessment) -> None:
    address = f"/assessments/{scoring.id}/scoring/burglary/"
    answer = signed_in(people.scorer).post(address, {"volume-value": "5", "volume-confidence": "high"})
    assert answer.status_code == 302
    assert dict(Score.objects.values_list("criterion", "value")) == {"volume": 5}
    assert "1 of 8" in page(signed_in(people.scorer), scoring, "scoring/")


def test_a_score_sent_after_scoring_closed_is_refused_on_the_form(people: People, deciding: Assessment) -> None:
    before = set(Score.objects.values_list("id", "value"))
    answer = signed_in(people.scorer).post(f"/assessments/{deciding.id}/scoring/burglary/", {"volume-value": "1"})
    assert "Scoring is closed." in answer.content.decode()
    assert set(Score.objects.values_list("id", "value")) == before


def test_starting_by_the_form_leads_to_the_assessment(people: People, releases: object) -> None:
    client = signed_in(people.analyst)
    form = client.get("/assessments/new/").content.decode()
    assert "Strategic assessment 2026" in form
    sent = {
        "title": "This year's", "as_at_day": "31", "as_at_month": "10", "as_at_year": "2026",
        "matrix": "kingston-2011", "second_matrix": "", "top": "5", "problems": ["burglary", "shoplifting"],
    }  # fmt: skip
    answer = client.post("/assessments/new/", sent)
    assessment = Assessment.objects.get()
    assert answer.headers["Location"] == f"/assessments/{assessment.id}/"
    assert assessment.title == "This year's"
    assert "data-refresh-seconds" in page(client, assessment)


def test_the_form_refuses_the_same_matrix_twice(people: People) -> None:
    sent = {"matrix": "kingston-2011", "second_matrix": "kingston-2011"}
    answer = signed_in(people.analyst).post("/assessments/new/", sent).content.decode()
    assert "Select another matrix than the first, or No" in answer
    assert not Assessment.objects.exists()


def test_moving_by_the_page_says_what_stands_in_the_way(people: People, scoring: Assessment) -> None:
    client = signed_in(people.analyst)
    stale = client.post(f"/assessments/{scoring.id}/move/", {"state": "scoring"}, follow=True).content.decode()
    assert "The assessment has moved on since you opened this page." in stale
    assert client.post(f"/assessments/{scoring.id}/move/", {"state": "moon"}).status_code == 404
    assert client.post(f"/assessments/{scoring.id}/move/", {"state": "deciding"}).status_code == 403
    signed_in(people.manager).post(f"/assessments/{scoring.id}/move/", {"state": "deciding"})
    scoring.refresh_from_db()
    assert scoring.state == AssessmentState.DECIDING
    assert client.get(f"/assessments/{scoring.id}/move/").status_code == 405


def test_a_decision_by_the_form_needs_a_reason_and_a_day_that_has_come(people: People, deciding: Assessment) -> None:
    client = signed_in(people.analyst)
    address = f"/assessments/{deciding.id}/problems/burglary/decision/"
    sent = {"outcome": "priority", "reason": "It harms.", "decided_by": "Board", "decided_on_day": "1",
            "decided_on_month": "10", "decided_on_year": "2026"}  # fmt: skip
    assert "Enter the reason" in client.post(address, {**sent, "reason": " "}).content.decode()
    late = client.post(address, {**sent, "decided_on_year": "2099"}).content.decode()
    assert "The date must be today or in the past" in late
    early = client.post(address, {**sent, "decided_on_year": "1966"}).content.decode()
    assert "The date must be in 2025 or later" in early
    assert not Decision.objects.exists()
    assert client.post(address, sent).status_code == 302
    assert Decision.objects.get().decided_by == "Board"


def test_before_scoring_is_closed_the_decision_s_form_is_not_shown(people: People, analysed: Assessment) -> None:
    address = f"/assessments/{analysed.id}/problems/burglary/decision/"
    assert signed_in(people.analyst).get(address).headers["Location"].endswith("/ranking/")


def test_an_assessment_as_at_a_day_that_has_not_come_is_refused(people: People) -> None:
    sent = {"title": "T", "as_at_day": "31", "as_at_month": "10", "as_at_year": "2099", "matrix": "kingston-2011",
            "second_matrix": "", "top": "5", "problems": ["burglary"]}  # fmt: skip
    page_of = signed_in(people.analyst).post("/assessments/new/", sent)
    assert "The date must be today or in the past" in page_of.content.decode()
    assert not Assessment.objects.exists()


def test_a_note_by_the_form_is_printed_in_the_draft(people: People, analysed: Assessment) -> None:
    client = signed_in(people.analyst)
    client.post(f"/assessments/{analysed.id}/problems/burglary/note/", {"note": "Sheds <b>and</b> garages."})
    draft = page(client, analysed, "draft/")
    assert "Sheds &lt;b&gt;and&lt;/b&gt; garages." in draft
    assert "Draft" in draft


def test_there_is_no_draft_before_there_is_an_analysis(people: People) -> None:
    assessment = AssessmentFactory(partnership=people.partnership)
    assert signed_in(people.analyst).get(f"/assessments/{assessment.id}/draft/").status_code == 404


def test_analysing_again_puts_a_job_on_the_queue(people: People, analysed: Assessment) -> None:
    client = signed_in(people.analyst)
    client.post(f"/assessments/{analysed.id}/analyse/")
    analysed.refresh_from_db()
    assert Job.objects.get().id == analysed.job_key
    assert "data-refresh-seconds" in page(client, analysed)


def test_the_rows_behind_a_number_are_as_many_as_the_number_says(
    people: People, analysed: Assessment, held: Held
) -> None:
    answer: Any = signed_in(people.scorer).get(f"/assessments/{analysed.id}/figures/burglary.count/rows.csv")
    listed = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))
    (burglary,) = [p for p in held.analysis.content["problems"] if p["slug"] == "burglary"]
    assert len(listed) == burglary["rate"]["count"] > 100
    assert {row["category"] for row in listed} == {"Burglary"}


def grown(assessment: Assessment, people: People) -> None:
    """More of everything: problems, scorers, scores, assessments."""
    slugs = ("robbery", "vehicle-crime", "drug-offences", "public-order", "road-safety", "hate-crime")
    for slug in slugs:
        problem = AssessedProblemFactory(assessment=assessment, slug=slug)
        for reader in (people.scorer, people.other_scorer, people.analyst):
            for criterion in matrix("kingston-2011").criteria:
                ScoreFactory(problem=problem, criterion=criterion.code, scorer_key=reader.key)
    AssessmentFactory.create_batch(10, partnership=assessment.partnership)


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize(
    ("rest", "fixture"),
    [
        (None, "scoring"),
        ("", "scoring"),
        ("scoring/", "scoring"),
        ("taking-part/", "scoring"),
        ("ranking/", "decided"),
        ("room/", "decided"),
        ("room/burglary/", "decided"),
        ("record/", "decided"),
    ],
)
def test_a_page_asks_the_database_as_often_however_much_there_is(
    people: People, rest: str | None, fixture: str, request: pytest.FixtureRequest
) -> None:
    assessment = request.getfixturevalue(fixture)
    client = signed_in(people.analyst)
    address = "/assessments/" if rest is None else f"/assessments/{assessment.id}/{rest}"
    few = queries_of(client, address)
    grown(assessment, people)
    assert queries_of(client, address) == few < 30


def test_an_address_with_an_unknown_key_is_not_found(people: People) -> None:
    assert signed_in(people.analyst).get(f"/assessments/{UUID(int=7)}/").status_code == 404
