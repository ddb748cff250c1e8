"""Recorded crime by police force area and offence group: numbers and rates of a year, nations and regions beside.

Source: Office for National Statistics, Crime in England and Wales: police force area data tables. Figures are those
that were published: a rate is never worked out again, and one that is missing stays missing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from wardmote.analytics.sources.intake import Found, find_files
from wardmote.analytics.sources.named_columns import SUFFIXES
from wardmote.analytics.sources.release import (
    OGL,
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
from wardmote.analytics.warehouse.manifest import JSON, Manifest, SourceFile, release_digest
from wardmote.analytics.warehouse.schema import FORCE_TABLES
from wardmote.foundations.periods import Month, rolling_12

from .layout import RATE, ForceTable, is_force_book, tables_in, title_of
from .taking import FORCE, LEVELS, Taking, rows_taken, take, totals_that_differ

__all__ = ["is_force_book", "read", "title_of"]

READER: Final = "force_tables/1"
PUBLISHER: Final = "Office for National Statistics"
ATTRIBUTION: Final = (
    "Source: Office for National Statistics, Crime in England and Wales: police force area data tables, from police "
    "recorded crime of the Home Office, licensed under the Open Government Licence v3.0."
)
CAVEAT: Final = "Police recorded crime is not designated as National Statistics. Forces revise these figures."
_FEWEST_FORCES: Final = 2


@dataclass(frozen=True)
class _Edition:
    """The tables of one workbook, or the CSV files given with each other, and the notes by number."""

    tables: tuple[ForceTable, ...]
    notes: Mapping[str, str]

    @property
    def last(self) -> Month:
        """The last month of the newest year that has rates."""
        return max(table.title.last for table in self.tables if table.title.what == RATE)


def read(request: ReadRequest) -> tuple[Outcome, ...]:
    """Read each edition of the tables into one prepared release.

    Raises SourceRefused where a file has no such table, no rates, an area twice, or not one force that can be read.
    """
    found, _ = find_files(request.paths, work_folder(request), suffixes=SUFFIXES)
    if not found:
        raise SourceRefused("There is no workbook and no CSV file in what was given.")
    request.progress("Checking the files", 0, len(found))
    return tuple(_prepare(request, edition) for edition in _editions(request, found))


def _editions(request: ReadRequest, found: Sequence[Found]) -> Iterator[_Edition]:
    """Return an edition for each workbook, and one for all CSV files together; raises SourceRefused."""
    single: list[ForceTable] = []
    for one in found:
        tables, notes = tables_in(one, work_folder(request))
        if not tables:
            raise _no_table(one.name)
        if tables[0].sheet:
            yield _checked(_Edition(tuple(tables), notes))
        else:
            single += tables
    if single:
        yield _checked(_Edition(tuple(single), {}))


def _no_table(name: str) -> SourceRefused:
    return SourceRefused(
        f"{name} has no table whose title begins “Police recorded crime by offence group and police force area”, with "
        "the year that it ends: give the workbook as the Office for National Statistics publishes it, or a sheet with "
        "its title saved as CSV. Nothing was changed.",
        file=name,
    )


def _checked(edition: _Edition) -> _Edition:
    name = edition.tables[0].file.name
    if not any(table.title.what == RATE for table in edition.tables):
        raise SourceRefused(
            f"{name} has numbers of offences and no table of rates per 1,000 population (table P3): add it, for forces "
            "can be compared only by rate. Nothing was changed.",
            file=name,
        )
    seen: dict[tuple[str, Month], str] = {}
    for table in edition.tables:
        key = (table.title.what, table.title.last)
        if key in seen:
            raise SourceRefused(
                f"{seen[key]} and {table.named} both have the {key[0]}s of the year to {key[1].words()}: give one "
                "of them. Nothing was changed.",
                file=table.file.name,
            )
        seen[key] = table.named
    return edition


def _prepare(request: ReadRequest, edition: _Edition) -> Outcome:
    dataset = f"force-tables-{edition.last}"
    release = release_digest(
        dataset=dataset,
        input_hashes=sorted({table.file.sha256 for table in edition.tables}),
        mapping=_mapping(edition),
        reader=READER,
        is_sample=request.is_sample,
    )
    if release in request.known:
        return AlreadyHeld(dataset, release)
    folder = release_folder(request, release, dataset)
    taking = Taking(open_rejects(folder))
    try:
        for number, table in enumerate(edition.tables):
            request.progress(f"Reading {table.named}", number, len(edition.tables))
            take(taking, table)
    finally:
        taking.rejects.close()
    rows = rows_taken(taking, edition.notes)
    _check_forces(rows, taking, edition)
    write_rows(folder, rows, FORCE_TABLES)
    return finish(request, folder, _manifest(request, (dataset, release), edition, taking))


def _mapping(edition: _Edition) -> dict[str, str]:
    return {table.headings[at]: slug for table in edition.tables for slug, at in table.groups.items()}


def _check_forces(rows: Sequence[tuple[object, ...]], taking: Taking, edition: _Edition) -> None:
    forces = {row[1] for row in rows if row[0] == FORCE and row[7] is not None}
    first = taking.rejects.first
    if len(forces) < _FEWEST_FORCES:
        reason = f"; the first row left out, {first.line}, {first.column}: {first.reason}" if first else ""
        name = edition.tables[0].file.name
        raise SourceRefused(
            f"{name} has rates of {len(forces)} police force areas{reason}. Check that this is the right file. "
            "Nothing was changed.",
            file=name,
        )


def _manifest(request: ReadRequest, named: tuple[str, str], edition: _Edition, taking: Taking) -> Manifest:
    sample, last = request.is_sample, edition.last
    files = {table.file.name: table.file for table in edition.tables}
    accepted = len(taking.cells) - len(taking.spoilt)
    return Manifest(
        kind="force-tables",
        dataset=named[0],
        release=named[1],
        publisher=SAMPLE_PUBLISHER if sample else PUBLISHER,
        licence=SAMPLE_LICENCE if sample else OGL,
        attribution=SAMPLE_ATTRIBUTION if sample else ATTRIBUTION,
        title=f"Recorded crime by police force area, year to {last.words()}",
        area="England and Wales" if not sample else "Made-up police force areas",
        is_sample=sample,
        files=tuple(
            SourceFile(name, file.sha256, file.bytes, taking.read_by_file.get(name, 0)) for name, file in files.items()
        ),
        period_from=str(rolling_12(last).first),
        period_to=str(last),
        months=(),
        rows_read=accepted + taking.rejects.total,
        rows_accepted=accepted,
        rows_rejected=taking.rejects.total,
        quality=_quality(taking, edition),
        editions={},
        reader=READER,
        mapping=_mapping(edition),
    )


def _quality(taking: Taking, edition: _Edition) -> dict[str, JSON]:
    last = edition.last
    forces = {key[1] for key in taking.cells if key[1] and LEVELS[key[1][:3]] == FORCE}
    without = {key[2] for key, cell in taking.cells.items() if key[0] == last and key[1] and cell.missing}
    general = [n for table in edition.tables if table.title.what == RATE for n in table.title.notes]
    notes = [edition.notes[n] for n in dict.fromkeys(general) if n in edition.notes]
    return {
        "police_force_areas": len(forces),
        "areas_without_a_rate": list[JSON](sorted(without)),
        "totals_that_differ": list[JSON](totals_that_differ(taking)),
        "columns_left_aside": list[JSON](sorted({text for table in edition.tables for text in table.unknown})),
        "rejected_by_reason": dict(sorted(taking.rejects.by_reason.items())),
        "caveat": " ".join((CAVEAT, *notes)),
    }
