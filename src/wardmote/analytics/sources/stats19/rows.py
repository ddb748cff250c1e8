"""One row of a road casualty file at a time: what is taken from it, and why a row cannot be."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Final

from wardmote.analytics.sources.ons.source import GSS_CODE, RowRejected
from wardmote.analytics.sources.stats19.layout import Layout, Plan
from wardmote.definitions import road_casualty_terms
from wardmote.foundations.periods import Month, is_known_year

_DAY_FIRST: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_YEAR_FIRST: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
Record = tuple[object, ...]


@dataclass(frozen=True)
class Collision:
    """When and where a collision was; `file_number` is the place of its file among those read."""

    day: dt.date
    district_code: str | None
    district_name: str | None
    lsoa_code: str | None
    longitude: float | None
    latitude: float | None
    file_number: int


@dataclass
class Taking:
    """What was read so far: collisions by their index, casualties seen, and the range of days of each file."""

    today: dt.date
    collisions: dict[str, Collision] = field(default_factory=dict)
    seen: set[tuple[str, str, str]] = field(default_factory=set)
    days: dict[int, tuple[dt.date, dt.date]] = field(default_factory=dict)

    def dated(self, day: dt.date, file_number: int) -> None:
        """Widen the range of days of a file."""
        first, last = self.days.get(file_number, (day, day))
        self.days[file_number] = (min(first, day), max(last, day))


def take_collision(plan: Plan, cells: list[str], taking: Taking, number: int) -> Iterator[Record]:
    """Keep one collision for the casualties that name it."""
    index = _index(plan, cells)
    if index in taking.collisions:
        raise RowRejected(plan.heading("index"), f"collision {index} stands in an earlier row", kind="repeated")
    taking.collisions[index] = _collision(plan, cells, taking, number)
    yield from ()


def take_casualty(plan: Plan, cells: list[str], taking: Taking) -> Iterator[Record]:
    """Return one casualty of a collision that is known."""
    index = _index(plan, cells)
    collision = taking.collisions.get(index)
    if collision is None:
        raise RowRejected(
            plan.heading("index"),
            f"no collision {index[:30]} could be read: give the collision file of the same years with it",
            kind="no collision",
        )
    key = (index, plan.text(cells, "vehicle"), plan.text(cells, "casualty"))
    if key in taking.seen:
        raise RowRejected(plan.heading("casualty"), "this casualty stands in an earlier row", kind="repeated")
    record = _record(plan, cells, (index, collision))
    taking.seen.add(key)
    yield record


def take_extract(plan: Plan, cells: list[str], taking: Taking, number: int) -> Iterator[Record]:
    """Return one casualty of an extract that has the collision in the same row."""
    index = _index(plan, cells)
    yield _record(plan, cells, (index, _collision(plan, cells, taking, number)))


def _collision(plan: Plan, cells: list[str], taking: Taking, number: int) -> Collision:
    day = _day(plan, cells, taking.today)
    taking.dated(day, number)
    # A point without its other half is no point.
    longitude, latitude = (_degrees(plan.text(cells, name)) for name in ("longitude", "latitude"))
    is_placed = longitude is not None and latitude is not None
    return Collision(
        day=day,
        district_code=_code(plan.text(cells, "district")),
        district_name=plan.text(cells, "area") or None,
        lsoa_code=_code(plan.text(cells, "lsoa")),
        longitude=longitude if is_placed else None,
        latitude=latitude if is_placed else None,
        file_number=number,
    )


def _record(plan: Plan, cells: list[str], found: tuple[str, Collision]) -> Record:
    terms = road_casualty_terms()
    index, collision = found
    severity = _known(plan, cells, "severity", terms.severity_of(plan.text(cells, "severity")))
    road_user = _known(plan, cells, "type", terms.road_user_of(plan.text(cells, "type")))
    return (
        index,
        collision.day,
        Month.of(collision.day).index,
        severity,
        road_user,
        terms.is_child(age=plan.text(cells, "age"), band=plan.text(cells, "band")),
        collision.district_code,
        collision.district_name,
        collision.lsoa_code,
        collision.longitude,
        collision.latitude,
        {"0": False, "1": True}.get(plan.text(cells, "injury_based")),
        _chance(plan, cells) if plan.layout is Layout.CASUALTIES else None,
        plan.name,
    )


def _known(plan: Plan, cells: list[str], ours: str, found: str | None) -> str:
    if found is None:
        raise RowRejected(
            plan.heading(ours),
            f"“{plan.text(cells, ours)[:40]}” is in no code list that we know: correct it, or tell us of the new code",
            kind="unknown code",
        )
    return found


def _index(plan: Plan, cells: list[str]) -> str:
    index = plan.text(cells, "index")
    if not index:
        raise RowRejected(plan.heading("index"), "no number of a collision", kind="no collision")
    return index


def _day(plan: Plan, cells: list[str], today: dt.date) -> dt.date:
    text = plan.text(cells, "date")
    day = _date_in(text)
    if day is None or not is_known_year(day):
        raise RowRejected(plan.heading("date"), f"“{text[:40]}” is not a date such as 31/12/2024", kind="not a date")
    if day > today:
        raise RowRejected(plan.heading("date"), f"{text[:40]} lies in the future", kind="not a date")
    return day


def _date_in(text: str) -> dt.date | None:
    first, second = _DAY_FIRST.fullmatch(text), _YEAR_FIRST.fullmatch(text)
    try:
        if first:
            return dt.date(int(first[3]), int(first[2]), int(first[1]))
        return dt.date(int(second[1]), int(second[2]), int(second[3])) if second else None
    except ValueError:
        return None


def _code(text: str) -> str | None:
    # -1 is “not known”, and Heathrow has a code of the Department's own.
    return text if GSS_CODE.fullmatch(text) else None


def _degrees(text: str) -> float | None:
    try:
        found = float(text)
    except ValueError:
        return None
    return found if -180 <= found <= 180 and found else None


def _chance(plan: Plan, cells: list[str]) -> Decimal | None:
    """Return the chance that an injury would be called serious where injuries are recorded, as published."""
    try:
        found = Decimal(plan.text(cells, "adjusted"))
    except InvalidOperation:
        return None
    return found if found.is_finite() and 0 <= found <= 1 else None
