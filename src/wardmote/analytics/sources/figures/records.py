"""Rows of a table made into figures as the mapping says, each rejected row or cell with its reason."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from wardmote.analytics.sources.figures.grid import Grid, GridRow
from wardmote.analytics.sources.figures.headings import Heading, find, heading_text
from wardmote.analytics.sources.figures.periods import FigurePeriod, PeriodFault, heading_period
from wardmote.analytics.sources.figures.values import FigureValue, ValueFault, parse_value
from wardmote.analytics.sources.mapping import ColumnMapping, Part
from wardmote.analytics.sources.request import SourceRefused
from wardmote.analytics.sources.tables import Reject, looks_like_a_total
from wardmote.analytics.sources.workbooks import CellValue
from wardmote.foundations.areas import is_gss_code
from wardmote.foundations.periods import Month

_STATUS_WORDS: Final = {
    **dict.fromkeys(("validated", "final", "confirmed", "v"), "validated"),
    **dict.fromkeys(("provisional", "estimate", "estimated", "p", "[p]"), "provisional"),
    **dict.fromkeys(("unavailable", "not available", "[x]"), "unavailable"),
}
_TOTALS: Final = ("total", "grand total", "all areas", "sum of", "overall")


@dataclass(frozen=True)
class Figure:
    """One figure as it was read, with the row that it stands in."""

    period: FigurePeriod
    area: str
    area_code: str | None
    measure: str
    value: FigureValue
    status: str
    row: int

    @property
    def key(self) -> tuple[str, str, str]:
        """What may stand only once in a table."""
        return self.period.text, (self.area_code or self.area).casefold(), self.measure.casefold()


class Rejected(Exception):
    """A row, or a cell, that cannot be taken: the column, the reason, and the kind under which it is counted."""

    def __init__(self, column: str, reason: str, *, kind: str) -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason
        self.kind = kind


@dataclass(frozen=True)
class Outcome:
    """What one reading of a row or cell gave: a figure, or a reject with its kind."""

    figure: Figure | None = None
    reject: Reject | None = None
    kind: str = ""


@dataclass(frozen=True)
class _Said:
    """One row: its cells, what it says of all its figures, and its period unless the headings are the periods."""

    row: int
    cells: list[CellValue]
    common: dict[str, CellValue]
    period: FigurePeriod | None


class RecordReader:
    """Goes through the rows below the headings; one reading is a row of a long table or a cell of a wide one."""

    def __init__(self, grid: Grid, mapping: ColumnMapping, headings: tuple[Heading, ...], *, now: dt.date) -> None:
        self._grid = grid
        self._mapping = mapping
        self._now = Month.of(now)
        self._width = len(headings)
        self._columns = {
            name: find(grid, headings, part.column)
            for name in ("period", "area", "area_code", "measure", "status")
            if (part := _part(mapping, name)).column
        }
        self._values = tuple(find(grid, headings, name) for name in mapping.value_columns)
        periods = self._values if mapping.across == "period" else ()
        self._across = {heading.at: self._across_of(heading) for heading in periods}
        self._joined = {
            (row, column)
            for one in grid.sheet.merged
            for row in range(one.rows.first, one.rows.last + 1)
            for column in range(one.columns.first, one.columns.last + 1)
            if row > mapping.header_last
        }
        self._last: dict[int, CellValue] = {}
        self._seen: dict[tuple[str, str, str], int] = {}
        self.numbers_as_text = 0

    def read(self) -> Iterator[Outcome]:
        """Read every row; raises SourceRefused for what only a person can decide, and for months to come."""
        for row in self._grid.rows():
            if row.number > self._mapping.header_last:
                yield from self._of_row(row)

    def _of_row(self, row: GridRow) -> Iterator[Outcome]:
        try:
            cells = self._cells(row)
            said = self._said(row.number, cells)
        except Rejected as no:
            yield self._rejected(row.number, no)
            return
        for heading in self._values:
            try:
                yield Outcome(self._figure(said, heading))
            except Rejected as no:
                yield self._rejected(row.number, no)

    def _rejected(self, row: int, no: Rejected) -> Outcome:
        return Outcome(None, Reject(self._grid.file.name, row, no.column, no.reason), no.kind)

    def _cells(self, row: GridRow) -> list[CellValue]:
        if row.fault:
            raise Rejected("", row.fault, kind="quotation")
        cells = list(row.cells)
        self._check_total(cells)
        if not self._grid.is_workbook and len(cells) != self._width:
            raise Rejected("", f"{len(cells)} cells instead of {self._width}", kind="number of cells")
        cells += [""] * (self._width - len(cells))
        for heading in self._columns.values():
            if (row.number, heading.at + 1) in self._joined and cells[heading.at] == "":
                cells[heading.at] = self._last.get(heading.at, "")
            self._last[heading.at] = cells[heading.at]
        return cells

    def _check_total(self, cells: list[CellValue]) -> None:
        measure = self._columns.get("measure")
        texts = [heading_text(cell) for at, cell in enumerate(cells) if measure is None or at != measure.at]
        named = [heading_text(cells[one.at]) for one in self._named() if one.at < len(cells)]
        if looks_like_a_total(texts) or any(text.casefold().startswith(_TOTALS) for text in named):
            raise Rejected("", "a total or footnote line", kind="total")

    def _named(self) -> list[Heading]:
        return [self._columns[name] for name in ("period", "area") if name in self._columns]

    def _said(self, row: int, cells: list[CellValue]) -> "_Said":
        """Return what a row says of all its figures, each cell looked at for faults first."""
        common: dict[str, CellValue] = {}
        for name in ("period", "area", "area_code", "measure", "status"):
            heading = self._columns.get(name)
            if heading is None:
                common[name] = _part(self._mapping, name).constant
            else:
                self._check_fault(row, heading)
                common[name] = cells[heading.at]
        across_periods = self._mapping.across == "period"
        period = None if across_periods else self._period(common["period"], self._columns.get("period"))
        return _Said(row, cells, common, period)

    def _check_fault(self, row: int, heading: Heading) -> None:
        fault = self._grid.sheet.faults.get((row, heading.at + 1))
        if fault:
            raise Rejected(heading.shown, fault, kind="error or formula")

    def _figure(self, said: "_Said", heading: Heading) -> Figure:
        self._check_fault(said.row, heading)
        common = {**said.common, **({self._mapping.across: heading.value} if self._mapping.across else {})}
        area, code = self._area(common)
        measure = heading_text(common["measure"])
        if not measure:
            raise Rejected(self._shown("measure"), "no measure", kind="no measure")
        figure = Figure(
            said.period or self._across[heading.at],
            area,
            code,
            measure,
            self._value(said, heading),
            self._status(common["status"]),
            said.row,
        )
        if figure.key in self._seen:
            reason = f"the same period, area and measure stand in row {self._seen[figure.key]}"
            raise Rejected(heading.shown, reason, kind="twice")
        self._seen[figure.key] = said.row
        return figure

    def _period(self, value: CellValue, heading: Heading | None, parts: tuple[CellValue, ...] = ()) -> FigurePeriod:
        shown = heading.shown if heading else "period"
        order, kind = self._mapping.date_order, self._mapping.period_kind
        try:
            found = heading_period(value, parts, date_order=order, kind=kind)
        except PeriodFault as fault:
            if fault.ask:
                raise self._refused(f"{fault}", shown) from fault
            raise Rejected(shown, str(fault), kind="period") from fault
        if found.period.first > self._now:
            raise self._refused(f"{found.text} has not begun", shown)
        return found

    def _across_of(self, heading: Heading) -> FigurePeriod:
        """Read a heading that is a period; one that is none refuses the table, for every figure below it is lost."""
        try:
            return self._period(heading.value, heading, heading.parts)
        except Rejected as no:
            raise self._refused(no.reason, heading.shown) from no

    def _refused(self, what: str, column: str) -> SourceRefused:
        name = self._grid.file.name
        return SourceRefused(f"{name}, column “{column}”: {what}. Nothing was changed.", file=name, column=column)

    def _area(self, common: dict[str, CellValue]) -> tuple[str, str | None]:
        for name in ("area", "area_code"):
            if isinstance(common[name], int | float):
                reason = "a number where an area should be; leading zeros may be lost: save the column as text"
                raise Rejected(self._shown(name), reason, kind="area")
        area, code = heading_text(common["area"]), heading_text(common["area_code"])
        if code and not is_gss_code(code):
            raise Rejected(self._shown("area_code"), f"“{code[:40]}” is not an area code", kind="area")
        if not code and is_gss_code(area):
            code = area
        if not (area or code):
            raise Rejected(self._shown("area"), "no area", kind="area")
        return area or code, code or None

    def _value(self, said: "_Said", heading: Heading) -> FigureValue:
        place = (said.row, heading.at + 1)
        cell = said.cells[heading.at]
        if place in self._joined:
            raise Rejected(heading.shown, "a merged cell where a figure should be", kind="merged")
        try:
            value = parse_value(cell, self._mapping, shows_percent=place in self._grid.sheet.percents)
        except ValueFault as fault:
            raise Rejected(heading.shown, str(fault), kind="value") from fault
        self.numbers_as_text += self._grid.is_workbook and isinstance(cell, str) and value.value is not None
        return value

    def _status(self, cell: CellValue) -> str:
        text = heading_text(cell)
        status = _STATUS_WORDS.get(text.casefold())
        if status is None:
            raise Rejected(self._shown("status"), f"“{text[:40]}” is not a status", kind="status")
        return status

    def _shown(self, name: str) -> str:
        heading = self._columns.get(name)
        return heading.shown if heading else name


def _part(mapping: ColumnMapping, name: str) -> Part:
    part: Part = getattr(mapping, name)
    return part
