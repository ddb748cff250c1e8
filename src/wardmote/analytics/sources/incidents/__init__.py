"""Lists of single incidents, as a force or a council exports them: when, where, and keys that become pseudonyms.

One row an incident. Nothing personal is kept, and the file itself is not: what is stored are the columns of
INCIDENT_RECORDS, in the order of time. The list belongs to the partnership that brought it and is never published.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from wardmote.analytics.sources.figures.grid import GridRow
from wardmote.analytics.sources.named_columns import NamedTable, named_tables
from wardmote.analytics.sources.ons.source import RowRejected, area_in_words, check_taken, terms
from wardmote.analytics.sources.release import finish, open_rejects, release_folder, write_rows
from wardmote.analytics.sources.request import AlreadyHeld, Outcome, ReadRequest, SourceRefused
from wardmote.analytics.sources.tables import Reject, RejectList, looks_like_a_total
from wardmote.analytics.warehouse.manifest import JSON, Manifest, SourceFile, release_digest
from wardmote.analytics.warehouse.schema import INCIDENT_RECORDS
from wardmote.definitions import all_problems
from wardmote.foundations.kept_secret import kept_secret
from wardmote.foundations.periods import Month, Period

from .layout import COLUMNS, KEYS
from .people import check_nothing_personal
from .pseudonyms import Pseudonyms
from .rows import Record, Taking, take

__all__ = ["COLUMNS", "KIND", "read"]

KIND: Final = "incident-records"
READER: Final = "incidents/1"
_COLUMN: Final = {name: at for at, name in enumerate(INCIDENT_RECORDS)}


@dataclass(frozen=True)
class _Taken:
    """What was taken of all files: the incidents, what was rejected, and the rows read of each file."""

    records: list[Record]
    rejects: RejectList
    rows_by_file: dict[str, int]


def read(request: ReadRequest) -> tuple[Outcome, ...]:
    """Read lists of incidents into a prepared release of the problem that they are of; raises SourceRefused.

    The lists of one import are of one problem: a later list replaces the months of an earlier one of the same problem.
    """
    if not request.owner:
        raise SourceRefused(
            "A list of incidents belongs to one partnership: sign in as one of its analysts, and add the file under "
            "Evidence. Nothing was changed."
        )
    tables = named_tables(request, COLUMNS, what="a list of incidents")
    for table in tables:
        check_nothing_personal(table)
    mapping = {heading: ours for table in tables for ours, heading in table.headings.items()}
    release = release_digest(
        dataset=f"incidents-{request.owner}",
        input_hashes=[table.file.sha256 for table in tables],
        mapping=mapping,
        reader=READER,
        is_sample=request.is_sample,
    )
    if release in request.known:
        return (AlreadyHeld(f"incidents-{request.owner}", release),)
    folder = release_folder(request, release, f"incidents-{request.owner}")
    taken = _take(request, tables, open_rejects(folder))
    problem = _one_problem(taken, tables[0].file.name)
    write_rows(folder, sorted(taken.records, key=_by_time), INCIDENT_RECORDS)
    return (finish(request, folder, _manifest(request, (release, problem), mapping, tables, taken)),)


def _by_time(record: Record) -> tuple[int, str]:
    # The order of the file could tell who is who.
    return int(str(record[_COLUMN["first_minute"]])), repr(record)


def _take(request: ReadRequest, tables: Sequence[NamedTable], rejects: RejectList) -> _Taken:
    pseudonyms = Pseudonyms(kept_secret(request.warehouse.secret_file), request.owner)
    taken = _Taken([], rejects, {})
    seen: set[str] = set()
    for number, table in enumerate(tables):
        request.progress(f"Reading {table.file.name}", number, len(tables))
        _take_table(table, Taking(request.now, pseudonyms, table.headings, seen), taken)
    rejects.close()
    check_taken(len(taken.records), rejects)
    return taken


def _take_table(table: NamedTable, taking: Taking, taken: _Taken) -> None:
    name = table.file.name
    for row, texts in table.rows():
        taken.rows_by_file[name] = taken.rows_by_file.get(name, 0) + 1
        try:
            _check_row(row)
            taken.records.append(take(texts, taking))
        except RowRejected as no:
            taken.rejects.add(Reject(name, row.number, no.column, no.reason), kind=no.kind)


def _check_row(row: GridRow) -> None:
    if row.fault or looks_like_a_total(list(map(str, row.cells))):
        raise RowRejected("", row.fault or "a total or footnote line", kind="not a row")


def _one_problem(taken: _Taken, file: str) -> str:
    found = sorted({str(record[_COLUMN["problem"]]) for record in taken.records})
    if len(found) > 1:
        raise SourceRefused(
            f"{file} has incidents of {len(found)} problems ({', '.join(found)}): give one list for each. Nothing was "
            "stored.",
            file=file,
        )
    return found[0]


def _manifest(
    request: ReadRequest,
    named: tuple[str, str],
    mapping: dict[str, str],
    tables: Sequence[NamedTable],
    taken: _Taken,
) -> Manifest:
    release, problem = named
    terms_of = terms(request, local=True)
    months = Period(*(Month.from_index(one) for one in _ends(taken.records))).months
    codes = [str(record[_COLUMN["lsoa_code"]]) for record in taken.records if record[_COLUMN["lsoa_code"]]]
    read_rows = sum(taken.rows_by_file.values())
    return Manifest(
        kind=KIND,
        dataset=f"incidents-{request.owner}-{problem}",
        release=release,
        publisher=terms_of.publisher,
        licence=terms_of.licence,
        attribution=terms_of.attribution,
        title=f"{all_problems()[problem].title}: list of incidents",
        area=area_in_words(codes, ()),
        is_sample=request.is_sample,
        files=tuple(
            SourceFile(file.name, file.sha256, file.bytes, taken.rows_by_file.get(file.name, 0))
            for file in {table.file.name: table.file for table in tables}.values()
        ),
        period_from=str(months[0]),
        period_to=str(months[-1]),
        months=tuple(map(str, months)),
        rows_read=read_rows,
        rows_accepted=len(taken.records),
        rows_rejected=taken.rejects.total,
        quality=_quality(taken, tables),
        editions={},
        reader=READER,
        mapping=mapping,
    )


def _ends(records: Sequence[Record]) -> tuple[int, int]:
    indices = [int(str(record[_COLUMN["month_index"]])) for record in records]
    return min(indices), max(indices)


def _quality(taken: _Taken, tables: Sequence[NamedTable]) -> dict[str, JSON]:
    filled = {
        name: sum(record[_COLUMN[name]] is not None for record in taken.records)
        for name in (*KEYS, "longitude", "lsoa_code")
    }
    return {
        "rows_by_month": _by_month(taken.records),
        "incidents_with_victim": filled["victim"],
        "incidents_with_offender": filled["offender"],
        "incidents_with_location": filled["location"],
        "incidents_with_point": filled["longitude"],
        "incidents_with_lsoa": filled["lsoa_code"],
        "columns_not_kept": list[JSON](_unread(tables)),
        "rejected_by_reason": dict(sorted(taken.rejects.by_reason.items())),
    }


def _by_month(records: Sequence[Record]) -> dict[str, JSON]:
    found: dict[str, JSON] = {}
    for index in sorted(int(str(record[_COLUMN["month_index"]])) for record in records):
        month = str(Month.from_index(index))
        found[month] = int(str(found.get(month, 0))) + 1
    return found


def _unread(tables: Sequence[NamedTable]) -> list[str]:
    """Return the headings of the columns that were not read, which nothing is kept of."""
    named: set[str] = set()
    for table in tables:
        row = next(row for row in table.grid.rows() if row.number == table.heading_row)
        named |= {str(cell).strip() for at, cell in enumerate(row.cells) if at not in table.positions.values()}
    return sorted(named - {""})
