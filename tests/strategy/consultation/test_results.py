"""What a consultation comes to: order, percentages with base and interval, who answered, and surveys over time."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.analytics.measures.test_preferences import R02
from tests.strategy.conftest import People
from wardmote.definitions import consultation_rule
from wardmote.strategy.consultation.actions import GivenQuestion, keep_consultation, keep_profile, keep_question
from wardmote.strategy.consultation.actions.tracker import GivenSeries, keep_series
from wardmote.strategy.consultation.models import Consultation, Question
from wardmote.strategy.consultation.queries import consultations_for, series_for
from wardmote.strategy.consultation.queries.results import (
    ConsultationResult,
    interval_words,
    is_under_represented,
    results_of,
    share_words,
)
from wardmote.strategy.consultation.queries.tracker import SeriesResult, series_result
from wardmote.strategy.consultation.reports import consultation_blocks, series_blocks
from wardmote.strategy.consultation.rules import QuestionKind
from wardmote.strategy.consultation.rules.pasted import read_profile, read_waves

from .conftest import GIVEN

pytestmark = pytest.mark.django_db
K05 = (
    "Year to March 2011; 2011-03-31; 50.9\n"
    "Year to March 2012; 2012-03-31; 57.8; ; 61.3; 32; 42; Crime Survey for England and Wales\n"
)


def result_for(people: People, *, public: bool = False) -> ConsultationResult:
    (found,) = results_of(consultations_for(people.analyst), public=public)
    return found


def test_255_answers_print_the_order_of_seven(people: People, ranking: Question) -> None:
    (question,) = result_for(people).questions
    assert [one.title for one in question.items] == list(R02)
    assert [one.place for one in question.items] == ["1", "2", "3", "4", "5", "6", "7"]
    assert question.items[0].said == "1 of 7 (255 answered)"
    assert (question.base, question.method) == ("255", "by average place")


def test_a_top_three_prints_its_percentage_with_base_and_interval(people: People) -> None:
    kept = keep_consultation(people.analyst, replace(GIVEN, base=1455))
    counts = {"Anti-social behaviour": (887,), "Burglary": (640,), "Speeding": (640,)}
    keep_question(people.analyst, kept, GivenQuestion("Your top three?", QuestionKind.CHOICES, 1455, counts, most=3))
    (question,) = result_for(people).questions
    first, second, third = question.items
    assert (first.said, first.interval) == ("61% (887 of 1,455)", "58% to 63%")
    assert (second.place, third.place) == ("2=", "2=")


def test_of_too_few_answers_the_count_stands_alone() -> None:
    assert share_words(7, 19) == "7 of 19"
    assert interval_words(Fraction(7, 19), 19) == ""
    assert share_words(7, 20) == "35% (7 of 20)"


def test_a_small_count_is_hidden_from_the_public_and_from_nobody_else(
    people: People, consultation: Consultation
) -> None:
    counts = {"Burglary": (250,), "Metal theft": (3,)}
    given = GivenQuestion("Which one?", QuestionKind.CHOICES, 253, counts, most=1)
    keep_question(people.analyst, consultation, given)
    assert [one.answered for one in result_for(people).questions[0].items] == ["250", "3"]
    # With one choice each, 3 could be worked out from 250 of 253: both are hidden.
    assert {one.answered for one in result_for(people, public=True).questions[0].items} == {"[c]"}


PROFILE = """
Age; 16 to 24; 12; 13.2
Age; 25 to 64; 140; 62.0
Age; 65 and over; 103; 24.8
Sex; Female; 3; 51
Sex; Male; 200; 49
"""


def test_a_profile_stands_beside_the_population(people: People, consultation: Consultation) -> None:
    keep_profile(people.analyst, consultation, read_profile(PROFILE), source="Census 2021, TS007A")
    young, middle, *_ = result_for(people).profile
    # 12 / 255 = 4.7%, 8.5 points below 13.2%.
    assert (young.share, young.population, young.gap) == ("4.7%", "13.2%", "−8.5 percentage points")
    assert young.is_under
    assert not middle.is_under, "54.9% of 62% is more than four fifths"
    public = {f"{one.feature}: {one.group}": one for one in result_for(people, public=True).profile}
    assert public["Sex: Female"].respondents == public["Sex: Male"].respondents == "[c]"
    assert public["Sex: Female"].share == public["Sex: Female"].gap == ""


@pytest.mark.parametrize(
    ("share", "base", "population", "under"),
    [
        (Fraction(12, 255), 255, Fraction("0.132"), True),
        (Fraction(10, 100), 100, Fraction("0.13"), False),  # below four fifths, and within chance
        (Fraction(900, 10000), 10000, Fraction("0.11"), False),  # surely below, and not by a fifth
        (Fraction(0, 19), 19, Fraction("0.5"), False),  # too few to say anything
    ],
)
def test_a_group_is_flagged_by_the_stated_rule(
    share: Fraction, base: int, population: Fraction, *, under: bool
) -> None:
    assert is_under_represented(share, base, population) is under
    assert "four fifths" in consultation_rule().words


def series_of(people: People, text: str) -> SeriesResult:
    given = GivenSeries(
        "CSEW", "Police and council deal with it", "Kent and Medway", "England and Wales", read_waves(text)
    )
    keep_series(people.analyst, given)
    return series_result(series_for(people.analyst).get())


def test_the_perception_series_prints_points_gap_and_rank(people: People) -> None:
    found = series_of(people, K05)
    before, now = found.waves
    assert before.change == ""
    assert (now.change, now.gap, now.rank) == ("+6.9 percentage points", "−3.5 percentage points", "32 of 42")
    assert (now.base, now.interval) == ("base not given", "base not given")
    assert found.latest == (
        "Police and council deal with it: 57.8% (Year to March 2012, Kent and Medway; base not given); +6.9 percentage "
        "points since the wave before; −3.5 percentage points against 61.3% (England and Wales); rank 32 of 42."
    )


def test_with_bases_the_change_has_its_interval(people: People) -> None:
    # Newcombe by statsmodels: confint_proportions_2indep(578, 1000, 509, 1000, method="newcomb") = 0.0252, 0.1123
    found = series_of(people, "A; 2011-03-31; 50.9; 1000\nB; 2012-03-31; 57.8; 1000")
    assert found.waves[1].interval == "+2.5 to +11.2"


def test_nothing_is_compared_across_a_change_of_method(people: People) -> None:
    found = series_of(people, "A; 2019-03-31; 50.9; 900\nB; 2023-03-31; 57.8; 900;;;; CSEW; asked by telephone")
    assert (found.waves[1].change, found.waves[1].interval) == ("not compared", "")
    assert "since the wave before" not in found.latest
    table = series_blocks([found])[-1]
    assert [row[0] for row in table.rows][1] == ("Change of method: asked by telephone",)  # type: ignore[union-attr]


def test_the_report_says_how_people_were_asked_and_what_the_interval_is_worth(
    people: People, consultation: Consultation
) -> None:
    given = GivenQuestion("Your top three?", QuestionKind.CHOICES, 255, {"Burglary": (100,), "Drugs": (90,)}, most=3)
    keep_question(people.analyst, consultation, given)
    printed = str(consultation_blocks(result_for(people, public=True), number=1, is_stale=True))
    for words in ("Online survey. Anybody could answer.", "1 May 2026 to 30 June 2026", "Few people under 25", "39%"):
        assert words in printed
    assert "Here people chose to answer, so the true share can lie further off" in printed
    assert "more than 3 years before this assessment" in printed


def test_a_wave_is_kept_as_it_was_given(people: People) -> None:
    found = series_of(people, K05)
    assert found.waves[1].wave.value == Decimal("57.8")
    assert found.waves[1].wave.ended_on == date(2012, 3, 31)
