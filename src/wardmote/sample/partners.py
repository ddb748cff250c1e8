"""The sheet that the fictional force gives of its own: burglaries as it counts them, beside the open figures."""

import csv
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from wardmote.access.readers import Reader
from wardmote.analytics.sources.mapping import ColumnMapping, Part
from wardmote.strategy.evidence.actions import import_files, settle
from wardmote.strategy.evidence.actions.pairs import GivenPair, keep_pair
from wardmote.strategy.evidence.rules import Acceptance
from wardmote.strategy.evidence.rules.pairs import Chosen

from .accounts import POLICE
from .places import VALE, small_areas

MEASURE: Final = "Burglaries recorded"
MAPPING: Final = ColumnMapping(
    title="Force burglary",
    supplier=POLICE,
    value_columns=("Burglaries",),
    period=Part(column="Month"),
    area=Part(column="District"),
    measure=Part(constant=MEASURE),
    caveat="Counted by the exact address, in the month in which the crime was recorded.",
)
PAIR: Final = GivenPair(
    problem="burglary",
    dataset=MAPPING.dataset,
    measure=MEASURE,
    areas=(VALE.name,),
    reasons=("location", "unlocated", "reclassified"),
    note="The force counts by the exact address. About 1 burglary in 50 has no location in the open files.",
    chosen=Chosen.OPEN,
    why="Anyone can count the open figure again, ward by ward.",
)


def bring_in_force_sheet(analyst: Reader, street: Sequence[Path], folder: Path) -> None:
    """Import the force's sheet for the months of some street files, and lay it beside the open figures."""
    paths = write_force_sheet(folder, street)
    outcome = import_files(analyst, paths, kind="figures", is_sample=True)
    settle(analyst, outcome, Acceptance.AT_ONCE)
    keep_pair(analyst, PAIR)


def write_force_sheet(folder: Path, street: Sequence[Path]) -> tuple[Path, Path]:
    """Write the force's burglaries by month, one in fifty more than the open files place, and how the sheet is read."""
    counts = _placed_burglaries(street)
    sheet, mapping = folder / "force-burglary.csv", folder / "force-burglary.json"
    with sheet.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["Month", "District", "Burglaries"])
        writer.writerows([month, VALE.name, count + (count + 25) // 50] for month, count in sorted(counts.items()))
    mapping.write_text(MAPPING.to_json(), encoding="utf-8")
    return sheet, mapping


def _placed_burglaries(street: Sequence[Path]) -> Counter[str]:
    ours = {area.code for area in small_areas() if area.ward.district == VALE}
    counts: Counter[str] = Counter()
    for path in street:
        with path.open(newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                if row["Crime type"] == "Burglary" and row["LSOA code"] in ours:
                    counts[row["Month"]] += 1
    return counts
