"""What the shell and the members pages show."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from wardmote.access.permissions import Permission
from wardmote.access.readers import ANYONE, Reader

from .models import Partnership, Seat, YearDate
from .rules import KEY_DATE_WORDS, SEAT_WORDS, SECTOR_WORDS, KeyDate, SeatState, Sector

# A search that finds more is narrowed by another letter, not by pages.
MOST_FOUND = 20
SEAT_COLOURS = {SeatState.HELD: "green", SeatState.VACANT: "yellow", SeatState.TO_BE_CONFIRMED: "grey"}

NAVIGATION = [
    (None, "Home", "home"),
    (Permission.SEE_EVIDENCE, "Evidence", "evidence:catalogue"),
    (Permission.SEE_EVIDENCE, "Consultations", "consultation:list"),
    (Permission.SEE_ASSESSMENT, "Assessments", "assessment:list"),
    (Permission.MANAGE_MEMBERS, "Members", "members:list"),
    (None, "Published", "publishing:list"),
]


def site_context(request: HttpRequest) -> dict[str, Any]:
    """Return the shell's context: partnership, navigation, account."""
    reader: Reader = getattr(request, "reader", ANYONE)
    partnership = Partnership.objects.filter(id=reader.partnership).first() if reader.partnership else None
    return {
        "partnership_name": partnership.name if partnership else "",
        "is_sample": partnership.is_sample if partnership else False,
        "navigation": [_link(request, text, route) for needed, text, route in NAVIGATION if _shown(reader, needed)],
        "reader": reader,
        "account_name": reader.post or "Signed in",
    }


def _shown(reader: Reader, needed: Permission | None) -> bool:
    return needed is None or reader.may(needed)


def _link(request: HttpRequest, text: str, route: str) -> dict[str, Any]:
    url = reverse(route)
    here = request.path == url if route == "home" else request.path.startswith(url)
    return {"text": text, "url": url, "active": here}


def seat_rows(seats: Iterable[Seat]) -> list[dict[str, Any]]:
    """Return the seats as the list shows them."""
    return [
        {
            "key": seat.id,
            "body": seat.body or SECTOR_WORDS[Sector(seat.sector)],
            "sector": SECTOR_WORDS[Sector(seat.sector)],
            "post": seat.post or "Not stated",
            "state": SEAT_WORDS[SeatState(seat.state)],
            "colour": SEAT_COLOURS[SeatState(seat.state)],
            "holder": seat.holder,
            "since": f"{seat.since:%-d %B %Y}" if seat.since else "",
        }
        for seat in seats
    ]


def seat_initial(seat: Seat | None) -> dict[str, Any]:
    """Return what a seat's form shows first."""
    if seat is None:
        return {"sector": Sector.OTHER}
    fields = ("sector", "body", "post", "state", "holder", "since")
    return {name: getattr(seat, name) for name in fields}


def year_rows(dates: Iterable[YearDate]) -> list[dict[str, Any]]:
    """Return the dates of the year in their order."""
    return [
        {
            "key": one.id,
            "words": KEY_DATE_WORDS[KeyDate(one.kind)],
            "on": f"{one.on:%A %-d %B %Y}",
            "worked_back": one.worked_back,
        }
        for one in dates
    ]


def year_initial(dates: Iterable[YearDate]) -> dict[str, Any]:
    """Return what the year's form shows first."""
    approval = next((one.on for one in dates if one.kind == KeyDate.APPROVAL), None)
    boards = [f"{one.on:%-d/%-m/%Y}" for one in dates if one.kind == KeyDate.BOARD]
    return {"approval": approval, "boards": "\n".join(boards)}


def person_added_words(*, is_known: bool) -> str:
    """Say that a person was added, and whether there is a password to hand over."""
    if is_known:
        return "This person has an account already and was added with it. Their name and password stay as they were."
    return "The person was added. Give them their password yourself, not by e-mail."
