"""Where an assessment may go from where it stands."""

import pytest

from wardmote.strategy.assessment.rules import (
    ANSWER_WORDS,
    CONFIDENCE_WORDS,
    ENTERED_WORDS,
    OUTCOME_WORDS,
    PRESENCE_WORDS,
    Answer,
    AssessmentState,
    Confidence,
    EnteredFrom,
    Outcome,
    Presence,
    may_move,
    may_open_ranking,
    may_see_panel,
    why_not_score,
)

PREPARING, SCORING = AssessmentState.PREPARING, AssessmentState.SCORING
DISCUSSING, DECIDING = AssessmentState.DISCUSSING, AssessmentState.DECIDING
ALLOWED = {
    (PREPARING, SCORING),
    (SCORING, DISCUSSING),
    (SCORING, DECIDING),
    (DISCUSSING, DECIDING),
    (DECIDING, DISCUSSING),
}


@pytest.mark.parametrize("now", AssessmentState)
@pytest.mark.parametrize("then", AssessmentState)
def test_the_stages_go_forward_and_nobody_scores_apart_again_once_scores_were_seen(
    now: AssessmentState, then: AssessmentState
) -> None:
    assert may_move(now, then) is ((now, then) in ALLOWED)


@pytest.mark.parametrize(
    ("holds", "prepares", "vacant", "allowed"),
    [
        (True, True, False, True),
        (True, False, False, True),
        (False, True, False, False),
        (False, True, True, True),
        (False, False, True, False),
    ],
)
def test_the_chair_opens_the_ranking_and_who_prepares_it_only_where_nobody_chairs(
    holds: bool, prepares: bool, vacant: bool, allowed: bool
) -> None:
    assert may_open_ranking(holds_permission=holds, prepares=prepares, chair_is_vacant=vacant) is allowed


@pytest.mark.parametrize(
    ("state", "runs", "allowed"),
    [
        (PREPARING, False, False),
        (SCORING, False, True),
        (SCORING, True, True),
        (DISCUSSING, False, True),
        (DISCUSSING, True, False),
        (DECIDING, False, False),
        (DECIDING, True, False),
    ],
)
def test_latecomers_score_in_the_room_and_whoever_runs_it_scored_before(
    state: AssessmentState, runs: bool, allowed: bool
) -> None:
    assert (why_not_score(state, runs_the_session=runs) == "") is allowed


@pytest.mark.parametrize(
    ("state", "runs", "given", "allowed"),
    [
        (SCORING, True, True, False),
        (DISCUSSING, False, False, False),
        (DISCUSSING, False, True, True),
        (DISCUSSING, True, False, True),
        (DECIDING, False, False, True),
    ],
)
def test_nobody_sees_the_panel_before_giving_their_own_scores(
    state: AssessmentState, runs: bool, given: bool, allowed: bool
) -> None:
    assert may_see_panel(state, runs_the_session=runs, has_given=given) is allowed


def test_every_answer_presence_and_confidence_has_its_words() -> None:
    assert set(ANSWER_WORDS) == set(Answer) - {Answer.LEVEL}
    assert set(PRESENCE_WORDS) == set(Presence)
    assert set(ENTERED_WORDS) == set(EnteredFrom)
    assert set(CONFIDENCE_WORDS) == set(Confidence)


def test_every_outcome_has_its_words() -> None:
    assert set(OUTCOME_WORDS) == set(Outcome)
