"""A consultation of the fictional partnership with the answers that a plan once printed."""

from datetime import date

import pytest

from tests.analytics.measures.test_preferences import R02, r02_ballots, tallied
from tests.strategy.conftest import People
from wardmote.strategy.consultation.actions import GivenConsultation, GivenQuestion, keep_consultation, keep_question
from wardmote.strategy.consultation.models import Consultation, Question
from wardmote.strategy.consultation.rules import Method, QuestionKind, Sampling

GIVEN = GivenConsultation(
    title="Community safety survey 2026",
    asked="Residents aged 16 and over",
    method=Method.ONLINE,
    sampling=Sampling.SELF_SELECTED,
    from_on=date(2026, 5, 1),
    to_on=date(2026, 6, 30),
    base=255,
    reached="The council's newsletter and a stall in the market.",
    run_by="Engagement officer, council",
    caveats="Few people under 25 answered.",
)
WORDING = "Put these in order of importance"
RANKING = GivenQuestion(WORDING, QuestionKind.RANKING, 255, tallied(r02_ballots(), R02))


@pytest.fixture
def consultation(people: People) -> Consultation:
    return keep_consultation(people.analyst, GIVEN)


@pytest.fixture
def ranking(people: People, consultation: Consultation) -> Question:
    return keep_question(people.analyst, consultation, RANKING)
