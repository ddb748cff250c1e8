"""Whole numbers as publishers write them: thousands separators, and the marks of a figure that is not given."""

import re
from typing import Final

_PLAIN: Final = re.compile(r"\d{1,15}", re.ASCII)
_THOUSANDS: Final = re.compile(r"\d{1,3}(,\d{3})+", re.ASCII)
# Blank, suppressed and not available: a missing figure, never nought.
MISSING_MARKS: Final = frozenset(
    ("", "-", "–", "—", "*", "..", "…", ":", "~", "#", "n/a", "na", "x", "c", "z", "[x]", "[c]", "[z]", "[low]", "null")
)
_SUPPRESSED_BELOW: Final = re.compile(r"<\s*\d{1,3}", re.ASCII)


def count_in(cell: str) -> int | None:
    """Read `1898` or `1,898`; None where it is blank or suppressed (`<5`, `*`, `n/a`); else raises ValueError."""
    text = cell.strip()
    if text.lower() in MISSING_MARKS or _SUPPRESSED_BELOW.fullmatch(text):
        return None
    if _PLAIN.fullmatch(text):
        return int(text)
    if _THOUSANDS.fullmatch(text):
        return int(text.replace(",", ""))
    raise ValueError(f"“{text[:40]}” is not a whole number")
