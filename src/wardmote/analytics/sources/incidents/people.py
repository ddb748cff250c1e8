"""A list of incidents with anything personal in it is refused whole, and its columns are named, never a value."""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from wardmote.analytics.sources.figures.headings import Heading
from wardmote.analytics.sources.figures.people import is_full_name, listed, people_in
from wardmote.analytics.sources.headers import fold
from wardmote.analytics.sources.named_columns import NamedTable, cell_text
from wardmote.analytics.sources.request import SourceRefused

from .layout import KEYS

_HEADINGS: Final = (
    (re.compile(r".*(notes?|comments?|narrative|description|summary|remarks|details|freetext|modusoperandi)|mo"),
     "text"),
    (re.compile(r".*(surname|forename|fullname|alias(es)?)"), "names of people"),
    (re.compile(r".*(dob|dateofbirth)"), "dates of birth"),
    (re.compile(r".*(phone|mobile|email|nhsnumber|nino|postcode)"), "how to reach or identify people"),
    (re.compile(r".*address(line)?\d?|house(name|number|no)|flat(no|number)?"), "addresses"),
)  # fmt: skip
_STREET: Final = re.compile(
    r"\b\d+\s?[a-z]?,?\s+([a-z'’.-]+\s){1,4}"
    r"(street|st|road|rd|lane|ln|avenue|ave|close|drive|way|court|place|terrace|crescent|gardens|grove|row|hill|walk)\b",
    re.IGNORECASE,
)
_DATE: Final = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-](\d{4}|\d{2})\b|\d{4}-\d{2}-\d{2}", re.ASCII)
_WORDS: Final = 12  # of a cell: a title of an offence is shorter, a story longer
_MANY: Final = 0.5
_SOME: Final = 0.1


def check_nothing_personal(table: NamedTable) -> None:
    """Refuse a list that holds names, addresses, ways to reach people, births or free text; raises SourceRefused."""
    row = next(row for row in table.grid.rows() if row.number == table.heading_row)
    headings = tuple(Heading(at, cell_text(cell), cell) for at, cell in enumerate(row.cells))
    found = dict(_by_heading(headings)) | people_in(table.grid, headings, after=table.heading_row)
    found |= dict(_by_content(table, headings))
    if found:
        raise SourceRefused(
            f"{table.file.name} looks as if it holds personal data: {listed(found)}. Remove these columns and give the "
            "list again; where a key is a name, give a number in its place. Delete the file if you should not have it. "
            "Nothing was stored.",
            file=table.file.name,
            column=next(iter(sorted(found))),
        )


def _by_heading(headings: Sequence[Heading]) -> Iterator[tuple[str, str]]:
    for heading in headings:
        for pattern, what in _HEADINGS:
            if pattern.fullmatch(fold(heading.text)):
                yield heading.shown, what


def _by_content(table: NamedTable, headings: Sequence[Heading]) -> Iterator[tuple[str, str]]:
    read = {at: ours for ours, at in table.positions.items()}
    cells: dict[int, list[str]] = {heading.at: [] for heading in headings}
    for row in table.grid.rows():
        if row.number > table.heading_row:
            for at, cell in enumerate(row.cells[: len(headings)]):
                if cell != "":
                    cells[at].append(cell_text(cell))
    for heading in headings:
        what = _what(cells[heading.at], read.get(heading.at, ""))
        if what:
            yield heading.shown, what


def _what(cells: Sequence[str], ours: str) -> str:
    """Say what the cells of a column look like; `ours` is the column that they were taken for, empty for none."""
    if any(len(cell.split()) > _WORDS for cell in cells):
        return "text"
    if _share(cells, [bool(_STREET.search(cell)) for cell in cells]) >= _SOME:
        return "addresses"
    if ours in KEYS and any(_DATE.search(cell) for cell in cells):
        return "dates, perhaps of birth, within a key"
    if ours in KEYS and _share(cells, [is_full_name(cell) for cell in cells]) >= _SOME:
        return "names of people"
    return _what_unread(cells) if not ours else ""


def _what_unread(cells: Sequence[str]) -> str:
    names = [cell for cell in cells if is_full_name(cell)]
    # Wards and kinds of offence come again and again; people do not.
    if _share(cells, names) >= _MANY and 2 * len(set(names)) >= len(names) > 4:
        return "names of people or of streets"
    return ""


def _share(cells: Sequence[str], those: Collection[object]) -> float:
    return sum(bool(one) for one in those) / len(cells) if cells else 0.0
