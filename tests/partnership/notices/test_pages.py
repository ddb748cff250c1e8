"""The pages of what waits, of how often, and the outbox: each shows only what its reader may see."""

from typing import Any

import pytest
from django.test import Client

from tests.factories import PartnershipFactory, reader_with
from tests.partnership.notices.test_messages import DAY, MORNING, Spy, tea, waits_for
from tests.strategy.conftest import signed_in
from tests.strategy.evidence.test_pages import queries_of
from wardmote.access.permissions import Role
from wardmote.partnership.notices.actions.digests import write_digests
from wardmote.partnership.notices.actions.sending import send_waiting
from wardmote.partnership.notices.models import Message, Preference
from wardmote.partnership.notices.rules import Handed, MessageState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures(tea.__name__)]


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_waits_is_listed_by_kind_with_its_link() -> None:
    reader = reader_with(Role.ANALYST)
    waits_for(reader, 2)
    shown = page(signed_in(reader), "/waiting/")
    assert '<a class="govuk-link govuk-task-list__link" href="/tea/">2 cups of tea</a>' in shown
    assert "at most once a working day" in shown


def test_nobody_sees_what_waits_for_another() -> None:
    partnership = PartnershipFactory()
    waits_for(reader_with(Role.ANALYST, partnership))
    assert "Nothing waits for you." in page(signed_in(reader_with(Role.ANALYST, partnership)), "/waiting/")


def test_what_a_reader_may_not_see_does_not_wait_for_them() -> None:
    reader = reader_with(Role.ADMINISTRATOR)
    waits_for(reader)
    assert "Nothing waits for you." in page(signed_in(reader), "/waiting/")


def test_the_link_of_an_email_asks_to_sign_in(client: Client) -> None:
    answer = client.get("/waiting/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/?next=/waiting/")


def test_somebody_chooses_to_get_none() -> None:
    reader = reader_with(Role.SCORER)
    client = signed_in(reader)
    assert client.post("/waiting/how-often/", {"how_often": "never"}).headers["Location"] == "/waiting/"
    assert Preference.objects.get(account_key=reader.key).how_often == "never"
    assert "You are told by e-mail: never." in page(client, "/waiting/")


def test_a_choice_that_is_none_is_refused() -> None:
    answer = signed_in(reader_with(Role.SCORER)).post("/waiting/how-often/", {"how_often": "hourly"})
    assert "Error: How often we write to you" in answer.content.decode()
    assert not Preference.objects.exists()


def test_the_outbox_shows_post_state_and_what_to_do_and_no_name_or_address() -> None:
    manager = reader_with(Role.MANAGER, PartnershipFactory(name="Fernhollow"))
    waits_for(manager)
    write_digests(MORNING)
    send_waiting(MORNING, transport=Spy(Handed.REFUSED))
    shown = page(signed_in(manager), "/outbox/")
    assert "3 things are waiting for you in Wardmote." in shown
    assert "The server is ill." in shown
    assert ">Failed<" in shown
    assert "18 November 2026, 09:00" in shown
    assert manager.post in shown
    assert "Canaria" not in shown
    assert "@" not in shown


def test_a_message_that_waits_says_when_it_is_tried_next() -> None:
    manager = reader_with(Role.MANAGER)
    waits_for(manager)
    write_digests(MORNING)
    send_waiting(MORNING, transport=Spy(Handed.LATER))
    assert "next try 18 November 2026, 09:01" in page(signed_in(manager), "/outbox/")


@pytest.mark.parametrize("role", [Role.ANALYST, Role.SCORER])
def test_the_outbox_is_for_those_who_look_after_the_members(role: Role) -> None:
    assert signed_in(reader_with(role)).get("/outbox/").status_code == 403


def test_the_outbox_of_another_partnership_is_not_seen() -> None:
    waits_for(reader_with(Role.MANAGER))
    write_digests(MORNING)
    assert "Nothing has been written yet." in page(signed_in(reader_with(Role.MANAGER)), "/outbox/")


def test_the_outbox_asks_as_often_for_twenty_messages_as_for_two(settings: Any) -> None:
    manager = reader_with(Role.MANAGER)
    waits_for(manager)
    for n in range(0, 60, 7):
        write_digests(MORNING + n * DAY)
        send_waiting(MORNING + n * DAY, transport=Spy())
        if n == 7:
            few = queries_of(signed_in(manager), "/outbox/")
    assert Message.objects.filter(state=MessageState.SENT).count() > 5
    assert queries_of(signed_in(manager), "/outbox/") == few
