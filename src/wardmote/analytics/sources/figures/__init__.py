"""Any table of period, area, measure and value, as CSV or workbook, read through a saved mapping.

For the sheets of partners: fire, health, housing, the force analyst's own. Sheets that hold people are refused.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from wardmote.analytics.sources.figures.areas import Areas, areas_of
from wardmote.analytics.sources.figures.grid import Grid, grid_of, open_table
from wardmote.analytics.sources.figures.headings import headings_of
from wardmote.analytics.sources.figures.people import check_no_people
from wardmote.analytics.sources.figures.preview import NOT_STATED, Preview, Suggestion, preview, recognise, suggest
from wardmote.analytics.sources.figures.quality import figures_quality
from wardmote.analytics.sources.figures.records import Figure, RecordReader
from wardmote.analytics.sources.figures.values import FigureValue
from wardmote.analytics.sources.intake import check_unchanged, find_files
from wardmote.analytics.sources.mapping import ColumnMapping, MappingError
from wardmote.analytics.sources.release import (
    SAMPLE_ATTRIBUTION,
    SAMPLE_LICENCE,
    SAMPLE_PUBLISHER,
    finish,
    open_rejects,
    release_folder,
    work_folder,
    write_rows,
)
from wardmote.analytics.sources.request import AlreadyHeld, Outcome, ReadRequest, SourceRefused
from wardmote.analytics.sources.tables import RejectList
from wardmote.analytics.warehouse.manifest import JSON, Manifest, SourceFile, release_digest
from wardmote.analytics.warehouse.schema import FIGURES

__all__ = ["NOT_STATED", "READER", "FigureValue", "Preview", "Suggestion", "preview", "read", "recognise", "suggest"]

READER: Final = "figures/1"
SUFFIXES: Final = (".csv", ".xlsx", ".ods", ".xlsm", ".xls")


@dataclass(frozen=True)
class _Batch:
    """The tables of one import, read through one mapping."""

    mapping: ColumnMapping
    grids: tuple[Grid, ...]
    release: str

    @property
    def mapping_text(self) -> dict[str, str]:
        return {"mapping": self.mapping.to_json()}


@dataclass(frozen=True)
class _Taken:
    """What the tables gave."""

    figures: list[Figure]
    read_by_file: list[int]
    numbers_as_text: int
    rejects: RejectList


def read(request: ReadRequest) -> tuple[Outcome, ...]:
    """Read tables of figures into one prepared release; the mapping is a JSON file among the paths.

    Raises SourceRefused for what no mapping can mend, for what only a person can decide, and for people in a table.
    """
    mapping, paths = _mapping_among(request.paths)
    work = work_folder(request)
    found, _ = find_files(paths, work, suffixes=SUFFIXES)
    if not found:
        raise SourceRefused("There is no CSV file and no workbook in what was given.")
    request.progress("Checking the files", 0, len(found))
    tables = {table.file.sha256: table for table in (open_table(one, work) for one in found)}
    release = release_digest(
        dataset=mapping.dataset,
        input_hashes=tables,
        mapping={"mapping": mapping.to_json()},
        reader=READER,
        is_sample=request.is_sample,
    )
    if release in request.known:
        return (AlreadyHeld(mapping.dataset, release),)
    grids = tuple(grid_of(table, sheet=mapping.sheet, hidden=mapping.hidden) for table in tables.values())
    prepared = _prepare(request, _Batch(mapping, grids, release))
    check_unchanged([table.file for table in tables.values()])
    return (prepared,)


def _mapping_among(paths: Sequence[Path]) -> tuple[ColumnMapping, tuple[Path, ...]]:
    mappings = [path for path in paths if path.suffix.lower() == ".json"]
    if len(mappings) != 1:
        raise SourceRefused(
            "A table of figures needs one mapping, a JSON file that says what its columns are: give it with --mapping."
        )
    try:
        mapping = ColumnMapping.from_json(mappings[0].read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeError) as error:
        raise SourceRefused(f"{mappings[0].name} cannot be read: {error}.", file=mappings[0].name) from error
    except MappingError as error:
        raise SourceRefused(f"{mappings[0].name}: {error} Nothing was changed.", file=mappings[0].name) from error
    return mapping, tuple(path for path in paths if path not in mappings)


def _prepare(request: ReadRequest, batch: _Batch) -> Outcome:
    folder = release_folder(request, batch.release, batch.mapping.dataset)
    rejects = open_rejects(folder)
    try:
        taken = _take(request, batch, rejects)
    finally:
        rejects.close()
    _check_something_taken(taken)
    areas = areas_of(request.warehouse, request.checks)
    names = _file_of_each(batch, taken)
    write_rows(folder, [_row(figure, name, areas) for figure, name in zip(taken.figures, names, strict=True)], FIGURES)
    return finish(request, folder, _manifest(request, batch, taken, areas))


def _take(request: ReadRequest, batch: _Batch, rejects: RejectList) -> _Taken:
    figures: list[Figure] = []
    read_by_file: list[int] = []
    as_text = 0
    for number, grid in enumerate(batch.grids):
        request.progress(f"Reading {grid.file.name}", number, len(batch.grids))
        headings = headings_of(grid, batch.mapping)
        check_no_people(grid, headings, after=batch.mapping.header_last)
        reader = RecordReader(grid, batch.mapping, headings, now=request.now)
        readings = 0
        for outcome in reader.read():
            readings += 1
            if outcome.figure is not None:
                figures.append(outcome.figure)
            elif outcome.reject is not None:
                rejects.add(outcome.reject, kind=outcome.kind)
        read_by_file.append(readings)
        as_text += reader.numbers_as_text
    _check_once(batch, figures, read_by_file)
    return _Taken(figures, read_by_file, as_text, rejects)


def _check_once(batch: _Batch, figures: list[Figure], read_by_file: list[int]) -> None:
    """Refuse two files that give one figure: only a person can say which counts."""
    if len(read_by_file) == 1:
        return
    seen: set[tuple[str, str, str]] = set()
    for figure in figures:
        if figure.key in seen:
            raise SourceRefused(
                f"Two of these files give {figure.measure} for {figure.period.text}: import them one after the other, "
                "the newest last. Nothing was changed."
            )
        seen.add(figure.key)


def _check_something_taken(taken: _Taken) -> None:
    first = taken.rejects.first
    if not taken.figures and first is not None:
        raise SourceRefused(
            f"Not one of {taken.rejects.total:,} rows could be read; the first, row {first.line} of {first.file}: "
            f"{first.reason}. Check the mapping. Nothing was changed.",
            file=first.file,
            line=first.line,
            column=first.column or None,
        )


def _file_of_each(batch: _Batch, taken: _Taken) -> list[str]:
    names: list[str] = []
    for grid, readings in zip(batch.grids, taken.read_by_file, strict=True):
        names += [grid.file.name] * (readings - taken.rejects.by_file.get(grid.file.name, 0))
    return names


def _row(figure: Figure, file: str, areas: Areas) -> tuple[object, ...]:
    code, match = areas.code_of(figure)
    return (
        figure.period.text,
        figure.period.kind,
        figure.period.period.first.index,
        figure.period.period.length,
        figure.area,
        code,
        match,
        figure.measure,
        figure.value.unit,
        figure.value.value,
        figure.status,
        figure.value.missing_reason,
        file,
        figure.row,
    )


def _manifest(request: ReadRequest, batch: _Batch, taken: _Taken, areas: Areas) -> Manifest:
    mapping, sample = batch.mapping, request.is_sample
    months = sorted({str(month) for figure in taken.figures for month in figure.period.period})
    named = sorted({figure.area for figure in taken.figures})
    files = tuple(
        SourceFile(grid.file.name, grid.file.sha256, grid.file.bytes, rows)
        for grid, rows in zip(batch.grids, taken.read_by_file, strict=True)
    )
    quality: dict[str, JSON] = figures_quality(taken.figures, batch.grids, areas)
    quality["numbers_stored_as_text"] = taken.numbers_as_text
    quality["rejected_by_reason"] = dict(sorted(taken.rejects.by_reason.items()))
    quality["caveat"] = mapping.caveat or "None stated"
    return Manifest(
        kind="figures",
        dataset=mapping.dataset,
        release=batch.release,
        publisher=SAMPLE_PUBLISHER if sample else mapping.supplier,
        licence=SAMPLE_LICENCE if sample else mapping.licence,
        attribution=SAMPLE_ATTRIBUTION if sample else f"Source: {mapping.supplier}.",
        title=mapping.title,
        area=", ".join(named) if len(named) <= 3 else f"{len(named)} areas",
        is_sample=sample,
        files=files,
        period_from=months[0] if months else None,
        period_to=months[-1] if months else None,
        months=tuple(months),
        rows_read=sum(taken.read_by_file),
        rows_accepted=len(taken.figures),
        rows_rejected=taken.rejects.total,
        quality=quality,
        editions={},
        reader=READER,
        mapping=batch.mapping_text,
    )
