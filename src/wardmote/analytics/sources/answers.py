"""Answers to a survey, one row a respondent, reduced at once to counts: no row of a respondent is kept anywhere."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from wardmote.analytics.sources.figures.grid import GridRow, grid_of, open_table
from wardmote.analytics.sources.figures.headings import Heading
from wardmote.analytics.sources.figures.people import check_no_people
from wardmote.analytics.sources.headers import fold
from wardmote.analytics.sources.intake import Found
from wardmote.analytics.sources.request import SourceRefused
from wardmote.analytics.sources.workbooks import CellValue

MOST_ITEMS: Final = 40
_MOST_FAULTS: Final = 5
_YES: Final = frozenset({"1", "x", "y", "yes", "true", "✓"})
_NO: Final = frozenset({"", "0", "n", "no", "false"})


class AnswersRefused(SourceRefused):
    """A file of answers with faults in it; each says row, column and what to do. Nothing of it was stored."""

    def __init__(self, file: str, faults: tuple[str, ...], *, more: int = 0) -> None:
        left = f" And {more} more of the kind." if more else ""
        super().__init__(f"{' '.join(faults)}{left} Nothing was stored.", file=file)
        self.faults = (*faults, f"{left.strip()} Nothing was stored.".strip())


@dataclass(frozen=True)
class Answers:
    """What a file of answers comes to.

    `counts[item]` says how often each place was given, first places first; of a question with boxes it has one number,
    how often the item was chosen. `base` counts the rows with an answer, `unanswered` those without.
    """

    counts: dict[str, tuple[int, ...]]
    base: int
    unanswered: int


# What one row says: for each item in order the place, or 1 for a box that was ticked; and what is wrong with it.
_Said = tuple[list[int | None], list[str]]


def read_rankings(found: Found, work: Path) -> Answers:
    """Read how respondents ranked items; raises SourceRefused with row, column and remedy."""
    return _read(found, work, _places_of, places=True)


def read_choices(found: Found, work: Path, *, most: int) -> Answers:
    """Read which items respondents chose, up to `most` each; raises SourceRefused with row, column and remedy."""
    return _read(found, work, lambda row, items: _choices_of(row, items, most), places=False)


def _read(found: Found, work: Path, read_row: Callable[[GridRow, list[str]], _Said], *, places: bool) -> Answers:
    grid = grid_of(open_table(found, work))
    rows = iter(grid.rows())
    head = next(rows, None)
    items = _items(found.name, head)
    headings = tuple(Heading(at, _text(cell), cell) for at, cell in enumerate(head.cells if head else ()))
    check_no_people(grid, headings, after=head.number if head else 0)
    tally = _Tally(items, places=places)
    for row in rows:
        tally.take(row, *read_row(row, items))
    return tally.result(found.name)


def _items(name: str, head: GridRow | None) -> list[str]:
    """Return the items that the first row names, from its second column on."""
    cells = [_text(cell) for cell in head.cells] if head else []
    while cells and not cells[-1]:
        cells.pop()
    if len(cells) < 3:
        raise AnswersRefused(
            name,
            ("Row 1 has to name the columns: first the respondent's number, then each item, two or more.",),
        )
    if len(cells) - 1 > MOST_ITEMS:
        raise AnswersRefused(name, (f"Row 1 names {len(cells) - 1} items. Give up to {MOST_ITEMS}.",))
    items = cells[1:]
    for at, item in enumerate(items, start=2):
        if not item:
            raise AnswersRefused(name, (f"Row 1, column {at}: the item has no name. Enter it.",))
        if len(item) > 200:
            raise AnswersRefused(name, (f"Row 1, column {at}: the name is longer than 200 characters. Shorten it.",))
        if fold(item) in {fold(other) for other in items[: at - 2]}:
            raise AnswersRefused(name, (f"Row 1: “{item}” stands twice. Give each item its own name.",))
    return items


class _Tally:
    """Counts that grow row by row, and the faults that were met."""

    def __init__(self, items: list[str], *, places: bool) -> None:
        self._items = items
        self._counts = {item: [0] * (len(items) if places else 1) for item in items}
        self._base = self._unanswered = self._more = 0
        self._faults: list[str] = []
        self._first_row: dict[str, int] = {}

    def take(self, row: GridRow, said: list[int | None], faults: list[str]) -> None:
        faults = [*([f"Row {row.number}: {row.fault}. Correct it."] if row.fault else []), *self._number(row), *faults]
        for fault in faults:
            if len(self._faults) < _MOST_FAULTS:
                self._faults.append(fault)
            else:
                self._more += 1
        if faults:
            return
        given = [(item, place) for item, place in zip(self._items, said, strict=True) if place]
        self._base += bool(given)
        self._unanswered += not given
        for item, place in given:
            self._counts[item][place - 1] += 1

    def _number(self, row: GridRow) -> Iterator[str]:
        """A respondent who stands twice would be counted twice; the numbers are forgotten with this object."""
        number = _text(row.cells[0]) if row.cells else ""
        if not number:
            yield f"Row {row.number}, column 1: the respondent has no number. Number the rows from 1 on."
        elif number in self._first_row:
            yield (
                f"Row {row.number}, column 1: respondent {number[:20]} stands in row {self._first_row[number]} too. "
                "Remove one of the rows, or give it its own number."
            )
        self._first_row.setdefault(number, row.number)

    def result(self, name: str) -> Answers:
        if self._faults:
            raise AnswersRefused(name, tuple(self._faults), more=self._more)
        if not self._base:
            raise AnswersRefused(name, ("No row has an answer. Give one row for each respondent, from row 2 on.",))
        return Answers({item: tuple(n) for item, n in self._counts.items()}, self._base, self._unanswered)


def _places_of(row: GridRow, items: list[str]) -> _Said:
    said: list[int | None] = []
    faults = _too_wide(row, items)
    taken: dict[int, str] = {}
    for item, cell in zip(items, _cells(row, items), strict=True):
        text = _text(cell)
        place = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else None
        said.append(place or None)
        if not text:
            continue
        if place is None or not 1 <= place <= len(items):
            faults.append(
                f"Row {row.number}, column “{item}”: “{text[:30]}” is no place. Enter a whole number from 1 to "
                f"{len(items)}, or leave the cell empty."
            )
        elif place in taken:
            faults.append(
                f"Row {row.number}, column “{item}”: place {place} is given to “{taken[place]}” too. Correct one of "
                "them, or leave both empty: they then count as not ranked."
            )
        else:
            taken[place] = item
    return said, faults


def _choices_of(row: GridRow, items: list[str], most: int) -> _Said:
    said: list[int | None] = []
    faults = _too_wide(row, items)
    for item, cell in zip(items, _cells(row, items), strict=True):
        text = _text(cell).lower()
        said.append(1 if text in _YES else None)
        if text not in _YES | _NO:
            faults.append(
                f"Row {row.number}, column “{item}”: “{text[:30]}” is not understood. Enter 1 where the item was "
                "chosen, and leave the cell empty where it was not."
            )
    chosen = sum(place is not None for place in said)
    if chosen > most:
        faults.append(
            f"Row {row.number}: {chosen} items are chosen, and {most} were allowed. Leave this row's items empty, or "
            "correct how many could be chosen."
        )
    return said, faults


def _cells(row: GridRow, items: list[str]) -> list[CellValue]:
    cells = list(row.cells[1 : len(items) + 1])
    return cells + [""] * (len(items) - len(cells))


def _too_wide(row: GridRow, items: list[str]) -> list[str]:
    if any(_text(cell) for cell in row.cells[len(items) + 1 :]):
        return [f"Row {row.number}: it has more cells than row 1 names. Remove what stands to the right of the items."]
    return []


def _text(cell: CellValue) -> str:
    if isinstance(cell, bool):
        return "1" if cell else ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
