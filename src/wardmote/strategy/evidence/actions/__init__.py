"""Bringing data in: files received by the web, read in the worker, made into releases.

Order that keeps the stored data whole: read into a temporary folder, publish the folder, then one transaction with the
row and its audit entry. A folder without a row is litter.
"""

import hashlib
import json
import re
import shutil
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils import timezone

from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.analytics.sources import AlreadyHeld, ReadRequest, SourceRefused, read
from wardmote.analytics.sources.police_uk.checks import recheck
from wardmote.analytics.warehouse.manifest import Manifest, Prepared
from wardmote.audit.actions import record
from wardmote.jobs.actions import ask_for
from wardmote.jobs.rules import JobRefused
from wardmote.partnership.members.queries import partnership_of
from wardmote.strategy.evidence.models import Import, Release, UploadedFile
from wardmote.strategy.evidence.queries import counting_months, held_releases, sees_sample, warehouse
from wardmote.strategy.evidence.queries.checks import check_for
from wardmote.strategy.evidence.rules import OWN_KINDS, Acceptance, ReleaseState

from .verdicts import accept

Report = Callable[[str, int, int], None]
# What a stored name may hold: the reader needs names such as 2024-01-city-of-london-street.csv, and no more.
UNSAFE_IN_NAMES = re.compile(r"[^A-Za-z0-9._()-]+")


class UploadRefused(Exception):
    """The files cannot be taken in; the text says why and what to do."""


@dataclass(frozen=True)
class ImportOutcome:
    """What an import made, and what it brought that was held already."""

    made: tuple[Release, ...]
    already: tuple[Release, ...]
    # What to look at before what was made is accepted.
    warnings: tuple[str, ...] = ()

    @property
    def waiting(self) -> tuple[Release, ...]:
        """The releases made or given again that count nowhere yet."""
        return tuple(one for one in (*self.made, *self.already) if one.state != ReleaseState.ACCEPTED)


def quiet(step: str, done: int, total: int) -> None:
    """Report to nobody."""


def import_files(
    reader: Reader,
    paths: Sequence[Path],
    *,
    kind: str,
    is_sample: bool = False,
    year: int | None = None,
    progress: Report = quiet,
) -> ImportOutcome:
    """Read published files into releases; raises SourceRefused, with nothing stored, where a file is wrong.

    What is made counts nowhere until it is accepted: see `settle`.
    """
    reader.require(Permission.IMPORT_EVIDENCE)
    store = warehouse()
    known = frozenset(Release.objects.values_list("digest", flat=True))
    with store.staging() as staging:
        request = ReadRequest(
            paths=tuple(paths),
            warehouse=store,
            staging=staging,
            is_sample=is_sample,
            year=year,
            progress=progress,
            now=timezone.localdate(),
            checks=held_releases(is_sample=is_sample),
            known=known,
            owner=partnership_of(reader).slug if reader.partnership else "",
        )
        results = read(kind, request)
        made = tuple(_make_real(reader, result) for result in results if isinstance(result, Prepared))
    held = [result.release for result in results if isinstance(result, AlreadyHeld)]
    return ImportOutcome(made, tuple(Release.objects.filter(digest__in=held).order_by("arrival")))


def settle(reader: Reader, outcome: ImportOutcome, acceptance: Acceptance) -> ImportOutcome:
    """Check what an import made, and accept it as far as was asked; returns the outcome with what to look at.

    The first release of a data set replaces nothing, so that it is plain whatever was found.
    """
    warnings: list[str] = []
    for release in outcome.made:
        check = check_for(reader, release)
        warnings += [finding.words for finding in check.findings if finding.needs_a_look]
        is_plain = check.is_first or not check.needs_a_look
        if acceptance is Acceptance.AT_ONCE or (acceptance is Acceptance.IF_PLAIN and is_plain):
            accept(reader, release)
            complete_checks(reader, release)
    return replace(outcome, warnings=tuple(warnings))


def _make_real(reader: Reader, prepared: Prepared) -> Release:
    store = warehouse()
    store.publish(prepared)
    hashes = store.file_hashes(prepared.manifest.release)
    with transaction.atomic():
        release = _row(reader, prepared.manifest, hashes)
        release.save(force_insert=True)
        record(reader, "import", kind="release", key=release.digest)
    return release


def complete_checks(reader: Reader, release: Release) -> None:
    """Check the releases that came before their lookup: codes of two censuses mixed, names that are not the code's.

    Does nothing unless `release` is an accepted lookup that knows the areas of two censuses.
    """
    if release.state != ReleaseState.ACCEPTED or "lsoa_2011" not in release.manifest["editions"]:
        return
    checks = held_releases(is_sample=release.is_sample)
    for waiting in Release.objects.filter(kind="police-uk", is_sample=release.is_sample):
        if waiting.quality.get("lsoa_codes_only_2011") is not None:
            continue
        found = recheck(warehouse(), waiting.digest, checks)
        with transaction.atomic():
            waiting.checked_later = found
            waiting.save(update_fields=["checked_later"])
            record(reader, "check", kind="release", key=waiting.digest, changed=["checked_later"])


def do_completing(reader: Reader, arguments: dict[str, str], progress: Report) -> str:
    """Complete the checks that waited for a lookup (the worker's part)."""
    reader.require(Permission.IMPORT_EVIDENCE)
    complete_checks(reader, Release.objects.get(digest=arguments["release"]))
    return "Checked."


def _row(reader: Reader, manifest: Manifest, hashes: dict[str, str]) -> Release:
    return Release(
        digest=manifest.release,
        arrival=time.time_ns(),
        kind=manifest.kind,
        dataset=manifest.dataset,
        title=manifest.title,
        publisher=manifest.publisher,
        area=manifest.area,
        is_sample=manifest.is_sample,
        partnership_id=reader.partnership if manifest.kind in OWN_KINDS else None,
        period_from=manifest.period_from or "",
        period_to=manifest.period_to or "",
        rows_read=manifest.rows_read,
        rows_accepted=manifest.rows_accepted,
        rows_rejected=manifest.rows_rejected,
        manifest=json.loads(manifest.to_json()),
        file_hashes=hashes,
        imported_at=timezone.now(),
        imported_by_key=reader.key,
    )


def upload_folder(key: UUID) -> Path:
    """Return where the bytes of an import wait."""
    folder: Path = settings.WARDMOTE_DATA / "uploads" / str(key)
    return folder


def receive_files(reader: Reader, files: Iterable[File[bytes]], *, kind: str, year: int | None = None) -> Import:
    """Take uploaded files in and ask the worker to read them. Refuses more than the limit; keeps nothing then."""
    reader.require(Permission.IMPORT_EVIDENCE)
    key = uuid4()
    folder = upload_folder(key)
    folder.mkdir(parents=True)
    try:
        kept = _write_all(folder, list(files))
        with transaction.atomic():
            return _create_import(reader, key, kept, kind=kind, year=year)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _write_all(folder: Path, files: list[File[bytes]]) -> list[UploadedFile]:
    limit = settings.WARDMOTE_UPLOAD_LIMIT_BYTES
    if sum(file.size or 0 for file in files) > limit:
        raise UploadRefused(
            f"The files are larger than {limit // 1024 // 1024} MB together. Upload fewer, or use the command line."
        )
    return [_write(folder, file) for file in files]


def _write(folder: Path, file: File[bytes]) -> UploadedFile:
    name = UNSAFE_IN_NAMES.sub("-", Path(file.name or "file").name)[-200:].lstrip(".-") or "file"
    path = folder / name
    if path.exists():
        raise UploadRefused(f"Two files are called {name}. Rename one, or upload them one after the other.")
    digest = hashlib.sha256()
    with path.open("xb") as target:
        for chunk in file.chunks():
            digest.update(chunk)
            target.write(chunk)
    return UploadedFile(
        name=name, sha256=digest.hexdigest(), size_bytes=path.stat().st_size, media_type="application/octet-stream"
    )


def _create_import(reader: Reader, key: UUID, kept: list[UploadedFile], *, kind: str, year: int | None) -> Import:
    asked = Import.objects.create(
        id=key,
        partnership=partnership_of(reader),
        kind=kind,
        population_year=year,
        asked_by_key=reader.key,
        asked_at=timezone.now(),
    )
    for file in kept:
        file.import_asked = asked
    UploadedFile.objects.bulk_create(kept)
    job = ask_for("import", reader=reader, arguments={"import": str(asked.id)})
    asked.job_key = job.id
    asked.save(update_fields=["job_key"])
    record(reader, "ask", kind="import", key=asked.id, changed=["files", "kind"])
    return asked


def do_import(reader: Reader, arguments: dict[str, str], progress: Report) -> str:
    """Read an upload's files (the worker's part); returns the sentence that its page shows."""
    asked = Import.objects.get(id=UUID(arguments["import"]), partnership=partnership_of(reader))
    folder = upload_folder(asked.id)
    try:
        outcome = import_files(
            reader,
            sorted(folder.iterdir()),
            kind=asked.kind,
            is_sample=sees_sample(reader),
            year=asked.population_year,
            progress=progress,
        )
    except SourceRefused as refusal:
        raise JobRefused(str(refusal)) from refusal
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    asked.releases.set([*outcome.made, *outcome.already])
    return outcome_words(settle(reader, outcome, Acceptance.LATER))


def _replaced_words(outcome: ImportOutcome) -> str:
    """Say where newer files count instead of those that were given again."""
    accepted = [release for release in outcome.already if release.state == ReleaseState.ACCEPTED]
    replaced = sum(len(release.manifest["months"]) - len(counting_months(release)) for release in accepted)
    if not replaced:
        return ""
    months = "1 of their months" if replaced == 1 else f"{replaced} of their months"
    return f" But newer files count for {months}: to use the old ones, set the newer release aside."


def _waiting_words(outcome: ImportOutcome) -> str:
    """Say how many releases wait for somebody to accept them, in words that stay true once it is done."""
    waiting = len(outcome.waiting)
    if not waiting:
        return ""
    which = "It counts" if waiting == 1 == len(outcome.made) else f"{waiting} of them count"
    return f" {which} only once you have accepted {'it' if waiting == 1 else 'them'}."


def outcome_words(outcome: ImportOutcome) -> str:
    """Return one sentence on what an import made."""
    if not outcome.made:
        held = "Nothing to do: these files are held already, and nothing has changed."
        return f"{held}{_waiting_words(outcome)}{_replaced_words(outcome)}"
    accepted = sum(release.rows_accepted for release in outcome.made)
    rejected = sum(release.rows_rejected for release in outcome.made)
    releases = "1 release" if len(outcome.made) == 1 else f"{len(outcome.made)} releases"
    lost = "1 row" if rejected == 1 else f"{rejected:,} rows"
    unused = f" {lost} could not be used: each is listed with its reason." if rejected else ""
    looks = f" Look at this: {' '.join(outcome.warnings)}" if outcome.warnings else ""
    return f"Made {releases} with {accepted:,} rows.{unused}{_waiting_words(outcome)}{looks}"
