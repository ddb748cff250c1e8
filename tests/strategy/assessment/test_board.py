"""What goes before a board: consultations, the balance, proposals, requirements, the paper, the route, copies."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from tests.printing.pdf_checks import assert_accessible
from tests.printing.pdf_text import text_of
from tests.strategy.conftest import People, approved, problem_of, signed_in, started
from tests.strategy.consultation.conftest import GIVEN, RANKING
from wardmote.access.readers import NotAllowed
from wardmote.audit.queries import entries_of
from wardmote.definitions import problems
from wardmote.printing import pdf
from wardmote.strategy.assessment.actions import AssessmentRefused, GivenDecision, decide
from wardmote.strategy.assessment.actions.board import (
    GivenCheck,
    GivenRequirement,
    check_changes,
    keep_requirement,
    note_copy,
    plan_route,
    propose,
    remove_requirement,
    use_consultations,
    write_paper,
)
from wardmote.strategy.assessment.actions.outline import write_part
from wardmote.strategy.assessment.models import Approval, Assessment, Proposal, Requirement
from wardmote.strategy.assessment.queries.balance import Balance, balance_of
from wardmote.strategy.assessment.queries.consulted import suggested
from wardmote.strategy.assessment.queries.outline import outline_of
from wardmote.strategy.assessment.queries.route import next_body, route_of
from wardmote.strategy.assessment.reports import draft_report
from wardmote.strategy.assessment.reports.board import approved_words, board_report, decision_asked
from wardmote.strategy.assessment.reports.lines import lines_of
from wardmote.strategy.assessment.rules import ApprovalOutcome, Outcome, PartState
from wardmote.strategy.assessment.rules.board import (
    LastYear,
    Requirer,
    RouteFault,
    Standing,
    compare_years,
    differences_of,
    is_in_force,
    lines_naming,
    read_route,
)
from wardmote.strategy.consultation.actions import keep_consultation, keep_question, map_items
from wardmote.strategy.consultation.models import Consultation
from wardmote.strategy.publishing.models import PublishedVersion

REQUIRED = GivenRequirement(
    "domestic-abuse", Requirer.STATUTE, "Provide support in safe accommodation.", "Domestic Abuse Act 2021, part 4",
    date(2021, 10, 1),
)  # fmt: skip


@pytest.fixture
def heard(people: People, deciding: Assessment) -> Consultation:
    """A consultation of 255 that belongs to the assessment: residents put burglary first."""
    kept = keep_consultation(people.analyst, GIVEN)
    question = keep_question(people.analyst, kept, RANKING)
    mapped = {item.id: {"Burglary": "burglary", "Domestic abuse": "domestic-abuse"}.get(item.title, "")
              for item in question.items.all()}  # fmt: skip
    map_items(people.analyst, question, mapped)
    use_consultations(people.analyst, deciding, [kept.id], [])
    return kept


def row_of(balance: Balance, slug: str) -> Any:
    return next(row for row in balance.rows if row.slug == slug)


@pytest.mark.parametrize(
    ("outcome", "standing", "said"),
    [
        (Outcome.PRIORITY, Standing(1, 3, 1), []),
        (Outcome.PRIORITY, Standing(9, 5), ["A priority, though ranked 9, outside the first 5"]),
        (Outcome.PRIORITY, Standing(None, 5), ["A priority without a rank"]),
        (Outcome.MONITORING, Standing(2, 5), ["No priority, though ranked 2, within the first 5"]),
        (Outcome.MONITORING, Standing(9, 5, 3), ["No priority, though residents put it in place 3"]),
        (Outcome.MONITORING, Standing(9, 5, 4), []),
        (None, Standing(1, 5, 1), []),
    ],
)
def test_a_decision_that_goes_its_own_way_says_so(outcome: Outcome | None, standing: Standing, said: list[str]) -> None:
    assert differences_of(outcome, standing) == said


@given(st.integers(1, 20), st.integers(1, 20))
def test_following_the_ranking_is_never_a_difference(rank: int, top: int) -> None:
    follows = Outcome.PRIORITY if rank <= top else Outcome.MONITORING
    assert not differences_of(follows, Standing(rank, top))


def test_last_years_lines_are_matched_by_whole_words() -> None:
    lines = ["1. Reduce domestic  abuse", "2. Tackle anti-social behaviour", "3. Keep the town centre safe"]
    titles = {"a": "Anti-social behaviour", "d": "Domestic abuse", "b": "Abuse of trust", "t": "Town"}
    assert lines_naming(lines, titles) == {"d": lines[0], "a": lines[1], "t": lines[2]}


def test_priorities_are_new_kept_or_gone() -> None:
    now = {"a": Outcome.PRIORITY, "b": Outcome.PRIORITY, "c": Outcome.MONITORING, "d": Outcome.PRIORITY}
    last = {"a": LastYear.PRIORITY, "b": LastYear.NOT, "c": LastYear.PRIORITY, "d": LastYear.NOT_KNOWN}
    found = compare_years(now, last)
    assert (found.new, found.kept, found.gone) == (("b",), ("a",), ("c",))


def test_a_requirement_applies_from_its_first_to_its_last_day() -> None:
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    days = [date(2025, 12, 31), first, last, date(2027, 1, 1)]
    assert [is_in_force(first, last, day) for day in days] == [False, True, True, False]
    assert is_in_force(first, None, date(2040, 1, 1))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Cabinet", "Line 1: enter a body"),
        ("Cabinet; 9 March", "Line 1: “9 March” is no day"),
        ("Cabinet; 0207-03-09", "Line 1: “0207-03-09” is no day"),
    ],
)
def test_a_route_that_is_not_understood_is_told_with_its_line(text: str, said: str) -> None:
    with pytest.raises(RouteFault, match=said):
        read_route(text)


@pytest.mark.django_db
class TestConsultations:
    """Which consultations belong to an assessment, and what comes of it."""

    def test_they_fill_the_part_about_residents_and_are_printed(
        self, people: People, deciding: Assessment, heard: Consultation
    ) -> None:
        part = next(part for part in outline_of(deciding) if part.required.code == "residents-view")
        assert part.state is PartState.DRAFTED
        assert "“Community safety survey 2026” (255 answered)" in part.by_itself
        lines = "\n".join(lines_of(draft_report(deciding)))
        for words in ("What people who live and work here would put first", "Anybody could answer", "Burglary | 1 |"):
            assert words in lines

    def test_each_priority_says_what_residents_said_of_it_or_that_they_were_not_asked(
        self, people: People, deciding: Assessment, heard: Consultation
    ) -> None:
        for slug in ("burglary", "shoplifting"):
            given_ = GivenDecision(Outcome.PRIORITY, "It harms.", "Board", date(2026, 10, 20))
            decide(people.analyst, problem_of(deciding, slug), given_)
        lines = lines_of(draft_report(deciding))
        titles = [problem_of(deciding, slug).title for slug in ("burglary", "shoplifting")]
        assert f"{titles[0]}: 1 of 7 (255 answered)." in lines
        assert [line for line in lines if line.endswith(": not asked about.")]
        said = [
            line for line in lines if line.startswith("Domestic abuse: ") and ("answered" in line or "asked" in line)
        ]
        assert not said, "no priority, no line"

    def test_one_that_is_too_old_is_marked(self, people: People, deciding: Assessment, heard: Consultation) -> None:
        given_ = replace(GIVEN, from_on=date(2023, 5, 1), to_on=date(2023, 6, 30))
        keep_consultation(people.analyst, given_, consultation=heard)
        assert "over 3 years old" in str(outline_of(deciding))
        assert "more than 3 years before this assessment" in "\n".join(lines_of(draft_report(deciding)))

    def test_those_of_the_year_before_are_suggested(self, people: People) -> None:
        assessment = started(people)  # as at 31 October 2026
        for title, ended in (("now", date(2026, 6, 30)), ("old", date(2025, 10, 31)), ("later", date(2026, 11, 1))):
            keep_consultation(people.analyst, replace(GIVEN, title=title, from_on=date(2025, 1, 1), to_on=ended))
        assert [one.title for one in suggested(assessment)] == ["now"]

    def test_a_strangers_cannot_be_chosen(self, people: People) -> None:
        assessment, theirs = started(people), keep_consultation(people.stranger, GIVEN)
        with pytest.raises(AssessmentRefused, match="your own partnership"):
            use_consultations(people.analyst, assessment, [theirs.id], [])
        assert not assessment.consultations_used.exists()


@pytest.mark.django_db
class TestBalance:
    """What speaks for each problem, side by side."""

    def test_each_problem_has_rank_residents_and_requirement(
        self, people: People, deciding: Assessment, heard: Consultation
    ) -> None:
        keep_requirement(people.analyst, REQUIRED)
        keep_requirement(people.analyst, replace(REQUIRED, to_on=date(2022, 1, 1), text="Over by now."))
        balance = balance_of(people.analyst, deciding)
        assert [row.slug for row in balance.rows] == ["burglary", "shoplifting", "domestic-abuse"]
        assert row_of(balance, "burglary").ranked.rank == 1
        assert row_of(balance, "burglary").heard.said == ("1 of 7 (255 answered)",)
        assert row_of(balance, "shoplifting").heard is None
        (required,) = row_of(balance, "domestic-abuse").requirements
        assert required.source == "Domestic Abuse Act 2021, part 4"
        assert row_of(balance, "burglary").last_year is LastYear.NOT_KNOWN

    def test_a_low_problem_can_be_chosen_and_says_so_beside_its_reason(
        self, people: People, deciding: Assessment, heard: Consultation
    ) -> None:
        propose(people.analyst, problem_of(deciding, "shoplifting"), Outcome.PRIORITY, "Shop workers bear the abuse.")
        propose(people.analyst, problem_of(deciding, "burglary"), Outcome.MONITORING, "It has fallen.")
        balance = balance_of(people.analyst, deciding)
        assert row_of(balance, "shoplifting").differs == ("A priority, though ranked 2, outside the first 1",)
        assert row_of(balance, "burglary").differs == (
            "No priority, though ranked 1, within the first 1",
            "No priority, though residents put it in place 1",
        )
        assert decision_asked(deciding, balance) == (
            "The board is asked to approve this assessment and this priority: Shoplifting."
        )
        page = get(signed_in(people.scorer), deciding, "balance")
        for words in ("Shop workers bear the abuse.", "not yet known", "1 of 7 (255 answered)", "outside the first 1"):
            assert words in page

    def test_last_year_is_what_the_assessment_before_decided(self, people: People, deciding: Assessment) -> None:
        before = Assessment.objects.create(
            partnership=people.partnership, title="Strategic assessment 2025", as_at=date(2025, 10, 31),
            matrix="kingston-2011", created_at=timezone.now(), created_by_key=people.analyst.key, state="deciding",
        )  # fmt: skip
        problem = before.problems.create(slug="shoplifting", title="Shoplifting")
        decide(people.analyst, problem, GivenDecision(Outcome.PRIORITY, "It rose.", "Board", date(2025, 10, 20)))
        propose(people.analyst, problem_of(deciding, "burglary"), Outcome.PRIORITY, "It harms most.")
        page = get(signed_in(people.analyst), deciding, "balance")
        assert "New: Burglary." in page
        assert "No longer a priority: Shoplifting." in page
        assert "those of: Strategic assessment 2025" in page

    def test_it_asks_as_often_for_many_problems_as_for_few(
        self, people: People, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        few, many = started(people), started(people, slugs=tuple(one.slug for one in problems(date(2026, 10, 31)))[:20])
        with CaptureQueriesContext(connection) as asked:
            balance_of(people.analyst, few)
        with django_assert_num_queries(len(asked)):
            balance_of(people.analyst, many)

    def test_no_rank_is_shown_while_people_score(self, people: People, scoring: Assessment) -> None:
        balance = balance_of(people.analyst, scoring)
        assert not balance.is_ranked
        assert not any(row.ranked for row in balance.rows)
        assert "The ranking is not open yet" in get(signed_in(people.scorer), scoring, "balance")

    def test_the_paper_is_two_pages_and_says_draft_until_a_body_approved(
        self, people: People, deciding: Assessment, heard: Consultation, tmp_path: Path
    ) -> None:
        write_paper(people.analyst, deciding, decision_asked="Approve three priorities.", implications="No new money.")
        report = board_report(deciding, balance_of(people.analyst, deciding))
        printed = pdf.render_sheet(report, second_page="why")
        (tmp_path / "paper.pdf").write_bytes(printed)
        assert_accessible(tmp_path / "paper.pdf")
        assert len(text_of(printed)) == 2
        text = "".join(text_of(printed))
        for words in ("Draft, not agreed", "Approve three priorities.", "No new money.", "not yet known"):
            assert words in text
        approved(people, deciding)
        agreed = pdf.render_sheet(board_report(deciding, balance_of(people.analyst, deciding)), second_page="why")
        assert "Draft, not agreed" not in "".join(text_of(agreed))


@pytest.mark.django_db
class TestRoute:
    """Which bodies have to approve, and copies sent."""

    def test_the_next_body_is_the_first_that_has_not_approved(self, people: People, deciding: Assessment) -> None:
        bodies = [("Community Safety Board", date(2026, 10, 20)), ("Cabinet", date(2027, 3, 9))]
        plan_route(people.analyst, deciding, bodies)
        assert getattr(next_body(deciding), "body", "") == "Community Safety Board"
        approved(people, deciding)
        board, cabinet = route_of(deciding)
        assert (board.is_done, cabinet.is_next) == (True, True)
        page = get(signed_in(people.analyst), deciding, "overview")
        assert "Cabinet, planned for 9 March 2027" in page

    def test_a_body_stands_once(self, people: People, deciding: Assessment) -> None:
        with pytest.raises(AssessmentRefused, match="stands twice"):
            plan_route(people.analyst, deciding, [("Cabinet", date(2027, 3, 9)), ("cabinet ", date(2027, 4, 9))])

    def test_a_copy_is_noted_once_it_was_published_and_sent(
        self, people: People, deciding: Assessment, issued: PublishedVersion
    ) -> None:
        today = timezone.localdate()
        copy = note_copy(people.manager, issued.assessment, sent_to="Local policing body", sent_on=today)
        assert copy.sent_by_post == people.manager.post
        for day, said in (
            (today, "noted already"),
            (today + timedelta(days=1), "lies ahead"),
            (today - timedelta(days=1), "first issued on"),
        ):
            with pytest.raises(AssessmentRefused, match=said):
                note_copy(people.manager, issued.assessment, sent_to="Local policing body", sent_on=day)
        assert "Local policing body" in get(signed_in(people.manager), issued.assessment, "approvals")

    def test_no_copy_before_something_is_published(self, people: People, deciding: Assessment) -> None:
        with pytest.raises(AssessmentRefused, match="Nothing has been published"):
            note_copy(people.manager, deciding, sent_to="County", sent_on=timezone.localdate())


@pytest.mark.django_db
class TestChangesChecked:
    """An approval with changes says what was changed, and who checked it."""

    def with_changes(self, people: People, deciding: Assessment) -> Approval:
        return approved(people, deciding, outcome=ApprovalOutcome.WITH_CHANGES, changes="Name the town centre.")

    def checked(self, on: date | None = None, by: str = "Chair, board") -> GivenCheck:
        return GivenCheck(by, on or timezone.localdate())

    def test_it_is_checked_by_a_post_once(self, people: People, deciding: Assessment) -> None:
        approval = self.with_changes(people, deciding)
        assert "Nobody has recorded yet that they were made." in approved_words(approval)
        client, page = signed_in(people.analyst), reverse("assessment:check-changes", args=[deciding.id, approval.id])
        shown = client.get(page).content.decode()
        assert "Name the town centre." in shown
        assert "Nothing has changed in the text since the decision was recorded." in shown
        assert people.analyst.post in shown
        day = {"checked_on_day": "1", "checked_on_month": "11", "checked_on_year": "2026"}
        assert client.post(page, {**day, "checked_by": "Chair, board"}).status_code == 302
        approval.refresh_from_db()
        words = "Changes: Name the town centre. Checked by Chair, board on 1 November 2026."
        assert words in approved_words(approval)
        with pytest.raises(AssessmentRefused, match="checked already"):
            check_changes(people.analyst, approval, self.checked())
        again = client.post(page, {**day, "checked_by": "Somebody else"}).content.decode()
        assert "What was recorded stays" in again
        assert "Somebody else" in again

    def test_it_shows_what_has_changed_since(self, people: People, deciding: Assessment) -> None:
        approval = self.with_changes(people, deciding)
        write_part(people.analyst, deciding, "why", "It fell in the town centre.")
        page = reverse("assessment:check-changes", args=[deciding.id, approval.id])
        assert "It fell in the town centre." in signed_in(people.analyst).get(page).content.decode()

    def test_a_check_is_neither_ahead_nor_before_the_changes_were_asked_for(
        self, people: People, deciding: Assessment
    ) -> None:
        approval = self.with_changes(people, deciding)
        for check, said in (
            (self.checked(timezone.localdate() + timedelta(days=1)), "lies ahead"),
            (self.checked(date(2026, 10, 19)), "Enter that day or a later one"),
            (self.checked(by=" "), "Enter the post"),
        ):
            with pytest.raises(AssessmentRefused, match=said):
                check_changes(people.analyst, approval, check)
        with pytest.raises(NotAllowed):
            check_changes(people.scorer, approval, self.checked())

    def test_nothing_is_checked_where_nothing_was_to_be_changed(self, people: People, deciding: Assessment) -> None:
        with pytest.raises(AssessmentRefused, match="Nothing was to be changed"):
            check_changes(people.analyst, approved(people, deciding), self.checked())

    def test_the_database_keeps_no_half_of_it(self, people: People, deciding: Assessment) -> None:
        approval = self.with_changes(people, deciding)
        approval.checked_by = "Analyst"
        with pytest.raises(IntegrityError), transaction.atomic():
            approval.save()


@pytest.mark.django_db
def test_a_proposal_and_a_requirement_are_changed_not_doubled(people: People) -> None:
    problem = problem_of(started(people), "burglary")
    propose(people.analyst, problem, Outcome.PRIORITY, "It harms.")
    propose(people.analyst, problem, Outcome.MONITORING, "It fell.")
    assert Proposal.objects.get().reason == "It fell."
    with pytest.raises(AssessmentRefused, match="Say why"):
        propose(people.analyst, problem, Outcome.PRIORITY, " ")
    kept = keep_requirement(people.analyst, REQUIRED)
    key = kept.id
    keep_requirement(people.analyst, replace(REQUIRED, text="Another."), requirement=kept)
    assert Requirement.objects.get().text == "Another."
    for wrong, said in (({"to_on": date(2020, 1, 1)}, "before the first"), ({"problem": "made-up"}, "of the list")):
        with pytest.raises(AssessmentRefused, match=said):
            keep_requirement(people.analyst, replace(REQUIRED, **wrong))
    remove_requirement(people.analyst, kept)
    assert not Requirement.objects.exists()
    assert [entry.action for entry in entries_of(key)] == ["keep", "keep", "remove"]


@pytest.mark.django_db
def test_a_scorer_prepares_nothing_of_it(people: People) -> None:
    assessment = started(people)
    problem, reader = problem_of(assessment, "burglary"), people.scorer
    for attempt in (
        lambda: use_consultations(reader, assessment, [], []),
        lambda: keep_requirement(reader, REQUIRED),
        lambda: propose(reader, problem, Outcome.PRIORITY, "Why."),
        lambda: write_paper(reader, assessment, decision_asked="", implications=""),
        lambda: plan_route(reader, assessment, []),
        lambda: note_copy(reader, assessment, sent_to="County", sent_on=date(2026, 1, 1)),
    ):
        with pytest.raises(NotAllowed):
            attempt()


PAGES = ("balance", "balance-pdf", "consultations", "requirements", "add-requirement", "paper", "route", "add-copy")


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES)
def test_another_partnerships_pages_are_not_found(people: People, name: str) -> None:
    address = reverse(f"assessment:{name}", args=[started(people).id])
    assert signed_in(people.stranger).get(address).status_code == 404


@pytest.mark.django_db
def test_the_pages_take_what_is_entered(people: People, deciding: Assessment) -> None:
    client = signed_in(people.manager)
    kept = keep_consultation(people.analyst, GIVEN)
    post(client, deciding, "consultations", consultations=[str(kept.id)])
    assert deciding.consultations_used.get().consultation == kept
    post(client, deciding, "add-requirement", problem="burglary", required_by="police", text="Visit all.",
         source="Plan", from_on_day="1", from_on_month="4", from_on_year="2026")  # fmt: skip
    assert "Visit all." in get(client, deciding, "requirements")
    post(client, deciding, "paper", decision_asked="Approve it.", implications="")
    post(client, deciding, "route", bodies="Board; 2027-02-18\nCabinet; 2027-03-09")
    propose_url = reverse("assessment:propose", args=[deciding.id, "burglary"])
    client.post(propose_url, {"outcome": "priority", "reason": "It harms."})
    page = get(client, deciding, "balance")
    for words in ("Approve it.", "Police force: Visit all (Plan).", "Proposed: priority", "It harms."):
        assert words in page
    assert (
        "Line 1: “soon” is no day"
        in client.post(reverse("assessment:route", args=[deciding.id]), {"bodies": "Board; soon"}).content.decode()
    )


def get(client: Client, assessment: Assessment, name: str) -> str:
    answer = client.get(reverse(f"assessment:{name}", args=[assessment.id]))
    assert answer.status_code == 200
    return str(answer.content.decode())


def post(client: Client, assessment: Assessment, name: str, **given_: Any) -> None:
    answer = client.post(reverse(f"assessment:{name}", args=[assessment.id]), given_)
    assert answer.status_code == 302, answer.content.decode()
