"""What a scorer reads beside the questions: the key finding of the problem, and what no longer holds of it."""

from typing import Any

import pytest

from tests.strategy.conftest import Held, People, problem_of, signed_in
from wardmote.printing.blocks import Inset
from wardmote.strategy.assessment.actions import keep_analysis
from wardmote.strategy.assessment.actions.profile import write_sentence
from wardmote.strategy.assessment.models import Assessment
from wardmote.strategy.assessment.reports.summaries import summaries_report
from wardmote.strategy.assessment.rules.profile import Item

from .test_profile import count_of, moved

pytestmark = pytest.mark.django_db


def in_brief(assessment: Assessment) -> list[str]:
    """Return the insets of the problems in brief as plain text."""
    report = summaries_report(assessment)
    assert report
    return ["".join(_plain(item) for item in block.content) for block in report.blocks if isinstance(block, Inset)]


def _plain(item: Any) -> str:
    return item if isinstance(item, str) else str(item.text)


def test_the_key_finding_stands_in_the_problems_in_brief_and_beside_the_questions(
    people: People, scoring: Assessment
) -> None:
    finding = f"There were {count_of(scoring)} burglaries. Most were of <sheds>."
    write_sentence(people.analyst, problem_of(scoring, "burglary"), Item.FINDING, finding)
    assert f"Key finding. {finding}" in in_brief(scoring)
    page = signed_in(people.scorer).get(f"/assessments/{scoring.id}/scoring/burglary/").content.decode()
    assert finding.replace("<", "&lt;").replace(">", "&gt;") in page
    other = signed_in(people.scorer).get(f"/assessments/{scoring.id}/scoring/shoplifting/").content.decode()
    assert "Key finding" not in other


def test_a_key_finding_without_figures_is_read_too_and_a_profile_not_begun_says_nothing(
    people: People, scoring: Assessment
) -> None:
    assert not any("ey finding" in text for text in in_brief(scoring))
    write_sentence(people.analyst, problem_of(scoring, "domestic-abuse"), Item.FINDING, "Most of it is not reported.")
    assert "Key finding. Most of it is not reported." in in_brief(scoring)


def test_a_key_finding_whose_number_no_longer_holds_says_so_to_the_scorer(
    people: People, held: Held, scoring: Assessment
) -> None:
    count = count_of(scoring)
    write_sentence(people.analyst, problem_of(scoring, "burglary"), Item.FINDING, f"There were {count} burglaries.")
    keep_analysis(people.analyst, scoring, moved(held, by=6))
    page = signed_in(people.scorer).get(f"/assessments/{scoring.id}/scoring/burglary/").content.decode()
    assert f"There were {count} burglaries." in page
    assert str(count + 6) in page.split("Key finding")[1].split("Where this number")[0]
