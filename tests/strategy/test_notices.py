"""What evidence and assessment have people told: to whom, until when, and who is not asked."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from tests.factories import ReleaseFactory
from tests.strategy.conftest import People, give_all, problem_of, started
from wardmote.access.permissions import Role
from wardmote.access.readers import NotAllowed
from wardmote.partnership.members.models import Appointment, YearDate
from wardmote.partnership.members.rules import KeyDate
from wardmote.partnership.notices.queries import kinds
from wardmote.partnership.notices.rules import Again, NoticeKind
from wardmote.strategy.assessment.actions.partners import GivenQuestion, ask_partner, sign_paragraph
from wardmote.strategy.assessment.models import Assessment, Attendance, PartnerQuestion
from wardmote.strategy.assessment.queries.notices import NEAR, QUESTION_WAITS, SCORING_DAY_NEAR, SCORING_OPEN
from wardmote.strategy.assessment.rules import AssessmentState, Presence
from wardmote.strategy.evidence.actions.register import GivenSupply, keep_supply
from wardmote.strategy.evidence.models import Release
from wardmote.strategy.evidence.queries.notices import RELEASE_WAITS, SUPPLY_LATE
from wardmote.strategy.evidence.rules import ReleaseState
from wardmote.strategy.evidence.rules.supplies import Refresh

TODAY = date(2026, 11, 18)
CRIME = GivenSupply("Police crime", None, "police-uk-street-fern", "Whole force", Refresh.MONTHLY, 30)


def told(kind: NoticeKind, people: People, today: date = TODAY) -> dict[UUID, UUID]:
    """Return the things by the appointments they wait for."""
    return {due.appointment: due.thing for due in kind.find(people.partnership.id, today)}


def test_every_kind_is_declared_under_a_short_name_with_words_for_one_and_many() -> None:
    found = kinds()
    assert len(found) >= 4
    for name, kind in found.items():
        assert len(name) <= 40
        assert kind.words(1) == kind.one
        assert "2" in kind.words(2)


def test_a_late_supply_waits_for_the_analyst_until_it_has_come(people: People) -> None:
    supply = keep_supply(people.analyst, CRIME)
    assert told(SUPPLY_LATE, people) == {people.analyst.appointment: supply.id}
    assert SUPPLY_LATE.decide(people.analyst, supply.id, TODAY) is Again.WAITS
    ReleaseFactory(dataset=CRIME.dataset, months=("2026-10",))
    assert told(SUPPLY_LATE, people) == {}
    assert SUPPLY_LATE.decide(people.analyst, supply.id, TODAY) is Again.ANSWERED


def test_without_an_analyst_the_manager_is_told(people: People) -> None:
    supply = keep_supply(people.analyst, CRIME)
    Appointment.objects.filter(role=Role.ANALYST).update(ends_on=TODAY - timedelta(days=1))
    assert told(SUPPLY_LATE, people) == {people.manager.appointment: supply.id}


def test_another_partnership_s_supply_is_nobody_s_here(people: People) -> None:
    supply = keep_supply(people.analyst, CRIME)
    assert list(SUPPLY_LATE.find(people.stranger.partnership or uuid4(), TODAY)) == []
    assert SUPPLY_LATE.decide(people.stranger, supply.id, TODAY) is Again.NOT_YOURS
    with pytest.raises(NotAllowed):
        SUPPLY_LATE.decide(people.scorer, supply.id, TODAY)


def test_a_release_waits_until_somebody_has_decided(people: People) -> None:
    release = ReleaseFactory(state=ReleaseState.WAITING)
    assert told(RELEASE_WAITS, people) == {people.analyst.appointment: release.id}
    assert RELEASE_WAITS.decide(people.analyst, release.id, TODAY) is Again.WAITS
    Release.objects.update(state=ReleaseState.ACCEPTED)
    assert told(RELEASE_WAITS, people) == {}
    assert RELEASE_WAITS.decide(people.analyst, release.id, TODAY) is Again.ANSWERED
    assert RELEASE_WAITS.decide(people.analyst, uuid4(), TODAY) is Again.NOT_YOURS


def test_a_release_of_another_partnership_s_own_is_not_told(people: People) -> None:
    release = ReleaseFactory(state=ReleaseState.WAITING, partnership_id=people.stranger.partnership)
    assert told(RELEASE_WAITS, people) == {}
    assert RELEASE_WAITS.decide(people.analyst, release.id, TODAY) is not Again.WAITS


@pytest.fixture
def open_for_scores(people: People) -> Assessment:
    """An assessment that is open for scores, with two problems."""
    return started(people, ("burglary", "shoplifting"), state=AssessmentState.SCORING)


def test_scoring_waits_for_each_scorer_until_they_have_scored_everything(
    people: People, open_for_scores: Assessment
) -> None:
    both = {people.scorer.appointment: open_for_scores.id, people.other_scorer.appointment: open_for_scores.id}
    assert told(SCORING_OPEN, people) == both
    give_all(people.scorer, open_for_scores, "burglary", 4)
    assert SCORING_OPEN.decide(people.scorer, open_for_scores.id, TODAY) is Again.WAITS
    give_all(people.scorer, open_for_scores, "shoplifting", 2)
    assert SCORING_OPEN.decide(people.scorer, open_for_scores.id, TODAY) is Again.ANSWERED
    assert told(SCORING_OPEN, people) == {people.other_scorer.appointment: open_for_scores.id}


def test_an_agency_that_does_not_score_is_not_told(people: People, open_for_scores: Assessment) -> None:
    Attendance.objects.create(
        assessment=open_for_scores,
        agency_id=people.scorer.agency,
        presence=Presence.ABSENT,
        recorded_by_key=people.analyst.key,
        recorded_at="2026-11-02T09:00Z",
    )
    assert told(SCORING_OPEN, people) == {people.other_scorer.appointment: open_for_scores.id}


def test_once_the_discussion_is_open_nobody_is_told_to_score(people: People, open_for_scores: Assessment) -> None:
    Assessment.objects.update(state=AssessmentState.DISCUSSING)
    assert told(SCORING_OPEN, people) == {}
    assert SCORING_OPEN.decide(people.scorer, open_for_scores.id, TODAY) is Again.ANSWERED


@pytest.mark.parametrize(("days", "is_near"), [(0, True), (NEAR.days, True), (NEAR.days + 1, False), (-1, False)])
def test_in_the_last_days_scorers_are_told_once_more(
    people: People, open_for_scores: Assessment, days: int, is_near: bool
) -> None:
    on = TODAY + timedelta(days=days)
    YearDate.objects.create(partnership=people.partnership, kind=KeyDate.SCORING_DAY, on=on)
    assert bool(told(SCORING_DAY_NEAR, people)) is is_near
    wanted = Again.WAITS if is_near else Again.ANSWERED
    assert SCORING_DAY_NEAR.decide(people.scorer, open_for_scores.id, TODAY) is wanted


def test_the_assessment_of_another_partnership_is_nobody_s_here(people: People, open_for_scores: Assessment) -> None:
    assert SCORING_OPEN.decide(people.stranger, open_for_scores.id, TODAY) is Again.NOT_YOURS
    with pytest.raises(NotAllowed):
        SCORING_OPEN.decide(people.administrator, open_for_scores.id, TODAY)


@pytest.fixture
def asked(people: People) -> PartnerQuestion:
    """A question to the agency of the scorer."""
    assessment = started(people, ("burglary",))
    assert people.scorer.agency is not None
    given = GivenQuestion(people.scorer.agency, "What do patrols see?", TODAY + timedelta(days=7))
    return ask_partner(people.analyst, problem_of(assessment, "burglary"), given)


def test_the_agency_that_was_asked_is_told_until_it_has_answered(people: People, asked: PartnerQuestion) -> None:
    assert told(QUESTION_WAITS, people) == {people.scorer.appointment: asked.id}
    assert QUESTION_WAITS.decide(people.scorer, asked.id, TODAY) is Again.WAITS
    assert QUESTION_WAITS.url(asked.id) == f"/assessments/{asked.problem.assessment_id}/questions/{asked.id}/"
    sign_paragraph(people.scorer, asked, "Patrols see sheds left open.")
    assert QUESTION_WAITS.decide(people.scorer, asked.id, TODAY) is Again.ANSWERED
    assert told(QUESTION_WAITS, people) == {}


def test_another_agency_is_not_told_of_the_question(people: People, asked: PartnerQuestion) -> None:
    for reader in (people.other_scorer, people.stranger):
        assert QUESTION_WAITS.decide(reader, asked.id, TODAY) is Again.NOT_YOURS
