"""The header line of a table: the separator it uses, and its columns matched by name whatever the typing."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

DELIMITERS: Final = (",", ";", "\t", "|")
_NOT_ALPHANUMERIC: Final = re.compile(r"[^a-z0-9]+")


def fold(header: str) -> str:
    """Reduce a header to its letters and digits, so that `Crime ID`, ` crime_id ` and `CRIME-ID` are one."""
    return _NOT_ALPHANUMERIC.sub("", header.strip("\ufeff").lower())


@dataclass(frozen=True)
class Header:
    """The header cells as published, and the separator between them."""

    cells: tuple[str, ...]
    delimiter: str

    @property
    def folded(self) -> tuple[str, ...]:
        """The cells, each folded."""
        return tuple(fold(cell) for cell in self.cells)

    def doubled(self) -> tuple[str, ...]:
        """Return the names that occur twice once folded."""
        seen: set[str] = set()
        twice = []
        for cell, folded in zip(self.cells, self.folded, strict=True):
            if folded and folded in seen:
                twice.append(cell.strip())
            seen.add(folded)
        return tuple(twice)


def read_header(first_lines: str) -> Header:
    """Split the first record of a file by the separator that gives most cells (comma before the others)."""
    candidates = [Header(_first_record(first_lines, delimiter), delimiter) for delimiter in DELIMITERS]
    return max(candidates, key=lambda header: len(header.cells))


def _first_record(text: str, delimiter: str) -> tuple[str, ...]:
    rows: Sequence[Sequence[str]] = []
    try:
        rows = [next(csv.reader(text.splitlines(keepends=True), delimiter=delimiter))]
    except (csv.Error, StopIteration):
        return ()
    return tuple(rows[0])
