"""Keeping last year's plan: what was promised, numbered as the partnership numbers it, and how far each got."""

import csv
import io
import re
from collections.abc import Sequence

from django.core.files.base import ContentFile

from wardmote.access.readers import Reader
from wardmote.foundations.plans import PlanLine, repeated_references
from wardmote.partnership.members.queries import partnership_of
from wardmote.strategy.evidence.models import Import

from . import UploadRefused, receive_files

KIND = "last-plan"


def keep_last_plan(reader: Reader, year: str, lines: Sequence[PlanLine]) -> Import:
    """Hand the lines of a plan to the worker, who makes a release of them; it counts once it is accepted.

    `year` is the plan's own, such as 2025-26. Raises UploadRefused where there is no line, or a number stands twice.
    """
    if not lines:
        raise UploadRefused("Paste at least one priority.")
    repeated = repeated_references(lines)
    if repeated:
        raise UploadRefused(f"These numbers stand twice: {', '.join(repeated)}. Give each line its own.")
    content = io.StringIO()
    rows = csv.writer(content, lineterminator="\n")
    rows.writerow(["reference", "level", "text", "progress"])
    rows.writerows([line.reference, line.level, line.text, line.progress] for line in lines)
    name = f"plan-{partnership_of(reader).slug}-{re.sub(r'[^0-9-]', '-', year)}.csv"
    return receive_files(reader, [ContentFile(content.getvalue().encode(), name=name)], kind=KIND)
