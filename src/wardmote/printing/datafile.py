"""Prints a report as its frozen data file: every word, table and number with its source, in one canonical form."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from wardmote.printing.blocks import Report
from wardmote.printing.canonical import canonical_json
from wardmote.printing.maps import Area

FORMAT = "wardmote-report/1"


def report_data(report: Report) -> dict[str, Any]:
    """The report as plain mappings, lists, text, integers, decimals and dates; each block names its kind."""
    return {"format": FORMAT, **{name: value for name, value in structure(report).items() if name != "kind"}}


def report_bytes(report: Report) -> bytes:
    """The data file: the same report gives the same bytes, for ever. Raises TypeError for a float."""
    return canonical_json(report_data(report))


def structure(value: Any) -> Any:
    """Dataclasses become mappings with their kind; the outlines of areas are left out, their release is cited."""
    if is_dataclass(value) and not isinstance(value, type):
        kept = {item.name: structure(getattr(value, item.name)) for item in fields(value) if _kept(value, item.name)}
        return {"kind": type(value).__name__.lower(), **kept}
    if isinstance(value, tuple | list):
        return [structure(item) for item in value]
    if isinstance(value, Mapping):
        return {key: structure(item) for key, item in value.items()}
    return value


def _kept(value: object, name: str) -> bool:
    return not (isinstance(value, Area) and name == "geometry")
