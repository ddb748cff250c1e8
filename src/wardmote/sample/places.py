"""Ashcombe Vale and its neighbour: fictional districts, wards, neighbourhoods and small areas, drawn as a letter map.

Nothing here exists in England or Wales. The codes have the shape that national codes have, from a range (…900…) far
beyond those that the Office for National Statistics has given out.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

# One letter a small area (LSOA), the same letter for the areas of one ward, north above. A to N and T are Ashcombe
# Vale, P to S, U and V its neighbour; a dot is the open sea, in which all of it lies: no real address can be meant.
MAP: Final = (
    "..AABBB....PPQQ.",
    ".DAABBEFFFPPPQQ.",
    "DDDGGEEEHFRRQQSS",
    "IDGGTTJJHHHRRSSS",
    "IIIKTTJJHLLUUVVV",
    ".IKKKMMNNLLUUVVV",
    "...KMMNNN..U....",
)


@dataclass(frozen=True)
class District:
    """A district council area with its community safety partnership."""

    code: str
    name: str
    partnership_code: str
    partnership_name: str


@dataclass(frozen=True)
class Ward:
    """A ward: its letter on the map, its code and name, its district and police neighbourhood."""

    letter: str
    code: str
    name: str
    district: District
    neighbourhood: str


@dataclass(frozen=True)
class SmallArea:
    """An LSOA: its place on the map (row and column from the north-west), code, name and ward."""

    row: int
    column: int
    code: str
    name: str
    ward: Ward


VALE: Final = District("E06000900", "Ashcombe Vale", "E22000900", "Ashcombe Vale")
NEIGHBOUR: Final = District("E06000901", "Thornmarch", "E22000901", "Thornmarch")
DISTRICTS: Final = (VALE, NEIGHBOUR)
FORCE_CODE: Final = "E23000900"
FORCE_AREA: Final = "Ashcombe"
FORCE: Final = "Ashcombe Constabulary"
FORCE_SLUG: Final = "ashcombe"
TOWN_CENTRE: Final = "T"

_VALE_WARDS: Final = (
    ("A", "Hollowbeck", "North"),
    ("B", "Quarrendon", "North"),
    ("D", "Larkspur", "West"),
    ("E", "Wickenshaw", "North"),
    ("F", "Saltersgate", "East"),
    ("G", "Tannery", "West"),
    ("H", "Osierholt", "East"),
    ("I", "Brackenrigg", "West"),
    ("J", "Millrace", "Central"),
    ("K", "Copperfold", "Central"),
    ("L", "Stavering", "East"),
    ("M", "Lintock", "Central"),
    ("N", "Merrowdown", "East"),
    ("T", "Ashcombe Town", "Central"),
)
_NEIGHBOUR_WARDS: Final = (
    ("P", "Sedgethorpe", "Thornmarch"),
    ("Q", "Pellowmere", "Thornmarch"),
    ("R", "Oxmarsh", "Thornmarch"),
    ("S", "Gallowmere", "Thornmarch"),
    ("U", "Marlbeck", "Thornmarch"),
    ("V", "Coldharrow", "Thornmarch"),
)


@cache
def wards() -> tuple[Ward, ...]:
    """Return every ward of both districts, in the order of their codes."""
    vale = [
        Ward(letter, f"E059000{number:02}", name, VALE, f"{area} Ashcombe")
        for number, (letter, name, area) in enumerate(_VALE_WARDS, start=1)
    ]
    beyond = [
        Ward(letter, f"E059000{number:02}", name, NEIGHBOUR, area)
        for number, (letter, name, area) in enumerate(_NEIGHBOUR_WARDS, start=21)
    ]
    return (*vale, *beyond)


@cache
def small_areas() -> tuple[SmallArea, ...]:
    """Return every LSOA of both districts; the middle number of a name runs with the ward, as an MSOA's would."""
    found: list[SmallArea] = []
    for district, first in ((VALE, 1), (NEIGHBOUR, 101)):
        number = first
        own = [ward for ward in wards() if ward.district is district]
        for group, ward in enumerate(own, start=1):
            for index, (row, column) in enumerate(_cells(ward.letter)):
                name = f"{district.name} {group:03}{'ABCDEFGH'[index]}"
                found.append(SmallArea(row, column, f"E0190{number:04}", name, ward))
                number += 1
    return tuple(found)


def _cells(letter: str) -> list[tuple[int, int]]:
    return [(row, column) for row, line in enumerate(MAP) for column, here in enumerate(line) if here == letter]
