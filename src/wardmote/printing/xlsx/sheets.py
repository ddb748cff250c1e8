"""Writes the sheets of a workbook: text as text, numbers as numbers with their format, heads that stay in view."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from wardmote.printing.xlsx.numbers import read_number

FONT = {"font_name": "Arial", "font_size": 10, "font_color": "#14212b", "valign": "top"}
PINE, SLATE, TEAL, HAIRLINE, MIST = "#12393f", "#4a5763", "#0b6068", "#c4cecd", "#f2f5f4"
WIDEST, NARROWEST, CONTENTS_WIDTH = 60, 12, 90
# Characters of a line above or below a table: about what landscape A4 holds; print shrinks to the widest line.
LINE = 110
# Points; a programme that does not fit rows to wrapped text by itself would print one row over the next.
LINE_HEIGHT, TALLEST = 13.5, 400


@dataclass(frozen=True)
class Sheet:
    """One table on its own sheet; `about` stands above it, `notes` below; columns: title and whether numeric."""

    name: str
    caption: str
    about: tuple[tuple[str, str], ...]
    columns: tuple[tuple[str, bool], ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()
    row_headers: bool = True


class Book:
    """A workbook being written, with the formats its sheets share."""

    def __init__(self, workbook: Any) -> None:
        self.workbook = workbook
        self.formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def look(self, **properties: Any) -> Any:
        """A cell format, made once."""
        key = tuple(sorted(properties.items()))
        if key not in self.formats:
            self.formats[key] = self.workbook.add_format({**FONT, **properties})
        return self.formats[key]

    def contents(
        self,
        title: str,
        about: Sequence[tuple[str, str]],
        sheets: Sequence[Sheet],
        signs: Sequence[tuple[str, str]],
    ) -> None:
        """The first sheet: what this is, a list of the sheets, and what the signs in cells mean."""
        made = self._made("Contents")
        made.set_column(0, 0, 16)
        made.set_column(1, 1, CONTENTS_WIDTH)
        made.write_string(0, 0, title, self.look(bold=True, font_size=16, font_color=PINE))
        row = self._pairs(made, 2, about)
        row = self._heading(made, row + 1, ("Sheet", "What it shows"))
        for sheet in sheets:
            target = f"internal:'{sheet.name}'!A1"
            made.write_url(row, 0, target, self.look(font_color=TEAL, underline=1), sheet.name)
            made.write_string(row, 1, sheet.caption, self.look(text_wrap=True))
            row += 1
        row = self._heading(made, row + 1, ("Sign", "What it means"))
        self._pairs(made, row, signs)

    def sheet(self, sheet: Sheet) -> None:
        """One table: caption, period, area and source above; the head stays in view; notes below."""
        made = self._made(sheet.name)
        made.write_string(0, 0, sheet.caption, self.look(bold=True, font_size=13, font_color=PINE))
        head = self._sentences(made, 1, [f"{name}: {value}" for name, value in sheet.about]) + 1
        widths = [_width(sheet, place) for place in range(len(sheet.columns))]
        for place, (title, numeric) in enumerate(sheet.columns):
            made.write_string(
                head, place, title, self._head_look(numeric=numeric, indent=_indent(place, numeric=numeric))
            )
            made.set_column(place, place, widths[place])
        for line, cells in enumerate(sheet.rows, start=head + 1):
            self._row(made, line, cells, sheet)
            made.set_row(line, max(map(_tall, cells, widths)))
        made.freeze_panes(head + 1, 1 if sheet.row_headers else 0)
        made.repeat_rows(head)
        self._sentences(made, head + len(sheet.rows) + 2, [f"Note: {note}" for note in sheet.notes])

    def _made(self, name: str) -> Any:
        made = self.workbook.add_worksheet(name)
        made.hide_gridlines(2)
        made.set_paper(9)
        made.set_landscape()
        made.fit_to_pages(1, 0)
        made.set_footer("&L&A&RPage &P of &N")
        return made

    def _head_look(self, *, numeric: bool, indent: int = 0) -> Any:
        side = "right" if numeric else "left"
        return self.look(
            bold=True, text_wrap=True, align=side, indent=indent, bottom=2, bottom_color=PINE, bg_color=MIST
        )

    def _row(self, made: Any, line: int, cells: Sequence[str], sheet: Sheet) -> None:
        for place, (text, (_, numeric)) in enumerate(zip(cells, sheet.columns, strict=True)):
            shared = {"bottom": 1, "bottom_color": HAIRLINE, "bold": place == 0 and sheet.row_headers}
            number = read_number(text) if numeric else None
            if number is not None:
                made.write_number(line, place, float(number.value), self.look(num_format=number.format, **shared))
            elif text:
                side = "right" if numeric else "left"
                indent = _indent(place, numeric=numeric)
                made.write_string(line, place, text, self.look(text_wrap=True, align=side, indent=indent, **shared))
            else:
                made.write_blank(line, place, None, self.look(**shared))

    def _pairs(self, made: Any, row: int, pairs: Sequence[tuple[str, str]]) -> int:
        for name, value in pairs:
            made.write_string(row, 0, name, self.look(bold=True))
            made.write_string(row, 1, value, self.look(text_wrap=True))
            made.set_row(row, _tall(value, CONTENTS_WIDTH))
            row += 1
        return row

    def _sentences(self, made: Any, row: int, sentences: Sequence[str]) -> int:
        """Write sentences in lines, each in its row: no cell is merged, none runs off the screen or the paper."""
        lines = [line for sentence in sentences for line in wrap(sentence, LINE, break_on_hyphens=False)]
        for place, line in enumerate(lines, start=row):
            made.write_string(place, 0, line, self.look(font_color=SLATE))
        return row + len(lines)

    def _heading(self, made: Any, row: int, titles: tuple[str, str]) -> int:
        for place, title in enumerate(titles):
            made.write_string(row, place, title, self._head_look(numeric=False))
        return row + 1


def _indent(place: int, *, numeric: bool) -> int:
    """Text stands off from the number to its left."""
    return 1 if place and not numeric else 0


def _width(sheet: Sheet, place: int) -> float:
    """Wide enough for what stands in the column, up to a limit from which text wraps."""
    longest = max([len(sheet.columns[place][0]), *(len(row[place]) for row in sheet.rows)])
    return min(max(longest * 1.1 + 2, NARROWEST), WIDEST)


def _tall(text: str, width: float) -> float:
    """The height in points of a row in which this text wraps."""
    return min(max(len(wrap(text, int(width))), 1) * LINE_HEIGHT, TALLEST)
