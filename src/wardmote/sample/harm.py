"""Made-up weights of harm and made-up tables of offences, so that the sample partnership sees harm beside volume."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from wardmote.access.readers import Reader
from wardmote.foundations.periods import Month, financial_year
from wardmote.strategy.evidence.actions import import_files, settle
from wardmote.strategy.evidence.rules import Acceptance

from .places import FORCE_AREA

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
_QUARTERS: Final = (1, 2, 3, 4)


def bring_in_harm(analyst: Reader, folder: Path, *, as_at: date) -> None:
    """Bring in the weights and the tables of the last financial year that had ended."""
    year = financial_year(Month.of(as_at) - 12)
    weights, table = folder / "made-up-weights.csv", folder / "made-up-offences.csv"
    _write(
        weights,
        [["Offence title", "CCHI Score", "Classification code"], *([one[0], one[2], one[1]] for one in OFFENCES)],
    )
    _write(table, _table(year))
    for path, kind in ((weights, "harm-weights"), (table, "offence-counts")):
        settle(analyst, import_files(analyst, (path,), kind=kind, is_sample=True), Acceptance.AT_ONCE)


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


def _write(path: Path, rows: "Iterator[list[object]] | list[list[object]]") -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
