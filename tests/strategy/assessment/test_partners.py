"""Paragraphs asked of partners: only the agency that was asked answers, and nobody edits what it signed."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.factories import AgencyFactory
from tests.strategy.conftest import People, problem_of, signed_in
from wardmote.access.readers import NotAllowed, Reader
from wardmote.audit.queries import entries_of
from wardmote.home.queries import lines_for
from wardmote.strategy.assessment.actions import AssessmentRefused, choose_problems
from wardmote.strategy.assessment.actions.partners import (
    GivenPaper,
    GivenQuestion,
    accept_paragraph,
    ask_again,
    ask_partner,
    key_paper,
    sign_paragraph,
    withdraw_question,
)
from wardmote.strategy.assessment.models import Assessment, PartnerParagraph, PartnerQuestion
from wardmote.strategy.assessment.queries.partners import (
    answers_to_read,
    question_for,
    questions_about,
    unanswered_questions,
)
from wardmote.strategy.assessment.queries.profile import profile_of
from wardmote.strategy.assessment.reports import draft_report
from wardmote.strategy.assessment.reports.lines import lines_of
from wardmote.strategy.assessment.rules.profile import QuestionState

pytestmark = pytest.mark.django_db


def today() -> date:
    return timezone.localdate()


def agency_of(reader: Reader) -> Any:
    assert reader.agency is not None
    return reader.agency


@pytest.fixture
def asked(people: People, analysed: Assessment) -> PartnerQuestion:
    """A question to the agency of the scorer, due in a week."""
    given = GivenQuestion(agency_of(people.scorer), "What do patrols see?", today() + timedelta(days=7))
    return ask_partner(people.analyst, problem_of(analysed, "burglary"), given)


def page_of(question: PartnerQuestion) -> str:
    return f"/assessments/{question.problem.assessment_id}/questions/{question.id}/"


def texts(assessment: Assessment) -> list[str]:
    return [one.text for one in profile_of(problem_of(assessment, "burglary")).paragraphs]


def test_a_question_is_kept_with_who_asked_and_by_when(people: People, asked: PartnerQuestion) -> None:
    assert asked.asked_by_post == people.analyst.post
    (entry,) = entries_of(asked.id)
    assert entry.action == "ask"


def test_a_question_goes_to_an_agency_of_the_partnership_with_a_day_to_come(
    people: People, analysed: Assessment
) -> None:
    problem = problem_of(analysed, "burglary")
    week = today() + timedelta(days=7)
    for given, why in (
        (GivenQuestion(agency_of(people.stranger), "Why?", week), "agency of your partnership"),
        (GivenQuestion(agency_of(people.scorer), " ", week), "Enter the question"),
        (GivenQuestion(agency_of(people.scorer), "Why?", today() - timedelta(days=1)), "until today or later"),
    ):
        with pytest.raises(AssessmentRefused, match=why):
            ask_partner(people.analyst, problem, given)
    with pytest.raises(NotAllowed):
        ask_partner(people.scorer, problem, GivenQuestion(agency_of(people.scorer), "Why?", week))


def test_a_paragraph_is_signed_by_post_and_agency_and_printed_once_accepted(
    people: People, analysed: Assessment, asked: PartnerQuestion
) -> None:
    row = sign_paragraph(people.scorer, asked, " Patrols see open sheds. ")
    assert (row.number, row.text, row.signed_post) == (1, "Patrols see open sheds.", people.scorer.post)
    assert texts(analysed) == []
    assert [view.question for view in answers_to_read(people.analyst, today=today())] == [asked]
    accept_paragraph(people.analyst, asked)
    assert texts(analysed) == ["Patrols see open sheds."]
    lines = lines_of(draft_report(analysed))
    at = lines.index("Agency of the inspector was asked: What do patrols see?")
    assert lines[at + 1] == "Patrols see open sheds."
    assert lines[at + 2] == f"Signed: Inspector, Agency of the inspector, {today():%-d %B %Y}."
    assert [entry.action for entry in entries_of(row.id)] == ["sign", "accept"]


def test_nobody_of_another_agency_answers_not_even_who_asked(people: People, asked: PartnerQuestion) -> None:
    for reader in (people.other_scorer, people.analyst, people.manager, people.stranger, people.administrator):
        with pytest.raises(NotAllowed):
            sign_paragraph(reader, asked, "Not ours to say.")
    for reader in (people.scorer, people.other_scorer):
        with pytest.raises(NotAllowed):
            accept_paragraph(reader, asked)
    assert not PartnerParagraph.objects.exists()


def test_another_agency_sees_neither_question_nor_paragraph_before_it_is_accepted(
    people: People, analysed: Assessment, asked: PartnerQuestion
) -> None:
    sign_paragraph(people.scorer, asked, "Patrols see open sheds.")
    other: Any = signed_in(people.other_scorer)
    profile = f"/assessments/{analysed.id}/problems/burglary/profile/"
    assert other.get(page_of(asked)).status_code == 404
    assert "open sheds" not in other.get(profile).content.decode()
    assert "What do patrols see?" not in other.get(profile).content.decode()
    assert signed_in(people.stranger).get(page_of(asked)).status_code == 404
    with pytest.raises(PartnerQuestion.DoesNotExist):
        question_for(people.other_scorer, analysed, asked.id)
    assert "open sheds" in signed_in(people.manager).get(page_of(asked)).content.decode()
    accept_paragraph(people.manager, asked)
    assert "open sheds" in other.get(profile).content.decode()


def test_asking_again_says_why_and_keeps_what_was_signed(
    people: People, analysed: Assessment, asked: PartnerQuestion
) -> None:
    sign_paragraph(people.scorer, asked, "Sheds.")
    later = today() + timedelta(days=14)
    with pytest.raises(AssessmentRefused, match="what is missing"):
        ask_again(people.analyst, asked, why=" ", due_on=later)
    ask_again(people.analyst, asked, why="How many?", due_on=later)
    (view,) = unanswered_questions(people.scorer, today=today())
    assert (view.state, view.question.due_on) == (QuestionState.WAITING, later)
    assert view.newest is not None
    assert view.newest.returned_why == "How many?"
    with pytest.raises(AssessmentRefused, match="No paragraph waits"):
        accept_paragraph(people.analyst, asked)
    sign_paragraph(people.scorer, asked, "Forty sheds.")
    accept_paragraph(people.analyst, asked)
    assert [(one.number, one.text) for one in PartnerParagraph.objects.all()] == [(1, "Sheds."), (2, "Forty sheds.")]
    assert texts(analysed) == ["Forty sheds."]


def test_the_accepted_paragraph_stays_until_a_new_version_is_accepted_too(
    people: People, analysed: Assessment, asked: PartnerQuestion
) -> None:
    sign_paragraph(people.scorer, asked, "Forty sheds.")
    accept_paragraph(people.analyst, asked)
    sign_paragraph(people.scorer, asked, "Forty-one sheds.")
    assert texts(analysed) == ["Forty sheds."]
    accept_paragraph(people.analyst, asked)
    assert texts(analysed) == ["Forty-one sheds."]
    assert PartnerParagraph.objects.count() == 2


def test_the_database_refuses_a_paragraph_both_accepted_and_sent_back(people: People, asked: PartnerQuestion) -> None:
    sign_paragraph(people.scorer, asked, "Sheds.")
    accept_paragraph(people.analyst, asked)
    with pytest.raises(IntegrityError), transaction.atomic():
        PartnerParagraph.objects.update(returned_at=timezone.now(), returned_why="No.")


def test_a_question_is_taken_back_while_nobody_has_answered(
    people: People, analysed: Assessment, asked: PartnerQuestion
) -> None:
    with pytest.raises(AssessmentRefused, match="has been begun"):
        choose_problems(people.analyst, analysed, ["shoplifting", "domestic-abuse"])
    key = asked.id
    withdraw_question(people.analyst, asked)
    assert not PartnerQuestion.objects.exists()
    assert [entry.action for entry in entries_of(key)] == ["ask", "withdraw"]


def test_a_question_that_was_answered_stays(people: People, asked: PartnerQuestion) -> None:
    sign_paragraph(people.scorer, asked, "Sheds.")
    with pytest.raises(AssessmentRefused, match="what was signed stays"):
        withdraw_question(people.analyst, asked)


def test_the_home_page_of_the_agency_asks_and_that_of_the_analyst_says_what_came_and_what_is_late(
    people: People, asked: PartnerQuestion
) -> None:
    (line, *_) = lines_for(people.scorer, today=today())
    assert line.text == f"Your agency is asked about Burglary, due {asked.due_on:%-d %B %Y}."
    assert line.url == page_of(asked)
    assert not any("asked about" in one.text for one in lines_for(people.other_scorer, today=today()))
    late = asked.due_on + timedelta(days=1)
    assert "overdue since" in lines_for(people.scorer, today=late)[0].text
    assert lines_for(people.analyst, today=late)[0].text == "Overdue from partners: Agency of the inspector."
    sign_paragraph(people.scorer, asked, "Sheds.")
    assert (
        lines_for(people.analyst, today=late)[0].text == "Paragraphs of partners to be read: Agency of the inspector."
    )
    assert not any("asked" in one.text for one in lines_for(people.scorer, today=late))


def test_two_questions_are_one_line_that_leads_to_the_first_due(
    people: People, analysed: Assessment, asked: PartnerQuestion
) -> None:
    sooner = GivenQuestion(agency_of(people.scorer), "Where?", today() + timedelta(days=2))
    first = ask_partner(people.analyst, problem_of(analysed, "shoplifting"), sooner)
    line = lines_for(people.scorer, today=today())[0]
    assert line.text.startswith("Your agency is asked 2 questions, the first about Shoplifting")
    assert line.url == page_of(first)
    views = unanswered_questions(people.analyst, today=today(), assessment=analysed, agency=people.scorer.agency)
    assert [view.question for view in views] == [first, asked]


def test_a_reader_is_told_only_of_what_they_may_see(
    people: People, analysed: Assessment, asked: PartnerQuestion
) -> None:
    problem = problem_of(analysed, "burglary")
    assert [view.question for view in questions_about(people.analyst, problem, today=today())] == [asked]
    assert questions_about(people.other_scorer, problem, today=today()) == []
    assert unanswered_questions(people.stranger, today=today()) == []
    with pytest.raises(NotAllowed):
        unanswered_questions(people.administrator, today=today())


def test_the_pages_ask_answer_accept_and_ask_again(people: People, analysed: Assessment) -> None:
    analyst: Any = signed_in(people.analyst)
    partner: Any = signed_in(people.scorer)
    profile = f"/assessments/{analysed.id}/problems/burglary/profile/"
    due = {f"due_on_{part}": str(getattr(today() + timedelta(days=7), part)) for part in ("day", "month", "year")}
    sent = {"agency": str(agency_of(people.scorer)), "question": "What do patrols see?", **due}
    assert "Select an agency" in analyst.post(f"{profile}ask/", {**sent, "agency": ""}).content.decode()
    past = {**sent, "due_on_year": "2020"}
    assert "until today or later" in analyst.post(f"{profile}ask/", past).content.decode()
    assert "stands on the home page" in analyst.post(f"{profile}ask/", sent, follow=True).content.decode()
    url = page_of(PartnerQuestion.objects.get())
    assert "You sign as Inspector, Agency of the inspector." in partner.get(url).content.decode()
    assert "Write your paragraph" in partner.post(url, {"text": ""}).content.decode()
    assert partner.post(url, {"text": "Sheds."}).status_code == 302
    assert analyst.post(url, {"text": "Mine."}).status_code == 404
    assert "Say what is missing" in analyst.post(f"{url}again/", {"why": "", **due}).content.decode()
    assert analyst.post(f"{url}again/", {"why": "How many?", **due}).status_code == 302
    assert "How many?" in partner.get(url).content.decode()
    assert partner.post(url, {"text": "Forty sheds."}).status_code == 302
    assert partner.post(f"{url}accept/").status_code == 403
    assert analyst.post(f"{url}accept/").status_code == 302
    assert "Forty sheds." in analyst.get(profile).content.decode()
    analyst.post(f"{url}withdraw/")
    assert PartnerQuestion.objects.exists()
    assert analyst.get(f"{url}accept/").status_code == 405


def test_asking_an_agency_of_which_nobody_can_sign_in_says_so(people: People, analysed: Assessment) -> None:
    silent = AgencyFactory(partnership=people.partnership, name="Drainage board")
    due = {f"due_on_{part}": str(getattr(today() + timedelta(days=7), part)) for part in ("day", "month", "year")}
    client: Any = signed_in(people.analyst)
    url = f"/assessments/{analysed.id}/problems/burglary/profile/ask/"
    page = client.post(url, {"agency": str(silent.id), "question": "Why?", **due}, follow=True).content.decode()
    assert "Nobody of Drainage board has an account yet" in page


def test_an_answer_on_paper_is_keyed_under_its_post_and_day_and_printed_as_keyed(
    people: People, analysed: Assessment, asked: PartnerQuestion
) -> None:
    row = key_paper(people.analyst, asked, GivenPaper(" Patrols see open sheds. ", "Sergeant", date(2026, 11, 3)))
    words = (
        "Signed: Sergeant, Agency of the inspector, 3 November 2026. "
        f"On paper, keyed by {people.analyst.post}, {today():%-d %B %Y}."
    )
    assert (row.text, row.signed) == ("Patrols see open sheds.", words)
    assert words in signed_in(people.scorer).get(page_of(asked)).content.decode()
    assert texts(analysed) == []
    accept_paragraph(people.manager, asked)
    assert words in lines_of(draft_report(analysed))
    assert [entry.action for entry in entries_of(row.id)] == ["key", "accept"]
    sign_paragraph(people.scorer, asked, "Patrols see forty open sheds.")
    accept_paragraph(people.analyst, asked)
    assert texts(analysed) == ["Patrols see forty open sheds."]


def test_only_who_prepares_keys_paper_with_a_post_and_a_day_that_has_come(
    people: People, analysed: Assessment, asked: PartnerQuestion
) -> None:
    for reader in (people.scorer, people.other_scorer, people.administrator):
        with pytest.raises(NotAllowed):
            key_paper(reader, asked, GivenPaper("Sheds.", "Sergeant", today()))
    client: Any = signed_in(people.analyst)
    url = f"{page_of(asked)}paper/"
    tomorrow = today() + timedelta(days=1)
    day = {f"paper_on_{part}": str(getattr(tomorrow, part)) for part in ("day", "month", "year")}
    sent = {"text": "Sheds <b>.", "signed_post": "Sergeant", **day}
    refused = client.post(url, sent).content.decode()
    assert "That day lies ahead" in refused
    assert "Sheds &lt;b&gt;." in refused
    assert "Enter the post that signed it" in client.post(url, {**sent, "signed_post": " "}).content.decode()
    assert (
        "Enter a real date" in client.post(url, {**sent, "paper_on_day": "31", "paper_on_month": "2"}).content.decode()
    )
    assert not PartnerParagraph.objects.exists()
    assert client.post(url, {**sent, "paper_on_year": "2025"}).status_code == 302
    assert signed_in(people.scorer).get(url).status_code == 403
    assert signed_in(people.stranger).get(url).status_code in {403, 404}


def test_the_database_keeps_no_paper_without_who_keyed_it(people: People, asked: PartnerQuestion) -> None:
    sign_paragraph(people.scorer, asked, "Sheds.")
    with pytest.raises(IntegrityError), transaction.atomic():
        PartnerParagraph.objects.update(paper_on=today())


def test_what_is_sent_twice_is_kept_once(people: People, analysed: Assessment, asked: PartnerQuestion) -> None:
    given = GivenQuestion(agency_of(people.scorer), "What do patrols see?", asked.due_on)
    with pytest.raises(AssessmentRefused, match="has been asked this already"):
        ask_partner(people.analyst, problem_of(analysed, "burglary"), given)
    client: Any = signed_in(people.scorer)
    client.post(page_of(asked), {"text": "Sheds."})
    assert "stands here already" in client.post(page_of(asked), {"text": "Sheds."}).content.decode()
    assert PartnerParagraph.objects.count() == 1
    ask_again(people.analyst, asked, why="Are they?", due_on=asked.due_on)
    assert sign_paragraph(people.scorer, asked, "Sheds.").number == 2
