"""The ranking: ties, problems without a score, how firm a place is, and how far two models agree."""

from dataclasses import replace

import pytest

from tests.factories import AgencyFactory, AssessedProblemFactory, AssessmentFactory, ScoreFactory
from wardmote.definitions import matrix
from wardmote.strategy.assessment.models import Assessment
from wardmote.strategy.assessment.queries.ranking import Ranking, agreement_words, ranking_of
from wardmote.strategy.assessment.rules import Answer

pytestmark = pytest.mark.django_db
MATRIX = "kingston-2011"
CODES = tuple(criterion.code for criterion in matrix(MATRIX).criteria)
KEYS = ("00000000-0000-4000-8000-00000000000a", "00000000-0000-4000-8000-00000000000b")


def ranked(panel: dict[str, tuple[int | None, ...]], *, top: int = 1, without: str = "") -> Ranking:
    """Rank problems, each scored the same on every criterion by each of the scorers; None is “don't know”."""
    assessment: Assessment = AssessmentFactory(top=top)
    agency = AgencyFactory(partnership=assessment.partnership)
    for slug, values in panel.items():
        problem = AssessedProblemFactory(assessment=assessment, slug=slug)
        for key, value in zip(KEYS, values, strict=False):
            for code in CODES:
                if code != without:
                    ScoreFactory(
                        problem=problem, criterion=code, value=value, scorer_key=key, agency=agency, confidence="high",
                        answer=Answer.DONT_KNOW if value is None else Answer.LEVEL,
                    )  # fmt: skip
    return ranking_of(assessment, MATRIX)


def ranks(ranking: Ranking) -> dict[str, str]:
    return {row.slug: row.rank_words for row in ranking.rows}


def test_the_higher_score_ranks_first() -> None:
    found = ranked({"burglary": (5, 5), "robbery": (3, 3), "shoplifting": (1, 1)})
    assert ranks(found) == {"burglary": "1", "robbery": "2", "shoplifting": "3"}
    assert [row.score_words for row in found.rows] == ["100.0", "50.0", "0.0"]
    assert {row.scorers for row in found.rows} == {2}


def test_equal_problems_share_a_rank() -> None:
    assert ranks(ranked({"burglary": (3,), "robbery": (3,), "shoplifting": (1,)})) == {
        "burglary": "1=",
        "robbery": "1=",
        "shoplifting": "3",
    }


def test_the_panel_counts_by_its_middle() -> None:
    found = ranked({"burglary": (2, 5), "robbery": (4, 4)})
    assert ranks(found) == {"robbery": "1", "burglary": "2"}
    assert {row.slug: row.spread_words for row in found.rows} == {
        "robbery": "",
        "burglary": "scorers differ by up to 3",
    }


@pytest.mark.parametrize("blank", [(), (None,)], ids=["no answer", "don't know"])
def test_a_problem_without_a_score_has_no_rank_and_is_not_taken_for_the_lowest(blank: tuple[None, ...]) -> None:
    found = ranked({"burglary": (1,), "robbery": blank})
    assert ranks(found) == {"burglary": "1", "robbery": "not ranked: 8 of 8 criteria not scored"}
    unranked = found.rows[-1]
    assert (unranked.rank, unranked.score_words, unranked.firmness_words) == (None, "", "")
    assert set(unranked.contribution_words) == {"missing"}
    assert found.note == "Not ranked because a criterion has no score yet: Robbery."


def test_one_criterion_that_nobody_scored_is_enough_to_have_no_rank() -> None:
    found = ranked({"burglary": (5,)}, without="harm" if "harm" in CODES else CODES[0])
    assert found.rows[0].rank_words == "not ranked: 1 of 8 criteria not scored"


def test_a_blank_of_one_scorer_leaves_the_other_s_score_as_it_is() -> None:
    assert ranks(ranked({"burglary": (5, None), "robbery": (4, 4)})) == {"burglary": "1", "robbery": "2"}


def test_a_place_that_no_draw_moves_is_firm_and_one_that_draws_move_is_not() -> None:
    far = {row.slug: row.firmness_words for row in ranked({"burglary": (5, 5), "robbery": (1, 1)}).rows}
    assert far == {
        "burglary": "always in (100.0% of draws, places 1 to 1)",
        "robbery": "out (0.0% of draws, places 2 to 2)",
    }
    near = [row.firmness_words for row in ranked({"burglary": (2, 5), "robbery": (5, 2), "fraud": (3, 4)}).rows]
    assert all(words.startswith("could go either way") or "places 1 to" in words for words in near)
    assert not any(words.startswith("always in") for words in near)


def test_the_same_scores_give_the_same_firmness_each_time() -> None:
    assessment = AssessmentFactory()
    for slug, value in (("burglary", 4), ("robbery", 3)):
        problem = AssessedProblemFactory(assessment=assessment, slug=slug)
        for code in CODES:
            ScoreFactory(problem=problem, criterion=code, value=value, confidence="low")
    assert ranking_of(assessment, MATRIX) == ranking_of(assessment, MATRIX)


def test_two_models_that_agree_and_two_that_turn_the_order_round() -> None:
    first = ranked({"burglary": (5,), "robbery": (3,), "shoplifting": (1,)})
    assert agreement_words(first, first) == (
        "The two models agree on 1 of the first 1 problems. Over all 3 problems ranked by both, Kendall's tau is "
        "1.00: 1 is full agreement, 0 none."
    )
    turned = ranked({"burglary": (1,), "robbery": (3,), "shoplifting": (5,)})
    words = agreement_words(first, turned)
    assert words.startswith("The two models agree on 0 of the first 1 problems.")
    assert "1.00" in words
    assert "Kendall's tau is 1.00" not in words


def test_two_models_without_two_problems_in_common_cannot_be_compared() -> None:
    first = ranked({"burglary": (5,), "robbery": (None,)})
    words = agreement_words(first, replace(first, rows=first.rows[:1]))
    assert words == "The two models cannot be compared: fewer than two problems are ranked by both."
