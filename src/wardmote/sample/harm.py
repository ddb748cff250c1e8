"""Made-up weights and made-up tables of offences: the sample partnership sees harm beside volume, and severity."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from wardmote.access.readers import Reader
from wardmote.foundations.periods import Month, financial_year
from wardmote.strategy.evidence.actions import import_files, settle
from wardmote.strategy.evidence.rules import Acceptance

from .places import FORCE_AREA, VALE

FORCES: Final = (FORCE_AREA, "Brackenshire", "Coldwater", "Dunmere", "Eastfold", "Fallowdale")
# Subgroup, made-up code, made-up days, offences a quarter in the partnership's force.
OFFENCES: Final = (
    ("Homicide", "901", 5000, 1),
    ("Violence with injury", "902", 60, 900),
    ("Violence without injury", "903", 4, 1300),
    ("Stalking and harassment", "904", 12, 700),
    ("Rape", "905", 1900, 60),
    ("Other sexual offences", "906", 150, 120),
    ("Domestic burglary", "907", 25, 300),
    ("Non-domestic burglary", "908", 9, 140),
    ("Robbery of personal property", "909", 300, 70),
    ("Robbery of business property", "910", 340, 12),
    ("Theft from a vehicle", "911", 2, 420),
    ("Theft of a motor vehicle", "912", 8, 180),
    ("Vehicle interference", "913", 3, 110),
    ("Bicycle theft", "914", 2, 150),
    ("Shoplifting", "915", 1, 800),
    ("Theft from the person", "916", 3, 130),
    ("Other theft offences", "917", 4, 600),
    ("Criminal damage", "918", 3, 800),
    ("Arson", "919", 45, 25),
    ("Possession of drugs", "920", 2, 260),
    ("Trafficking of drugs", "921", 220, 60),
    ("Possession of weapons offences", "922", 120, 90),
    ("Public order offences", "923", 5, 700),
    ("Miscellaneous crimes", "924", 40, 150),
)
# The partnership's offences among those of its force.
PART_OF_FORCE: Final = 0.22
_QUARTERS: Final = (1, 2, 3, 4)


def bring_in_harm(analyst: Reader, folder: Path, *, as_at: date) -> None:
    """Bring in both scales of weights, the forces' table of the last financial year, the partnership's of three."""
    years = [financial_year(Month.of(as_at) - 12 * back) for back in (1, 2, 3)]
    tables = {
        "made-up-weights.csv": ("harm-weights", _weights("CCHI Score", "Classification code", times=1)),
        # A sentence passed is lighter than the one from which a court starts.
        "made-up-severity.csv": ("severity-weights", _weights("Weight", "Offence code", times=0.75)),
        "made-up-offences.csv": ("offence-counts", _table(years[0])),
        "made-up-offences-by-partnership.csv": ("offence-counts", _partnership_table(years)),
    }
    for name, (kind, rows) in tables.items():
        _write(folder / name, rows)
        settle(analyst, import_files(analyst, (folder / name,), kind=kind, is_sample=True), Acceptance.AT_ONCE)


def _weights(weight: str, code: str, *, times: float) -> list[list[object]]:
    return [["Offence title", weight, code], *([one[0], one[2] * times, one[1]] for one in OFFENCES)]


def _table(year: str) -> Iterator[list[object]]:
    yield [
        "Financial Year",
        "Financial Quarter",
        "Force Name",
        "Offence Subgroup",
        "Offence Code",
        "Number of Offences",
    ]
    for force, name in enumerate(FORCES):
        for row, (subgroup, code, _, offences) in enumerate(OFFENCES):
            # Another size for each force, and another mix: each has more of some offences and less of others.
            more = 1 + force * ((row * 7) % 5 - 2) / 20
            for quarter in _QUARTERS:
                yield [year, quarter, name, subgroup, code, round(offences * (1 + force / 4) * more)]


def _partnership_table(years: Sequence[str]) -> Iterator[list[object]]:
    """Write the partnership's part of its force's offences: fewer the further back, and of some more than of others."""
    yield [
        "Financial Year",
        "Financial Quarter",
        "Force Name",
        "CSP Name",
        "Offence Subgroup",
        "Offence Code",
        "Number of Offences",
    ]
    for back, year in enumerate(years):
        for row, (subgroup, code, _, offences) in enumerate(OFFENCES):
            part = PART_OF_FORCE * (1 - back / 40) * (1 + (row % 5 - 2) / 12)
            for quarter in _QUARTERS:
                # Another mix each quarter, from which the range of harm is read.
                more = 1 + ((row * 3 + quarter * 2) % 5 - 2) / 20
                yield [year, quarter, FORCE_AREA, VALE.partnership_name, subgroup, code, round(offences * part * more)]


def _write(path: Path, rows: Iterable[list[object]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
