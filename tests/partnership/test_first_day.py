"""Setting a partnership up: which one it is, who has a seat, and the year worked back from its board."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.factories import CoveredDistrictFactory, PartnershipFactory, reader_with
from wardmote.access.permissions import Role
from wardmote.access.readers import NotAllowed, Reader
from wardmote.audit.models import Entry
from wardmote.audit.queries import entries_of
from wardmote.definitions import OfficialPartnership, bank_holidays, official_partnership
from wardmote.partnership.members.actions import MembersRefused
from wardmote.partnership.members.actions.first_day import (
    FirstPerson,
    GivenSeat,
    choose_partnership,
    fill_seat,
    move_date,
    plan_year,
    remove_seat,
    start_partnership,
)
from wardmote.partnership.members.models import Account, Partnership
from wardmote.partnership.members.queries import COMMAND_LINE, partnership_of, reader_by_key, service_reader
from wardmote.partnership.members.rules import KeyDate, SeatState, Sector, out_of_order, work_back

pytestmark = pytest.mark.django_db
APPROVAL = date(2027, 2, 18)


@pytest.fixture
def manager() -> Reader:
    return reader_with(Role.MANAGER)


@pytest.fixture
def joint() -> OfficialPartnership:
    found = official_partnership("E22000352")
    assert found is not None
    return found


def signed_in(reader: Reader) -> Client:
    client = Client()
    client.force_login(Account.objects.get(id=reader.key))
    return client


def test_the_first_person_can_sign_in_to_an_empty_partnership_and_set_it_up() -> None:
    person = FirstPerson("a@fern.example", "Somebody", "Head of safety", "three-unrelated-words-plum", date(2026, 1, 5))
    appointment = start_partnership(service_reader(COMMAND_LINE), person)
    reader = reader_by_key(appointment.account_id)
    assert partnership_of(reader).districts.count() == 0
    page = signed_in(reader).get("/").content.decode()
    assert "Say which partnership you are" in page


def test_choosing_brings_name_code_districts_and_a_seat_for_each_authority(
    manager: Reader, joint: OfficialPartnership
) -> None:
    made = choose_partnership(manager, joint)
    assert (made.name, made.code, made.kind) == (
        "Dartford and Gravesham Community Safety Partnership",
        "E22000352",
        "district",
    )
    assert [district.name for district in made.districts.all()] == ["Dartford", "Gravesham"]
    sectors = [seat.sector for seat in made.seats.all()]
    # Two districts and their county, then police, fire, probation and health.
    assert sorted(sectors) == ["council", "council", "council", "fire", "health", "police", "probation"]
    assert {seat.state for seat in made.seats.all()} == {SeatState.TO_BE_CONFIRMED}
    entry = next(entry for entry in entries_of(made.id) if entry.action == "choose")
    assert entry.changed_fields == ["code", "districts", "kind", "name"]


def test_choosing_again_keeps_the_seats_that_were_filled_in(manager: Reader, joint: OfficialPartnership) -> None:
    made = choose_partnership(manager, joint)
    seat = made.seats.first()
    assert seat is not None
    fill_seat(manager, GivenSeat(Sector.COUNCIL, "Council", "Chief officer", SeatState.HELD, "Somebody"), seat=seat.id)
    other = official_partnership("E22000243") or joint
    again = choose_partnership(manager, other)
    assert (again.id, again.code) == (made.id, other.code)
    assert again.seats.get(id=seat.id).holder == "Somebody"


def test_a_wrong_first_choice_leaves_no_seat_behind(manager: Reader, joint: OfficialPartnership) -> None:
    choose_partnership(manager, joint)
    leicester = official_partnership("E22000168")
    assert leicester is not None
    made = choose_partnership(manager, leicester)
    bodies = [seat.body for seat in made.seats.all()]
    assert bodies == ["Leicester council", "Police force for Leicestershire", "", "", ""]


def test_the_authorities_get_their_rows_where_a_seat_was_added_before_the_choice(
    manager: Reader, joint: OfficialPartnership
) -> None:
    fill_seat(manager, GivenSeat(Sector.FIRE, "Fire service", "Area manager", SeatState.VACANT))
    made = choose_partnership(manager, joint)
    sectors = sorted(seat.sector for seat in made.seats.all())
    assert sectors == ["council", "council", "council", "fire", "health", "police", "probation"]
    choose_partnership(manager, joint)
    assert made.seats.count() == 7


def test_a_seat_that_is_sent_twice_stands_once(manager: Reader) -> None:
    given = GivenSeat(Sector.HEALTH, "Health board", "Director", SeatState.VACANT)
    assert fill_seat(manager, given) == fill_seat(manager, given)
    assert partnership_of(manager).seats.count() == 1


def test_two_partnerships_of_a_site_cannot_be_the_same_one(manager: Reader, joint: OfficialPartnership) -> None:
    choose_partnership(manager, joint)
    with pytest.raises(MembersRefused, match="set up on this site already"):
        choose_partnership(reader_with(Role.MANAGER, PartnershipFactory()), joint)
    assert Partnership.objects.filter(code=joint.code).count() == 1


def test_only_those_who_look_after_members_set_up(joint: OfficialPartnership) -> None:
    analyst = reader_with(Role.ANALYST)
    for act in (lambda: choose_partnership(analyst, joint), lambda: plan_year(analyst, APPROVAL, [])):
        with pytest.raises(NotAllowed):
            act()
    assert not Entry.objects.exists()
    assert signed_in(analyst).get("/set-up/").status_code == 403


def test_vacant_is_an_answer_and_keeps_no_name(manager: Reader) -> None:
    given = GivenSeat(Sector.HEALTH, "Health board", "Director", SeatState.VACANT, "Left over", date(2026, 4, 1))
    seat = fill_seat(manager, given)
    assert (seat.state, seat.holder, seat.since) == ("vacant", "", date(2026, 4, 1))


def test_an_authority_keeps_its_last_seat(manager: Reader) -> None:
    first, second = (fill_seat(manager, GivenSeat(Sector.FIRE, "Fire", name, SeatState.VACANT)) for name in "AB")
    remove_seat(manager, first.id)
    with pytest.raises(MembersRefused, match="Say that it is vacant"):
        remove_seat(manager, second.id)
    other = fill_seat(manager, GivenSeat(Sector.OTHER, "Charity", "Chair", SeatState.VACANT))
    remove_seat(manager, other.id)
    assert [seat.id for seat in partnership_of(manager).seats.all()] == [second.id]


def test_the_year_is_worked_back_from_the_board() -> None:
    # Thursday 18 February 2027: five clear days before are 11, 12, 15, 16 and 17; papers on 10; scoring four weeks
    # before that, on 13 January; cut-off six weeks before that, on 2 December 2026.
    planned = {one.kind: (one.on, one.worked_back) for one in work_back(APPROVAL, bank_holidays())}
    assert planned == {
        KeyDate.PAPERS_OUT: (date(2027, 2, 10), True),
        KeyDate.SCORING_DAY: (date(2027, 1, 13), True),
        KeyDate.DATA_CUT_OFF: (date(2026, 12, 2), True),
        KeyDate.APPROVAL: (APPROVAL, False),
    }


def test_a_date_can_be_moved_and_is_then_the_partnerships_own(manager: Reader) -> None:
    plan_year(manager, APPROVAL, [date(2027, 6, 17), APPROVAL])
    dates = partnership_of(manager).year_dates
    assert dates.count() == 5
    scoring = dates.get(kind=KeyDate.SCORING_DAY)
    move_date(manager, scoring.id, date(2027, 1, 20))
    moved = dates.get(id=scoring.id)
    assert (moved.on, moved.worked_back) == (date(2027, 1, 20), False)


def post(client: Client, address: str, **data: Any) -> str:
    answer = client.post(address, data, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("kind", "on", "overtaken"),
    [
        (KeyDate.DATA_CUT_OFF, date(2027, 2, 1), KeyDate.SCORING_DAY),
        (KeyDate.PAPERS_OUT, date(2027, 1, 1), KeyDate.SCORING_DAY),
        (KeyDate.PAPERS_OUT, date(2027, 2, 19), KeyDate.APPROVAL),
        (KeyDate.PAPERS_OUT, APPROVAL, None),
        (KeyDate.BOARD, date(2020, 1, 1), None),
    ],
)
def test_no_date_of_the_year_overtakes_another(kind: KeyDate, on: date, overtaken: KeyDate | None) -> None:
    others = {one.kind: one.on for one in work_back(APPROVAL, bank_holidays()) if one.kind != kind}
    assert out_of_order(kind, on, others) == overtaken


def test_moving_a_date_past_another_says_what_to_do(manager: Reader) -> None:
    plan_year(manager, APPROVAL, [])
    papers = partnership_of(manager).year_dates.get(kind=KeyDate.PAPERS_OUT)
    page = post(signed_in(manager), f"/members/year/{papers.id}/", on_day="19", on_month="2", on_year="2027")
    assert "Board approves the assessment is on 18 February 2027: choose that day or an earlier one" in page
    papers.refresh_from_db()
    assert papers.worked_back


def test_a_search_for_nothing_and_a_board_date_of_the_year_1_say_what_to_do(manager: Reader) -> None:
    client = signed_in(manager)
    assert "Enter a name or a code" in client.get("/members/partnership/?name=+").content.decode()
    page = post(
        client, "/members/year/", approval_day="18", approval_month="2", approval_year="2027", boards="1/1/0001"
    )
    assert "Line 1 is “1/1/0001”: write a year from 1900 to 2100" in page


def test_the_pages_take_answers_and_name_the_line_that_is_wrong(manager: Reader, joint: OfficialPartnership) -> None:
    client = signed_in(manager)
    assert "Dartford and Gravesham" in client.get("/members/partnership/?name=gravesham").content.decode()
    assert client.get("/members/partnership/E99999999/").status_code == 404
    assert "Dartford and Gravesham" in post(client, "/members/partnership/E22000352/")
    page = post(
        client,
        "/members/year/",
        approval_day="18",
        approval_month="2",
        approval_year="2027",
        boards="17/6/2027\n31/2/2027",
    )
    assert "Line 2 is “31/2/2027”: write day, month and year" in page
    page = post(
        client, "/members/year/", approval_day="18", approval_month="2", approval_year="2027", boards="17/6/2027"
    )
    assert "Wednesday 13 January 2027" in page
    page = post(client, "/members/seats/new/", sector="health", state="held", holder="")
    assert "Enter the name of the person who holds the seat" in page
    assert "4 of" not in page


def test_the_set_up_page_says_what_is_missing_and_what_the_gap_stops(manager: Reader) -> None:
    page = signed_in(manager).get("/set-up/").content.decode()
    for step in ("Your boundaries", "Who you compare yourselves with"):
        assert step in page
    assert "Without it no figure has an area." in page
    CoveredDistrictFactory(partnership_id=manager.partnership, partnership=None)
    page = signed_in(manager).get("/set-up/").content.decode()
    assert "Without it no figure has an area." not in page


def test_a_seat_of_another_partnership_is_not_there(manager: Reader) -> None:
    stranger = reader_with(Role.MANAGER, PartnershipFactory())
    seat = fill_seat(stranger, GivenSeat(Sector.FIRE, "Fire", "Manager", SeatState.VACANT))
    for address in (f"/members/seats/{seat.id}/", f"/members/seats/{seat.id}/remove/"):
        assert signed_in(manager).post(address, {"state": "vacant", "sector": "fire"}).status_code == 404
