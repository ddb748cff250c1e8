"""How a supplier's table is read: which sheet, which heading row, what each column is, what its signs mean."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Final

ACROSS: Final = ("", "period", "measure", "area")
DATE_ORDERS: Final = ("", "day first", "month first")
PERIOD_KINDS: Final = ("", "month", "quarter", "financial quarter", "financial year", "calendar year", "year to")
STATUSES: Final = ("validated", "provisional", "unavailable")
MARKS: Final = ("£", "%", "brackets")
UNITS: Final = ("number", "£", "%")
BLANK: Final = ("-", "–", "—", "..", "…", ":", "n/a", "na", "null", "not recorded")
SUPPRESSED: Final = ("*", "[c]", "<n", "suppressed")
UNAVAILABLE: Final = ("[x]", "x", "[z]", "not available", "not yet available")
_CHOICES: Final = {
    "across": ACROSS,
    "date_order": DATE_ORDERS,
    "period_kind": PERIOD_KINDS,
    "decimal": (".", ","),
    "unit": UNITS,
    "merged": ("refuse", "join"),
    "hidden": ("ask", "include", "leave out"),
}
_LONGEST_HEADER: Final = 10


class MappingError(ValueError):
    """A mapping that cannot be used; the text says which part and what to write."""


@dataclass(frozen=True)
class Part:
    """Where one thing stands: in the column with this heading, or the same for every row."""

    column: str = ""
    constant: str = ""

    def __post_init__(self) -> None:
        if self.column and self.constant:
            raise MappingError(f"“{self.column}” cannot be both a column and the constant “{self.constant}”.")

    def __bool__(self) -> bool:
        return bool(self.column or self.constant)


@dataclass(frozen=True)
class ColumnMapping:
    """All that is needed to read a table of period, area, measure and value, and nothing of one month's file.

    A long table has one figure a row, in one value column. A wide one has many: `across` says what the headings of the
    value columns are. `<n` among the tokens stands for `<` and any number. Columns are named by their headings, parts
    of a heading over several rows joined by ` / `.
    """

    title: str
    supplier: str
    value_columns: tuple[str, ...]
    period: Part = Part()
    area: Part = Part()
    area_code: Part = Part()
    measure: Part = Part()
    status: Part = Part(constant="validated")
    across: str = ""
    sheet: str = ""
    header_first: int = 1
    header_last: int = 1
    date_order: str = ""
    period_kind: str = ""
    decimal: str = "."
    unit: str = "number"
    marks: tuple[str, ...] = ()
    blank: tuple[str, ...] = BLANK
    suppressed: tuple[str, ...] = SUPPRESSED
    unavailable: tuple[str, ...] = UNAVAILABLE
    merged: str = "refuse"
    hidden: str = "ask"
    licence: str = "As agreed with the supplier"
    caveat: str = ""

    def __post_init__(self) -> None:
        _check_texts(self)
        _check_rows(self)
        _check_parts(self)
        _check_tokens(self)

    @property
    def dataset(self) -> str:
        """The name under which releases replace each other, month by month."""
        return "figures-" + "-".join(re.findall(r"[a-z0-9]+", self.title.lower()))[:80].strip("-")

    def to_json(self) -> str:
        """Write the mapping as canonical JSON: the same mapping, the same text."""
        return json.dumps(asdict(self), sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "ColumnMapping":
        """Read what `to_json` or a person wrote; what is left out has its default. Raises MappingError."""
        try:
            values = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise MappingError(f"The mapping is not JSON ({error}).") from error
        if not isinstance(values, dict):
            raise MappingError("The mapping is not a JSON object.")
        return cls(**_arguments(values))


def _arguments(values: Mapping[str, Any]) -> dict[str, Any]:
    known = {field.name: field for field in fields(ColumnMapping)}
    for name in values:
        if name not in known:
            raise MappingError(f"The mapping has “{name}”, which no mapping has: use {', '.join(known)}.")
    for name in ("title", "supplier", "value_columns"):
        if name not in values:
            raise MappingError(f"The mapping lacks “{name}”.")
    return {name: _argument(name, known[name].type, value) for name, value in values.items()}


def _argument(name: str, kind: Any, value: Any) -> Any:
    if kind is Part:
        if not isinstance(value, dict) or not value.keys() <= {"column", "constant"} or not _texts(value.values()):
            raise MappingError(f"“{name}” in the mapping must be a column or a constant.")
        return Part(**value)
    if kind is int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise MappingError(f"“{name}” in the mapping must be a whole number.")
        return value
    if kind is str:
        if not isinstance(value, str):
            raise MappingError(f"“{name}” in the mapping must be a text.")
        return value
    if not isinstance(value, list) or not _texts(value):
        raise MappingError(f"“{name}” in the mapping must be a list of texts.")
    return tuple(value)


def _texts(values: Any) -> bool:
    return all(isinstance(value, str) for value in values)


def _check_texts(mapping: ColumnMapping) -> None:
    for name in ("title", "supplier"):
        text = getattr(mapping, name)
        if not text.strip() or len(text) > 150:
            raise MappingError(f"Give the mapping a {name} of up to 150 characters.")
    if mapping.dataset == "figures-":
        raise MappingError("Give the mapping a title with letters or digits.")
    for name, allowed in _CHOICES.items():
        value = getattr(mapping, name)
        if value not in allowed:
            raise MappingError(f"“{value}” is no choice for “{name}”: use {_listed(allowed)}.")
    for mark in mapping.marks:
        if mark not in MARKS:
            raise MappingError(f"“{mark}” is no choice for “marks”: use {_listed(MARKS)}.")


def _listed(allowed: tuple[str, ...]) -> str:
    return ", ".join(f"“{one}”" for one in allowed)


def _check_rows(mapping: ColumnMapping) -> None:
    if not 1 <= mapping.header_first <= mapping.header_last < mapping.header_first + _LONGEST_HEADER:
        raise MappingError("The heading rows must begin at 1 or later, and be at most ten rows.")


def _check_parts(mapping: ColumnMapping) -> None:
    if not mapping.value_columns or len(set(mapping.value_columns)) != len(mapping.value_columns):
        raise MappingError("Say which columns hold the values, each once.")
    if not mapping.across and len(mapping.value_columns) != 1:
        raise MappingError("Several value columns: say what their headings are (period, measure or area).")
    for name in ("period", "measure", "area"):
        given = bool(getattr(mapping, name)) or (name == "area" and bool(mapping.area_code))
        if (mapping.across == name) == given:
            wanted = "must not be given, for it stands in the headings" if given else "is missing"
            raise MappingError(f"“{name}” {wanted}: give a column or a constant.")
    if not mapping.status:
        raise MappingError(f"“status” is missing: give a column, or one of {', '.join(STATUSES)}.")
    if mapping.status.constant and mapping.status.constant not in STATUSES:
        raise MappingError(f"“{mapping.status.constant}” is not a status: use {', '.join(STATUSES)}.")


def _check_tokens(mapping: ColumnMapping) -> None:
    folded = [token.strip().casefold() for token in (*mapping.blank, *mapping.suppressed, *mapping.unavailable)]
    for token in folded:
        if folded.count(token) > 1:
            raise MappingError(f"“{token}” cannot mean two things: name it once among the signs for missing figures.")
        if token.replace(",", "").replace(".", "").isdigit():
            raise MappingError(f"“{token}” is a number: it cannot stand for a missing figure.")
