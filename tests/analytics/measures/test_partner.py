"""A partner's own figures: what they add up to, and what keeps them from adding up."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import combinations
from typing import Any

import ibis
import pyarrow as pa
from hypothesis import given as given_any
from hypothesis import strategies as st

from wardmote.analytics.measures.change import Compared
from wardmote.analytics.measures.partner import PartnerFigure, partner_change, partner_figures, total_over
from wardmote.analytics.measures.words import Verdict
from wardmote.analytics.warehouse.schema import FIGURES, arrow_schema
from wardmote.foundations.periods import Month, Period, before, rolling_12

JANUARY = Month(2025, 1)


def given(rows: Sequence[Mapping[str, Any]], measure: str = "Burglary") -> pa.Table:
    """Rows of figures as a release holds them."""
    schema: Any = arrow_schema(FIGURES)
    full = [
        dict.fromkeys(FIGURES)
        | {
            "period": str(row["period"]),
            "month_index": Month.parse(str(row["period"])).index,
            "months": row["months"],
            "area": row["area"],
            "measure": measure,
            "value": Decimal(row["value"]) if "value" in row else None,
            "missing_reason": row.get("missing", ""),
            "row": number,
        }
        for number, row in enumerate(rows, start=2)
    ]
    return pa.Table.from_pylist(full, schema=schema)


def series(tables: Sequence[pa.Table], *, areas: Sequence[str]) -> tuple[PartnerFigure, ...]:
    con = ibis.duckdb.connect()
    try:
        return partner_figures(con, [ibis.memtable(table) for table in tables], measure="Burglary", areas=areas)
    finally:
        con.disconnect()


def series_total(tables: Sequence[pa.Table]) -> int | None:
    return total_over(series(tables, areas=("Quay", "Mill")), Period(Month(2026, 1), Month(2026, 6))).value


def monthly(first: Month, counts: Sequence[int | None]) -> tuple[PartnerFigure, ...]:
    return tuple(
        PartnerFigure(Period(first + n, first + n), str(first + n), None if count is None else Decimal(count), "blank")
        for n, count in enumerate(counts)
    )


def test_another_measure_or_area_is_not_counted() -> None:
    ours = given([{"period": "2026-01", "months": 1, "area": "Quay", "value": 3}])
    other = given([{"period": "2026-01", "months": 1, "area": "Quay", "value": 50}], measure="Robbery")
    elsewhere = given([{"period": "2026-01", "months": 1, "area": "Drove", "value": 70}])
    (found,) = series([ours, other, elsewhere], areas=("Quay",))
    assert found.value == 3


def test_a_period_that_one_area_lacks_says_which() -> None:
    (found,) = series([given([{"period": "2026-01", "months": 1, "area": "Quay", "value": 3}])], areas=("Quay", "Mill"))
    assert (found.value, found.missing) == (None, "Mill: not given")


def test_parts_of_a_count_are_no_count() -> None:
    halves = (PartnerFigure(Period(JANUARY, JANUARY), "2025-01", Decimal("1.5")),)
    total = total_over(halves, Period(JANUARY, JANUARY))
    assert (total.value, total.missing) == (None, "the figures given are not whole numbers, so they are not counts")


def test_a_missing_month_is_taken_from_the_quarter_that_holds_it() -> None:
    quarter = PartnerFigure(Period(JANUARY, JANUARY + 2), "2025 Q1", Decimal(30))
    assert total_over((*monthly(JANUARY, [10, None, 9]), quarter), quarter.period).value == 30


def test_a_change_of_months_has_its_interval_and_of_quarters_none() -> None:
    year = rolling_12(Month(2026, 12))
    spans = Compared(before(year), year)
    found = partner_change(monthly(JANUARY, [50] * 12 + [80] * 12), spans)
    assert (found.previous, found.current, found.verdict) == (600, 960, Verdict.RISE)
    quarters = [
        PartnerFigure(Period(JANUARY + 3 * n, JANUARY + (3 * n + 2)), f"Q{n}", Decimal(150 if n < 4 else 240))
        for n in range(8)
    ]
    found = partner_change(quarters, spans)
    assert (found.previous, found.current, found.ratio, found.verdict) == (600, 960, None, Verdict.UNKNOWN)
    assert found.reason == "only longer periods than a month are given"


PERIODS = st.tuples(st.integers(0, 7), st.sampled_from([1, 2, 3]), st.integers(0, 9) | st.none())


def slow_total(figures: Sequence[PartnerFigure], wanted: Period) -> set[int]:
    """Every sum of figures with values that cover the period exactly once, by trying every choice of them."""
    known = [one for one in figures if one.value is not None]
    found = set()
    for size in range(1, len(known) + 1):
        for chosen in combinations(known, size):
            months = sorted(month for one in chosen for month in one.period)
            if months == list(wanted):
                found.add(int(sum(one.value or 0 for one in chosen)))
    return found


@given_any(st.lists(PERIODS, max_size=9, unique_by=lambda one: one[:2]), st.integers(0, 3), st.integers(1, 6))
def test_a_total_is_one_of_the_sums_that_cover_the_period(
    shapes: list[tuple[int, int, int | None]], start: int, length: int
) -> None:
    figures = [
        PartnerFigure(Period(JANUARY + at, JANUARY + (at + months - 1)), "", None if n is None else Decimal(n), "blank")
        for at, months, n in shapes
    ]
    wanted = Period(JANUARY + start, JANUARY + (start + length - 1))
    total = total_over(figures, wanted)
    possible = slow_total(figures, wanted)
    assert total.value in possible if total.value is not None else total.missing
    assert (total.value is not None) == bool(possible)
