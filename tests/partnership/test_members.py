"""Partnerships, agencies and people: result, audit, rollback, refusals, and whose they are."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import AccountFactory, AgencyFactory, AppointmentFactory, PartnershipFactory, reader_with
from wardmote.access.permissions import Role
from wardmote.access.readers import NotAllowed, Reader
from wardmote.audit.models import Entry
from wardmote.audit.queries import entries_of
from wardmote.partnership.members.actions import (
    MembersRefused,
    NewPartnership,
    NewPerson,
    add_agency,
    add_person,
    create_partnership,
    end_appointment,
)
from wardmote.partnership.members.models import Account, Agency, Appointment, Partnership
from wardmote.partnership.members.queries import COMMAND_LINE, reader_by_key, service_reader
from wardmote.partnership.members.rules import PartnershipKind, Sector, is_current

pytestmark = pytest.mark.django_db
SYSTEM = service_reader(COMMAND_LINE)
NEW = NewPartnership("Fernhollow", PartnershipKind.DISTRICT, (("E07000900", "Fernhollow"),))
PASSWORD = "three-unrelated-words-plum"
TODAY = date(2026, 6, 15)


def person(agency: Agency, **values: object) -> NewPerson:
    new = NewPerson("a@fernhollow.example", "Canaria N", "Analyst", Role.ANALYST, agency, date(2024, 4, 1), PASSWORD)
    return replace(new, **values)  # type: ignore[arg-type]


def test_a_partnership_is_created_with_its_districts_and_its_entry() -> None:
    made = create_partnership(SYSTEM, NEW)
    assert (made.slug, [district.code for district in made.districts.all()]) == ("fernhollow", ["E07000900"])
    assert entries_of(made.id).get().changed_fields == ["code", "districts", "kind", "name"]


def test_a_name_that_is_taken_is_refused() -> None:
    create_partnership(SYSTEM, NEW)
    with pytest.raises(MembersRefused, match="Choose another name"):
        create_partnership(SYSTEM, replace(NEW, name="FERNHOLLOW"))
    assert Partnership.objects.count() == 1


def test_a_person_signs_in_whatever_the_capitals_and_stands_under_their_post() -> None:
    appointment = add_person(SYSTEM, person(AgencyFactory(name="Council")))
    assert Client().login(username="A@Fernhollow.EXAMPLE", password=PASSWORD)
    assert reader_by_key(appointment.account_id).post == "Analyst, Council"
    assert {e.kind for e in Entry.objects.all()} == {"account", "appointment"}


def test_a_short_password_leaves_no_account() -> None:
    with pytest.raises(MembersRefused, match="15"):
        add_person(SYSTEM, person(AgencyFactory(), password="short"))
    assert not Account.objects.exists()


def test_a_second_post_of_the_same_person_needs_no_second_account() -> None:
    add_person(SYSTEM, person(AgencyFactory()))
    add_person(SYSTEM, person(AgencyFactory(), email="A@FERNHOLLOW.example"))
    assert (Account.objects.count(), Appointment.objects.count()) == (1, 2)


ACTS: dict[str, Callable[[Reader, Agency], object]] = {
    "partnership": lambda reader, agency: create_partnership(reader, NEW),
    "agency": lambda reader, agency: add_agency(reader, agency.partnership, name="New", sector=Sector.FIRE),
    "person": lambda reader, agency: add_person(reader, person(agency)),
    "end": lambda reader, agency: end_appointment(reader, agency.appointments.get(), on=TODAY),
}


def state() -> list[object]:
    counts = [model.objects.count() for model in (Partnership, Agency, Account, Appointment, Entry)]  # type: ignore[attr-defined]
    return [*counts, Appointment.objects.filter(ends_on__isnull=False).count()]


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_a_change_whose_entry_fails_is_not_made_and_one_without_permission_neither(
    act: Callable[[Reader, Agency], object],
) -> None:
    manager = reader_with(Role.MANAGER)
    scorer = reader_with(Role.SCORER)
    agency = Agency.objects.get(id=manager.agency)
    before = state()
    with pytest.raises(ValidationError):
        act(replace(manager, appointment="not a key"), agency)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        act(scorer, agency)
    assert state() == before


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "counts"),
    [
        (TODAY, None, True),
        (TODAY, TODAY, True),
        (TODAY - timedelta(1), TODAY - timedelta(1), False),
        (TODAY + timedelta(1), None, False),
    ],
)
def test_an_appointment_counts_from_its_first_day_to_its_last(
    starts_on: date, ends_on: date | None, counts: bool
) -> None:
    appointment = AppointmentFactory(starts_on=starts_on, ends_on=ends_on)
    assert is_current(starts_on, ends_on, today=TODAY) is counts
    assert (reader_by_key(appointment.account_id, today=TODAY).role is not None) is counts


def test_a_closed_account_gives_nothing() -> None:
    appointment = AppointmentFactory(account=AccountFactory(is_active=False))
    assert reader_by_key(appointment.account_id).permissions == frozenset()


def test_an_appointment_cannot_end_before_it_starts() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        AppointmentFactory(starts_on=TODAY, ends_on=TODAY - timedelta(1))


def signed_in(reader: Reader) -> Client:
    client = Client()
    client.force_login(Account.objects.get(id=reader.key))
    return client


def test_only_those_who_manage_members_see_names_and_only_their_own() -> None:
    manager = reader_with(Role.MANAGER)
    other = AppointmentFactory(agency=AgencyFactory(partnership=PartnershipFactory()))
    page = signed_in(manager).get("/members/").content.decode()
    assert Account.objects.get(id=manager.key).name in page
    assert other.account.name not in page
    assert signed_in(reader_with(Role.ANALYST)).get("/members/").status_code == 403


def test_an_appointment_of_another_partnership_is_not_found_and_stays() -> None:
    other = AppointmentFactory()
    answer = signed_in(reader_with(Role.MANAGER)).post(f"/members/appointments/{other.id}/end/")
    other.refresh_from_db()
    assert (answer.status_code, other.ends_on) == (404, None)
    with pytest.raises(MembersRefused, match="another partnership"):
        end_appointment(reader_with(Role.MANAGER), other, on=TODAY)


def test_an_appointment_ends_today_by_its_page() -> None:
    manager = reader_with(Role.MANAGER)
    mine = AppointmentFactory(agency_id=manager.agency, agency=None)
    assert signed_in(manager).post(f"/members/appointments/{mine.id}/end/").status_code == 302
    mine.refresh_from_db()
    assert mine.ends_on == timezone.localdate()


def test_nobody_gives_a_post_at_another_partnership_s_agency_by_the_form() -> None:
    sent = {"name": "A", "email": "b@fernhollow.example", "post": "Analyst", "agency": str(AgencyFactory().id),
            "role": "manager", "password": PASSWORD}  # fmt: skip
    answer = signed_in(reader_with(Role.MANAGER)).post("/members/people/new/", sent)
    assert answer.status_code == 200
    assert not Account.objects.filter(email="b@fernhollow.example").exists()


def test_the_list_of_members_asks_the_database_as_often_however_many_there_are() -> None:
    manager = reader_with(Role.MANAGER)
    client = signed_in(manager)
    counted = []
    for _ in range(2):
        agency = AgencyFactory(partnership_id=manager.partnership)
        AppointmentFactory.create_batch(10, agency=agency)
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/members/").status_code == 200
        counted.append(len(captured))
    assert counted[0] == counted[1]


def test_a_person_who_is_sent_twice_has_one_appointment() -> None:
    agency = AgencyFactory(name="Council")
    assert add_person(SYSTEM, person(agency)) == add_person(SYSTEM, person(agency))
    assert Appointment.objects.count() == 1


def test_nobody_is_told_to_hand_over_a_password_that_was_not_taken() -> None:
    reader = reader_with(Role.MANAGER)
    client = signed_in(reader)
    agency = AgencyFactory(partnership_id=reader.partnership)
    sent = {"name": "B", "email": "b@fernhollow.example", "post": "Warden", "agency": agency.pk,
            "role": "analyst", "password": PASSWORD}  # fmt: skip
    first = client.post("/members/people/new/", sent, follow=True).content.decode()
    assert "Give them their password yourself" in first
    again = {**sent, "email": "B@fernhollow.example", "post": "Coach", "password": f"another {PASSWORD}"}
    second = client.post("/members/people/new/", again, follow=True).content.decode()
    assert "Their name and password stay as they were" in second
    assert "Give them their password" not in second
    assert Account.objects.get(email="b@fernhollow.example").check_password(PASSWORD)
