"""The rows behind a figure: the published incidents themselves, so that anybody can count them again.

Source of the escaping: OWASP, CSV Injection; a cell that begins like a formula is shown with an apostrophe before it.
"""

import csv
from collections.abc import Iterable, Iterator
from typing import Any, Final, TextIO

from wardmote.analytics.measures.cells import cells
from wardmote.analytics.measures.evidence import Evidence
from wardmote.analytics.measures.figures import Query
from wardmote.analytics.measures.scope import scope_of
from wardmote.analytics.measures.tally import rows_in_scope

# Never the crime id: with it a row could be followed from file to file.
COLUMNS: Final = ("dataset", "release", "file", "month", "category", "location", "lsoa_code", "lsoa_name")
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
PIECE: Final = 10_000


def rows_behind(evidence: Evidence, query: Query, limit: int | None = None) -> Iterator[tuple[str, ...]]:
    """Give the incidents that a count of this question counted, as published, in a fixed order; text in COLUMNS' order.

    `by` does not matter but for areas: rows that could not be placed at a level are not behind its figures. `limit`
    ends the list early. Raises FiguresRefused as counts do.
    """
    scope = scope_of(evidence, query)
    months = sorted({month for cell in cells(evidence, scope) for month in cell.held})
    table = rows_in_scope(evidence, scope, months)
    ordered = table.select(*COLUMNS).order_by(list(COLUMNS))
    return _rows(evidence, ordered if limit is None else ordered.limit(limit))


def write_csv(rows: Iterable[tuple[str, ...]], stream: TextIO) -> int:
    """Write rows as CSV with a header, safe to open in a spreadsheet; returns how many were written."""
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    written = 0
    for row in rows:
        writer.writerow([safe_cell(value) for value in row])
        written += 1
    return written


def safe_cell(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _rows(evidence: Evidence, table: Any) -> Iterator[tuple[str, ...]]:
    # Fetched whole and handed on in pieces: Ibis 12 streams through a call that DuckDB 1.5 warns of.
    for batch in evidence.con.to_pyarrow(table).to_batches(PIECE):
        for row in batch.to_pylist():
            yield tuple(_text(name, row[name]) for name in COLUMNS)


def _text(name: str, value: Any) -> str:
    if value is None:
        return ""
    return f"{value:%Y-%m}" if name == "month" else str(value)
