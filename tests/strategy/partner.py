"""A partner's own sheet, brought in and accepted: the force's burglaries of the fictional district, month by month."""

import csv
from collections.abc import Mapping
from pathlib import Path

from tests.factories import taken_in
from wardmote.access.readers import Reader
from wardmote.analytics.sources.mapping import ColumnMapping, Part
from wardmote.sample.places import VALE

MEASURE = "Burglaries recorded"
DATASET = "figures-force-burglary"


def force_sheet(
    reader: Reader, folder: Path, counts: Mapping[str, int | str], *, name: str = "force.csv", area: str = VALE.name
) -> None:
    """Bring in the force's counts by month; a text in place of a count is what the sheet says."""
    folder.mkdir(parents=True, exist_ok=True)
    sheet, mapping = folder / name, folder / f"{name}.json"
    with sheet.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["Month", "District", "Count"])
        writer.writerows([month, area, count] for month, count in counts.items())
    saved = ColumnMapping(
        title="Force burglary",
        supplier="Ashcombe Constabulary",
        value_columns=("Count",),
        period=Part(column="Month"),
        area=Part(column="District"),
        measure=Part(constant=MEASURE),
        period_kind="month",
    )
    mapping.write_text(saved.to_json(), encoding="utf-8")
    taken_in(reader, (sheet, mapping), kind="figures")
