"""Made-up lists of single incidents of two problems, as a force would export them: keys are numbers of nobody."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Final

from wardmote.access.readers import Reader
from wardmote.foundations.periods import Month
from wardmote.strategy.evidence.actions import import_files, settle
from wardmote.strategy.evidence.rules import Acceptance

from .generator import SEED
from .places import VALE, SmallArea, small_areas
from .shapes import Grid, draw_grid

_HEADER: Final = (
    "Category", "Committed from", "Committed to", "Longitude", "Latitude", "LSOA code", "Location key", "Victim key",
    "Suspect key",
)  # fmt: skip
_FORMAT: Final = "%d/%m/%Y %H:%M"
_AGAIN: Final = 0.08  # at an address that was met before
_NEARBY: Final = 0.12  # some doors from one of the last days
_SUSPECT_KNOWN: Final = 0.25
_SUSPECTS: Final = 90
_STEP: Final = 0.0004  # degrees: some 25 to 45 metres
_DAYS: Final = 6


@dataclass(frozen=True)
class Habit:
    """When incidents of a problem happen: chances of (first hour, hours until it is found, 0 where it is seen)."""

    category: str
    times: tuple[tuple[tuple[int, int], int], ...]
    weekend: int


HABITS: Final = (
    Habit("Burglary", (((9, 8), 43), ((19, 0), 18), ((20, 0), 12), ((18, 4), 13), ((22, 9), 9), ((12, 96), 5)), 1),
    Habit("Vehicle crime", (((20, 11), 50), ((19, 0), 18), ((20, 0), 20), ((12, 0), 12)), 3),
)


@dataclass(frozen=True)
class Address:
    """Where something happened: its number, its small area, its point."""

    number: int
    area: str
    longitude: float
    latitude: float


def bring_in_lists(analyst: Reader, folder: Path, street: Sequence[Path]) -> None:
    """Bring in a list of burglaries and one of vehicle crime, of the months of some street files."""
    grid = draw_grid(SEED)
    for habit in HABITS:
        path = write_list(folder, grid, habit, street)
        settle(analyst, import_files(analyst, (path,), kind="incident-records", is_sample=True), Acceptance.AT_ONCE)


def write_list(folder: Path, grid: Grid, habit: Habit, street: Sequence[Path]) -> Path:
    """Write as many incidents by month and small area as the street files have, each with a time and a place."""
    path = folder / f"{habit.category.lower().replace(' ', '-')}-list.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_HEADER)
        writer.writerows(_rows(grid, habit, street))
    return path


def _rows(grid: Grid, habit: Habit, street: Sequence[Path]) -> Iterator[tuple[object, ...]]:
    random = Random(f"{SEED} list {habit.category}")  # noqa: S311 -- fiction, no secret
    met: list[tuple[datetime, Address]] = []
    for month, area in _published(habit.category, street):
        begins, address = _when(random, habit, month), _address(random, grid, area, len(met) + 1)
        chance = random.random()
        if met and chance < _AGAIN:
            address = random.choice(met)[1]
        elif met and chance < _AGAIN + _NEARBY:
            before, near = met[-1]
            address, day = _next_door(random, near, len(met) + 1), before + timedelta(days=random.randint(0, _DAYS))
            begins = begins.replace(day=day.day) if day.month == begins.month else begins
        met.append((begins, address))
        yield _row(random, habit, begins, address)


def _published(category: str, street: Sequence[Path]) -> Iterator[tuple[Month, SmallArea]]:
    ours = {area.code: area for area in small_areas() if area.ward.district is VALE}
    for path in street:
        with path.open(newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                if row["Crime type"] == category and row["LSOA code"] in ours:
                    yield Month.parse(row["Month"]), ours[row["LSOA code"]]


def _when(random: Random, habit: Habit, month: Month) -> datetime:
    days = [month.first_day + timedelta(days=at) for at in range(month.last_day.day)]
    # Friday and Saturday draw more where the habit has a weekend.
    day = random.choices(days, [habit.weekend if one.weekday() in (4, 5) else 1 for one in days])[0]
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - what the clock showed


def _row(random: Random, habit: Habit, day: datetime, at: Address) -> tuple[object, ...]:
    (hour, hours), *_ = random.choices([one for one, _ in habit.times], [weight for _, weight in habit.times])
    begins = day + timedelta(hours=hour, minutes=random.randint(0, 59 if hours else 179))
    ends = begins + timedelta(hours=hours, minutes=random.randint(0, 40)) if hours else begins
    # A few suspects have most of what is known: the square of a share draws the first of them often.
    suspect = f"S{int(_SUSPECTS * random.random() ** 3):04}" if random.random() < _SUSPECT_KNOWN else ""
    keys = f"L{at.number:05}", f"V{at.number:05}", suspect
    return habit.category, begins.strftime(_FORMAT), ends.strftime(_FORMAT), at.longitude, at.latitude, at.area, *keys


def _address(random: Random, grid: Grid, area: SmallArea, number: int) -> Address:
    longitude, latitude = grid.point_in(area, random.random(), random.random())
    return Address(number, area.code, longitude, latitude)


def _next_door(random: Random, near: Address, number: int) -> Address:
    east, north = (random.choice((-_STEP, _STEP)) for _ in range(2))
    return Address(number, near.area, round(near.longitude + east, 6), round(near.latitude + north, 6))
