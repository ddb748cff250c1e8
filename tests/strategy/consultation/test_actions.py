"""Recording consultations: result, audit, refusal, and nothing half kept."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.strategy.conftest import People
from wardmote.access.readers import NotAllowed
from wardmote.audit.queries import entries_of
from wardmote.strategy.consultation.actions import (
    ConsultationRefused,
    GivenQuestion,
    keep_consultation,
    keep_profile,
    keep_question,
    map_items,
    remove_question,
)
from wardmote.strategy.consultation.actions.tracker import GivenSeries, keep_series
from wardmote.strategy.consultation.models import Consultation, Item, Question, Series
from wardmote.strategy.consultation.rules import QuestionKind
from wardmote.strategy.consultation.rules.pasted import read_profile, read_waves

from .conftest import GIVEN, RANKING, WORDING

pytestmark = pytest.mark.django_db
SERIES = GivenSeries("CSEW", "Feel safe", "Borough", "", read_waves("A; 2025-03-31; 50"))


def test_a_consultation_is_recorded_with_its_entry(people: People, consultation: Consultation) -> None:
    assert (consultation.base, consultation.partnership) == (255, people.partnership)
    (entry,) = entries_of(consultation.id)
    assert (entry.action, entry.actor_key) == ("keep", people.analyst.key)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"to_on": date(2026, 4, 30)}, "The last day lies before the first"),
        ({"to_on": timezone.localdate() + timedelta(days=1)}, "The last day lies ahead"),
    ],
)
def test_dates_that_cannot_be_are_refused(people: People, changed: dict[str, Any], said: str) -> None:
    with pytest.raises(ConsultationRefused, match=said):
        keep_consultation(people.analyst, replace(GIVEN, **changed))
    assert not Consultation.objects.exists()


def test_a_title_is_kept_once(people: People, consultation: Consultation) -> None:
    with pytest.raises(ConsultationRefused, match="recorded already"):
        keep_consultation(people.analyst, replace(GIVEN, title="community safety SURVEY 2026"))


def test_a_base_below_that_of_a_question_is_refused(
    people: People, consultation: Consultation, ranking: Question
) -> None:
    with pytest.raises(ConsultationRefused, match="More people answered"):
        keep_consultation(people.analyst, replace(GIVEN, base=254), consultation=consultation)


def test_a_question_given_again_takes_the_place_of_the_first(
    people: People, consultation: Consultation, ranking: Question
) -> None:
    keep_question(people.analyst, consultation, replace(RANKING, counts={"A": (1, 2), "B": (2, 1)}, base=3))
    (question,) = consultation.questions.all()
    assert (question.wording, [item.title for item in question.items.all()]) == (WORDING, ["A", "B"])


def test_a_refused_question_leaves_the_first_as_it_was(
    people: People, consultation: Consultation, ranking: Question
) -> None:
    for given in (replace(RANKING, base=10), replace(RANKING, base=256)):
        with pytest.raises(ConsultationRefused):
            keep_question(people.analyst, consultation, given)
    assert consultation.questions.get().id == ranking.id
    assert Item.objects.count() == 7


def test_items_are_said_to_be_problems_of_the_list_alone(people: People, ranking: Question) -> None:
    burglary = ranking.items.get(title="Burglary")
    map_items(people.analyst, ranking, {burglary.id: "burglary"})
    ranking.refresh_from_db()
    assert ranking.is_mapped
    assert set(ranking.items.values_list("problem", flat=True)) == {"burglary", ""}
    with pytest.raises(ConsultationRefused, match="Choose a problem of the list"):
        map_items(people.analyst, ranking, {burglary.id: "made-up"})


def test_a_question_is_removed_with_its_counts(people: People, ranking: Question) -> None:
    key = ranking.id
    remove_question(people.analyst, ranking)
    assert not Item.objects.exists()
    assert "remove" in [entry.action for entry in entries_of(key)]


def test_a_profile_larger_than_its_base_or_without_a_source_is_refused(
    people: People, consultation: Consultation
) -> None:
    with pytest.raises(ConsultationRefused, match="The groups of Age have 256 respondents"):
        keep_profile(people.analyst, consultation, read_profile("Age; 16 to 24; 256; 13"), source="Census 2021")
    with pytest.raises(ConsultationRefused, match="Say where the population"):
        keep_profile(people.analyst, consultation, read_profile("Age; 16 to 24; 6; 13"), source=" ")
    assert not consultation.profile.exists()


def test_a_series_is_kept_once_and_changed_whole(people: People) -> None:
    kept = keep_series(people.analyst, SERIES)
    keep_series(people.analyst, replace(SERIES, waves=read_waves("B; 2026-03-31; 60")), series=kept)
    assert [wave.period for wave in kept.waves.all()] == ["B"]
    with pytest.raises(ConsultationRefused, match="kept already"):
        keep_series(people.analyst, SERIES)
    ahead = (timezone.localdate() + timedelta(days=1)).isoformat()
    with pytest.raises(ConsultationRefused, match="C ends ahead, on"):
        keep_series(people.analyst, replace(SERIES, waves=read_waves(f"C; {ahead}; 60")), series=kept)
    assert [entry.action for entry in entries_of(kept.id)] == ["keep", "keep"]


def test_who_may_not_bring_in_evidence_is_refused_everything(
    people: People, consultation: Consultation, ranking: Question
) -> None:
    choices = GivenQuestion("Which?", QuestionKind.CHOICES, 10, {"A": (1,), "B": (2,)}, most=1)
    reader = people.scorer
    for attempt in (
        lambda: keep_consultation(reader, replace(GIVEN, title="Another")),
        lambda: keep_question(reader, consultation, choices),
        lambda: map_items(reader, ranking, {}),
        lambda: remove_question(reader, ranking),
        lambda: keep_profile(reader, consultation, [], source="Census"),
        lambda: keep_series(reader, SERIES),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert (Consultation.objects.count(), Question.objects.count(), Series.objects.count()) == (1, 1, 0)
