"""The sample partnership's plan of last year, kept with how far each commitment got."""

import csv
from pathlib import Path
from typing import Final

from wardmote.access.readers import Reader
from wardmote.foundations.plans import read_plan
from wardmote.strategy.evidence.actions import import_files, settle
from wardmote.strategy.evidence.rules import Acceptance

PLAN: Final = """1 Violence and sexual offences
1a Violence reduction training for door staff\tDone
1b A safe space in the town centre on Friday and Saturday nights\tDone
1c Street lighting on the route to the station\tPart
2 Burglary
2a Property marking in the western wards\tDone
2b A visit within a week of each burglary\tDone
3 Anti-social behaviour
3a A named officer for each neighbourhood\tPart
3b A mobile camera in the town centre\tStopped
4 Domestic abuse
4a An adviser at the emergency department\tDone
4b Training for housing officers\tPart
"""
NAME: Final = "plan-ashcombe-vale-2025-26.csv"


def keep_last_plan(analyst: Reader, folder: Path) -> None:
    """Bring in the plan as the analyst pastes it."""
    path = folder / NAME
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["reference", "level", "text", "progress"])
        rows.writerows([line.reference, line.level, line.text, line.progress] for line in read_plan(PLAN))
    settle(analyst, import_files(analyst, (path,), kind="last-plan", is_sample=True), Acceptance.AT_ONCE)
