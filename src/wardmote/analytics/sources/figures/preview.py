"""What a table would become under a mapping, before anything is stored; and a first mapping, guessed from headings."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from wardmote.analytics.sources.figures.grid import Grid, GridRow, Table, grid_of, open_table
from wardmote.analytics.sources.figures.headings import Heading, find, heading_text, headings_of
from wardmote.analytics.sources.figures.people import check_no_people
from wardmote.analytics.sources.figures.periods import PeriodFault, heading_period
from wardmote.analytics.sources.figures.records import Figure, RecordReader
from wardmote.analytics.sources.headers import fold
from wardmote.analytics.sources.intake import Found
from wardmote.analytics.sources.mapping import ColumnMapping, Part
from wardmote.analytics.sources.ons.columns import area_column
from wardmote.analytics.sources.request import SourceRefused
from wardmote.analytics.sources.tables import Reject
from wardmote.analytics.sources.workbooks import CellValue

# What a proposed mapping says of its supplier, for no table does.
NOT_STATED: Final = "Not yet stated"
SHOWN_ROWS: Final = 20
SHOWN_REJECTS: Final = 200
_SEARCHED_ROWS: Final = 30
_WORDS: Final = {
    "period": ("period", "month", "date", "year", "quarter", "financialyear", "monthyear", "yearmonth", "timeperiod"),
    "area_code": ("areacode", "geographycode", "gsscode", "code"),
    "area": ("area", "areaname", "ward", "district", "borough", "localauthority", "geography", "place", "name"),
    "measure": ("measure", "indicator", "category", "crimetype", "incidenttype", "type", "description"),
    "status": ("status", "datastatus"),
    "value": ("value", "count", "number", "incidents", "figure", "cases", "total", "n", "volume", "rate", "offences"),
}


@dataclass(frozen=True)
class Preview:
    """The first figures as they would be read, the rejects with their reasons, and how many there are of each."""

    headings: tuple[str, ...]
    figures: tuple[Figure, ...]
    rejects: tuple[Reject, ...]
    read: int
    accepted: int
    rejected: int


NO_HEADINGS = (
    "No row looks like headings. Say which row they stand in; if there is none, add one and give the file again."
)

NO_ROWS = (
    "It has one row of cells and nothing below it. Export it again with its rows, or add them to the file you have."
)


@dataclass(frozen=True)
class Suggestion:
    """A mapping to begin with, or None with the reason; and what there is to choose from."""

    mapping: ColumnMapping | None
    sheets: tuple[str, ...]
    headings: tuple[str, ...]
    reason: str = ""
    # First and last row of the headings.
    rows: tuple[int, int] = (1, 1)


def preview(path: Path, mapping: ColumnMapping, *, now: dt.date, work: Path) -> Preview:
    """Read a table as `read` would, and keep nothing; `work` is a folder for converted text. Raises SourceRefused."""
    grid = grid_of(open_table(Found(path.name, path), work), sheet=mapping.sheet, hidden=mapping.hidden)
    headings = headings_of(grid, mapping)
    check_no_people(grid, headings, after=mapping.header_last)
    figures: list[Figure] = []
    rejects: list[Reject] = []
    accepted = rejected = 0
    for outcome in RecordReader(grid, mapping, headings, now=now).read():
        accepted += outcome.figure is not None
        rejected += outcome.reject is not None
        if outcome.figure is not None and len(figures) < SHOWN_ROWS:
            figures.append(outcome.figure)
        if outcome.reject is not None and len(rejects) < SHOWN_REJECTS:
            rejects.append(outcome.reject)
    shown = tuple(heading.text for heading in headings if heading.text)
    return Preview(shown, tuple(figures), tuple(rejects), accepted + rejected, accepted, rejected)


def suggest(path: Path, *, work: Path, sheet: str = "", rows: tuple[int, int] | None = None) -> Suggestion:
    """Propose a mapping from the headings of a table; raises SourceRefused for files that no mapping can read.

    `rows` are the first and last row of the headings, where somebody has said them.
    """
    table = open_table(Found(path.name, path), work)
    sheets = _sheets(table)
    name = sheet or (sheets[0] if sheets else "")
    try:
        grid = grid_of(table, sheet=name, hidden="include")
    except SourceRefused as refusal:
        return Suggestion(None, sheets, (), refusal.message)
    first, last = rows or _heading_rows(grid)
    if not first:
        return Suggestion(None, sheets, (), NO_ROWS if _has_one_row(grid) else NO_HEADINGS)
    draft = ColumnMapping(
        title=_title(path),
        supplier=NOT_STATED,
        value_columns=("?",),
        period=Part(constant="?"),
        area=Part(constant="?"),
        measure=Part(constant="?"),
        sheet=name,
        header_first=first,
        header_last=last,
        merged="join" if grid.sheet.merged else "refuse",
    )
    headings = headings_of(grid, draft)
    check_no_people(grid, headings, after=draft.header_last)
    return _suggested(grid, headings, draft, sheets)


def recognise(path: Path, mappings: Sequence[ColumnMapping], *, work: Path) -> tuple[int, ColumnMapping] | None:
    """Return the first of some saved mappings whose columns are all there, with its number.

    A table with a column for each month has a new one every month: those columns are found anew.
    """
    table = open_table(Found(path.name, path), work)
    for number, mapping in enumerate(mappings):
        try:
            fitted = _fitted(grid_of(table, sheet=mapping.sheet, hidden=mapping.hidden), mapping)
        except SourceRefused:
            continue
        if fitted is not None:
            return number, fitted
    return None


def _fitted(grid: Grid, mapping: ColumnMapping) -> ColumnMapping | None:
    headings = headings_of(grid, mapping)
    parts = (mapping.period, mapping.area, mapping.area_code, mapping.measure, mapping.status)
    for part in parts:
        if part.column:
            find(grid, headings, part.column)
    if mapping.across != "period":
        for name in mapping.value_columns:
            find(grid, headings, name)
        return mapping
    months = tuple(heading.text for heading in headings if heading.text and _is_period(heading.value, heading.parts))
    return replace(mapping, value_columns=months) if months else None


def _sheets(table: Table) -> tuple[str, ...]:
    """Return the visible sheets first; a hidden one is named only after them."""
    if table.workbook is None:
        return ()
    filled = [sheet for sheet in table.workbook.sheets if sheet.last_row]
    return tuple(sheet.name for sheet in sorted(filled, key=lambda sheet: sheet.hidden))


def _title(path: Path) -> str:
    return path.stem.replace("_", " ").replace("-", " ").strip()[:100] or "Figures"


def _heading_rows(grid: Grid) -> tuple[int, int]:
    row = _heading_row(grid)
    if row is None:
        return 0, 0
    first = row
    # A merged heading over several columns begins right of the first column; what begins in it is a title.
    while above := [one for one in grid.sheet.merged if one.rows.last == first - 1 and one.columns.first > 1]:
        first = min(one.rows.first for one in above)
    return first, row + _more_heading_rows(grid, row)


def _heading_row(grid: Grid) -> int | None:
    """Take the first row with several texts that a row with numbers follows; titles have one text."""
    rows = [row for _, row in zip(range(_SEARCHED_ROWS), grid.rows(), strict=False)]
    for row, following in pairwise(rows):
        if _filled(row) >= 2 and not _holds_figures(row) and _filled(following) >= 2:
            return row.number
    return None


def _has_one_row(grid: Grid) -> bool:
    filled = [row for row in grid.rows() if _filled(row)]
    return len(filled) == 1 and _filled(filled[0]) >= 2


def _more_heading_rows(grid: Grid, first: int) -> int:
    """Count the rows of headings under the first: as long as merged cells of headings are spread over columns."""
    spread = [one for one in grid.sheet.merged if one.rows.first == first and one.columns.last > one.columns.first]
    deep = [one.rows.last - first for one in grid.sheet.merged if one.rows.first == first]
    return max([*deep, 1 if spread else 0], default=0)


def _filled(row: GridRow) -> int:
    return sum(cell != "" for cell in row.cells)


def _holds_figures(row: GridRow) -> bool:
    return any(_is_number(cell) and not _is_period(cell) for cell in row.cells)


def _is_number(cell: CellValue) -> bool:
    if isinstance(cell, str):
        return cell.replace(",", "").replace(".", "", 1).strip("£% ").isdigit()
    return isinstance(cell, int | float)


def _is_period(cell: CellValue, parts: tuple[CellValue, ...] = ()) -> bool:
    lowest = parts[-1] if parts else cell
    kind = "month" if isinstance(lowest, str) and "-" in lowest else ""
    try:
        heading_period(cell, parts, date_order="day first", kind=kind)
    except PeriodFault:
        return False
    return True


def _suggested(grid: Grid, headings: tuple[Heading, ...], draft: ColumnMapping, sheets: tuple[str, ...]) -> Suggestion:
    texts = tuple(heading.text for heading in headings if heading.text)
    rows = (draft.header_first, draft.header_last)
    roles = _roles(headings)
    periods = tuple(heading.text for heading in headings if heading.text and _is_period(heading.value, heading.parts))
    parts: dict[str, Any] = {name: Part(column=heading.text) for name, heading in roles.items() if name != "value"}
    if len(periods) >= 2:
        across, values = "period", periods
        parts["period"] = Part()
    else:
        across, values = _values(grid, headings, roles, draft.header_last)
    if not values:
        reason = "No column looks like figures: say which columns hold the values."
        return Suggestion(None, sheets, texts, reason, rows)
    return Suggestion(replace(draft, **_filled_in(parts, across), value_columns=values), sheets, texts, "", rows)


def _filled_in(parts: dict[str, Any], across: str) -> dict[str, Any]:
    if across == "measure":
        parts["measure"] = Part()
    parts.setdefault("measure", Part(constant="?"))
    parts.setdefault("period", Part(constant="?"))
    if "area_code" in parts:
        parts.setdefault("area", Part())
    return {**parts, "across": across}


def _roles(headings: Sequence[Heading]) -> dict[str, Heading]:
    roles: dict[str, Heading] = {}
    for heading in headings:
        folded = fold(heading.text)
        column = area_column(heading.text)
        if column is not None:
            roles.setdefault("area_code" if column.part == "code" else "area", heading)
            continue
        for role, words in _WORDS.items():
            if folded in words:
                roles.setdefault(role, heading)
    return roles


def _values(
    grid: Grid, headings: tuple[Heading, ...], roles: dict[str, Heading], after: int
) -> tuple[str, tuple[str, ...]]:
    if "value" in roles:
        return "", (roles["value"].text,)
    taken = {heading.at for heading in roles.values()}
    body = [row for row in grid.rows() if row.number > after][:_SEARCHED_ROWS]
    numeric = tuple(
        heading.text
        for heading in headings
        if heading.text and heading.at not in taken and _mostly_numbers(body, heading.at)
    )
    if len(numeric) == 1:
        return "", numeric
    return "measure", numeric


def _mostly_numbers(rows: list[GridRow], at: int) -> bool:
    cells = [row.cells[at] for row in rows if at < len(row.cells) and heading_text(row.cells[at])]
    return bool(cells) and sum(map(_is_number, cells)) * 2 >= len(cells)
