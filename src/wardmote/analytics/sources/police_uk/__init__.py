"""Street-level crime of data.police.uk: month folders, the archive of them, or single files, one data set a force.

Source: https://data.police.uk/data/ (Open Government Licence v3.0).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from wardmote.analytics.sources.headers import read_header
from wardmote.analytics.sources.intake import InputFile, Skipped, check_files, check_unchanged, find_files
from wardmote.analytics.sources.police_uk.archive import ARCHIVES, Fetched, FetchRequest, fetch
from wardmote.analytics.sources.police_uk.checks import against_lookups
from wardmote.analytics.sources.police_uk.early import is_early_header, modernised
from wardmote.analytics.sources.police_uk.exact import LSOA_CODE, ExactReader
from wardmote.analytics.sources.police_uk.fast import copy_valid
from wardmote.analytics.sources.police_uk.forces import force_slug
from wardmote.analytics.sources.police_uk.grouping import by_force
from wardmote.analytics.sources.police_uk.layout import KINDS_IN_WORDS, PoliceFile, other_kind, recognise
from wardmote.analytics.sources.police_uk.publisher import terms
from wardmote.analytics.sources.police_uk.quality import Summary, figures, summarise
from wardmote.analytics.sources.release import (
    finish,
    open_rejects,
    release_folder,
    rows_target,
    work_folder,
)
from wardmote.analytics.sources.request import AlreadyHeld, Outcome, ReadRequest, SourceRefused
from wardmote.analytics.sources.tables import RejectList
from wardmote.analytics.warehouse.manifest import JSON, Manifest, SourceFile, release_digest

__all__ = ["ARCHIVES", "READER", "FetchRequest", "Fetched", "fetch", "read"]

READER: Final = "police_uk/1"


@dataclass(frozen=True)
class _Batch:
    """The street files of one force in one import, and what was found beside them."""

    force: str
    files: tuple[PoliceFile, ...]
    skipped: tuple[Skipped, ...]
    release: str

    @property
    def dataset(self) -> str:
        return f"police-uk-street-{self.force}"


def read(request: ReadRequest) -> tuple[Outcome, ...]:
    """Read street files into one prepared release for each force.

    Raises SourceRefused, with nothing changed, when a file cannot be taken as a whole; single rows that cannot be
    taken are listed in the release's `rejects.csv`.
    """
    files, skipped = _street_files(request)
    batches = [_batch(request, force, group, skipped) for force, group in by_force(files).items()]
    outcomes: list[Outcome] = [AlreadyHeld(one.dataset, one.release) for one in batches if one.release in request.known]
    fresh = [one for one in batches if one.release not in request.known]
    if fresh:
        con = request.warehouse.connect()
        outcomes.extend(_prepare(con, request, batch) for batch in fresh)
        con.disconnect()
    check_unchanged([file.source for file in files])
    return tuple(outcomes)


def _street_files(request: ReadRequest) -> tuple[list[PoliceFile], list[Skipped]]:
    work = work_folder(request)
    found, passed_over = find_files(request.paths, work, suffixes=(".csv",))
    request.progress("Checking the files", 0, len(found))
    if not found:
        raise SourceRefused("There is no CSV file in what was given: give the folder or ZIP archive of data.police.uk.")
    skipped, files, seen = list(passed_over), list[PoliceFile](), dict[str, str]()
    for file in check_files(found, work, expected="csv"):
        kind = other_kind(file)
        twin = seen.setdefault(file.sha256, file.name)
        if kind is not None:
            skipped.append(Skipped(file.name, f"{KINDS_IN_WORDS[kind]}, which is data of another kind"))
        elif twin != file.name:
            skipped.append(Skipped(file.name, f"the same content as {twin}"))
        else:
            files.append(recognise(_in_todays_layout(file, work / f"early-{len(files):05}.csv")))
    if not files:
        shown = "; ".join(f"{one.name} is {one.reason}" for one in skipped[:3])
        raise SourceRefused(f"No street-level crime file was given ({shown}): give the files that end in -street.csv.")
    return files, skipped


def _in_todays_layout(file: InputFile, target: Path) -> InputFile:
    return modernised(file, target) if is_early_header(read_header(file.head)) else file


def _batch(request: ReadRequest, force: str, files: Sequence[PoliceFile], skipped: list[Skipped]) -> _Batch:
    mapping = {published: ours for file in files for published, ours in file.mapping.items()}
    release = release_digest(
        dataset=f"police-uk-street-{force}",
        input_hashes=[file.source.sha256 for file in files],
        mapping=mapping,
        reader=READER,
        is_sample=request.is_sample,
    )
    return _Batch(force, tuple(files), tuple(skipped), release)


def _prepare(con: Any, request: ReadRequest, batch: _Batch) -> Outcome:
    folder = release_folder(request, batch.release, batch.dataset)
    rows, rejects = rows_target(folder), open_rejects(folder)
    try:
        summary = _read_fast(con, request, batch, rows)
        fast = summary is not None
        if summary is None:
            ExactReader(rows, rejects, now=request.now).read(batch.files, request.progress)
            summary = summarise(con, rows)
    finally:
        rejects.close()
    _check_something_taken(batch, summary, rejects)
    quality: dict[str, JSON] = {
        **figures(summary),
        **against_lookups(con, request, summary),
        **_about_files(batch, rejects, summary),
        "read_by": "the fast reader" if fast else "the exact reader",
    }
    return finish(request, folder, _manifest(request, batch, summary, rejects, quality))


def _read_fast(con: Any, request: ReadRequest, batch: _Batch, rows: Path) -> Summary | None:
    request.progress(f"Reading {len(batch.files)} files", 0, len(batch.files))
    if not copy_valid(con, batch.files, rows, now=request.now):
        return None
    request.progress("Checking the rows", len(batch.files), len(batch.files))
    summary = summarise(con, rows)
    return summary if _agrees_with_names(batch, summary) else None


def _agrees_with_names(batch: _Batch, summary: Summary) -> bool:
    """Check what has few distinct values after writing, far cheaper than row by row: months of files, LSOA codes."""
    months = {file.source.name: str(file.month) for file in batch.files if file.month is not None}
    return all(
        months.get(group.file, group.month) == group.month and group.category == group.category.strip()
        for group in summary.groups
    ) and all(LSOA_CODE.fullmatch(code) for code, _, _ in summary.lsoas)


def _check_something_taken(batch: _Batch, summary: Summary, rejects: RejectList) -> None:
    first = rejects.first
    if first is not None and summary.rows == 0:
        raise SourceRefused(
            f"Not one of {rejects.total:,} rows could be read; the first, line {first.line} of {first.file}: "
            f"{first.reason}. Check that this is the right file. Nothing was changed.",
            file=first.file,
            line=first.line,
            column=first.column or None,
        )


def _about_files(batch: _Batch, rejects: RejectList, summary: Summary) -> dict[str, JSON]:
    by_file = summary.rows_by_file()
    return {
        "rejected_by_reason": dict(sorted(rejects.by_reason.items())),
        "skipped_files": [{"file": one.name, "reason": one.reason} for one in batch.skipped],
        "files_without_rows": [
            file.source.name
            for file in batch.files
            if not by_file.get(file.source.name) and not rejects.by_file.get(file.source.name)
        ],
        "encodings": {
            file.source.name: file.source.encoding for file in batch.files if file.source.encoding != "utf-8"
        },
        "delimiters": {file.source.name: file.header.delimiter for file in batch.files if file.header.delimiter != ","},
        "files_of_the_early_layout": [
            file.source.name for file in batch.files if file.source.text_path.name.startswith("early-")
        ],
        "ignored_columns": list[JSON](sorted({column for file in batch.files for column in file.ignored})),
    }


def _manifest(
    request: ReadRequest, batch: _Batch, summary: Summary, rejects: RejectList, quality: dict[str, JSON]
) -> Manifest:
    taken, months = summary.rows_by_file(), summary.months
    name, named = _force_name(batch, summary), terms(request)
    return Manifest(
        kind="police-uk",
        dataset=batch.dataset,
        release=batch.release,
        publisher=named.publisher,
        licence=named.licence,
        attribution=named.attribution,
        title=f"police.uk street crime, {name}",
        area=f"{name} force area",
        is_sample=request.is_sample,
        files=tuple(
            SourceFile(
                file.source.name,
                file.source.sha256,
                file.source.bytes,
                taken.get(file.source.name, 0) + rejects.by_file.get(file.source.name, 0),
            )
            for file in batch.files
        ),
        period_from=months[0] if months else None,
        period_to=months[-1] if months else None,
        months=months,
        rows_read=summary.rows + rejects.total,
        rows_accepted=summary.rows,
        rows_rejected=rejects.total,
        quality=quality,
        editions={},
        reader=READER,
        mapping={published: ours for file in batch.files for published, ours in file.mapping.items()},
    )


def _force_name(batch: _Batch, summary: Summary) -> str:
    """Take the force's name from its rows where it fits the file names, else spell the short name."""
    names = [name for name, _ in summary.forces if force_slug(name) == batch.force]
    return names[0] if names else batch.force.replace("-", " ").title()
