"""What the readers of geographical tables share: the files opened with their headers, and the publisher's terms."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from wardmote.analytics.sources.headers import Header, read_header
from wardmote.analytics.sources.intake import InputFile, check_files, find_files
from wardmote.analytics.sources.release import OGL, SAMPLE_ATTRIBUTION, SAMPLE_LICENCE, SAMPLE_PUBLISHER, work_folder
from wardmote.analytics.sources.request import ReadRequest, SourceRefused
from wardmote.analytics.sources.tables import Reject, RejectList, looks_like_a_total, rows_of
from wardmote.analytics.warehouse.manifest import SourceFile

PUBLISHER: Final = "Office for National Statistics"
ATTRIBUTION: Final = (
    "Source: Office for National Statistics licensed under the Open Government Licence v3.0. "
    "Contains OS data © Crown copyright and database right."
)
LOCAL_PUBLISHER: Final = "Supplied by the partnership"
GSS_CODE: Final = re.compile(r"[EWSNK]\d{8}", re.ASCII)


class RowRejected(Exception):
    """A row that cannot be taken: the column, the reason, and the kind of fault under which it is counted."""

    def __init__(self, column: str, reason: str, *, kind: str) -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason
        self.kind = kind


@dataclass(frozen=True)
class Table:
    """One CSV file with its header."""

    source: InputFile
    header: Header


@dataclass(frozen=True)
class Terms:
    """Who publishes, under what licence, and what must be said."""

    publisher: str
    licence: str
    attribution: str


def terms(request: ReadRequest, *, local: bool = False) -> Terms:
    """Return the publisher's terms, or those of sample data, or those of a partnership's own table."""
    if request.is_sample:
        return Terms(SAMPLE_PUBLISHER, SAMPLE_LICENCE, SAMPLE_ATTRIBUTION)
    if local:
        return Terms(LOCAL_PUBLISHER, "As agreed with the supplier", LOCAL_PUBLISHER + ".")
    return Terms(PUBLISHER, OGL, ATTRIBUTION)


def open_tables(request: ReadRequest) -> list[Table]:
    """Find, check and open the CSV files of a request, each content once; raises SourceRefused."""
    work = work_folder(request)
    found, _ = find_files(request.paths, work, suffixes=(".csv",))
    if not found:
        raise SourceRefused("There is no CSV file in what was given.")
    request.progress("Checking the files", 0, len(found))
    files = {file.sha256: file for file in reversed(check_files(found, work, expected="csv"))}
    tables = [Table(file, read_header(file.head)) for file in reversed(files.values())]
    for table in tables:
        _check_header(table)
    return tables


def _check_header(table: Table) -> None:
    doubled = table.header.doubled()
    if doubled:
        raise SourceRefused(
            f"{table.source.name} has the column “{doubled[0]}” twice: remove one. Nothing was changed.",
            file=table.source.name,
            line=1,
            column=doubled[0],
        )


def take_rows(
    table: Table, rejects: RejectList, take: Callable[[list[str]], Iterable[tuple[Any, ...]]]
) -> tuple[list[tuple[Any, ...]], int]:
    """Give every row's cells to `take`; return what it made and the number of rows read, and list what it rejected."""
    taken: list[tuple[Any, ...]] = []
    read = 0
    width = len(table.header.cells)
    rows = rows_of(table.source, delimiter=table.header.delimiter)
    next(rows, None)
    for row in rows:
        read += 1
        try:
            taken.extend(take(_fitted(row.fault, row.cells, width)))
        except RowRejected as no:
            rejects.add(Reject(table.source.name, row.line, no.column, no.reason), kind=no.kind)
    return taken, read


def _fitted(fault: str, cells: list[str], width: int) -> list[str]:
    if fault:
        raise RowRejected("", fault, kind="quotation")
    if len(cells) != width or (
        looks_like_a_total(cells) and not any(GSS_CODE.fullmatch(cell.strip()) for cell in cells)
    ):
        if looks_like_a_total(cells):
            raise RowRejected("", "a total or footnote line", kind="total")
        raise RowRejected("", f"{len(cells)} cells instead of {width}", kind="number of cells")
    return cells


def checked_code(text: str, column: str) -> str | None:
    """Return an area code, None for a blank; raises RowRejected when it is not one."""
    code = text.strip()
    if code and not GSS_CODE.fullmatch(code):
        raise RowRejected(column, f"“{code[:40]}” is not an area code", kind="not an area code")
    return code or None


def source_file(table: Table, rows: int) -> SourceFile:
    """Describe a file for the manifest."""
    return SourceFile(table.source.name, table.source.sha256, table.source.bytes, rows)


def area_in_words(codes: Iterable[str], names: Iterable[str]) -> str:
    """Say which area a table covers: up to three names, else the countries of its codes."""
    distinct = sorted({name for name in names if name})
    if 0 < len(distinct) <= 3:
        return ", ".join(distinct)
    countries = {"E": "England", "W": "Wales", "S": "Scotland", "N": "Northern Ireland"}
    held = {code[0] for code in codes if code}
    words = [country for letter, country in countries.items() if letter in held]
    where = " and ".join(words) if len(words) <= 2 else ", ".join(words)
    if len(distinct) > 3 and len(distinct) < 100:
        return f"{len(distinct)} districts in {where}"
    return where or "not stated"


def check_taken(taken: int, rejects: RejectList) -> None:
    """Refuse when not one row of what was given could be taken."""
    first = rejects.first
    if taken == 0 and first is not None:
        raise SourceRefused(
            f"Not one of {rejects.total:,} rows could be read; the first, line {first.line} of {first.file}: "
            f"{first.reason}. Check that this is the right file. Nothing was changed.",
            file=first.file,
            line=first.line,
            column=first.column or None,
        )
