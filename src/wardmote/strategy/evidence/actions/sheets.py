"""A partner's sheet taken in, described, and handed to the worker; what is not described goes after a day."""

import shutil
import tempfile
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.analytics.sources import SourceRefused
from wardmote.analytics.sources.guess import guess_files
from wardmote.analytics.sources.mapping import ColumnMapping
from wardmote.audit.actions import record
from wardmote.jobs.actions import ask_for
from wardmote.partnership.members.queries import partnership_of
from wardmote.strategy.evidence.models import Import, SavedMapping, UploadedFile
from wardmote.strategy.evidence.queries.sheets import KIND, draft_of, sheets_waiting

from . import UploadRefused, _write_all, upload_folder

# A sheet is looked at while somebody waits for the page; larger ones are for the command line.
MAX_BYTES = 20_000_000
WAITS = timedelta(days=1)
MAPPING_NAME = "mapping.json"


def keep_sheet(reader: Reader, files: Sequence[File[bytes]]) -> Import:
    """Keep one sheet until it is described. Raises UploadRefused; a sheet that may not be kept is gone again."""
    reader.require(Permission.IMPORT_EVIDENCE)
    if len(files) != 1:
        raise UploadRefused("Give one table of figures at a time, so that you can say what its columns are.")
    if (files[0].size or 0) > MAX_BYTES:
        raise UploadRefused("The table is larger than 20 MB. Import it with the command line, or give less of it.")
    remove_abandoned(reader)
    folder = upload_folder(key := uuid4())
    folder.mkdir(parents=True)
    try:
        kept = _write_all(folder, list(files))
        with transaction.atomic():
            asked = Import.objects.create(
                id=key,
                partnership=partnership_of(reader),
                kind=KIND,
                asked_by_key=reader.key,
                asked_at=timezone.now(),
            )
            kept[0].import_asked = asked
            UploadedFile.objects.bulk_create(kept)
            draft_of(reader, asked)
            record(reader, "keep", kind="import", key=asked.id, changed=["files"])
    except SourceRefused as refusal:
        shutil.rmtree(folder, ignore_errors=True)
        raise UploadRefused(refusal.message) from refusal
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return asked


def is_to_be_described(files: Sequence[File[bytes]]) -> bool:
    """Whether what was given is one table that no reader knows, so that somebody has to say what its columns are."""
    if len(files) != 1 or (files[0].size or 0) > MAX_BYTES:
        return False
    suffix = Path(files[0].name or "").suffix.lower()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"given{suffix if suffix.isascii() else ''}"
        with path.open("wb") as target:
            target.writelines(files[0].chunks())
        files[0].seek(0)
        try:
            return all(guess.to_describe for guess, _ in guess_files((path,), Path(folder) / "work"))
        except SourceRefused:
            # Whatever is wrong with it is said by the reader, with the name that it came with.
            return False


def import_sheet(reader: Reader, asked: Import, mapping: ColumnMapping) -> Import:
    """Save the mapping under its title and ask the worker to read the sheet through it; again, nothing happens."""
    reader.require(Permission.IMPORT_EVIDENCE)
    with transaction.atomic():
        waiting = sheets_waiting(reader).select_for_update(of=("self",)).filter(id=asked.id).first()
        if waiting is None:
            return asked
        (upload_folder(asked.id) / MAPPING_NAME).write_text(mapping.to_json(), encoding="utf-8")
        saved, _ = SavedMapping.objects.update_or_create(
            partnership=partnership_of(reader),
            name=mapping.title,
            defaults={
                "supplier": mapping.supplier,
                "mapping": mapping.to_json(),
                "last_used_at": timezone.now(),
                "saved_by_key": reader.key,
            },
        )
        waiting.job_key = ask_for("import", reader=reader, arguments={"import": str(waiting.id)}).id
        waiting.save(update_fields=["job_key"])
        record(reader, "save", kind="mapping", key=saved.id, changed=["mapping"])
        record(reader, "ask", kind="import", key=waiting.id, changed=["files", "kind"])
    return waiting


def remove_sheet(reader: Reader, asked: Import) -> None:
    """Destroy a sheet that waits, and forget it."""
    reader.require(Permission.IMPORT_EVIDENCE)
    folder = upload_folder(asked.id)
    with transaction.atomic():
        record(reader, "remove", kind="import", key=asked.id, changed=["files"])
        asked.delete()
    shutil.rmtree(folder, ignore_errors=True)


def remove_abandoned(reader: Reader) -> None:
    """Destroy the sheets that nobody described within a day."""
    for asked in sheets_waiting(reader).filter(asked_at__lt=timezone.now() - WAITS):
        remove_sheet(reader, asked)
