"""What a measure is asked (Query) and what it answers (Figures): plain values with where they came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from wardmote.foundations.periods import Period

Value = str | int | Decimal | None


class FiguresRefused(Exception):
    """A question that cannot be answered honestly; the message says why and what to ask instead."""


@dataclass(frozen=True)
class Query:
    """What to count, by what, and where.

    `by` names dimensions (see dimensions.py). `where` and `exclude` map a dimension to the values kept or left out:
    codes or names of areas, published categories, slugs of problems; `where` also takes `dataset`. `period` is the
    whole months asked for, all months held when None. `per` is the base of a rate, 1,000 or 10,000 residents.
    """

    by: tuple[str, ...] = ()
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    period: Period | None = None
    exclude: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    per: int = 1000


@dataclass(frozen=True)
class Column:
    """A column of figures: `kind` is dimension, name, integer, decimal or text; `decimals` is how many to print."""

    name: str
    title: str
    kind: str
    unit: str = ""
    decimals: int = 0


@dataclass(frozen=True)
class Figures:
    """The answer of a measure.

    A value that is missing is None, never 0; the column `status` (or `reason`) of its row says why. `provenance` names
    the releases, lookup, population year, parameters and version of the code that made the figures.
    """

    measure: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    notes: tuple[str, ...]
    provenance: Mapping[str, Any]

    def records(self) -> tuple[dict[str, Value], ...]:
        """Return the rows as dictionaries by column name."""
        names = [column.name for column in self.columns]
        return tuple(dict(zip(names, row, strict=True)) for row in self.rows)
