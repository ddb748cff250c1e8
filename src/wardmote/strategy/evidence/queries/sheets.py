"""A partner's sheet that waits to be described: what it looks like, and what a mapping would make of it."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.analytics.sources.figures import Preview, preview, recognise, suggest
from wardmote.analytics.sources.mapping import ColumnMapping
from wardmote.partnership.members.queries import partnership_of
from wardmote.strategy.evidence.models import Import, SavedMapping

from . import imports_for

KIND = "figures"


@dataclass(frozen=True)
class Draft:
    """What the page begins with: a mapping where one was found, what there is to choose from, what is not clear."""

    mapping: ColumnMapping | None
    sheets: tuple[str, ...]
    headings: tuple[str, ...]
    saved: SavedMapping | None
    problem: str
    # First and last row of the headings.
    rows: tuple[int, int] = (1, 1)


def sheets_waiting(reader: Reader) -> QuerySet[Import]:
    """Return the uploads of the reader's partnership that wait to be described, newest first."""
    return imports_for(reader).filter(kind=KIND, job_key=None)


def saved_mappings(reader: Reader) -> QuerySet[SavedMapping]:
    """Return the mappings of the reader's partnership, last used first."""
    reader.require(Permission.IMPORT_EVIDENCE)
    return SavedMapping.objects.filter(partnership=partnership_of(reader))


def sheet_path(asked: Import) -> Path:
    """Return where the bytes of a waiting sheet lie."""
    file = asked.files.get()
    folder: Path = settings.WARDMOTE_DATA / "uploads" / str(asked.id)
    return folder / file.name


def draft_of(reader: Reader, asked: Import, *, sheet: str = "", rows: tuple[int, int] | None = None) -> Draft:
    """Return what a sheet looks like, by a saved mapping where one fits; raises SourceRefused.

    With a sheet or heading rows given, somebody has looked already: saved mappings are left aside.
    """
    path = sheet_path(asked)
    with tempfile.TemporaryDirectory() as work:
        found = suggest(path, work=Path(work), sheet=sheet, rows=rows)
        if not (sheet or rows):
            saved = list(saved_mappings(reader))
            fits = recognise(path, [ColumnMapping.from_json(one.mapping) for one in saved], work=Path(work))
            if fits is not None:
                number, mapping = fits
                again = suggest(
                    path, work=Path(work), sheet=mapping.sheet, rows=(mapping.header_first, mapping.header_last)
                )
                return Draft(mapping, found.sheets, again.headings, saved[number], "", again.rows)
    return Draft(found.mapping, found.sheets, found.headings, None, found.reason, found.rows)


def preview_of(asked: Import, mapping: ColumnMapping) -> Preview:
    """Return what a mapping would make of a waiting sheet; raises SourceRefused."""
    with tempfile.TemporaryDirectory() as work:
        return preview(sheet_path(asked), mapping, now=timezone.localdate(), work=Path(work))
