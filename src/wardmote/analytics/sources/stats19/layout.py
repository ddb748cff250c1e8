"""The columns of road casualty files, as the Department for Transport publishes them and as Greater Manchester does.

Source: Department for Transport, Road Safety Open Data: data guide. Until 2023 the files say accident where they
now say collision.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from wardmote.analytics.sources.named_columns import Columns
from wardmote.analytics.sources.ons.source import Table

_INDEX: Final = ("collisionindex", "accidentindex")


class Layout(StrEnum):
    """What one file has in its rows: collisions, casualties, or both at once in an extract."""

    COLLISIONS = "collisions"
    CASUALTIES = "casualties"
    EXTRACT = "extract"


COLUMNS: Final = {
    Layout.COLLISIONS: Columns(
        needed={"index": _INDEX, "date": ("date",), "district": ("localauthorityonsdistrict",)},
        welcome={
            "lsoa": ("lsoaofcollisionlocation", "lsoaofaccidentlocation"),
            "longitude": ("longitude",),
            "latitude": ("latitude",),
        },
    ),
    Layout.CASUALTIES: Columns(
        needed={
            "index": _INDEX,
            "casualty": ("casualtyreference",),
            "severity": ("casualtyseverity",),
            "type": ("casualtytype",),
        },
        welcome={
            "vehicle": ("vehiclereference",),
            "age": ("ageofcasualty",),
            "band": ("agebandofcasualty",),
            "injury_based": ("casualtyinjurybased",),
            "adjusted": ("casualtyadjustedseverityserious", "casualtyadjustedserious"),
        },
    ),
    Layout.EXTRACT: Columns(
        needed={
            "index": ("arefno",),
            "date": ("date",),
            "severity": ("casualtyseverity",),
            "type": ("mode",),
            "area": ("areaname",),
        },
        welcome={"band": ("ageband",), "longitude": ("lon",), "latitude": ("lat",)},
    ),
}


@dataclass(frozen=True)
class Plan:
    """A file, what its rows are, and where each of our columns stands."""

    table: Table
    layout: Layout
    positions: dict[str, int]

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.table.source.name

    @property
    def is_provisional(self) -> bool:
        """Whether the publisher calls the file provisional."""
        return "provisional" in self.name.lower() or "unvalidated" in self.name.lower()

    @property
    def mapping(self) -> dict[str, str]:
        """The published headings with our names."""
        cells = self.table.header.cells
        return {f"{self.layout}: {cells[at].strip(chr(0xFEFF))}": ours for ours, at in self.positions.items()}

    def heading(self, ours: str) -> str:
        """Return what the file calls one of our columns."""
        return self.table.header.cells[self.positions[ours]].strip("\ufeff")

    def text(self, cells: Sequence[str], ours: str) -> str:
        """Return the text of one of our columns; empty where the file lacks it."""
        at = self.positions.get(ours)
        return "" if at is None else cells[at].strip()


def plan_of(table: Table) -> Plan | None:
    """Return what a file has in its rows, None where it is no file of road casualties."""
    for layout, columns in COLUMNS.items():
        positions = columns.found_in(table.header.cells)
        if positions is not None:
            return Plan(table, layout, positions)
    return None


def is_road_header(headers: Sequence[str]) -> bool:
    """Say whether a header is that of collisions, casualties or an extract."""
    return any(columns.found_in(headers) is not None for columns in COLUMNS.values())
