"""What needs me today, role by role."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from tests.factories import (
    AssessedProblemFactory,
    AssessmentFactory,
    CoveredDistrictFactory,
    DecisionFactory,
    ReleaseFactory,
    reader_with,
)
from wardmote.access.permissions import Role
from wardmote.access.readers import Reader
from wardmote.home.queries import MOST_LINES, lines_for
from wardmote.partnership.notices.models import Message
from wardmote.partnership.notices.rules import MessageState
from wardmote.strategy.assessment.models import Assessment

pytestmark = pytest.mark.django_db


def actions(reader: Reader, today: date = date(2026, 10, 1)) -> list[str]:
    return [line.action for line in lines_for(reader, today=today)]


def test_a_partnership_that_is_not_named_yet_is_set_up_first() -> None:
    reader = reader_with(Role.MANAGER)
    assert actions(reader)[0] == "Set up"
    CoveredDistrictFactory(partnership_id=reader.partnership, partnership=None)
    assert "Set up" not in actions(reader)


def failed_mail(reader: Reader, day: date) -> None:
    at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    Message.objects.create(
        partnership_key=reader.partnership,
        account_key=uuid4(),
        appointment_key=uuid4(),
        day=day,
        to="scorer@ashcombe.example",
        things=1,
        link="https://wardmote.example/waiting/",
        reference=str(uuid4()),
        state=MessageState.FAILED,
        written_at=at,
        next_try_at=at,
        ended_at=at,
    )


def test_mail_that_was_not_delivered_is_said_to_who_can_mend_it_for_a_week() -> None:
    manager = reader_with(Role.MANAGER)
    CoveredDistrictFactory(partnership_id=manager.partnership, partnership=None)
    failed_mail(manager, date(2026, 9, 23))
    assert "See why" not in actions(manager)
    failed_mail(manager, date(2026, 9, 24))
    assert lines_for(manager, today=date(2026, 10, 1))[0].text == "1 e-mail was not delivered in the last week."
    failed_mail(manager, date(2026, 10, 1))
    assert lines_for(manager, today=date(2026, 10, 1))[0].text == "2 e-mails were not delivered in the last week."
    assert "See why" not in actions(reader_with(Role.MANAGER))
    assert "See why" not in actions(reader_with(Role.ANALYST))


def an_assessment(reader: Reader, state: str) -> Assessment:
    found: Assessment = AssessmentFactory(partnership_id=reader.partnership, partnership=None, state=state)
    AssessedProblemFactory(assessment=found)
    return found


@pytest.mark.parametrize(
    ("role", "state", "expected"),
    [
        (Role.SCORER, "preparing", []),
        (Role.SCORER, "scoring", ["Score"]),
        (Role.SCORER, "discussing", ["Score"]),
        (Role.ANALYST, "discussing", ["Open the room view", "Add files"]),
        (Role.SCORER, "deciding", []),
        (Role.ANALYST, "preparing", ["Go on", "Add files"]),
        (Role.ANALYST, "scoring", ["Score", "Add files"]),
        (Role.ANALYST, "deciding", ["Decide", "Add files"]),
        (Role.ADMINISTRATOR, "scoring", ["See the members"]),
    ],
)
def test_each_role_sees_what_it_can_do_next(role: Role, state: str, expected: list[str]) -> None:
    reader = reader_with(role)
    CoveredDistrictFactory(partnership_id=reader.partnership, partnership=None)
    an_assessment(reader, state)
    assert actions(reader) == expected


def test_what_is_decided_waits_to_be_published() -> None:
    reader = reader_with(Role.ANALYST)
    DecisionFactory(problem=an_assessment(reader, "deciding").problems.get())
    assert actions(reader) == ["Publish", "Add files"]


@pytest.mark.parametrize(
    ("today", "expected"), [(date(2026, 11, 30), []), (date(2026, 12, 1), ["Add files"]), (date(2026, 8, 31), [])]
)
def test_data_are_late_from_the_fourth_month_after_the_last(today: date, expected: list[str]) -> None:
    ReleaseFactory(months=("2026-08",))
    assert actions(reader_with(Role.ANALYST), today) == expected


def test_at_most_five_lines_and_none_of_another_partnership() -> None:
    reader = reader_with(Role.MANAGER)
    for _ in range(7):
        an_assessment(reader, "preparing")
    assert len(actions(reader)) == MOST_LINES
    assert "Go on" not in actions(reader_with(Role.MANAGER))
