"""What scorers, and those who enter for them, read on their pages, and what becomes of what they type."""

from typing import Any

import pytest

from tests.strategy.conftest import Held, People, give_all, problem_of, signed_in, somebody
from wardmote.access.permissions import Role
from wardmote.access.readers import Reader
from wardmote.definitions import matrix
from wardmote.printing.blocks import Inset
from wardmote.strategy.assessment.actions import (
    GivenAgreement,
    GivenScore,
    Sheet,
    agree,
    enter_scores,
    keep_analysis,
    move_assessment,
)
from wardmote.strategy.assessment.actions.profile import write_sentence
from wardmote.strategy.assessment.models import AgreedScore, Assessment, Attendance, Score
from wardmote.strategy.assessment.queries.ranking import ranking_of
from wardmote.strategy.assessment.reports.summaries import summaries_report
from wardmote.strategy.assessment.rules import AssessmentState, Confidence, EnteredFrom
from wardmote.strategy.assessment.rules.profile import Item

from .test_profile import count_of, moved

pytestmark = pytest.mark.django_db
MATRIX = "kingston-2011"
CODES = [criterion.code for criterion in matrix(MATRIX).criteria]


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


@pytest.fixture
def probation(people: People, scoring: Assessment) -> Reader:
    """Somebody of an agency whose sheet of one problem the analyst has entered: all twos."""
    reader = somebody(people.partnership, Role.SCORER, "Probation officer")
    assert reader.agency
    sheet = Sheet(reader.agency, reader.agency, people.analyst.key, EnteredFrom.PAPER)
    given = [GivenScore(code, 2, reason="Said so.") for code in CODES]
    enter_scores(people.analyst, problem_of(scoring, "burglary"), MATRIX, given, sheet=sheet)
    return reader


def test_a_sheet_is_shown_to_nobody_but_who_entered_it_while_everyone_scores_apart(
    people: People, scoring: Assessment, probation: Reader
) -> None:
    address = f"/assessments/{scoring.id}/sheets/{probation.agency}/burglary/"
    page = signed_in(people.manager).get(address).content.decode()
    assert "Somebody else entered scores of this agency" in page
    assert "Said so." not in page
    assert "Said so." in signed_in(people.analyst).get(address).content.decode()
    move_assessment(people.analyst, scoring, AssessmentState.DISCUSSING)
    assert "Said so." in signed_in(people.manager).get(address).content.decode()


def test_who_has_a_sheet_entered_for_them_is_told_before_filling_one_in(
    people: People, scoring: Assessment, probation: Reader
) -> None:
    page = signed_in(probation).get(f"/assessments/{scoring.id}/scoring/burglary/").content.decode()
    assert "scores of this problem were entered for it" in page
    assert "Save and next problem" not in page


def test_who_enters_for_an_agency_that_scored_itself_is_told_before_typing(people: People, scoring: Assessment) -> None:
    give_all(people.scorer, scoring, "burglary", 4)
    page = signed_in(people.analyst).get(f"/assessments/{scoring.id}/sheets/{people.scorer.agency}/burglary/")
    assert "This agency has given its own scores of this problem" in page.content.decode()
    assert "Save and next problem" not in page.content.decode()


def test_an_empty_sheet_is_not_said_to_be_kept(people: People, scoring: Assessment) -> None:
    page = signed_in(people.scorer).post(f"/assessments/{scoring.id}/scoring/burglary/", {"then": "list"}, follow=True)
    assert "Nothing was answered, so nothing was kept." in page.content.decode()
    assert not Score.objects.exists()


def test_what_was_agreed_is_still_on_the_page_when_the_ranking_was_opened_meanwhile(
    people: People, deciding: Assessment
) -> None:
    sent = {f"{code}-value": "3" for code in CODES} | {"confidence": "low", "reason": "Half an hour of talk."}
    answer = signed_in(people.analyst).post(f"/assessments/{deciding.id}/room/burglary/agree/", sent)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "The discussion is closed, so nothing was kept." in page
    assert "Half an hour of talk." in page
    assert not AgreedScore.objects.exists()


def test_a_post_without_how_its_agency_takes_part_is_asked_about_and_not_lost(
    people: People, scoring: Assessment
) -> None:
    agency = people.scorer.agency
    address = f"/assessments/{scoring.id}/taking-part/"
    client = signed_in(people.analyst)
    page = client.post(address, {f"presence-{agency}": "", f"post-{agency}": "Superintendent"}).content.decode()
    assert "Select how Agency of the inspector takes part, or clear its post" in page
    assert "Superintendent" in page
    client.post(address, {f"presence-{agency}": "room", f"post-{agency}": "Superintendent"})
    assert Attendance.objects.get().post == "Superintendent"
    client.post(address, {f"presence-{agency}": "", f"post-{agency}": ""})
    assert not Attendance.objects.exists()


def test_a_problem_that_was_agreed_but_cannot_be_ranked_still_says_so(people: People, scoring: Assessment) -> None:
    move_assessment(people.analyst, scoring, AssessmentState.DISCUSSING)
    scores = dict.fromkeys(CODES, 3) | {"generator": None}
    agree(people.analyst, problem_of(scoring, "burglary"), MATRIX, GivenAgreement(scores, Confidence.LOW, "So agreed."))
    rows = {row.slug: row for row in ranking_of(scoring, MATRIX).rows}
    assert rows["burglary"].basis_words == "agreed by the panel"
    assert rows["shoplifting"].basis_words == ""
