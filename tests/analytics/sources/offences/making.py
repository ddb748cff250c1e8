"""Small files in the layout of the Home Office tables and of a harm index; all that they say is fictional."""

from pathlib import Path
from typing import Any

from tests.analytics.sources.workbooks.making import xlsx

# The order and the spelling of the columns are those of the index; everything below them is made up.
WEIGHT_COLUMNS = [
    "ATHENA URN",
    "FULL_OFFENCE_TITLE",
    "CCHI Score",
    "GROUP",
    "SUB_GROUP",
    "CLASSIFICATION_CODE",
    "NOTIFIABLE",
    "CJS Codes",
    "CJS Codes",
]
OFFENCE_COLUMNS = [
    "Financial Year",
    "Financial Quarter",
    "Force Name",
    "Offence Description",
    "Offence Group",
    "Offence Subgroup",
    "Offence Code",
    "Number of Offences",
]
# Title, days, group, subgroup, code, notifiable.
WEIGHTS: list[tuple[Any, ...]] = [
    ("Taking a lantern", 2.0, "THEFT OFFENCES", "SHOPLIFTING", "46", "Notifiable"),
    ("Entering a mill at night", 20.0, "THEFT OFFENCES", "DOMESTIC BURGLARY", "28E", "Notifiable"),
    ("Entering a mill by day", 10.0, "THEFT OFFENCES", "DOMESTIC BURGLARY", "28E", "Notifiable"),
    ("Attempted - Entering a mill by day", 1.0, "THEFT OFFENCES", "DOMESTIC BURGLARY", "28E", "Notifiable"),
    ("Entering a barn", 5.0, "THEFT OFFENCES", "NON-DOMESTIC BURGLARY", "30C", "Notifiable"),
    ("Sinking a barge", 400.5, "VIOLENCE", "VIOLENCE WITH INJURY", "4/3", "Notifiable"),
    ("Whistling after dark", 0.1, "NON-NOTIFIABLE", "NON-NOTIFIABLE", "NN", "Non-Notifiable"),
    ("Mooring across a stream", 3.0, "MISC", "MISC", 99.0, "Notifiable"),
]


def weights_book(folder: Path, *rows: tuple[Any, ...], name: str = "index 2020.xlsx") -> Path:
    """Write a workbook with a cover page and a sheet of weights."""
    cells = [["", title, days, group, sub, code, told, "X1", "X2"] for title, days, group, sub, code, told in rows]
    sheets = {"Cover page": [["A made-up index"]], "Made-up 2020 values": [WEIGHT_COLUMNS, *cells]}
    return xlsx(folder / name, sheets)


def offence(quarter: int = 1, force: str = "Ambleshire", code: str = "28E", count: object = 10, **changes: str) -> str:
    """Write one row of a Home Office table."""
    named = {"28E": "Domestic burglary", "30C": "Non-domestic burglary", "46": "Shoplifting"}
    cells = {
        "year": "2023/24",
        "quarter": str(quarter),
        "force": f'"{force}"',
        "offence": "An offence",
        "group": "Theft offences",
        "subgroup": named.get(code, "Miscellaneous crimes"),
        "code": code,
        "count": f'"{count}"',
    }
    return ",".join({**cells, **changes}.values())


def offences_file(folder: Path, *rows: str, name: str = "prc-pfa.csv", header: str = ",".join(OFFENCE_COLUMNS)) -> Path:
    """Write a Home Office table."""
    path = folder / name
    path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    return path
