"""Sheets that hold people are refused whole: by their headings, and by what their cells look like; no value is said.

Source of the NHS number's check digit: NHS Data Dictionary, "NHS Number" (modulus 11).
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from wardmote.analytics.sources.figures.grid import Grid, GridRow
from wardmote.analytics.sources.figures.headings import Heading
from wardmote.analytics.sources.headers import fold
from wardmote.analytics.sources.request import SourceRefused
from wardmote.analytics.sources.workbooks import CellValue
from wardmote.foundations.areas import is_gss_code

_PERSON: Final = (
    "victim|suspect|offender|client|patient|person|customer|tenant|resident|complainant|witness|perpetrator"
)
_HEADINGS: Final = tuple(
    (re.compile(pattern), what)
    for pattern, what in (
        (
            rf"(fore|first|given|sur|last|family|middle|full|maiden)names?|({_PERSON})s?(full)?names?|nameof({_PERSON})|names",
            "names of people",
        ),
        (r"dob|(date|day)ofbirth|birth(date|day)|born(on)?", "dates of birth"),
        (r"nhs(no|num|number)?|nhsnumber.*", "NHS numbers"),
        (
            r"(home|mobile|work|contact|tele)?(phone|telephone|tel)(no|num|number)?|mobile(no|num|number)?",
            "phone numbers",
        ),
        (r"e?mail(address)?(es)?", "e-mail addresses"),
        (r"(full|home)?(postcode|postalcode)s?|(home|street)?address(line)?\d?", "addresses or full postcodes"),
        (r"(national)?insurance(no|num|number)|nino|passport(no|number)?", "numbers of people"),
    )
)
# A heading such as “Victim” may stand over numbers of victims, or over their names: the cells tell.
_PERSON_HEADING: Final = re.compile(
    rf"(.*({_PERSON}|caller|informant|applicant|nominal|juvenile|child|parent|nextofkin|officer|owner|driver|occupier))s?"
    r"(in(the)?case|responsible)?"
)
# Two to four capitalised words, initials and a title among them: Jo Bloggs, Mrs O’Neill-Ngũgĩ, BLOGGS, Jo.
_FULL_NAME: Final = re.compile(r"[^\W\d_][\w'’.-]*(,? [^\W\d_][\w'’.-]*){1,3}")
_EMAIL: Final = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]{2,}")
_POSTCODE: Final = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}\b")
_PHONE: Final = re.compile(r"(?:\+44|0044|0)[\s()-]*(?:\d[\s()-]*){9,10}")
_NHS: Final = re.compile(r"\d{3}[ -]?\d{3}[ -]?\d{4}")
_ENOUGH: Final = 0.5


def check_no_people(grid: Grid, headings: tuple[Heading, ...], *, after: int) -> None:
    """Refuse a table that looks as if it held people: names, births, NHS and phone numbers, e-mail, postcodes.

    Titles and footnotes (rows with one filled cell) are passed over: they may name whom to ask.
    """
    found = people_in(grid, headings, after=after)
    if found:
        raise SourceRefused(
            f"{grid.file.name} looks as if it holds people: {listed(found)}. Wardmote keeps figures, not people. "
            "Remove these columns, count the rows by period and area, and delete the file if you should not have it. "
            "Nothing was stored.",
            file=grid.file.name,
            column=next(iter(sorted(found))),
        )


def listed(found: Mapping[str, str]) -> str:
    """Return columns and what each looks like, the first ten by name; never a value."""
    return "; ".join(f"“{shown}” ({what})" for shown, what in sorted(found.items())[:10])


def people_in(grid: Grid, headings: tuple[Heading, ...], *, after: int) -> dict[str, str]:
    """Return the columns that look as if they held people, and what each looks like, below a row of headings."""
    found: dict[str, str] = {}
    for heading in headings:
        what = _by_heading(heading)
        if what:
            found[heading.shown] = what
    body = (row for row in grid.rows() if row.number > after)
    columns = _Columns(headings)
    for row in body:
        columns.take(row)
    found.update(columns.found())
    if columns.has_area_code:
        found = {shown: what for shown, what in found.items() if fold(shown) != "name"}
    return found


def _by_heading(heading: Heading) -> str:
    for part in heading.text.split(" / "):
        folded = fold(part)
        if folded == "name":
            return "names; if they are of places, call the column “Area name”"
        for pattern, what in _HEADINGS:
            if pattern.fullmatch(folded):
                return what
    return ""


class _Columns:
    """What the cells of each column look like, counted."""

    def __init__(self, headings: tuple[Heading, ...]) -> None:
        self._shown = {heading.at: heading.shown for heading in headings}
        self._persons = {heading.at for heading in headings if _is_of_a_person(heading)}
        self._names: dict[int, int] = {}
        self._filled: dict[int, int] = {}
        self._numbers: dict[int, int] = {}
        self._found: dict[int, str] = {}
        self.has_area_code = False

    def take(self, row: GridRow) -> None:
        """Look at one row."""
        filled = [(at, cell) for at, cell in enumerate(row.cells) if cell != ""]
        if len(filled) < 2:
            return
        for at, cell in filled:
            self._filled[at] = self._filled.get(at, 0) + 1
            text = _text(cell)
            if len(text) >= 5:
                self._look(at, text, is_text=isinstance(cell, str))

    def _look(self, at: int, text: str, *, is_text: bool) -> None:
        self.has_area_code = self.has_area_code or is_gss_code(text)
        if is_nhs_number(text) or (not is_text and text.startswith("7") and len(text) == 10):
            self._numbers[at] = self._numbers.get(at, 0) + 1
        if is_text and at in self._persons and is_full_name(text):
            self._names[at] = self._names.get(at, 0) + 1
        if is_text and at not in self._found:
            what = _by_text(text)
            if what:
                self._found[at] = what

    def found(self) -> Iterator[tuple[str, str]]:
        """Return heading and what its cells look like."""
        for at, what in self._found.items():
            yield self._shown.get(at, f"column {at + 1}"), what
        for at, number in self._numbers.items():
            if number >= _ENOUGH * self._filled[at]:
                yield self._shown.get(at, f"column {at + 1}"), "NHS or phone numbers"
        for at, number in self._names.items():
            if number >= _ENOUGH * self._filled[at]:
                yield self._shown.get(at, f"column {at + 1}"), "names of people"


def _is_of_a_person(heading: Heading) -> bool:
    return any(_PERSON_HEADING.fullmatch(fold(part)) for part in heading.text.split(" / "))


def is_full_name(text: str) -> bool:
    """Whether a text is two to four capitalised words, as a name is."""
    return bool(_FULL_NAME.fullmatch(text)) and all(word[0].isupper() for word in text.split())


def _text(cell: CellValue) -> str:
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell).strip()


def _by_text(text: str) -> str:
    if "@" in text and _EMAIL.search(text):
        return "e-mail addresses"
    if _POSTCODE.search(text.upper()):
        return "full postcodes"
    if text[0] in "+0" and _PHONE.fullmatch(text):
        return "phone numbers"
    return ""


def is_nhs_number(text: str) -> bool:
    """Whether ten digits carry the check digit of an NHS number: 11 less the weighted sum modulo 11."""
    if not _NHS.fullmatch(text):
        return False
    digits = [int(letter) for letter in text if letter.isdigit()]
    check = 11 - sum(digit * (10 - at) for at, digit in enumerate(digits[:9])) % 11
    return check % 11 == digits[9] and check != 10
