"""A number as printed, turned back into a number with the format that shows it the same way."""

import re
from dataclasses import dataclass
from decimal import Decimal

# 1,069 · −3.2% · +17.5% · 12.4 · +5 incidents; a space or a per cent sign may stand before words.
_PRINTED = re.compile(r"(?P<sign>[+\-−])?(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<places>\d+))?(?P<rest>%| [^\d%]+)?")


@dataclass(frozen=True)
class Printed:
    """The value of a cell and its number format."""

    value: Decimal
    format: str


def read_number(text: str) -> Printed | None:
    """Return the number that a text is, or None where it is none (a word, a code, a date, `[c]`)."""
    found = _PRINTED.fullmatch(text.strip())
    if found is None:
        return None
    places, rest = found["places"] or "", found["rest"] or ""
    value = Decimal(found["digits"].replace(",", "") + (f".{places}" if places else ""))
    if found["sign"] in ("-", "−"):
        value = -value
    pattern = "#,##0" + (f".{'0' * len(places)}" if places else "")
    suffix = "%" if rest == "%" else f'"{rest}"' if rest else ""
    if suffix == "%":
        value /= 100
    # A minus as people write it, and the plus sign that a difference carries.
    plus = "+" if found["sign"] == "+" or (found["sign"] and rest == "%") else ""
    return Printed(value, f'{plus}{pattern}{suffix};"−"{pattern}{suffix};{pattern}{suffix}')
