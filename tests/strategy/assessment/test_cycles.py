"""Earlier assessments, the cycle, and the warning when twelve months pass without an approved assessment."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.strategy.conftest import People, approved, signed_in
from tests.strategy.evidence.test_pages import queries_of
from wardmote.access.readers import NotAllowed
from wardmote.audit.queries import entries_of
from wardmote.home.queries import lines_for
from wardmote.partnership.notices.rules import Again
from wardmote.strategy.assessment.actions import AssessmentRefused
from wardmote.strategy.assessment.actions.cycles import (
    GivenEarlier,
    choose_cycle,
    put_down_earlier,
    remove_earlier,
)
from wardmote.strategy.assessment.models import Assessment, EarlierAssessment
from wardmote.strategy.assessment.queries.cycles import approved_ones, due_for
from wardmote.strategy.assessment.queries.notices import ASSESSMENT_DUE
from wardmote.strategy.assessment.rules.cycles import AssessmentDue, CycleKind, DueState, cycle_on, due_of, months_later

D = date
AUDIT = GivenEarlier(
    CycleKind.THREE_YEAR_AUDIT,
    "Crime and disorder audit 2001",
    D(1998, 4, 1),
    D(2001, 3, 31),
    D(2001, 12, 6),
    "Crime and Disorder Reduction Partnership",
    "County record office, box 12",
    "Community safety strategy 2002 to 2005",
)
LAST = replace(
    AUDIT,
    kind=CycleKind.YEARLY,
    title="Strategic assessment 2025",
    approved_on=D(2025, 10, 22),
    reference="https://council.example/assessment",
    plan="",
)


@pytest.mark.parametrize(
    ("cycle", "last", "today", "state", "due"),
    [
        (CycleKind.YEARLY, D(2025, 10, 22), D(2026, 9, 21), DueState.FINE, D(2026, 10, 22)),
        # A month before it is due.
        (CycleKind.YEARLY, D(2025, 10, 22), D(2026, 9, 22), DueState.SOON, D(2026, 10, 22)),
        (CycleKind.YEARLY, D(2025, 10, 22), D(2026, 10, 22), DueState.SOON, D(2026, 10, 22)),
        # Twelve months have passed.
        (CycleKind.YEARLY, D(2025, 10, 22), D(2026, 10, 23), DueState.OVERDUE, D(2026, 10, 22)),
        (CycleKind.ROLLING, D(2025, 10, 22), D(2026, 10, 23), DueState.OVERDUE, D(2026, 10, 22)),
        (CycleKind.THREE_YEAR_AUDIT, D(2001, 12, 6), D(2003, 12, 6), DueState.FINE, D(2004, 12, 6)),
        (CycleKind.YEARLY, D(2024, 2, 29), D(2025, 3, 1), DueState.OVERDUE, D(2025, 2, 28)),
        (CycleKind.YEARLY, None, D(2026, 1, 1), DueState.NEVER, None),
    ],
)
def test_when_the_next_is_due(
    cycle: CycleKind, last: date | None, today: date, state: DueState, due: date | None
) -> None:
    assert due_of(cycle, last, today=today) == AssessmentDue(state, cycle, last, due)


@given(st.dates(D(1998, 1, 1), D(2098, 1, 1)), st.integers(-60, 60))
def test_months_later_is_in_the_month_so_many_later_and_never_a_later_day(day: date, months: int) -> None:
    then = months_later(day, months)
    assert then.year * 12 + then.month == day.year * 12 + day.month + months
    assert then.day <= day.day
    assert then.day == day.day or (then + timedelta(days=1)).day == 1


def test_the_cycle_that_began_last_is_in_force_and_yearly_where_none_is_put_down() -> None:
    cycles = [(D(1998, 7, 1), CycleKind.THREE_YEAR_AUDIT), (D(2007, 8, 1), CycleKind.YEARLY)]
    assert cycle_on(cycles, D(2002, 4, 1)) is CycleKind.THREE_YEAR_AUDIT
    assert cycle_on(cycles, D(2008, 4, 1)) is CycleKind.YEARLY
    assert cycle_on(cycles, D(1997, 4, 1)) is CycleKind.YEARLY


@pytest.mark.django_db
def test_a_plan_of_2002_cites_a_three_yearly_audit_and_a_later_one_a_yearly_assessment(people: People) -> None:
    put_down_earlier(people.analyst, AUDIT)
    put_down_earlier(people.analyst, replace(LAST, plan="Community safety plan 2026 to 2029"))
    found = {one.plan: one.kind for one in approved_ones(people.scorer)}
    assert found == {
        "Community safety plan 2026 to 2029": CycleKind.YEARLY,
        "Community safety strategy 2002 to 2005": CycleKind.THREE_YEAR_AUDIT,
    }


@pytest.mark.django_db
def test_an_earlier_assessment_is_put_down_changed_and_removed_with_its_audit(people: People) -> None:
    earlier = put_down_earlier(people.analyst, AUDIT)
    put_down_earlier(people.manager, replace(AUDIT, approved_by=" Cabinet "), earlier=earlier)
    earlier.refresh_from_db()
    assert earlier.approved_by == "Cabinet"
    key = earlier.id
    remove_earlier(people.analyst, earlier)
    assert not EarlierAssessment.objects.exists()
    assert [entry.action for entry in entries_of(key)] == ["put down", "put down", "remove"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"covers_to": D(1998, 3, 31)}, "ends before it begins"),
        ({"approved_on": D(2999, 1, 1)}, "lies ahead"),
        ({"title": " crime and disorder AUDIT 2001 "}, "in the register already"),
    ],
)
def test_what_cannot_have_been_is_refused_and_leaves_nothing(
    people: People, changes: dict[str, object], words: str
) -> None:
    put_down_earlier(people.analyst, AUDIT)
    given = replace(AUDIT, **{"title": "Another", **changes})
    with pytest.raises(AssessmentRefused, match=words):
        put_down_earlier(people.analyst, given)
    assert EarlierAssessment.objects.count() == 1


@pytest.mark.django_db
def test_the_database_refuses_a_period_that_ends_before_it_begins(people: People) -> None:
    earlier = put_down_earlier(people.analyst, AUDIT)
    with pytest.raises(IntegrityError), transaction.atomic():
        EarlierAssessment.objects.filter(id=earlier.id).update(covers_to=D(1990, 1, 1))


@pytest.mark.django_db
def test_who_does_not_prepare_assessments_changes_nothing(people: People) -> None:
    with pytest.raises(NotAllowed):
        put_down_earlier(people.scorer, AUDIT)
    with pytest.raises(NotAllowed):
        choose_cycle(people.scorer, CycleKind.YEARLY, D(2026, 1, 1))
    with pytest.raises(NotAllowed):
        approved_ones(people.administrator)


@pytest.mark.django_db
def test_an_approval_here_counts_from_its_first_body(people: People, deciding: Assessment) -> None:
    put_down_earlier(people.analyst, LAST)
    approved(people, deciding)
    approved(people, deciding, body="Cabinet", decided_on=D(2026, 11, 10))
    due = due_for(people.scorer, today=D(2026, 11, 21))
    assert (due.state, due.last_on) == (DueState.FINE, D(2026, 10, 20))
    assert [one.title for one in approved_ones(people.scorer)] == [deciding.title, "Strategic assessment 2025"]


@pytest.mark.django_db
def test_another_partnership_s_assessments_do_not_count(people: People) -> None:
    put_down_earlier(people.stranger, LAST)
    assert due_for(people.analyst, today=D(2026, 11, 21)).state is DueState.NEVER
    assert approved_ones(people.analyst) == []


@pytest.mark.django_db
def test_the_same_day_s_cycle_is_said_again_and_an_earlier_one_stays(people: People) -> None:
    choose_cycle(people.analyst, CycleKind.THREE_YEAR_AUDIT, D(1998, 7, 1))
    choose_cycle(people.analyst, CycleKind.ROLLING, D(2007, 8, 1))
    kept = choose_cycle(people.analyst, CycleKind.YEARLY, D(2007, 8, 1))
    assert people.partnership.assessment_cycles.count() == 2
    assert len(entries_of(kept.id)) == 2


@pytest.mark.django_db
def test_twelve_months_without_an_assessment_warn_on_the_home_page_and_by_notice(people: People) -> None:
    put_down_earlier(people.analyst, LAST)
    today = D(2026, 10, 23)
    line = lines_for(people.manager, today=today)[0]
    assert line.text == "The last assessment was approved on 22 October 2025. The next was due by 22 October 2026."
    told = {due.appointment for due in ASSESSMENT_DUE.find(people.partnership.id, today)}
    assert told == {people.manager.appointment, people.analyst.appointment}
    assert ASSESSMENT_DUE.decide(people.manager, people.partnership.id, today) is Again.WAITS
    assert ASSESSMENT_DUE.decide(people.manager, people.partnership.id, D(2026, 9, 1)) is Again.ANSWERED
    assert ASSESSMENT_DUE.decide(people.manager, uuid4(), today) is Again.NOT_YOURS
    with pytest.raises(NotAllowed):
        ASSESSMENT_DUE.decide(people.scorer, people.partnership.id, today)


@pytest.mark.django_db
def test_the_pages_warn_too(people: People) -> None:
    long_ago = timezone.localdate() - timedelta(days=400)
    put_down_earlier(people.analyst, replace(LAST, approved_on=long_ago))
    client = signed_in(people.analyst)
    for address in ("/assessments/", "/assessments/register/"):
        assert "The next was due by" in client.get(address).content.decode()


POSTED = {
    "title": "Crime audit 2004",
    "kind": "three-year-audit",
    "covers_from_day": "1", "covers_from_month": "4", "covers_from_year": "2001",
    "covers_to_day": "31", "covers_to_month": "3", "covers_to_year": "2004",
    "approved_on_day": "2", "approved_on_month": "12", "approved_on_year": "2004",
    "approved_by": "Crime and Disorder Reduction Partnership",
    "reference": "https://council.example/audit",
}  # fmt: skip


@pytest.mark.django_db
def test_the_register_is_kept_on_its_pages(people: People) -> None:
    client = signed_in(people.analyst)
    assert client.post("/assessments/register/new/", POSTED).status_code == 302
    shown = client.get("/assessments/register/").content.decode()
    assert "1 April 2001 to 31 March 2004" in shown
    assert 'href="https://council.example/audit"' in shown
    again = client.post("/assessments/register/new/", POSTED).content.decode()
    assert "Crime audit 2004 is in the register already" in again
    earlier = EarlierAssessment.objects.get()
    assert "Crime audit 2004" in client.get(f"/assessments/register/{earlier.id}/").content.decode()
    cycle = {"kind": "rolling", "starts_on_day": "1", "starts_on_month": "4", "starts_on_year": "2025"}
    assert client.post("/assessments/register/cycle/", cycle).status_code == 302
    assert "Rolling assessment, from 1 April 2025" in client.get("/assessments/register/").content.decode()
    assert client.post(f"/assessments/register/{earlier.id}/remove/").status_code == 302
    assert not EarlierAssessment.objects.exists()


@pytest.mark.django_db
def test_another_partnership_s_row_is_not_found_and_a_scorer_may_not_change(people: People) -> None:
    earlier = put_down_earlier(people.stranger, AUDIT)
    client = signed_in(people.analyst)
    assert client.get(f"/assessments/register/{earlier.id}/").status_code == 404
    assert client.post(f"/assessments/register/{earlier.id}/remove/").status_code == 404
    assert signed_in(people.scorer).get("/assessments/register/new/").status_code == 403
    assert "Put down an earlier" not in signed_in(people.scorer).get("/assessments/register/").content.decode()


@pytest.mark.django_db
def test_the_register_asks_as_often_for_ten_rows_as_for_two(people: People) -> None:
    client = signed_in(people.analyst)
    for year in (2001, 2004):
        put_down_earlier(people.analyst, replace(AUDIT, title=f"Audit {year}"))
    few = queries_of(client, "/assessments/register/")
    for year in range(2008, 2016):
        put_down_earlier(people.analyst, replace(AUDIT, title=f"Assessment {year}"))
    assert queries_of(client, "/assessments/register/") == few
