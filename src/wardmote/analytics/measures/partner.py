"""A partner's own figures of one thing, month by month or by longer periods, and what they add up to."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from wardmote.analytics.measures.change import Change, Compared, worked_change
from wardmote.foundations.periods import Month, Period

# What makes a figure the same one in two tables: its period, area and measure.
_Key = tuple[Period, str, str]
NOT_GIVEN = "not given"
COLUMNS: Final = ("period", "area", "area_code", "measure", "unit", "value", "status", "missing_reason", "file", "row")


@dataclass(frozen=True)
class PartnerFigure:
    """What a partner gave for one period: the areas asked for added up, or None with the reason in `missing`."""

    period: Period
    words: str
    value: Decimal | None
    missing: str = ""


@dataclass(frozen=True)
class Restated:
    """A figure that is given otherwise than before, in its period as written; a value is None where it is missing."""

    period: str
    months: Period
    area: str
    measure: str
    before: Decimal | None
    now: Decimal | None


@dataclass(frozen=True)
class Total:
    """What the figures of a period add up to, or None with the reason in `missing`."""

    value: int | None
    missing: str = ""


def partner_figures(
    con: Any, tables: Sequence[Any], *, measure: str, areas: Sequence[str]
) -> tuple[PartnerFigure, ...]:
    """Return the figures of a measure for areas taken together, oldest period first.

    `tables` are the rows of releases in the order of their arrival: a later one replaces an earlier one, figure by
    figure. A period for which one of the areas has no figure has none.
    """
    newest: dict[tuple[Period, str], dict[str, Any]] = {}
    texts: dict[Period, str] = {}
    for table in tables:
        kept = table.filter((table.measure == measure) & table.area.isin(list(areas)))
        for row in con.to_pyarrow(kept.order_by("row")).to_pylist():
            first = Month.from_index(row["month_index"])
            period = Period(first, first + (row["months"] - 1))
            newest[period, row["area"]] = row
            texts[period] = row["period"]
    return tuple(_added(period, texts[period], newest, areas) for period in sorted(texts))


def restated(con: Any, before: Sequence[Any], now: Any) -> tuple[Restated, ...]:
    """Return the figures of a table that earlier ones give with another value, in the order of its periods.

    `before` are rows of releases in the order of their arrival: a later one replaces an earlier one, figure by figure.
    A figure that only one side has is none of them: how many there are is counted as rows.
    """
    held: dict[_Key, Decimal | None] = {}
    for table in before:
        held |= {key: value for key, _, value in _keyed(con, table)}
    return tuple(
        Restated(words, key[0], key[1], key[2], held[key], value)
        for key, words, value in sorted(_keyed(con, now), key=lambda one: one[0])
        if key in held and held[key] != value
    )


def below_zero(con: Any, table: Any) -> tuple[tuple[str, str, str, Decimal], ...]:
    """Return period, area, measure and value of each figure below nothing, percentages left out, by its row."""
    rows = table.filter((table.value < 0) & (table.unit != "%")).order_by("row")
    kept = con.to_pyarrow(rows.select("period", "area", "measure", "value")).to_pylist()
    return tuple((row["period"], row["area"], row["measure"], row["value"]) for row in kept)


def _keyed(con: Any, table: Any) -> Iterator[tuple[_Key, str, Decimal | None]]:
    rows = table.select("month_index", "months", "area", "measure", "period", "value", "row").order_by("row")
    for row in con.to_pyarrow(rows).to_pylist():
        first = Month.from_index(row["month_index"])
        yield (Period(first, first + (row["months"] - 1)), row["area"], row["measure"]), row["period"], row["value"]


def figures_given(
    con: Any, table: Any, where: Mapping[str, Sequence[str]], *, period: Period
) -> Iterator[tuple[str, ...]]:
    """Return the rows of a release that some areas, measures and months choose, as texts in the order of COLUMNS.

    A row of a longer time, such as a quarter, is one of them where it touches the period.
    """
    kept = table.filter(table.measure.isin(list(where["measure"])) & table.area.isin(list(where["area"])))
    ends_after = kept.month_index + kept.months > period.first.index
    kept = kept.filter(ends_after & (kept.month_index <= period.last.index))
    for row in con.to_pyarrow(kept.select(*COLUMNS).order_by("row")).to_pylist():
        yield tuple("" if row[name] is None else _text(row[name]) for name in COLUMNS)


def _text(value: object) -> str:
    return format(value.normalize(), "f") if isinstance(value, Decimal) else str(value)


def _added(
    period: Period, words: str, newest: Mapping[tuple[Period, str], Mapping[str, Any]], areas: Sequence[str]
) -> PartnerFigure:
    rows = [newest.get((period, area)) for area in areas]
    missing = [
        f"{area}: {(row or {}).get('missing_reason') or NOT_GIVEN}"
        for area, row in zip(areas, rows, strict=True)
        if row is None or row["value"] is None
    ]
    if missing:
        return PartnerFigure(period, words, None, "; ".join(missing))
    return PartnerFigure(period, words, sum((row["value"] for row in rows if row), Decimal(0)))


def total_over(figures: Sequence[PartnerFigure], wanted: Period) -> Total:
    """Add up the figures that cover a period exactly, without overlap, the shortest periods first.

    A month that no figure covers, a period that reaches beyond, a part of a count or a missing figure leave no total.
    """
    known = _tiles(_by_start(one for one in figures if one.value is not None), wanted.first, wanted.last)
    tiles = known if known is not None else _tiles(_by_start(figures), wanted.first, wanted.last)
    if tiles is None:
        return Total(None, f"the figures given do not cover {wanted.words()} exactly")
    lacking = next((one for one in tiles if one.value is None), None)
    if lacking is not None:
        return Total(None, f"{lacking.words}: {lacking.missing}")
    total = sum((one.value for one in tiles if one.value is not None), Decimal(0))
    if total != int(total):
        return Total(None, "the figures given are not whole numbers, so they are not counts")
    return Total(int(total))


Starts = Mapping[Month, Sequence[PartnerFigure]]


def _by_start(figures: Iterable[PartnerFigure]) -> Starts:
    starts: dict[Month, list[PartnerFigure]] = {}
    for one in sorted(figures, key=lambda one: one.period.length):
        starts.setdefault(one.period.first, []).append(one)
    return starts


def _tiles(starts: Starts, first: Month, last: Month) -> tuple[PartnerFigure, ...] | None:
    """Return figures that lie end to end from one month to another, the shortest first; None where none do."""
    if first > last:
        return ()
    for one in starts.get(first, ()):
        rest = _tiles(starts, one.period.last + 1, last) if one.period.last <= last else None
        if rest is not None:
            return (one, *rest)
    return None


def partner_change(figures: Sequence[PartnerFigure], spans: Compared, *, broken: str = "") -> Change:
    """Work out a change of a partner's counts; with its interval where every month of the history is given.

    `broken` says in words which change in recording keeps the two years from being compared.
    Without months there are two totals and no verdict: how much they vary by chance cannot be seen.
    """
    months = {one.period.first: _whole(one) for one in figures if one.period.length == 1}
    found = worked_change(months, spans, broken=broken)
    if not found.reason.startswith("no count is held"):
        return found
    previous, current = (total_over(figures, span) for span in (spans.previous, spans.current))
    reason = previous.missing or current.missing or "only longer periods than a month are given"
    return Change(previous.value, current.value, None, None, found.verdict, reason)


def _whole(one: PartnerFigure) -> int | None:
    return None if one.value is None or one.value != int(one.value) else int(one.value)
