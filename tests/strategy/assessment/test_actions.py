"""What people do to an assessment: result, audit, rollback, and what is refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tests.factories import ScoreFactory
from tests.strategy.conftest import AS_AT, SLUGS, Held, People, give_all, problem_of, started
from wardmote.access.readers import NotAllowed, Reader
from wardmote.audit.models import Entry
from wardmote.audit.queries import entries_of
from wardmote.jobs.actions import run_job
from wardmote.jobs.models import Job
from wardmote.jobs.rules import JobState
from wardmote.strategy.assessment.actions import (
    AssessmentRefused,
    GivenDecision,
    GivenScore,
    NewAssessment,
    ask_for_analysis,
    decide,
    give_scores,
    keep_analysis,
    move_assessment,
    start_assessment,
    write_note,
)
from wardmote.strategy.assessment.models import Assessment, CitedRelease, Decision, Score
from wardmote.strategy.assessment.queries import analysis_of, assessment_for, own_scores
from wardmote.strategy.assessment.rules import Answer, AssessmentState, Outcome
from wardmote.strategy.evidence.models import Release

pytestmark = pytest.mark.django_db
NEW = NewAssessment("Strategic assessment 2026", AS_AT, "kingston-2011", "", 5, SLUGS)
MATRIX = "kingston-2011"
DECIDED = GivenDecision(Outcome.PRIORITY, "It harms most.", "Community Safety Board", date(2026, 10, 20))


def broken(reader: Reader) -> Reader:
    """A reader whose every audit entry fails, after the change has been made."""
    return replace(reader, appointment="not a key")  # type: ignore[arg-type]


def rows() -> list[int]:
    return [model.objects.count() for model in (Assessment, Score, Decision, CitedRelease, Job, Entry)]  # type: ignore[attr-defined]


def test_starting_makes_the_assessment_its_problems_and_the_job_that_analyses(people: People) -> None:
    assessment = start_assessment(people.analyst, NEW)
    assert (assessment.partnership, assessment.state) == (people.partnership, AssessmentState.PREPARING)
    assert set(assessment.problems.values_list("slug", flat=True)) == set(SLUGS)
    assert Job.objects.get(id=assessment.job_key).arguments == {"assessment": str(assessment.id)}
    assert [entry.action for entry in entries_of(assessment.id)] == ["create", "ask"]


def test_the_job_without_any_evidence_says_what_to_import(people: People, data: Any) -> None:
    assessment = start_assessment(people.analyst, NEW)
    run_job.call(str(assessment.job_key))
    job = Job.objects.get(id=assessment.job_key)
    assert job.state == JobState.REFUSED
    assert job.message == "No crime data are held up to 31 October 2026. Import police.uk files first."


def test_the_job_keeps_the_analysis_and_cites_its_releases(people: People, releases: tuple[Release, ...]) -> None:
    assessment = start_assessment(people.analyst, NEW)
    run_job.call(str(assessment.job_key))
    job = Job.objects.get(id=assessment.job_key)
    assert (job.state, job.message) == (JobState.DONE, "Analysed 3 problems.")
    assert (job.done, job.total) != (0, 0)
    assessment.refresh_from_db()
    cited = set(assessment.cited.values_list("release__digest", flat=True))
    assert {r.digest for r in releases if r.kind == "police-uk"} < cited <= {r.digest for r in releases}
    assert (analysis_of(assessment) or {})["partnership"] == "Ashcombe Vale"


def test_analysing_again_replaces_what_was_cited(people: People, analysed: Assessment, held: Held) -> None:
    before = set(analysed.cited.values_list("release__digest", flat=True))
    fewer = replace(held.analysis, cited=dict(list(held.analysis.cited.items())[:1]))
    keep_analysis(people.analyst, analysed, fewer)
    after = set(analysed.cited.values_list("release__digest", flat=True))
    assert after == set(fewer.cited) < before


def test_scores_are_kept_with_who_gave_them_for_which_agency(people: People, scoring: Assessment) -> None:
    problem = problem_of(scoring, "burglary")
    give_scores(people.scorer, problem, MATRIX, [GivenScore("volume", 4, "low", " Last year's count ")])
    score = Score.objects.get()
    assert (score.value, score.confidence, score.evidence) == (4, "low", "Last year's count")
    assert (score.scorer_key, score.agency_id) == (people.scorer.key, people.scorer.agency)
    entry = entries_of(problem.id).get()
    assert (entry.action, entry.changed_fields) == ("score", [f"{MATRIX}:volume"])


def test_dont_know_and_not_for_my_agency_are_two_answers_and_neither_is_nought(
    people: People, scoring: Assessment
) -> None:
    given = [GivenScore("volume", None, answer=Answer.DONT_KNOW), GivenScore("pestelo", None, answer=Answer.NOT_OURS)]
    give_scores(people.scorer, problem_of(scoring, "burglary"), MATRIX, given)
    assert dict(Score.objects.values_list("criterion", "answer")) == {"volume": "dont-know", "pestelo": "not-ours"}
    assert not Score.objects.filter(value__isnull=False).exists()


def test_the_database_refuses_a_level_without_a_value_and_an_override_without_a_reason(scoring: Assessment) -> None:
    for wrong in ({"value": None}, {"answer": Answer.DONT_KNOW}, {"filled_value": 2}, {"entered_from": "paper"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ScoreFactory(problem=problem_of(scoring, "burglary"), **wrong)


def test_scoring_again_replaces_only_one_s_own(people: People, scoring: Assessment) -> None:
    problem = problem_of(scoring, "burglary")
    for reader, value in ((people.scorer, 2), (people.other_scorer, 5), (people.scorer, 3)):
        give_scores(reader, problem, MATRIX, [GivenScore("volume", value)])
    assert own_scores(people.scorer, problem, MATRIX)["volume"].value == 3
    assert own_scores(people.other_scorer, problem, MATRIX)["volume"].value == 5
    assert Score.objects.count() == 2


@pytest.mark.parametrize(
    "given",
    [
        GivenScore("volume", 0),
        GivenScore("volume", 6),
        GivenScore("moon", 3),
        GivenScore("volume", None),
        GivenScore("volume", 3, answer=Answer.DONT_KNOW),
    ],
)
def test_a_score_off_the_scale_keeps_nothing_of_what_came_with_it(
    people: People, scoring: Assessment, given: GivenScore
) -> None:
    with pytest.raises(AssessmentRefused, match="not on the scale"):
        give_scores(people.scorer, problem_of(scoring, "burglary"), MATRIX, [GivenScore("seriousness", 3), given])
    assert not Score.objects.exists()


def test_no_score_is_taken_before_scoring_opens_or_after_it_closed(people: People, analysed: Assessment) -> None:
    for state in (AssessmentState.PREPARING, AssessmentState.DECIDING):
        Assessment.objects.update(state=state)
        with pytest.raises(AssessmentRefused, match="Scoring is closed"):
            give_all(people.scorer, analysed, "burglary", 3)
    assert not Score.objects.exists()


def test_scoring_opens_only_when_the_evidence_has_been_analysed(people: People) -> None:
    assessment = started(people)
    with pytest.raises(AssessmentRefused, match="not been analysed yet"):
        move_assessment(people.analyst, assessment, AssessmentState.SCORING)
    assessment.refresh_from_db()
    assert assessment.state == AssessmentState.PREPARING


def test_opening_the_discussion_again_keeps_the_scores(people: People, deciding: Assessment) -> None:
    before = set(Score.objects.values_list("id", "value"))
    move_assessment(people.analyst, deciding, AssessmentState.DISCUSSING)
    assert set(Score.objects.values_list("id", "value")) == before
    assert [e.action for e in entries_of(deciding.id) if e.action == "move"] == ["move"] * 3


def test_a_page_opened_before_somebody_else_closed_scoring_is_told(people: People, scoring: Assessment) -> None:
    stale = assessment_for(people.manager, scoring.id)
    move_assessment(people.manager, scoring, AssessmentState.DECIDING)
    with pytest.raises(AssessmentRefused, match="has moved on"):
        move_assessment(people.manager, stale, AssessmentState.DECIDING)


def test_a_decision_is_recorded_with_its_reason(people: People, deciding: Assessment) -> None:
    problem = problem_of(deciding, "burglary")
    decision = decide(people.analyst, problem, DECIDED)
    assert (decision.outcome, decision.reason, decision.decided_by) == (
        Outcome.PRIORITY,
        "It harms most.",
        "Community Safety Board",
    )
    assert decision.recorded_by_key == people.analyst.key
    assert entries_of(problem.id).last().changed_fields == ["decided_by", "decided_on", "outcome", "reason"]  # type: ignore[union-attr]


def test_deciding_again_replaces_the_decision_and_the_audit_keeps_both(people: People, deciding: Assessment) -> None:
    problem = problem_of(deciding, "burglary")
    decide(people.analyst, problem, DECIDED)
    decide(people.manager, problem, replace(DECIDED, outcome=Outcome.MONITORING))
    assert Decision.objects.get().outcome == Outcome.MONITORING
    actors = [entry.actor_key for entry in entries_of(problem.id) if entry.action == "decide"]
    assert actors == [people.analyst.key, people.manager.key]


def test_nothing_is_decided_while_people_score(people: People, scoring: Assessment) -> None:
    with pytest.raises(AssessmentRefused, match="Close scoring first"):
        decide(people.analyst, problem_of(scoring, "burglary"), DECIDED)
    assert not Decision.objects.exists()


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_decision_without_a_reason_is_refused(people: People, deciding: Assessment, reason: str) -> None:
    with pytest.raises(AssessmentRefused, match="Say why"):
        decide(people.analyst, problem_of(deciding, "burglary"), replace(DECIDED, reason=reason))
    assert not Decision.objects.exists()


def test_a_note_is_kept(people: People, analysed: Assessment) -> None:
    problem = problem_of(analysed, "burglary")
    write_note(people.analyst, problem, "  Sheds.  ")
    assert problem_of(analysed, "burglary").note == "Sheds."
    assert entries_of(problem.id).get().action == "note"


def test_a_named_service_gives_no_score(people: People, scoring: Assessment) -> None:
    with pytest.raises(AssessmentRefused, match="you act for none"):
        give_all(replace(people.scorer, agency=None), scoring, "burglary", 3)
    assert not Score.objects.exists()


Act = Callable[[Reader, Assessment, Held], object]
ACTS: dict[str, tuple[str, Act]] = {
    "start": ("analysed", lambda reader, assessment, held: start_assessment(reader, NEW)),
    "ask for an analysis": ("analysed", lambda reader, assessment, held: ask_for_analysis(reader, assessment)),
    "move": ("analysed", lambda reader, assessment, held: move_assessment(reader, assessment, AssessmentState.SCORING)),
    "note": ("analysed", lambda reader, assessment, held: write_note(reader, problem_of(assessment, "burglary"), "x")),
    "score": ("scoring", lambda reader, assessment, held: give_all(reader, assessment, "burglary", 3)),
    "decide": (
        "deciding",
        lambda reader, assessment, held: decide(reader, problem_of(assessment, "burglary"), DECIDED),
    ),
}


@pytest.mark.parametrize("name", ACTS)
def test_a_change_whose_audit_entry_fails_is_not_made(
    people: People, held: Held, name: str, request: pytest.FixtureRequest
) -> None:
    fixture, act = ACTS[name]
    assessment = request.getfixturevalue(fixture)
    before = rows()
    with pytest.raises(ValidationError):
        act(broken(people.manager), assessment, held)
    assert rows() == before
    assessment.refresh_from_db()
    assert assessment.state == {"analysed": "preparing"}.get(fixture, fixture)
    assert problem_of(assessment, "burglary").note == ""


def test_an_analysis_whose_audit_entry_fails_is_not_shown(people: People, held: Held, releases: object) -> None:
    assessment = started(people)
    with pytest.raises(ValidationError):
        keep_analysis(broken(people.analyst), assessment, held.analysis)
    assessment.refresh_from_db()
    assert assessment.analysis_sha256 == ""
    assert not CitedRelease.objects.exists()


@pytest.mark.parametrize("name", ACTS)
def test_a_role_without_the_permission_is_refused(
    people: People, held: Held, name: str, request: pytest.FixtureRequest
) -> None:
    fixture, act = ACTS[name]
    assessment = request.getfixturevalue(fixture)
    before = rows()
    for reader in (people.administrator, *([] if name == "score" else [people.scorer])):
        with pytest.raises(NotAllowed):
            act(reader, assessment, held)
    assert rows() == before
