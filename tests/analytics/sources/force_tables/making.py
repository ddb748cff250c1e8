"""A small workbook in the layout of the publisher's tables by police force area; areas and figures are made up."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.analytics.sources.workbooks.making import xlsx

TITLE = (
    "Table {table}:  Police recorded crime by offence group and police force area, England and Wales, {what}, "
    "year ending {last} [note 1]"
)
COUNTS = [
    "Area Code",
    "Area Name",
    " Total recorded crime\n (excluding fraud) [note 2]",
    "Burglary",
    "Other theft offences",
]
RATES = [
    "Area Code",
    "Area Name",
    "Population figures\n (mid-2024) rounded to 100\n[note 8]",
    "Household figures\n (mid-2024)  rounded to 100",
    "Total recorded crime (excluding  fraud)",
    "Burglary",
    "Residential burglary (household)\n [note 10, 11]",
    "All other theft offences",
]
NAMES = ["Ashcombe", "Brackenshire [note 2]", "Coldwater", "Dunmere", "Eastfold", "City of Fallow"]
BURGLARIES = [500, 400, 400, 300, 200, 30]
NOTES: list[list[Any]] = [
    ["Notes"],
    ["Notes for tables P1"],
    ["Note number", "Note text"],
    [1.0, "Forces record differently."],
    [2.0, "Brackenshire counts short."],
    [],
    ["Notes for tables P5"],
    ["Note number", "Note text"],
    [2.0, "Something else."],
]
Rows = list[list[Any]]


def code(at: int) -> str:
    """Return the made-up code of a force."""
    return f"E2300090{at}"


def count_rows() -> Rows:
    """Return the numbers: a nation, a region, six forces of 100,000, and the railways."""
    forces = [[code(at), name, 10 * n, n, 20] for at, (name, n) in enumerate(zip(NAMES, BURGLARIES, strict=True))]
    whole = ["K04000001", "ENGLAND AND WALES [note 1]", 10 * sum(BURGLARIES) + 70, sum(BURGLARIES) + 1, 130]
    return [whole, ["E12000001", "North East", 9, 9, 9], *forces, ["", "British Transport Police", 70, 1, 10]]


def rate_rows() -> Rows:
    """Return the rates; the last force has too few residents for one."""
    forces: Rows = [
        [code(at), name, 100_000, 40_000, n / 10, n / 100, 1.5, 0.2]
        for at, (name, n) in enumerate(zip(NAMES[:5], BURGLARIES, strict=False))
    ]
    whole = ["K04000001", "ENGLAND AND WALES", 510_000, 200_000, 36.0, 3.6, 2.0, 0.25]
    return [whole, *forces, [code(5), NAMES[5], 10_000, 4000, "[u1]", "[u1]", "[u1]", "[u1]"]]


def sheet(table: str, what: str, headings: Sequence[str], rows: Rows, *, last: str = "March 2026") -> Rows:
    """Return a sheet with its title and a line above the headings."""
    return [[TITLE.format(table=table, what=what, last=last)], ["Source: made up"], list(headings), *rows]


def sheets(*, counts: Rows | None = None, rates: Rows | None = None, last: str = "March 2026") -> dict[str, Rows]:
    """Return the sheets of an edition."""
    rate = "rate of offences per 1,000 population"
    return {
        "Cover_sheet": [["Police force area data tables"]],
        "Notes": NOTES,
        "Table P1": sheet("P1", "number of offences", COUNTS, counts or count_rows(), last=last),
        "Table P2": [["Table P2: Police recorded crime by offence group and police force area, percentage change"]],
        "Table P3": sheet("P3", rate, RATES, rates or rate_rows(), last=last),
    }


def force_book(folder: Path, *, name: str = "pfa.xlsx", **changes: Any) -> Path:
    """Write the workbook of an edition."""
    return xlsx(folder / name, sheets(**changes))
