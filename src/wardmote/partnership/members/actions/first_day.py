"""Setting up a partnership in the browser: which one it is, who has a seat, and the dates of its year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from wardmote.access.permissions import Permission, Role
from wardmote.access.readers import Reader
from wardmote.audit.actions import record
from wardmote.definitions import OfficialPartnership, bank_holidays, official_partnership
from wardmote.partnership.members.models import Appointment, CoveredDistrict, Partnership, Seat, YearDate
from wardmote.partnership.members.queries import partnership_of
from wardmote.partnership.members.rules import (
    KEY_DATE_WORDS,
    RESPONSIBLE_AUTHORITIES,
    KeyDate,
    PartnershipKind,
    PlannedDate,
    SeatState,
    Sector,
    against_words,
    kind_of,
    out_of_order,
    work_back,
)

from . import MembersRefused, NewPartnership, NewPerson, add_agency, add_person, create_partnership

UNNAMED = "A partnership that is being set up"


@dataclass(frozen=True)
class FirstPerson:
    """Who sets up a partnership: their account and their post at the council."""

    email: str
    name: str
    post: str
    password: str
    starts_on: date


@dataclass(frozen=True)
class GivenSeat:
    """What was said of one seat; a holder only where it is held."""

    sector: Sector
    body: str
    post: str
    state: SeatState
    holder: str = ""
    since: date | None = None


@transaction.atomic
def start_partnership(reader: Reader, person: FirstPerson) -> Appointment:
    """Make an empty partnership and its manager, who sets it up in the browser."""
    reader.require(Permission.MANAGE_MEMBERS)
    name = f"{UNNAMED} ({uuid4().hex[:6]})"
    partnership = create_partnership(reader, NewPartnership(name, PartnershipKind.UNITARY, ()))
    agency = add_agency(reader, partnership, name="Council", sector=Sector.COUNCIL)
    new = NewPerson(person.email, person.name, person.post, Role.MANAGER, agency, person.starts_on, person.password)
    return add_person(reader, new)


@transaction.atomic
def choose_partnership(reader: Reader, chosen: OfficialPartnership) -> Partnership:
    """Name the reader's partnership after one of the official list, with its districts and a seat for each authority.

    Choosing again replaces name, code, districts and the seats that nobody has touched; seats that were filled in stay.
    Raises MembersRefused where another partnership of this site has that name.
    """
    reader.require(Permission.MANAGE_MEMBERS)
    partnership = partnership_of(reader)
    before = official_partnership(partnership.code)
    slug = slugify(f"{chosen.name} community safety partnership")[:80]
    if Partnership.objects.exclude(id=partnership.id).filter(slug=slug).exists():
        raise MembersRefused(f"{chosen.name} is set up on this site already. Ask its manager to add you.")
    partnership.name, partnership.code, partnership.slug = (
        f"{chosen.name} Community Safety Partnership",
        chosen.code,
        slug,
    )
    partnership.kind = kind_of(code for code, _ in chosen.districts)
    partnership.save()
    partnership.districts.all().delete()
    CoveredDistrict.objects.bulk_create(
        CoveredDistrict(partnership=partnership, code=code, name=name) for code, name in chosen.districts
    )
    _reserve_seats(partnership, chosen, before=before)
    record(reader, "choose", kind="partnership", key=partnership.id, changed=["name", "code", "kind", "districts"])
    return partnership


def _reserve_seats(
    partnership: Partnership, chosen: OfficialPartnership, *, before: OfficialPartnership | None
) -> None:
    """Reserve a seat for each responsible authority that has none; those of another partnership go while untouched."""
    is_another = before is None or before.code != chosen.code
    if before is not None and is_another:
        _remove_untouched(partnership, before)
    taken = set(partnership.seats.values_list("sector", flat=True))
    for sector, body in _reserved(chosen):
        if sector not in taken or (sector is Sector.COUNCIL and is_another):
            Seat.objects.create(partnership=partnership, sector=sector, body=body, added_at=timezone.now())


def _reserved(chosen: OfficialPartnership) -> list[tuple[Sector, str]]:
    """Return sector and body of each responsible authority; in a county its council has one beside the district's."""
    councils = [(Sector.COUNCIL, f"{name} council") for _, name in chosen.districts]
    if kind_of(code for code, _ in chosen.districts) == PartnershipKind.DISTRICT:
        councils.append((Sector.COUNCIL, "County council"))
    bodies = {Sector.POLICE: f"Police force for {chosen.force}"}
    others = [(sector, bodies.get(sector, "")) for sector in RESPONSIBLE_AUTHORITIES if sector is not Sector.COUNCIL]
    return councils + others


def _remove_untouched(partnership: Partnership, before: OfficialPartnership) -> None:
    """Take away the seats that are still as they were reserved."""
    still = partnership.seats.filter(state=SeatState.TO_BE_CONFIRMED, post="", holder="", since=None)
    reserved = _reserved(before)
    for seat in still:
        if (seat.sector, seat.body) in reserved:
            seat.delete()


@transaction.atomic
def fill_seat(reader: Reader, given: GivenSeat, *, seat: UUID | None = None) -> Seat:
    """Say who holds a seat, or that it is vacant or to be confirmed; without `seat` one is added.

    Adding what is there already, as a second press of the button does, gives the seat that is there.
    """
    reader.require(Permission.MANAGE_MEMBERS)
    partnership = partnership_of(reader)
    said = {
        "sector": given.sector,
        "body": given.body.strip(),
        "post": given.post.strip(),
        "state": given.state,
        "since": given.since,
        "holder": given.holder.strip() if given.state is SeatState.HELD else "",
    }
    same = None if seat else partnership.seats.filter(**said).first()
    if same is not None:
        return same
    found = partnership.seats.get(id=seat) if seat else Seat(partnership=partnership, added_at=timezone.now())
    for name, value in said.items():
        setattr(found, name, value)
    found.save()
    record(reader, "fill" if seat else "create", kind="seat", key=found.id, changed=sorted(said))
    return found


@transaction.atomic
def remove_seat(reader: Reader, seat: UUID) -> None:
    """Take a seat away; a responsible authority keeps at least one, which can be vacant."""
    reader.require(Permission.MANAGE_MEMBERS)
    found = partnership_of(reader).seats.get(id=seat)
    same = partnership_of(reader).seats.filter(sector=found.sector)
    if found.sector in RESPONSIBLE_AUTHORITIES and same.count() == 1:
        raise MembersRefused("The law gives this authority a seat. Say that it is vacant instead of removing it.")
    found.delete()
    record(reader, "remove", kind="seat", key=seat)


@transaction.atomic
def plan_year(reader: Reader, approval: date, boards: Sequence[date]) -> tuple[PlannedDate, ...]:
    """Keep the day on which the board approves the assessment and its other meetings, with what is worked back."""
    reader.require(Permission.MANAGE_MEMBERS)
    partnership = partnership_of(reader)
    others = [PlannedDate(KeyDate.BOARD, day) for day in sorted(set(boards) - {approval})]
    planned = (*work_back(approval, bank_holidays()), *others)
    partnership.year_dates.all().delete()
    YearDate.objects.bulk_create(
        YearDate(partnership=partnership, kind=one.kind, on=one.on, worked_back=one.worked_back) for one in planned
    )
    record(reader, "plan", kind="year", key=partnership.id, changed=["dates"])
    return planned


@transaction.atomic
def move_date(reader: Reader, key: UUID, on: date) -> None:
    """Move one date of the year; it is no longer worked back then.

    Raises MembersRefused where the list has that day, or the order of the year would be broken.
    """
    reader.require(Permission.MANAGE_MEMBERS)
    dates = partnership_of(reader).year_dates
    found = dates.get(id=key)
    if dates.exclude(id=key).filter(kind=found.kind, on=on).exists():
        raise MembersRefused("That date is in the list already. Choose another day.")
    others = {KeyDate(one.kind): one.on for one in dates.exclude(id=key)}
    against = out_of_order(KeyDate(found.kind), on, others)
    if against is not None:
        todo = against_words(KeyDate(found.kind), against)
        raise MembersRefused(f"{KEY_DATE_WORDS[against]} is on {others[against]:%-d %B %Y}: {todo}")
    found.on, found.worked_back = on, False
    found.save(update_fields=["on", "worked_back"])
    record(reader, "move", kind="year", key=found.id, changed=["on"])
