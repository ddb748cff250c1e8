"""Made-up households of the sample's small areas, so that burglary is divided by homes."""

import csv
from pathlib import Path
from random import Random

from wardmote.access.readers import Reader
from wardmote.strategy.evidence.actions import import_files, settle
from wardmote.strategy.evidence.rules import Acceptance

from .generator import SEED
from .places import small_areas

YEAR = 2025


def bring_in_households(builder: Reader, folder: Path) -> None:
    """Bring in the households of one year, as a table of the partnership's own."""
    path = write_households(folder)
    settle(builder, import_files(builder, [path], kind="denominators", is_sample=True), Acceptance.AT_ONCE)


def write_households(folder: Path) -> Path:
    """Write about 700 households for each small area, the same ones for the same seed."""
    random = Random(f"{SEED} households")  # noqa: S311 -- fiction, no secret
    path = folder / "households.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("LSOA21CD", "denominator", "value", "year"))
        writer.writerows((area.code, "households", random.randint(560, 840), YEAR) for area in small_areas())
    return path
