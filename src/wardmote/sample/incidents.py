"""Fictional incidents in the shape of a police.uk street file: how many of each kind, where, and what came of them.

One rise and one fall are built in (shoplifting and burglary in Ashcombe Vale); all else moves by season and chance.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import cos, exp, pi, sqrt
from random import Random
from typing import Final

from wardmote.foundations.periods import Month

from .places import DISTRICTS, FORCE, TOWN_CENTRE, VALE, District, SmallArea, small_areas
from .shapes import Grid

WITHOUT_PLACE: Final = 0.02
_ASB: Final = "Anti-social behaviour"
_NEIGHBOUR_SIZE: Final = 0.45  # of Ashcombe Vale's numbers
_SPOTS: Final = 6
_PENDING_MONTHS: Final = 3
_STREETS: Final = (
    "Mill Lane", "Chapel Walk", "Weavers Row", "Orchard Close", "Station Approach", "Quayside", "Kiln Road",
    "Ropewalk", "Lantern Street", "Tollgate Road", "Alder Grove", "Foundry Way", "Beacon Hill", "Mercer Street",
    "Willow Court", "Harbour View", "Ferry Road", "Priory Gardens", "Sexton Lane", "Granary Place",
)  # fmt: skip
_TOWN_SPOTS: Final = (
    "Shopping Area",
    "Supermarket",
    "Nightclub",
    "Parking Area",
    "Bus/Coach Station",
    "Pedestrian Subway",
)
_PENDING: Final = "Under investigation"
_OUTCOMES: Final = (
    ("Investigation complete; no suspect identified", 46),
    ("Unable to prosecute suspect", 31),
    ("Court result unavailable", 7),
    ("Awaiting court outcome", 5),
    ("Local resolution", 4),
    ("Offender given a caution", 3),
    ("Action to be taken by another organisation", 2),
    ("Further investigation is not in the public interest", 2),
)


@dataclass(frozen=True)
class Kind:
    """A crime type: its usual month in Ashcombe Vale, its season, its pull to the town centre, its change.

    `season` is the swing either side of the mean and `peak` its month; `town` is the share that happens in the town
    centre; `change` multiplies the last twelve months.
    """

    name: str
    month: float
    season: float
    peak: int
    town: float
    change: float = 1.0


KINDS: Final = (
    Kind(_ASB, 215, 0.22, 7, 0.22),
    Kind("Bicycle theft", 16, 0.35, 7, 0.40),
    Kind("Burglary", 66, 0.15, 12, 0.07, 0.70),
    Kind("Criminal damage and arson", 88, 0.06, 6, 0.13),
    Kind("Drugs", 36, 0.04, 5, 0.24),
    Kind("Other crime", 22, 0.03, 3, 0.10),
    Kind("Other theft", 76, 0.06, 8, 0.24),
    Kind("Possession of weapons", 9, 0.05, 6, 0.25),
    Kind("Public order", 82, 0.10, 7, 0.30),
    Kind("Robbery", 10, 0.08, 11, 0.33),
    Kind("Shoplifting", 78, 0.08, 12, 0.52, 1.40),
    Kind("Theft from the person", 14, 0.12, 12, 0.60),
    Kind("Vehicle crime", 72, 0.06, 11, 0.05),
    Kind("Violence and sexual offences", 325, 0.07, 7, 0.20),
)


@dataclass(frozen=True)
class Spot:
    """A point of the kind that police.uk moves incidents to, with the words that stand for it."""

    longitude: str
    latitude: str
    words: str


@dataclass(frozen=True)
class Scene:
    """Where incidents of one district can happen: its areas, how much each draws, and the spots in each."""

    district: District
    areas: tuple[SmallArea, ...]
    ranges: dict[str, list[float]]
    spots: dict[str, tuple[Spot, ...]]


def scenes(grid: Grid, seed: int) -> tuple[Scene, ...]:
    """Lay out the spots of both districts and decide how much each small area draws of each kind."""
    random = Random(f"{seed} scenes")  # noqa: S311 -- fiction, no secret
    return tuple(_scene(random, grid, district) for district in DISTRICTS)


def month_rows(drawn: Sequence[Scene], month: Month, last: Month, seed: int) -> list[tuple[str, ...]]:
    """Return the rows of one month in the order of their small areas; those without a place come last."""
    random = Random(f"{seed} {month}")  # noqa: S311 -- fiction, no secret
    rows = [row for scene in drawn for kind in KINDS for row in _rows(random, scene, kind, (month, last))]
    # A steady share: a move in the share of rows without a place would look like a change in the crime itself.
    for at in random.sample(range(len(rows)), round(len(rows) * WITHOUT_PLACE)):
        rows[at] = (*rows[at][:4], "", "", "No Location", "", "", *rows[at][9:])
    return sorted(rows, key=lambda row: (row[8] == "", row[8], row[9], row[0]))


def _scene(random: Random, grid: Grid, district: District) -> Scene:
    areas = tuple(area for area in small_areas() if area.ward.district is district)
    # Log-normal weights: a fifth of the areas draw about half of what happens, as in real districts.
    weights = [exp(_normal(random) * 0.75) for _ in areas]
    return Scene(
        district=district,
        areas=areas,
        ranges={kind.name: list(accumulate(_weights(areas, weights, kind))) for kind in KINDS},
        spots={area.code: tuple(_spots(random, grid, area)) for area in areas},
    )


def _weights(areas: Sequence[SmallArea], weights: Sequence[float], kind: Kind) -> list[float]:
    in_town = [area.ward.letter == TOWN_CENTRE for area in areas]
    town = sum(weight for weight, inside in zip(weights, in_town, strict=True) if inside)
    rest = sum(weights) - town
    share = kind.town if town else 0.0
    return [
        weight / town * share if inside else weight / rest * (1 - share)
        for weight, inside in zip(weights, in_town, strict=True)
    ]


def _spots(random: Random, grid: Grid, area: SmallArea) -> Iterator[Spot]:
    for index in range(_SPOTS):
        # A quarter of the way in from every side: bends of the edges do not reach so far.
        x, y = grid.point_in(area, 0.25 + random.random() / 2, 0.25 + random.random() / 2)
        names = _TOWN_SPOTS if area.ward.letter == TOWN_CENTRE and index % 2 else _STREETS
        yield Spot(f"{x:.6f}", f"{y:.6f}", f"On or near {names[int(random.random() * len(names))]}")


def _rows(random: Random, scene: Scene, kind: Kind, months: tuple[Month, Month]) -> Iterator[tuple[str, ...]]:
    month, last = months
    age = last.index - month.index
    for _ in range(_number(random, scene.district, kind, month=month, age=age)):
        area = random.choices(scene.areas, cum_weights=scene.ranges[kind.name])[0]
        # The first spots of an area draw most: a square spreads unevenly.
        spot = scene.spots[area.code][int(random.random() ** 2 * _SPOTS)]
        is_asb = kind.name == _ASB
        crime_id = "" if is_asb else f"{random.getrandbits(256):064x}"
        outcome = "" if is_asb else _outcome(random, age)
        place = (spot.longitude, spot.latitude, spot.words, area.code, area.name)
        yield (crime_id, str(month), FORCE, FORCE, *place, kind.name, outcome, "")


def _number(random: Random, district: District, kind: Kind, *, month: Month, age: int) -> int:
    """Return how many happen: the usual month, its season, the change of the last year, and chance like Poisson's."""
    season = 1 + kind.season * cos((month.number - kind.peak) * pi / 6)
    here = kind.change if district is VALE and age < 12 else 1.0
    mean = kind.month * season * here * (1.0 if district is VALE else _NEIGHBOUR_SIZE)
    return max(0, round(mean + _normal(random) * sqrt(mean)))


def _normal(random: Random) -> float:
    """Return a nearly normal number: twelve uniform ones summed, which no version of Python computes differently."""
    return sum(random.random() for _ in range(12)) - 6


def _outcome(random: Random, age: int) -> str:
    if age < _PENDING_MONTHS and random.random() < 0.75 - 0.2 * age:
        return _PENDING
    return random.choices([name for name, _ in _OUTCOMES], [weight for _, weight in _OUTCOMES])[0]
