"""Made-up collisions and casualties in the Department for Transport's layout, so that the sample has road safety."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Final, TypeVar

from wardmote.access.readers import Reader
from wardmote.foundations.periods import Month
from wardmote.strategy.evidence.actions import import_files, settle
from wardmote.strategy.evidence.rules import Acceptance

from .generator import LAST_MONTH, SEED
from .places import VALE, SmallArea, small_areas
from .shapes import Grid, draw_grid

FIRST_YEARS: Final = (2021, 2022, 2023, 2024)
LATER_YEARS: Final = (LAST_MONTH.year - 1,)
# The Department publishes the first half of a year in its autumn, and calls it provisional.
HALF_YEAR: Final = (LAST_MONTH.year,)
_HALF: Final = 6
_COLLISIONS: Final = (
    "collision_index", "collision_year", "collision_ref_no", "location_easting_osgr", "location_northing_osgr",
    "longitude", "latitude", "police_force", "collision_severity", "number_of_vehicles", "number_of_casualties", "date",
    "day_of_week", "time", "local_authority_district", "local_authority_ons_district", "lsoa_of_accident_location",
    "collision_injury_based",
)  # fmt: skip
_CASUALTIES: Final = (
    "collision_index", "collision_year", "collision_ref_no", "vehicle_reference", "casualty_reference",
    "casualty_class", "sex_of_casualty", "age_of_casualty", "age_band_of_casualty", "casualty_severity",
    "casualty_type", "casualty_injury_based", "casualty_adjusted_severity_serious", "casualty_adjusted_severity_slight",
)  # fmt: skip
_A_MONTH: Final = {True: 14, False: 7}  # collisions, in Ashcombe Vale and in its neighbour
_HURT: Final = ((1, 80), (2, 14), (3, 4), (4, 2))
_SEVERITY: Final = ((3, 78), (2, 20), (1, 2))
# Casualty type and class: car driver, car passenger, pedestrian, cyclist, motorcyclist, van driver, bus passenger.
_TYPES: Final = (((9, 1), 36), ((9, 2), 15), ((0, 3), 18), ((1, 1), 12), ((5, 1), 11), ((19, 1), 5), ((11, 2), 3))
_BANDS: Final = (5, 10, 15, 20, 25, 35, 45, 55, 65, 75)
Row = tuple[object, ...]
T = TypeVar("T")


def bring_in_roads(builder: Reader, folder: Path, years: Sequence[int], provisional: Sequence[int] = ()) -> None:
    """Bring in whole years, and the first halves of provisional ones, as one import."""
    grid = draw_grid(SEED)
    paths = [path for year in years for path in write_year(folder, grid, year, "")]
    paths += [path for year in provisional for path in write_year(folder, grid, year, "provisional-")]
    settle(builder, import_files(builder, paths, kind="road-casualties", is_sample=True), Acceptance.AT_ONCE)


def write_year(folder: Path, grid: Grid, year: int, provisional: str) -> tuple[Path, Path]:
    """Write the collisions and the casualties of a year, of its first half where it is provisional."""
    collisions: list[Row] = []
    casualties: list[Row] = []
    # Under this stretch no year stands out of what is chance.
    random = Random(f"{SEED} roads {year} 13")  # noqa: S311 -- fiction, no secret
    for month in (Month(year, number) for number in range(1, (_HALF if provisional else 12) + 1)):
        for area in _places(random):
            found = _collision(random, grid, month, area, len(collisions) + 1)
            collisions.append(found[0])
            casualties += found[1]
    stem = "dft-road-casualty-statistics"
    return (
        _write(folder / f"{stem}-collision-{provisional}{year}.csv", _COLLISIONS, collisions),
        _write(folder / f"{stem}-casualty-{provisional}{year}.csv", _CASUALTIES, casualties),
    )


def _places(random: Random) -> Iterator[SmallArea]:
    for is_vale, usual in _A_MONTH.items():
        areas = [area for area in small_areas() if (area.ward.district is VALE) is is_vale]
        # Main roads run through some areas: the first of each ward has thrice the collisions.
        weights = [3 if area.name.endswith("A") else 1 for area in areas]
        yield from random.choices(areas, weights, k=random.randint(usual - 4, usual + 4))


def _collision(random: Random, grid: Grid, month: Month, area: SmallArea, number: int) -> tuple[Row, list[Row]]:
    reference = f"90{number:07}"
    index = f"{month.year}{reference}"
    hurt = [_casualty(random, (index, month.year, reference), at) for at in range(1, _drawn(random, _HURT) + 1)]
    day = random.randint(1, month.last_day.day)
    longitude, latitude = grid.point_in(area, random.random(), random.random())
    severity = min(int(str(row[9])) for row in hurt)
    time = f"{random.randint(6, 23):02}:{random.randint(0, 59):02}"
    date = f"{day:02}/{month.number:02}/{month.year}"
    head = (index, month.year, reference, "", "", longitude, latitude, 99, severity, 2, len(hurt), date, 1, time)
    return (*head, -1, area.ward.district.code, area.code, 1), hurt


def _casualty(random: Random, head: tuple[str, int, str], number: int) -> Row:
    kind, role = _drawn(random, _TYPES)
    severity = _drawn(random, _SEVERITY)
    age = random.randint(4, 88)
    band = 1 + sum(age > top for top in _BANDS)
    serious = 1 if severity == 2 else 0
    return (*head, 1, number, role, random.randint(1, 2), age, band, severity, kind, 1, serious, int(severity == 3))


def _drawn(random: Random, weighted: Sequence[tuple[T, int]]) -> T:
    return random.choices([one for one, _ in weighted], [weight for _, weight in weighted])[0]


def _write(path: Path, header: Sequence[str], rows: Sequence[Row]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream, lineterminator="\n").writerows([header, *rows])
    return path
