"""The exact reader: row by row in constant memory, naming the file, line, column and reason of what it rejects."""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import Any, Final

from wardmote.analytics.sources.police_uk.layout import COLUMNS, StreetFile
from wardmote.analytics.sources.police_uk.places import NotAPlace, micro, place
from wardmote.analytics.sources.request import Progress, SourceRefused
from wardmote.analytics.sources.tables import Reject, RejectList, Row, looks_like_a_total, rows_of
from wardmote.analytics.warehouse.schema import INCIDENTS, arrow_schema
from wardmote.foundations.periods import Month

_BATCH: Final = 50_000
_PLACES_KEPT: Final = 100_000
_Place = tuple[float | None, float | None, int | None, int | None, bool]
_PUBLISHED: Final = {ours: published for published, ours in COLUMNS.items()}
# England and Wales E01/W01, Scottish data zones S01, Northern Ireland's two forms.
LSOA_CODE: Final = re.compile(r"[EWS]\d{8}|N\d{8}|95[A-Z]{2}\d{2}[A-Z]\d", re.ASCII)
# Beyond these a file as a whole is wrong, not single rows of it.
_WRONG_MONTHS_SHARE: Final = 0.01
_WRONG_MONTHS_LEAST: Final = 10


class _Rejected(Exception):
    def __init__(self, column: str, reason: str, *, kind: str) -> None:
        super().__init__(reason)
        self.column, self.reason, self.kind = column, reason, kind


@dataclass
class _Tally:
    """How a file fares while it is read."""

    rows: int = 0
    wrong_month: int = 0
    swapped: int = 0
    eastings: int = 0


class ExactReader:
    """Reads street files into a Parquet file and a list of rejects."""

    def __init__(self, target: Path, rejects: RejectList, *, now: dt.date) -> None:
        import pyarrow.parquet as pq

        self._schema: Any = arrow_schema(INCIDENTS)
        self._writer = pq.ParquetWriter(target, self._schema, compression="snappy")
        self._batch: list[tuple[Any, ...]] = []
        self._rejects = rejects
        self._this_month = Month.of(now)
        self._months: dict[str, Month] = {}
        self._lsoas: set[str] = {""}
        # police.uk moves crimes to a few thousand points a force, so most pairs come again.
        self._places: dict[tuple[str, str], _Place] = {}

    def read(self, files: Sequence[StreetFile], progress: Progress) -> None:
        """Read every file; raises SourceRefused when one is wrong as a whole."""
        try:
            for number, file in enumerate(files):
                progress(f"Reading {file.source.name} row by row", number, len(files))
                self._read_file(file)
            self._flush()
        finally:
            self._writer.close()

    def _read_file(self, file: StreetFile) -> None:
        tally = _Tally()
        order = itemgetter(*(file.columns.index(ours) for ours in _PUBLISHED))
        rows = rows_of(file.source, delimiter=file.header.delimiter)
        next(rows, None)
        for row in rows:
            tally.rows += 1
            try:
                self._batch.append(self._record(file, row, order, tally))
            except _Rejected as no:
                reject = Reject(file.source.name, row.line, no.column, no.reason)
                self._rejects.add(reject, kind=no.kind)
            if len(self._batch) >= _BATCH:
                self._flush()
        _judge(file, tally)

    def _record(
        self, file: StreetFile, row: Row, order: Callable[[list[str]], tuple[str, ...]], tally: _Tally
    ) -> tuple[Any, ...]:
        """Return the canonical row; raises _Rejected with the column and reason."""
        if row.fault:
            raise _Rejected("", row.fault, kind="quotation")
        if len(row.cells) != len(file.columns):
            raise _wrong_width(row.cells, len(file.columns))
        crime_id, month_text, by, within, lon, lat, location, code, name, category, outcome, context = order(row.cells)
        month = self._month(file, row, month_text.strip(), tally)
        kind = category.strip()
        if not kind:
            raise _Rejected("Crime type", "no crime type", kind="no crime type")
        code = self._lsoa(code.strip())
        x, y, x_micro, y_micro, outside = self._place(lon, lat, tally)
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

    def _month(self, file: StreetFile, row: Row, text: str, tally: _Tally) -> Month:
        month = self._months.get(text)
        if month is None:
            month = self._months[text] = self._parsed_month(file, row, text)
        if file.month is not None and month != file.month:
            tally.wrong_month += 1
            raise _Rejected("Month", f"{month} in a file of {file.month}", kind="month of another file")
        return month

    def _parsed_month(self, file: StreetFile, row: Row, text: str) -> Month:
        try:
            month = Month.parse(text)
        except ValueError:
            if looks_like_a_total(row.cells):
                raise _Rejected("", "a total or footnote line", kind="total") from None
            reason = f"“{text[:40]}” is not a month" if text else "no month"
            raise _Rejected("Month", reason, kind="not a month") from None
        if month > self._this_month:
            raise SourceRefused(
                f"{file.source.name} has {month.words()} in line {row.line}, a month that has not begun: check the "
                "file, and the date of this computer. Nothing was changed.",
                file=file.source.name,
                line=row.line,
                column="Month",
            )
        return month

    def _lsoa(self, code: str) -> str:
        if code not in self._lsoas:
            if not LSOA_CODE.fullmatch(code):
                raise _Rejected("LSOA code", f"“{code[:40]}” is not an LSOA code", kind="not an LSOA code")
            self._lsoas.add(code)
        return code

    def _place(self, longitude: str, latitude: str, tally: _Tally) -> _Place:
        found = self._places.get((longitude, latitude))
        if found is None:
            x, y, outside = _placed(longitude.strip(), latitude.strip(), tally)
            found = (x, y, None if x is None else micro(x), None if y is None else micro(y), outside)
            if len(self._places) >= _PLACES_KEPT:
                self._places.clear()
            self._places[longitude, latitude] = found
        return found

    def _flush(self) -> None:
        import pyarrow as pa

        if self._batch:
            columns = [
                pa.array(column, field.type)
                for column, field in zip(zip(*self._batch, strict=True), self._schema, strict=True)
            ]
            self._writer.write_table(pa.table(columns, schema=self._schema))
            self._batch.clear()


def _wrong_width(cells: list[str], width: int) -> _Rejected:
    if looks_like_a_total(cells):
        return _Rejected("", "a total or footnote line", kind="total")
    return _Rejected("", f"{len(cells)} cells instead of {width}", kind="number of cells")


def _placed(longitude: str, latitude: str, tally: _Tally) -> tuple[float | None, float | None, bool]:
    try:
        return place(longitude, latitude)
    except NotAPlace as no:
        tally.swapped += no.shape == "swapped"
        tally.eastings += no.shape == "eastings"
        raise _Rejected(no.column, str(no), kind="not a coordinate") from None


def _judge(file: StreetFile, tally: _Tally) -> None:
    """Refuse a file in which a fault is so common that the file is wrong, not its rows."""
    name = file.source.name
    if tally.wrong_month > max(_WRONG_MONTHS_LEAST, _WRONG_MONTHS_SHARE * tally.rows):
        raise SourceRefused(
            f"{name} has {tally.wrong_month:,} of {tally.rows:,} rows of other months than its name says: rename the "
            "file, or download it again. Nothing was changed.",
            file=name,
            column="Month",
        )
    if tally.rows and tally.swapped > tally.rows / 2:
        raise SourceRefused(
            f"{name} has longitude and latitude swapped in {tally.swapped:,} of {tally.rows:,} rows: exchange the two "
            "columns' headers. Nothing was changed.",
            file=name,
            column="Longitude",
        )
    if tally.rows and tally.eastings > tally.rows / 2:
        raise SourceRefused(
            f"{name} has numbers beyond any degree in {tally.eastings:,} of {tally.rows:,} rows, probably eastings "
            "and northings: export longitude and latitude (WGS84) instead. Nothing was changed.",
            file=name,
            column="Longitude",
        )
