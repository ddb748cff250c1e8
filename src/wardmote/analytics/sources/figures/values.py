"""Numbers as suppliers write them, as exact decimals; blank and suppressed are missing with a reason, never 0."""

import datetime as dt
import math
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, TypeVar

from wardmote.analytics.sources.mapping import ColumnMapping
from wardmote.analytics.sources.workbooks import CellValue

DECIMALS: Final = 18
DIGITS: Final = 20
_POINT: Final = re.compile(r"(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?", re.ASCII)
_COMMA: Final = re.compile(r"(?:\d+|\d{1,3}(?:\.\d{3})+)(?:,\d+)?", re.ASCII)
_BELOW: Final = re.compile(r"<\s*\d{1,4}", re.ASCII)
_ANY_BELOW: Final = "<n"
_HUNDRED: Final = Decimal(100)
_T = TypeVar("_T")


class ValueFault(ValueError):
    """A cell that is neither a number nor a sign that the mapping knows."""


@dataclass(frozen=True)
class FigureValue:
    """A number with its unit, or None with the reason: blank, suppressed, unavailable."""

    value: Decimal | None
    unit: str
    missing_reason: str | None = None


def parse_value(cell: CellValue, mapping: ColumnMapping, *, shows_percent: bool = False) -> FigureValue:
    """Read a cell as the mapping says; `shows_percent` is a cell that holds 0.12 and shows 12%."""
    if isinstance(cell, bool | dt.date | dt.time | dt.timedelta):
        raise ValueFault(f"“{str(cell)[:40]}” is not a number")
    if isinstance(cell, str):
        return _of_text(cell.replace("\u00a0", " ").strip(), mapping)
    if not math.isfinite(cell):
        raise ValueFault("not a number")
    # A spreadsheet keeps 15 digits; what follows is the noise of binary fractions.
    value = Decimal(f"{cell:.15g}") if isinstance(cell, float) else Decimal(cell)
    if shows_percent:
        return FigureValue(_kept(_allowed(value * _HUNDRED, "%", mapping)), "%")
    return FigureValue(_kept(value), mapping.unit)


def missing_reason(text: str, mapping: ColumnMapping) -> str | None:
    """Return why a figure is missing, when its text is one of the mapping's signs; blank cells are `blank`."""
    folded = text.strip().casefold()
    for reason in ("suppressed", "unavailable", "blank"):
        tokens = {token.strip().casefold() for token in getattr(mapping, reason)}
        if (folded in tokens and folded != _ANY_BELOW) or (_ANY_BELOW in tokens and _BELOW.fullmatch(folded)):
            return reason
    return None if folded else "blank"


def _of_text(text: str, mapping: ColumnMapping) -> FigureValue:
    reason = missing_reason(text, mapping)
    if reason is not None:
        return FigureValue(None, mapping.unit, reason)
    body, unit, negative = text, mapping.unit, False
    if body.startswith("(") and body.endswith(")"):
        body, negative = _allowed(body[1:-1].strip(), "brackets", mapping), True
    elif body[:1] in ("-", "−"):
        body, negative = body[1:].lstrip(), True
    if body.startswith("£"):
        body, unit = _allowed(body[1:].lstrip(), "£", mapping), "£"
    if body.endswith("%"):
        body, unit = _allowed(body[:-1].rstrip(), "%", mapping), "%"
    number = _number(body, text, mapping)
    return FigureValue(_kept(-number if negative else number), unit)


def _number(body: str, text: str, mapping: ColumnMapping) -> Decimal:
    pattern, thousands = (_POINT, ",") if mapping.decimal == "." else (_COMMA, ".")
    if not pattern.fullmatch(body):
        raise ValueFault(f"“{text[:40]}” is not a number, nor a sign that the mapping knows")
    return Decimal(body.replace(thousands, "").replace(",", "."))


def _allowed(rest: _T, mark: str, mapping: ColumnMapping) -> _T:
    if mark not in mapping.marks and mapping.unit != mark:
        raise ValueFault(f"a figure with {mark}, which the mapping does not say")
    return rest


def _kept(value: Decimal) -> Decimal:
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or -exponent > DECIMALS or value.adjusted() >= DIGITS:
        raise ValueFault("a number of more digits than are kept")
    return value
