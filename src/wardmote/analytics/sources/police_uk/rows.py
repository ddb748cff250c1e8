"""What the row-by-row readers of police.uk files share: months, places, codes, batches, and when a file is wrong."""

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from wardmote.analytics.sources.police_uk.layout import PoliceFile
from wardmote.analytics.sources.police_uk.places import NotAPlace, micro, place
from wardmote.analytics.sources.request import SourceRefused
from wardmote.analytics.sources.tables import Row, looks_like_a_total
from wardmote.analytics.warehouse.schema import arrow_schema
from wardmote.foundations.periods import Month

_BATCH: Final = 50_000
_PLACES_KEPT: Final = 100_000
# Longitude, latitude, both in millionths of a degree, and whether the file gave a place outside Britain.
Place = tuple[float | None, float | None, int | None, int | None, bool]
# England and Wales E01/W01, Scottish data zones S01, Northern Ireland's two forms.
LSOA_CODE: Final = re.compile(r"[EWS]\d{8}|N\d{8}|95[A-Z]{2}\d{2}[A-Z]\d", re.ASCII)
# Beyond these a file as a whole is wrong, not single rows of it.
_WRONG_MONTHS_SHARE: Final = 0.01
_WRONG_MONTHS_LEAST: Final = 10


class Rejected(Exception):
    """A row that cannot be taken: the column, the reason, and the kind under which it is counted."""

    def __init__(self, column: str, reason: str, *, kind: str) -> None:
        super().__init__(reason)
        self.column, self.reason, self.kind = column, reason, kind


@dataclass
class Tally:
    """How a file fares while it is read."""

    rows: int = 0
    wrong_month: int = 0
    swapped: int = 0
    eastings: int = 0


class Batches:
    """Rows written to a Parquet file by the fifty thousand."""

    def __init__(self, target: Path, columns: dict[str, str]) -> None:
        import pyarrow.parquet as pq

        self._schema: Any = arrow_schema(columns)
        self._writer = pq.ParquetWriter(target, self._schema, compression="snappy")
        self._rows: list[tuple[Any, ...]] = []

    def add(self, row: tuple[Any, ...]) -> None:
        """Keep one row."""
        self._rows.append(row)
        if len(self._rows) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        """Write what is kept."""
        import pyarrow as pa

        if self._rows:
            columns = [
                pa.array(column, field.type)
                for column, field in zip(zip(*self._rows, strict=True), self._schema, strict=True)
            ]
            self._writer.write_table(pa.table(columns, schema=self._schema))
            self._rows.clear()

    def close(self) -> None:
        """End the file."""
        self._writer.close()


class Months:
    """Months read once each; a month to come refuses the file."""

    def __init__(self, now: dt.date) -> None:
        self._this_month = Month.of(now)
        self._known: dict[str, Month] = {}

    def of(self, file: PoliceFile, row: Row, text: str, *, tally: Tally) -> Month:
        """Read a month; raises Rejected when it is none, or not that of the file's name."""
        month = self._known.get(text)
        if month is None:
            month = self._known[text] = self._parsed(file, row, text)
        if file.month is not None and month != file.month:
            tally.wrong_month += 1
            raise Rejected("Month", f"{month} in a file of {file.month}", kind="month of another file")
        return month

    def _parsed(self, file: PoliceFile, row: Row, text: str) -> Month:
        try:
            month = Month.parse(text)
        except ValueError:
            if looks_like_a_total(row.cells):
                raise Rejected("", "a total or footnote line", kind="total") from None
            reason = f"“{text[:40]}” is not a month" if text else "no month"
            raise Rejected("Month", reason, kind="not a month") from None
        if month > self._this_month:
            raise SourceRefused(
                f"{file.source.name} has {month.words()} in line {row.line}, a month that has not begun: check the "
                "file, and the date of this computer. Nothing was changed.",
                file=file.source.name,
                line=row.line,
                column="Month",
            )
        return month


class Places:
    """Coordinates read once each: police.uk moves crimes to a few thousand points a force."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], Place] = {}

    def of(self, longitude: str, latitude: str, *, tally: Tally) -> Place:
        """Return a place, with None where there is none; raises Rejected."""
        found = self._known.get((longitude, latitude))
        if found is None:
            x, y, outside = _placed(longitude.strip(), latitude.strip(), tally)
            found = (x, y, None if x is None else micro(x), None if y is None else micro(y), outside)
            if len(self._known) >= _PLACES_KEPT:
                self._known.clear()
            self._known[longitude, latitude] = found
        return found


class Lsoas:
    """Codes of small areas, each checked once."""

    def __init__(self) -> None:
        self._known: set[str] = {""}

    def of(self, code: str) -> str:
        """Return a code, or the empty text; raises Rejected."""
        if code not in self._known:
            if not LSOA_CODE.fullmatch(code):
                raise Rejected("LSOA code", f"“{code[:40]}” is not an LSOA code", kind="not an LSOA code")
            self._known.add(code)
        return code


def check_width(row: Row, width: int) -> None:
    """Raise Rejected for a row whose cells cannot be trusted, or are not as many as the headers."""
    if row.fault:
        raise Rejected("", row.fault, kind="quotation")
    if len(row.cells) != width:
        if looks_like_a_total(row.cells):
            raise Rejected("", "a total or footnote line", kind="total")
        raise Rejected("", f"{len(row.cells)} cells instead of {width}", kind="number of cells")


def _placed(longitude: str, latitude: str, tally: Tally) -> tuple[float | None, float | None, bool]:
    try:
        return place(longitude, latitude)
    except NotAPlace as no:
        tally.swapped += no.shape == "swapped"
        tally.eastings += no.shape == "eastings"
        raise Rejected(no.column, str(no), kind="not a coordinate") from None


def judge(file: PoliceFile, tally: Tally) -> None:
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
