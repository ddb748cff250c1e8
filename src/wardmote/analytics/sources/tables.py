"""Delimited text read cell by cell with the place of every row: for small tables, and for files with faults."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from wardmote.analytics.sources.intake import InputFile
from wardmote.analytics.sources.request import SourceRefused

MAX_COLUMNS: Final = 2_000
MAX_LINE: Final = 1_000_000
_REASON_LENGTH: Final = 200


@dataclass(frozen=True)
class Row:
    """The cells of one row and the line on which it begins; `fault` says why the cells cannot be trusted."""

    line: int
    cells: list[str]
    fault: str = ""


@dataclass(frozen=True)
class Reject:
    """A row that was not taken: where it stands and why."""

    file: str
    line: int
    column: str
    reason: str


class RejectList:
    """The list of rejected rows, written as they come: file, line, column, reason."""

    def __init__(self, path: Path) -> None:
        self._stream = path.open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._stream)
        self._writer.writerow(("file", "line", "column", "reason"))
        self.by_file: dict[str, int] = {}
        self.by_reason: dict[str, int] = {}
        self.first: Reject | None = None

    def add(self, reject: Reject, *, kind: str) -> None:
        """Write one row of the list and count it under a kind of fault."""
        self.first = self.first or reject
        self.by_file[reject.file] = self.by_file.get(reject.file, 0) + 1
        self.by_reason[kind] = self.by_reason.get(kind, 0) + 1
        reason = reject.reason[:_REASON_LENGTH]
        self._writer.writerow((_harmless(reject.file), reject.line, _harmless(reject.column), _harmless(reason)))

    @property
    def total(self) -> int:
        """How many rows were rejected."""
        return sum(self.by_file.values())

    def close(self) -> None:
        """End the list; it is complete on disk after the folder is synced."""
        self._stream.close()


def _harmless(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would run as a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else text


def rows_of(file: InputFile, *, delimiter: str) -> Iterator[Row]:
    """Read the rows of a file, the header first; blank lines are passed over. Constant memory.

    Raises SourceRefused for a quotation mark that is never closed, a cell or a line without end, and 2,000 columns.
    """
    with file.text_path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.reader(_lines(stream, file.name), delimiter=delimiter, strict=True)
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield _faulty(file.name, line, reader.line_num, str(error))
                continue
            if len(cells) > MAX_COLUMNS:
                raise SourceRefused(
                    f"{file.name} has {len(cells):,} columns in line {line}: it is not a table. Nothing was changed.",
                    file=file.name,
                    line=line,
                )
            if cells:
                yield Row(line, cells)


def _faulty(name: str, line: int, last_line: int, error: str) -> Row:
    if "unexpected end" in error or "field larger" in error:
        raise SourceRefused(
            f"{name} has a quotation mark in line {line} that is never closed: correct that line, or download the "
            "file again. Nothing was changed.",
            file=name,
            line=line,
        )
    return Row(
        line, [], "a quotation mark in the wrong place" + (f" (to line {last_line})" if last_line > line else "")
    )


def _lines(stream: IO[str], name: str) -> Iterator[str]:
    number = 0
    while text := stream.readline(MAX_LINE + 1):
        number += 1
        if len(text) > MAX_LINE:
            raise SourceRefused(
                f"{name} has a line of more than {MAX_LINE:,} characters (line {number}): it is not a table. "
                "Nothing was changed.",
                file=name,
                line=number,
            )
        yield text


def looks_like_a_total(cells: list[str]) -> bool:
    """Say whether a row is a total or a footnote at the end of a table rather than a record."""
    first = next((cell.strip().lower() for cell in cells if cell.strip()), "")
    return first.startswith(("total", "grand total", "sum ", "source:", "note:", "notes:", "©", "contains ", "* "))
