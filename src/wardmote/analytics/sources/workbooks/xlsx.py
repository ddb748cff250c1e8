"""What the XML of an XLSX workbook says that its cells do not: hidden parts, formulas, errors, merged cells, percent.

Source: ECMA-376 part 1, 18.2 (workbook), 18.3 (worksheets), 18.8 (styles).
"""

import re
import zipfile
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from typing import Any, Final

from wardmote.analytics.sources.workbooks.cells import CellRange, Scan, Sheet, Span
from wardmote.analytics.sources.workbooks.markup import Elements, check_prologue, walk

_WORKBOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_STYLES: Final = "xl/styles.xml"
_REFERENCE: Final = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
# 18.8.30: the built-in formats 0% and 0.00%.
_PERCENT_FORMATS: Final = frozenset(("9", "10"))
_QUOTED: Final = re.compile(r'"[^"]*"|\\.')


def sheets_of(archive: zipfile.ZipFile, *, file: str) -> tuple[Sheet, ...]:
    """Go through a workbook's parts and return its sheets in their order; charts and dialogues are no sheets."""
    members = set(archive.namelist())
    for part in sorted(members & {"[Content_Types].xml", "xl/sharedStrings.xml"}):
        check_prologue(archive, part, file=file)
    outline, targets, styles = _Outline(), _Targets(), _Styles()
    walk(archive, _WORKBOOK, outline, file=file)
    walk(archive, _RELATIONS, targets, file=file)
    if _STYLES in members:
        walk(archive, _STYLES, styles, file=file)
    found = []
    for entry in outline.entries:
        target = targets.paths.get(entry.relation)
        if target is not None and target in members:
            scan = Scan(entry.name, entry.hidden)
            walk(archive, target, _Worksheet(scan, styles.percent), file=file)
            found.append(scan.finished())
    return tuple(found)


def column_number(letters: str) -> int:
    """Read a column as a spreadsheet writes it: A is 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


@dataclass(frozen=True)
class _Entry:
    name: str
    hidden: bool
    relation: str


class _Outline(Elements):
    def __init__(self) -> None:
        super().__init__()
        self.entries: list[_Entry] = []

    def begin_sheet(self, attrs: Any) -> None:
        relation = next((value for name, value in attrs.items() if name.rpartition(":")[2] == "id"), "")
        self.entries.append(_Entry(attrs.get("name", ""), attrs.get("state", "visible") != "visible", relation))


class _Targets(Elements):
    def __init__(self) -> None:
        super().__init__()
        self.paths: dict[str, str] = {}

    def begin_Relationship(self, attrs: Any) -> None:  # noqa: N802 - the element's name
        if attrs.get("Type", "").endswith("/worksheet"):
            target = attrs.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else normpath(join(dirname(_WORKBOOK), target))
            self.paths[attrs.get("Id", "")] = path


class _Styles(Elements):
    """Which cell styles show a percentage."""

    def __init__(self) -> None:
        super().__init__()
        self.percent: set[str] = set()
        self._formats = set(_PERCENT_FORMATS)
        self._in_cells = False
        self._number = 0

    def begin_numFmt(self, attrs: Any) -> None:  # noqa: N802
        if "%" in _QUOTED.sub("", attrs.get("formatCode", "")):
            self._formats.add(attrs.get("numFmtId", ""))

    def begin_cellXfs(self, attrs: Any) -> None:  # noqa: N802
        self._in_cells = True

    def end_cellXfs(self) -> None:  # noqa: N802
        self._in_cells = False

    def begin_xf(self, attrs: Any) -> None:
        if self._in_cells:
            if attrs.get("numFmtId", "") in self._formats:
                self.percent.add(str(self._number))
            self._number += 1


class _Worksheet(Elements):
    """The rows and cells of one sheet."""

    def __init__(self, scan: Scan, percent: set[str]) -> None:
        super().__init__()
        self._scan = scan
        self._percent = percent
        self._row = self._column = 0
        self._kind = self._style = ""
        self._has_formula = False
        self._value = ""

    def begin_col(self, attrs: Any) -> None:
        if attrs.get("hidden") in ("1", "true"):
            self._scan.hidden_columns.append(Span(int(attrs.get("min", "1")), int(attrs.get("max", "1"))))

    def begin_row(self, attrs: Any) -> None:
        self._row = int(attrs.get("r", self._row + 1))
        self._column = 0
        if attrs.get("hidden") in ("1", "true"):
            self._scan.hidden_rows.append(Span(self._row, self._row))

    def begin_c(self, attrs: Any) -> None:
        match = _REFERENCE.fullmatch(attrs.get("r", ""))
        if match:
            self._row, self._column = int(match[2]), column_number(match[1])
        else:
            self._column += 1
        self._kind, self._style = attrs.get("t", "n"), attrs.get("s", "")
        self._has_formula, self._value = False, ""

    def begin_f(self, attrs: Any) -> None:
        self._has_formula = True

    def begin_v(self, attrs: Any) -> None:
        self.text.clear()

    def end_v(self) -> None:
        self._value = "".join(self.text)
        self.text.clear()

    def begin_is(self, attrs: Any) -> None:
        self._value = "inline"

    def end_c(self) -> None:
        place = (self._row, self._column)
        if self._has_formula:
            self._scan.formulas += 1
            # A formula that gives an empty text is stored as text of no length.
            if not self._value and self._kind != "str":
                self._scan.faults[place] = "a formula without a stored value: open the workbook and save it again"
        if self._kind == "e":
            self._scan.faults[place] = f"the error value {self._value[:20]}"
        if self._value or self._has_formula:
            self._scan.reach(*place)
            if self._kind == "n" and self._style in self._percent:
                self._scan.percents.add(place)
        self.text.clear()

    def begin_mergeCell(self, attrs: Any) -> None:  # noqa: N802
        ends = [_REFERENCE.fullmatch(end) for end in attrs.get("ref", "").split(":")]
        places = [(int(end[2]), column_number(end[1])) for end in ends if end]
        if places:
            (top, left), (bottom, right) = places[0], places[-1]
            self._scan.merged.append(CellRange(Span(top, bottom), Span(left, right)))
