"""Made-up tables by police force area, in the layout of the publisher's, so that the sample's force has peers."""

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

from wardmote.access.readers import Reader
from wardmote.foundations.periods import Month
from wardmote.strategy.evidence.actions import import_files, settle
from wardmote.strategy.evidence.rules import Acceptance

from .harm import FORCES

# Offences per 1,000 residents and year in a middling force.
RATES: Final = {
    "Total recorded crime (excluding fraud)": 84,
    "Violence against the person": 33,
    "Sexual offences": 3.1,
    "Robbery": 1.1,
    "Theft offences": 25,
    "Burglary": 4.2,
    "Vehicle offences": 5.8,
    "Theft from the person": 1.4,
    "Bicycle theft": 1.2,
    "Shoplifting": 5.4,
    "All other theft offences": 7,
    "Criminal damage and arson": 8.6,
    "Drug offences": 2.9,
    "Possession of weapons offences": 0.8,
    "Public order offences": 7.7,
    "Miscellaneous crimes against society": 1.9,
}
RESIDENTS: Final = (610_000, 540_000, 820_000, 700_000, 1_150_000, 480_000)
_TITLE: Final = (
    "Made-up figures: Police recorded crime by offence group and police force area, {what}, year ending {last}"
)
_LAST_MONTH: Final = 3


def bring_in_forces(analyst: Reader, folder: Path, *, as_at: date) -> None:
    """Bring in the numbers and the rates of the last financial year that had ended."""
    last = Month(as_at.year if as_at.month > _LAST_MONTH else as_at.year - 1, _LAST_MONTH)
    numbers = _write(folder / "made-up-force-numbers.csv", _title("number of offences", last), _count)
    rates = _write(folder / "made-up-force-rates.csv", _title("rate of offences per 1,000 population", last), _rate)
    found = import_files(analyst, (numbers, rates), kind="force-tables", is_sample=True)
    settle(analyst, found, Acceptance.AT_ONCE)


def _title(what: str, last: Month) -> str:
    return _TITLE.format(what=what, last=last.words())


def _count(force: int, group: str) -> float:
    # Each force has more of some groups and less of others.
    varied = 1 + ((force * 5 + len(group)) % 7 - 3) / 20
    return round(RATES[group] * varied * RESIDENTS[force] / 1000)


def _rate(force: int, group: str) -> float:
    return round(1000 * _count(force, group) / RESIDENTS[force], 6)


def _write(path: Path, title: str, value: Callable[[int, str], float]) -> Path:
    total = value is _count
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([title])
        writer.writerow(["Area Code", "Area Name", "Population figures", *RATES])
        writer.writerow(["K04000001", "ENGLAND AND WALES", sum(RESIDENTS), *_whole(is_count=total)])
        for force, name in enumerate(FORCES):
            cells = [value(force, group) for group in RATES]
            writer.writerow([f"E230009{force:02}", name, RESIDENTS[force], *cells])
    return path


def _whole(*, is_count: bool) -> list[float]:
    sums = [sum(_count(force, group) for force in range(len(FORCES))) for group in RATES]
    return sums if is_count else [round(1000 * one / sum(RESIDENTS), 6) for one in sums]
