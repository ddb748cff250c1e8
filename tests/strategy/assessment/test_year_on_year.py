"""This assessment beside the one before it: who moved and how clearly, firm places that held, forecasts judged."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.assessment import AssessedProblemFactory, AssessmentFactory
from tests.strategy.conftest import People, signed_in
from wardmote.printing.blocks import FigureRef, Paragraph, Table
from wardmote.strategy.assessment.models import Assessment
from wardmote.strategy.assessment.queries.ranking import ranking_of
from wardmote.strategy.assessment.queries.year_on_year import LastAssessment, last_assessment
from wardmote.strategy.assessment.reports.year_on_year import last_assessment_blocks
from wardmote.strategy.assessment.rules import AssessmentState
from wardmote.strategy.assessment.rules.year_on_year import Move, Ranked, held_places, moves_between


def ranked(slug: str, rank: int | None, best: int = 0, worst: int = 0, firmness: str = "", **points: int) -> Ranked:
    told = {name: Fraction(value) for name, value in points.items()}
    return Ranked(slug, slug.title(), rank, told, firmness, best, worst)


THEN = [
    ranked("violence", 1, 1, 1, "always in", volume=5, trend=3),
    ranked("burglary", 2, 1, 3, "always in", volume=3, trend=5),
    ranked("theft", 3, 2, 4, "could go either way", volume=4, trend=2),
    ranked("drugs", 4, 4, 5, "out", volume=1, trend=2),
    ranked("fraud", 5, 5, 5, "out", volume=1, trend=1),
]
NOW = [
    ranked("violence", 1, volume=5, trend=4),
    ranked("drugs", 2, volume=4, trend=4),
    ranked("theft", 3, volume=4, trend=2),
    ranked("burglary", 4, volume=2, trend=1),
    ranked("hate", 5, volume=1, trend=3),
]


def told(title: str) -> Move:
    return next(move for move in moves_between(THEN, NOW) if move.title == title)


@pytest.mark.parametrize(
    ("title", "words", "moved_by"),
    [
        ("Violence", "same place", [("trend", 3, 4)]),
        # It took places 4 and 5 then: second is beyond that. Burglary took 1 to 3: fourth is beyond that too.
        ("Drugs", "up 2, a clear move", [("volume", 1, 4), ("trend", 2, 4)]),
        ("Burglary", "down 2, a clear move", [("trend", 5, 1), ("volume", 3, 2)]),
        ("Theft", "same place", []),
        ("Hate", "not assessed then", []),
        ("Fraud", "no longer assessed", []),
    ],
)
def test_what_became_of_each_problem(title: str, words: str, moved_by: list[tuple[str, int, int]]) -> None:
    assert told(title).words == words
    assert list(told(title).moved_by) == moved_by


def test_a_move_within_the_places_that_were_open_is_no_clear_one() -> None:
    (move,) = moves_between([ranked("theft", 3, 2, 4)], [ranked("theft", 2)])
    assert move.words == "up 1, within what the earlier ranking left open"


def test_a_problem_without_a_rank_in_both_is_not_compared() -> None:
    (move,) = moves_between([ranked("theft", None)], [ranked("theft", 2)])
    assert (move.places, move.words) == (None, "cannot be compared: not ranked in both")


def test_places_that_were_firm_are_held_against_the_new_ranking() -> None:
    moves = moves_between(THEN, NOW)
    always = held_places(moves, firmness="always in", top=3)
    assert (always.among_first, always.not_among_first) == (("Violence",), ("Burglary",))
    out = held_places(moves, firmness="out", top=3)
    # Fraud is no longer assessed, and is not counted as one that stayed out.
    assert (out.among_first, out.not_among_first) == (("Drugs",), ())


RANKS = st.lists(st.sampled_from("abcdefgh"), min_size=1, unique=True)


@given(RANKS, RANKS)
def test_moves_of_the_problems_in_both_add_up_to_what_the_others_leave(then: list[str], now: list[str]) -> None:
    before = [ranked(slug, at + 1) for at, slug in enumerate(then)]
    moves = moves_between(before, [ranked(slug, at + 1) for at, slug in enumerate(now)])
    assert {move.title for move in moves} == {slug.title() for slug in {*then, *now}}
    both = [slug for slug in now if slug in then]
    assert sum(move.places or 0 for move in moves) == sum(then.index(slug) - now.index(slug) for slug in both)


FORECAST = {
    "months": {f"2025-{month:02}": {} for month in range(1, 13)},
    "year": {"expected": 130, "low80": 110, "high80": 150},
}


def analysis(each: int | None = 10, **more: Any) -> dict[str, Any]:
    months = {f"2025-{month:02}": each for month in range(1, 13)}
    problem = {"slug": "burglary", "title": "Burglary", "months": months, "rate": {"count": 12 * (each or 0)}}
    return {"problems": [problem], "period": {"first": "2025-01", "last": "2025-12"}, **more}


def forecast_table(content: dict[str, Any]) -> Table | None:
    last = LastAssessment("Assessment 2024", "", 0, (), (), {"burglary": FORECAST})
    found = [block for block in last_assessment_blocks(last, content) if isinstance(block, Table)]
    return found[0] if found else None


def test_the_forecast_that_was_kept_is_held_against_what_happened() -> None:
    table = forecast_table(analysis())
    assert table is not None
    assert table.rows[0][1:] == (("130",), ("110 to 150",), (FigureRef("120", "burglary.count"),), ("yes",))
    assert "1 of 1 lay in the 80% interval" in table.note
    outside = forecast_table(analysis(20))
    assert outside is not None
    assert outside.rows[0][-1] == ("no",)


def test_a_forecast_of_months_that_are_not_known_is_not_judged() -> None:
    assert forecast_table(analysis(None)) is None
    assert forecast_table(analysis(disclosure={"state": "small counts hidden"})) is None


def test_the_ranking_page_shows_what_changed_since_the_last_assessment(people: People, decided: Assessment) -> None:
    page = signed_in(people.analyst).get(f"/assessments/{decided.id}/ranking/").content.decode()
    assert "What changed since the last assessment" not in page
    earlier = AssessmentFactory.create(
        partnership=decided.partnership,
        title="Assessment of last year",
        as_at=date(2025, 6, 30),
        matrix=decided.matrix,
        top=decided.top,
        state=AssessmentState.DECIDING,
    )
    AssessedProblemFactory.create(assessment=earlier, slug="burglary")
    page = signed_in(people.analyst).get(f"/assessments/{decided.id}/ranking/").content.decode()
    assert "What changed since the last assessment" in page
    assert "This ranking beside that of Assessment of last year" in page
    assert "cannot be compared: not ranked in both" in page


def test_another_matrix_is_said_and_not_compared(people: People, decided: Assessment) -> None:
    AssessmentFactory.create(
        partnership=decided.partnership,
        title="Assessment of last year",
        as_at=date(2025, 6, 30),
        matrix="impact-likelihood-4x4",
        top=3,
        state=AssessmentState.DECIDING,
    )
    last = last_assessment(decided, [ranking_of(decided, decided.matrix)])
    assert last is not None
    assert last.moves == ()
    (said,) = [block for block in last_assessment_blocks(last, analysis()) if isinstance(block, Paragraph)]
    assert "ranks cannot be compared" in str(said)
