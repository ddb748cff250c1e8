"""The register of sources: what is due, how far to rely on it, and what we do not know."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import ReleaseFactory
from tests.strategy.conftest import People, signed_in
from tests.strategy.evidence.test_pages import queries_of
from wardmote.access.readers import NotAllowed
from wardmote.audit.queries import entries_of
from wardmote.foundations.periods import Month
from wardmote.strategy.evidence.actions.register import (
    GivenGap,
    GivenSupply,
    RegisterRefused,
    close_gap,
    grade_supply,
    keep_supply,
    note_chase,
    raise_gap,
)
from wardmote.strategy.evidence.models import EvidenceGap, Supply
from wardmote.strategy.evidence.queries.register import gaps_for, supplies_due
from wardmote.strategy.evidence.rules import ReleaseState
from wardmote.strategy.evidence.rules.supplies import DueState, Refresh, Reliability, Sureness, due_of

M, D = Month.parse, date
AUGUST = Month.parse("2026-08")
POLICE = GivenSupply("Police crime", None, "police-uk-street-fern", "Whole force", Refresh.MONTHLY, 60)
GAP = GivenGap("How many fires are set on purpose?", "Whether arson is a priority", "Analyst, fire", date(2026, 12, 1))


@pytest.mark.parametrize(
    ("refresh", "lag", "held_to", "waiting_to", "today", "state", "wanted", "expected"),
    [
        # September ends on the 30th; 60 days later is 29 November, and a week of grace ends on 6 December.
        (Refresh.MONTHLY, 60, AUGUST, None, D(2026, 11, 28), DueState.NOT_YET, "2026-09", D(2026, 11, 29)),
        (Refresh.MONTHLY, 60, AUGUST, None, D(2026, 11, 29), DueState.DUE, "2026-09", D(2026, 11, 29)),
        (Refresh.MONTHLY, 60, AUGUST, None, D(2026, 12, 6), DueState.DUE, "2026-09", D(2026, 11, 29)),
        (Refresh.MONTHLY, 60, AUGUST, None, D(2026, 12, 7), DueState.LATE, "2026-09", D(2026, 11, 29)),
        (Refresh.MONTHLY, 60, AUGUST, M("2026-09"), D(2026, 12, 7), DueState.WAITING, "2026-09", D(2026, 11, 29)),
        # What waits is older than what is wanted: it does not hide that September is late.
        (Refresh.MONTHLY, 60, AUGUST, M("2026-07"), D(2026, 12, 7), DueState.LATE, "2026-09", D(2026, 11, 29)),
        (Refresh.QUARTERLY, 0, M("2026-06"), None, D(2026, 10, 1), DueState.DUE, "2026-09", D(2026, 9, 30)),
        (Refresh.YEARLY, 90, M("2026-03"), None, D(2026, 11, 1), DueState.NOT_YET, "2027-03", D(2027, 6, 29)),
        # Nothing held: the last month that was complete 30 days ago.
        (Refresh.MONTHLY, 30, None, None, D(2026, 11, 21), DueState.LATE, "2026-09", D(2026, 10, 30)),
        (Refresh.QUARTERLY, 30, None, None, D(2026, 11, 21), DueState.LATE, "2026-09", D(2026, 10, 30)),
    ],
)  # fmt: skip
def test_what_is_due_and_when(
    refresh: Refresh, lag: int, held_to: Any, waiting_to: Any, today: date, state: DueState, wanted: str, expected: date
) -> None:
    due = due_of(refresh, lag, held_to=held_to, waiting_to=waiting_to, today=today)
    assert (due.state, str(due.period_end), due.expected_on) == (state, wanted, expected)


def test_what_comes_once_is_due_until_it_has_come() -> None:
    today = date(2026, 11, 21)
    assert due_of(Refresh.ONCE, 0, held_to=None, waiting_to=None, today=today).state == DueState.DUE
    assert due_of(Refresh.ONCE, 0, held_to=None, waiting_to=AUGUST, today=today).state == DueState.WAITING
    assert due_of(Refresh.ONCE, 0, held_to=AUGUST, waiting_to=None, today=today).state == DueState.ARRIVED


@given(
    refresh=st.sampled_from([Refresh.MONTHLY, Refresh.QUARTERLY, Refresh.YEARLY]),
    lag=st.integers(0, 400),
    today=st.dates(date(2020, 1, 1), date(2030, 12, 31)),
)
def test_a_source_that_never_came_is_never_called_not_yet_due(refresh: Refresh, lag: int, today: date) -> None:
    due = due_of(refresh, lag, held_to=None, waiting_to=None, today=today)
    assert due.state in (DueState.DUE, DueState.LATE)
    assert due.expected_on is not None
    assert due.expected_on <= today


def test_what_is_accepted_counts_as_held_and_what_waits_does_not(people: People) -> None:
    keep_supply(people.analyst, POLICE)
    ReleaseFactory(dataset=POLICE.dataset, months=("2026-08",))
    ReleaseFactory(dataset=POLICE.dataset, months=("2026-09",), state=ReleaseState.WAITING)
    (found,) = supplies_due(people.scorer, today=date(2026, 12, 20))
    assert (found.held_to, found.due.state) == (AUGUST, DueState.WAITING)


def test_the_register_keeps_who_changed_it_and_refuses_the_same_source_twice(people: People) -> None:
    supply = keep_supply(people.analyst, POLICE)
    assert [entry.action for entry in entries_of(supply.id)] == ["keep"]
    with pytest.raises(RegisterRefused, match="in the register already"):
        keep_supply(people.analyst, POLICE)
    with pytest.raises(NotAllowed):
        keep_supply(people.scorer, POLICE)
    assert Supply.objects.count() == 1


def test_a_grade_has_a_reason_and_a_day_or_is_none(people: People) -> None:
    supply = keep_supply(people.analyst, POLICE)
    with pytest.raises(RegisterRefused, match="Say why"):
        grade_supply(people.analyst, supply, Reliability.RELIABLE, Sureness.HIGH, " ")
    grade_supply(people.analyst, supply, Reliability.RELIABLE, Sureness.HIGH, "Checked against the force's total.")
    supply.refresh_from_db()
    assert (supply.reliability, supply.sureness) == ("reliable", "high")
    with pytest.raises(IntegrityError), transaction.atomic():
        Supply.objects.update(grade_reason="")


def test_a_chase_is_kept_with_its_day(people: People) -> None:
    supply = keep_supply(people.analyst, POLICE)
    note_chase(people.analyst, supply, "Rang the analyst.")
    (found,) = supplies_due(people.analyst, today=date(2026, 12, 20))
    assert found.last_chased_on is not None


def test_a_gap_is_closed_with_what_was_found_out_and_stays(people: People) -> None:
    gap = raise_gap(people.analyst, GAP)
    with pytest.raises(RegisterRefused, match="Say what was found out"):
        close_gap(people.analyst, gap, "")
    close_gap(people.analyst, gap, "412 of 560.")
    assert [one.answer for one in gaps_for(people.scorer)] == ["412 of 560."]
    with pytest.raises(RegisterRefused, match="closed"):
        raise_gap(people.analyst, GAP, gap=gap)
    with pytest.raises(IntegrityError), transaction.atomic():
        EvidenceGap.objects.update(answer="")


def test_the_pages_take_what_is_typed_and_ask_for_what_is_missing(people: People) -> None:
    client = signed_in(people.analyst)
    wrong = client.post("/evidence/due/new/", {"title": "", "refresh": "monthly", "lag_days": "x"}).content.decode()
    assert "Enter what the source is" in wrong
    assert "Enter a number of days, for example 30" in wrong
    given = {"title": "Fires", "refresh": "quarterly", "lag_days": "30", "dataset": ""}
    assert client.post("/evidence/due/new/", given).status_code == 302
    supply = Supply.objects.get()
    assert client.post(f"/evidence/due/{supply.id}/chase/", {"note": "Rang."}).status_code == 302
    grade = {"reliability": "untested", "sureness": "low", "reason": "New system."}
    assert client.post(f"/evidence/due/{supply.id}/grade/", grade).status_code == 302
    page = client.get("/evidence/due/").content.decode()
    for words in ("Fires", "Late", "Untested, low confidence"):
        assert words in page
    gap = {"question": "Q?", "consequence": "C", "owner": "Analyst", "due_on_day": "1", "due_on_month": "1"}
    assert "Enter a real date" in client.post("/evidence/gaps/new/", gap).content.decode()
    assert client.post("/evidence/gaps/new/", {**gap, "due_on_year": "2026"}).status_code == 302
    assert "Overdue" in client.get("/evidence/gaps/").content.decode()
    found = EvidenceGap.objects.get()
    for address in (f"/evidence/due/{supply.id}/", f"/evidence/gaps/{found.id}/"):
        assert signed_in(people.stranger).get(address).status_code == 404


def test_the_due_list_asks_as_often_for_thirty_sources_as_for_three(people: People) -> None:
    from dataclasses import replace

    client = signed_in(people.analyst)
    for number in range(3):
        keep_supply(people.analyst, replace(POLICE, title=f"Source {number}"))
    few = queries_of(client, "/evidence/due/")
    for number in range(3, 30):
        keep_supply(people.analyst, replace(POLICE, title=f"Source {number}"))
    assert queries_of(client, "/evidence/due/") == few


def test_a_gap_that_is_sent_twice_stands_once_until_it_is_closed(people: People) -> None:
    given = GivenGap("Who goes there at night?", "Nothing can be planned.", "Analyst, council", date(2027, 1, 31))
    first = raise_gap(people.analyst, given)
    assert raise_gap(people.analyst, given) == first
    close_gap(people.analyst, first, "Students.")
    assert raise_gap(people.analyst, given) != first
