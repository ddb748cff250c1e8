"""The exact reader: row by row in constant memory, naming the file, line, column and reason of what it rejects."""

import datetime as dt
from collections.abc import Callable, Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any, Final

from wardmote.analytics.sources.police_uk.layout import COLUMNS, PoliceFile
from wardmote.analytics.sources.police_uk.rows import (
    LSOA_CODE,
    Batches,
    Lsoas,
    Months,
    Places,
    Rejected,
    Tally,
    check_width,
    judge,
)
from wardmote.analytics.sources.request import Progress
from wardmote.analytics.sources.tables import Reject, RejectList, Row, rows_of
from wardmote.analytics.warehouse.schema import INCIDENTS

__all__ = ["LSOA_CODE", "ExactReader"]

_PUBLISHED: Final = {ours: published for published, ours in COLUMNS.items()}


class ExactReader:
    """Reads street files into a Parquet file and a list of rejects."""

    def __init__(self, target: Path, rejects: RejectList, *, now: dt.date) -> None:
        self._batches = Batches(target, INCIDENTS)
        self._rejects = rejects
        self._months, self._places, self._lsoas = Months(now), Places(), Lsoas()

    def read(self, files: Sequence[PoliceFile], progress: Progress) -> None:
        """Read every file; raises SourceRefused when one is wrong as a whole."""
        try:
            for number, file in enumerate(files):
                progress(f"Reading {file.source.name} row by row", number, len(files))
                self._read_file(file)
            self._batches.flush()
        finally:
            self._batches.close()

    def _read_file(self, file: PoliceFile) -> None:
        tally = Tally()
        order = itemgetter(*(file.columns.index(ours) for ours in _PUBLISHED))
        rows = rows_of(file.source, delimiter=file.header.delimiter)
        next(rows, None)
        for row in rows:
            tally.rows += 1
            try:
                self._batches.add(self._record(file, row, order, tally))
            except Rejected as no:
                reject = Reject(file.source.name, row.line, no.column, no.reason)
                self._rejects.add(reject, kind=no.kind)
        judge(file, tally)

    def _record(
        self, file: PoliceFile, row: Row, order: Callable[[list[str]], tuple[str, ...]], tally: Tally
    ) -> tuple[Any, ...]:
        """Return the canonical row; raises Rejected with the column and reason."""
        check_width(row, len(file.columns))
        crime_id, month_text, by, within, lon, lat, location, code, name, category, outcome, context = order(row.cells)
        month = self._months.of(file, row, month_text.strip(), tally=tally)
        kind = category.strip()
        if not kind:
            raise Rejected("Crime type", "no crime type", kind="no crime type")
        code = self._lsoas.of(code.strip())
        x, y, x_micro, y_micro, outside = self._places.of(lon, lat, tally=tally)
        return (
            crime_id or None,
            month.first_day,
            month.index,
            by or None,
            within or None,
            x,
            y,
            x_micro,
            y_micro,
            location or None,
            code or None,
            name or None,
            kind,
            outcome or None,
            context or None,
            outside,
            file.source.name,
        )
