"""The required parts, declared gaps, and what bodies made of the assessment: the published text is the approved one."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import taken_in
from tests.strategy.conftest import People, approved, problem_of, signed_in, started
from wardmote.access.readers import NotAllowed
from wardmote.audit.queries import entries_of
from wardmote.definitions import required_contents
from wardmote.partnership.members.rules import PartnershipKind
from wardmote.printing.blocks import Table
from wardmote.strategy.assessment.actions import AssessmentRefused, write_note
from wardmote.strategy.assessment.actions.outline import (
    GivenApproval,
    GivenGap,
    agree_part,
    declare_gap,
    record_approval,
    write_part,
)
from wardmote.strategy.assessment.models import Approval, Assessment
from wardmote.strategy.assessment.presenters.outline import changed_since
from wardmote.strategy.assessment.queries.approval import differences
from wardmote.strategy.assessment.queries.outline import empty_parts, outline_of
from wardmote.strategy.assessment.reports import draft_report
from wardmote.strategy.assessment.reports.last_plan import last_plan_blocks
from wardmote.strategy.assessment.reports.lines import lines_of
from wardmote.strategy.assessment.rules import ApprovalOutcome, PartState
from wardmote.strategy.evidence.actions import quiet
from wardmote.strategy.evidence.queries.last_year import last_plan_of
from wardmote.strategy.publishing.actions import PublishRefused, ask_to_publish, publish
from wardmote.strategy.publishing.models import PublishedApproval

pytestmark = pytest.mark.django_db
GAP = GivenGap("The survey is still open.", "Engagement officer, council", date(2027, 3, 31))
APPROVED = GivenApproval("Community Safety Board", date(2026, 10, 20), ApprovalOutcome.APPROVED)


def state_of(assessment: Assessment, code: str) -> PartState:
    return next(part.state for part in outline_of(assessment) if part.required.code == code)


def test_every_part_says_who_asks_for_it_and_whether_the_wording_is_sure() -> None:
    contents = required_contents("strategic-assessment")
    assert [part.code for part in contents.parts if part.kind == "law" and not part.wording_confirmed] == [
        "what-to-prioritise",
        "residents-view",
        "county",
    ]
    assert contents.checker == "not yet checked"
    assert contents.review_on > date(2026, 11, 21)


def test_the_county_is_asked_about_in_two_tier_areas_only(people: People, analysed: Assessment) -> None:
    assert "county" in {part.required.code for part in outline_of(analysed)}
    analysed.partnership.kind = PartnershipKind.UNITARY
    assert "county" not in {part.required.code for part in outline_of(analysed)}


def test_what_the_analysis_holds_is_drafted_and_what_nobody_wrote_is_empty(analysed: Assessment) -> None:
    assert state_of(analysed, "levels-and-patterns") is PartState.DRAFTED
    assert state_of(analysed, "why") is PartState.EMPTY
    assert "Why it changed" in empty_parts(analysed)


def test_a_part_goes_from_written_to_agreed_and_back_when_it_is_edited(people: People, analysed: Assessment) -> None:
    with pytest.raises(AssessmentRefused, match="Write it first"):
        agree_part(people.analyst, analysed, "why")
    write_part(people.analyst, analysed, "why", "More sheds have locks.")
    agree_part(people.analyst, analysed, "why")
    assert state_of(analysed, "why") is PartState.AGREED
    write_part(people.analyst, analysed, "why", "More sheds have locks, we think.")
    assert state_of(analysed, "why") is PartState.DRAFTED
    part = analysed.parts.get(code="why")
    assert [entry.action for entry in entries_of(part.id)] == ["write", "agree", "write"]


def test_a_declared_gap_is_printed_with_who_fills_it_and_by_when(people: People, deciding: Assessment) -> None:
    declare_gap(people.analyst, deciding, "residents-view", GAP)
    write_part(people.analyst, deciding, "why", "More sheds have locks.\n\nThe rest is chance.")
    lines = lines_of(draft_report(deciding))
    assert "More sheds have locks." in lines
    assert "The rest is chance." in lines
    wanted = "The survey is still open. | Engagement officer, council | 31 March 2027"
    assert any(line.endswith(wanted) for line in lines)


def test_a_gap_is_to_be_filled_and_its_form_keeps_what_was_typed(people: People, deciding: Assessment) -> None:
    page = reverse("assessment:part-gap", args=[deciding.id, "why"])
    given = {"gap": "No analyst.", "owner": "Manager", "due_on_day": "1", "due_on_month": "2", "due_on_year": "2026"}
    shown = signed_in(people.analyst).post(page, given).content.decode()
    assert "enter the day of the assessment, 31 October 2026, or a later one" in shown
    assert "No analyst." in shown
    assert not deciding.parts.exists()


def test_a_body_cannot_approve_while_a_required_part_is_empty(people: People, deciding: Assessment) -> None:
    with pytest.raises(AssessmentRefused, match=r"Empty still: .*Why it changed"):
        record_approval(people.analyst, deciding, APPROVED)
    record_approval(people.analyst, deciding, replace(APPROVED, outcome=ApprovalOutcome.NOTED))
    approved(people, deciding)
    with pytest.raises(AssessmentRefused, match="recorded already"):
        approved(people, deciding, body="community safety board")
    assert Approval.objects.count() == 2


def test_an_approval_is_not_recorded_before_it_has_happened_nor_without_its_changes(
    people: People, deciding: Assessment
) -> None:
    ahead = replace(APPROVED, decided_on=timezone.localdate() + timedelta(days=1))
    with pytest.raises(AssessmentRefused, match="lies ahead"):
        record_approval(people.analyst, deciding, ahead)
    with pytest.raises(AssessmentRefused, match="Its figures run to 31 August 2026"):
        record_approval(people.analyst, deciding, replace(APPROVED, decided_on=date(2026, 8, 31)))
    with pytest.raises(AssessmentRefused, match="what is to be changed"):
        record_approval(people.analyst, deciding, replace(APPROVED, outcome=ApprovalOutcome.WITH_CHANGES))
    with pytest.raises(NotAllowed):
        record_approval(people.scorer, deciding, APPROVED)
    assert not Approval.objects.exists()


def test_nothing_is_issued_that_no_body_approved(people: People, deciding: Assessment, decided: Assessment) -> None:
    Approval.objects.all().delete()
    with pytest.raises(PublishRefused, match="No body has approved it yet"):
        ask_to_publish(people.manager, decided)


def test_a_comma_changed_after_approval_is_found_and_said(people: People, decided: Assessment) -> None:
    assert changed_since(decided) == ()
    first = publish(people.manager, decided, progress=quiet)
    assert PublishedApproval.objects.get(version=first).differences == []
    write_note(people.analyst, problem_of(decided, "burglary"), "Sheds, and garages.")
    approved(people, decided)
    write_note(people.analyst, problem_of(decided, "burglary"), "Sheds and garages.")
    (changed,) = changed_since(decided)
    assert (changed.approved, changed.now) == (("Sheds, and garages.",), ("Sheds and garages.",))
    second = publish(people.manager, decided, progress=quiet)
    assert PublishedApproval.objects.get(version=second).differences == [
        [["Sheds, and garages."], ["Sheds and garages."]]
    ]
    client: Any = signed_in(people.manager)
    page = client.get(f"/published/{decided.partnership.slug}/{second.number}/").content.decode()
    assert "differs from the approved one in 1 place." in page
    assert "Sheds, and garages." in page


def test_the_public_hears_that_the_text_differs_but_sees_no_line_of_the_draft(
    client: Any, people: People, decided: Assessment
) -> None:
    write_note(people.analyst, problem_of(decided, "burglary"), "Kept to ourselves.")
    approved(people, decided)
    write_note(people.analyst, problem_of(decided, "burglary"), "Said to all.")
    version = publish(people.manager, decided, progress=quiet)
    page = client.get(f"/published/{decided.partnership.slug}/{version.number}/").content.decode()
    assert "differs from the approved one in 1 place." in page
    assert "Kept to ourselves." not in page


def test_every_difference_is_found_wherever_it_stands() -> None:
    before = ["a", "b", "c", "d"]
    assert differences(before, before) == ()
    assert [(one.approved, one.now) for one in differences(before, ["a", "B", "c", "d", "e"])] == [
        (("b",), ("B",)),
        ((), ("e",)),
    ]
    assert [one.approved for one in differences(before, [])] == [("a", "b", "c", "d")]


def test_the_pages_take_texts_gaps_and_decisions(people: People, deciding: Assessment) -> None:
    client: Any = signed_in(people.analyst)
    base = f"/assessments/{deciding.id}/"
    assert "The wording is not confirmed" in client.get(f"{base}outline/").content.decode()
    assert client.post(f"{base}outline/why/", {"text": "Locks."}).status_code == 302
    assert client.post(f"{base}outline/why/agree/").status_code == 302
    assert "Agreed: Analyst" in client.get(f"{base}outline/").content.decode()
    assert "Say why it is missing" in client.post(f"{base}outline/reviews/gap/", {"gap": ""}).content.decode()
    assert client.get(f"{base}outline/nonsense/").status_code == 404
    day = {"decided_on_day": "20", "decided_on_month": "10", "decided_on_year": "2026"}
    page = client.post(f"{base}approvals/new/", {"body": "Board", "outcome": "approved", **day}).content.decode()
    assert "Empty still" in page
    approved(people, deciding)
    assert "Community Safety Board, 20 October 2026" in client.get(f"{base}approvals/").content.decode()
    assert signed_in(people.stranger).get(f"{base}outline/").status_code == 404


def test_last_year_s_plan_fills_its_part_line_by_line(people: People, data: Path) -> None:
    assessment = started(people)
    plan = data.parent / "plan-2025-26.csv"
    plan.write_text(
        "reference,level,text,progress\n1,priority,Burglary,not-known\n1a,commitment,Lock sheds,done\n"
        "1b,commitment,Light alleys,stopped\n",
        encoding="utf-8",
    )
    (before,) = [part for part in outline_of(assessment) if part.required.code == "last-plan"]
    assert before.state is PartState.EMPTY
    taken_in(people.analyst, (plan,), kind="last-plan")
    (after,) = [part for part in outline_of(assessment) if part.required.code == "last-plan"]
    assert after.state is PartState.DRAFTED
    (table,) = last_plan_blocks(last_plan_of(people.partnership))
    assert isinstance(table, Table)
    assert table.rows == (
        (("1",), ("Priority: Burglary",), ("",)),
        (("1a",), ("Lock sheds",), ("Carried out",)),
        (("1b",), ("Light alleys",), ("Stopped",)),
    )
    assert table.note.endswith("Of 2 commitments: 1 carried out, 1 stopped.")
    assert last_plan_blocks(None) == []
