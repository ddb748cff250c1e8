"""Where an assessment may go from where it stands."""

import pytest

from wardmote.strategy.assessment.rules import OUTCOME_WORDS, AssessmentState, Outcome, may_move

PREPARING, SCORING, DECIDING = AssessmentState.PREPARING, AssessmentState.SCORING, AssessmentState.DECIDING


@pytest.mark.parametrize(
    ("now", "then", "allowed"),
    [
        (PREPARING, PREPARING, False),
        (PREPARING, SCORING, True),
        (PREPARING, DECIDING, False),
        (SCORING, PREPARING, False),
        (SCORING, SCORING, False),
        (SCORING, DECIDING, True),
        (DECIDING, PREPARING, False),
        (DECIDING, SCORING, True),
        (DECIDING, DECIDING, False),
    ],
)
def test_scoring_opens_closes_and_may_be_opened_again(
    now: AssessmentState, then: AssessmentState, allowed: bool
) -> None:
    assert may_move(now, then) is allowed


def test_every_outcome_has_its_words() -> None:
    assert set(OUTCOME_WORDS) == set(Outcome)
