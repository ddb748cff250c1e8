"""The dimensions that every measure can be broken down by, in one place, and the check that a question makes sense."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from wardmote.analytics.measures.figures import Column, FiguresRefused, Query
from wardmote.foundations.periods import (
    Month,
    Period,
    financial_year,
    financial_year_period,
    quarter,
    quarter_period,
    rolling_12,
)

TIME: Final = ("month", "quarter", "financial_year", "rolling_12")
KIND: Final = ("category", "problem")
PLACE: Final = ("lsoa", "ward", "neighbourhood", "district", "partnership", "force")
SCOPE: Final = (*KIND, *PLACE, "dataset")
BASES: Final = (1000, 10_000)
TITLES: Final = {
    "month": "Month",
    "quarter": "Quarter",
    "financial_year": "Financial year (April to March)",
    "rolling_12": "Twelve months to",
    "category": "Category as published",
    "problem": "Problem",
    "lsoa": "LSOA",
    "ward": "Ward",
    "neighbourhood": "Neighbourhood",
    "district": "District",
    "partnership": "Partnership",
    "force": "Police force area",
}


@dataclass(frozen=True)
class Bucket:
    """A stretch of time that one figure is for: its labels, every month that belongs to it, and those in the period."""

    labels: tuple[str, ...]
    months: tuple[Month, ...]
    asked: tuple[Month, ...]

    @property
    def period(self) -> Period:
        """First to last month of the bucket."""
        return Period(self.months[0], self.months[-1])


def check(query: Query) -> None:
    """Raise FiguresRefused when a question uses a dimension that does not exist or that cannot be combined."""
    _known(query.by, (*TIME, *KIND, *PLACE), "break figures down by")
    _known((*query.where, *query.exclude), SCOPE, "choose by")
    if len(set(query.by)) < len(query.by):
        raise FiguresRefused("Name each dimension once.")
    if "rolling_12" in query.by and len(chosen(query.by, TIME)) > 1:
        raise FiguresRefused("Rolling twelve months overlap, so they cannot be combined with another time.")
    if query.per not in BASES:
        raise FiguresRefused("Rates are per 1,000 or per 10,000 residents.")


def chosen(names: Iterable[str], group: tuple[str, ...]) -> tuple[str, ...]:
    """Return those names that belong to a group of dimensions, in their own order."""
    return tuple(name for name in names if name in group)


def columns(by: tuple[str, ...]) -> tuple[Column, ...]:
    """Return the columns that a breakdown needs: areas and problems have a code and a name."""
    found: list[Column] = []
    for name in ordered(by):
        found.append(Column(name, TITLES[name], "dimension"))
        if name in PLACE or name == "problem":
            found.append(Column(f"{name}_name", f"{TITLES[name]} name", "name"))
    return tuple(found)


def ordered(by: tuple[str, ...]) -> tuple[str, ...]:
    """Return the dimensions as rows show them: time, then kind, then place."""
    return (*chosen(by, TIME), *chosen(by, KIND), *chosen(by, PLACE))


def buckets(time: tuple[str, ...], period: Period) -> tuple[Bucket, ...]:
    """Cut a period into the stretches that some time dimensions make; without any, the period is one stretch.

    A quarter or year that the period cuts keeps all its months, so that it can say that it is incomplete. Rolling
    twelve months end in each month of the period and reach back before it.
    """
    if time == ("rolling_12",):
        windows = ((end, rolling_12(end).months) for end in period)
        return tuple(Bucket((str(end),), months, months) for end, months in windows)
    if not time:
        return (Bucket((), period.months, period.months),)
    found: dict[tuple[str, ...], list[Month]] = {}
    for month in period:
        found.setdefault(tuple(_label(name, month) for name in time), []).append(month)
    return tuple(Bucket(labels, _months(time, labels), tuple(asked)) for labels, asked in found.items())


def _label(name: str, month: Month) -> str:
    if name == "month":
        return str(month)
    return quarter(month) if name == "quarter" else financial_year(month)


def _months(time: tuple[str, ...], labels: tuple[str, ...]) -> tuple[Month, ...]:
    periods = [_period(name, label) for name, label in zip(time, labels, strict=True)]
    first, last = max(p.first for p in periods), min(p.last for p in periods)
    return Period(first, last).months


def _period(name: str, label: str) -> Period:
    if name == "month":
        return Period(Month.parse(label), Month.parse(label))
    return quarter_period(label) if name == "quarter" else financial_year_period(label)


def _known(names: Iterable[str], allowed: tuple[str, ...], purpose: str) -> None:
    for name in names:
        if name not in allowed:
            raise FiguresRefused(f"“{name}” is nothing to {purpose}: use {', '.join(allowed)}.")
