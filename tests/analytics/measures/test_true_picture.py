"""Seeded duplicates and wrong codes are found and counted; clean data have none."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analytics.measures import world
from tests.analytics.measures.world import Row, incident, months
from wardmote.analytics.measures.true_picture import ASB, CHECKS, Found, look_over
from wardmote.foundations.periods import Month

YEAR = months("2025-01", "2025-12")


def found(rows: list[Row], held: tuple[str, ...] = YEAR, *, within: tuple[str, ...] = YEAR) -> dict[str, Found]:
    evidence = world.evidence(rows, held)
    try:
        looked = look_over(evidence.con, evidence.incidents, [Month.parse(month) for month in within])
    finally:
        evidence.con.disconnect()
    return {one.check.code: one for one in looked}


def crime(number: int, month: str = "2025-03", category: str = "Burglary", **more: Any) -> Row:
    return incident(month, category, crime_id=f"{number:064x}", **more)


def asb(month: str, point: int = 1, **more: Any) -> Row:
    return incident(month, ASB, longitude_micro=point, latitude_micro=point, **more)


def test_clean_rows_give_nothing_to_look_at() -> None:
    rows = [crime(n, month) for n, month in enumerate(YEAR)] + [asb(month, n) for n, month in enumerate(YEAR)]
    assert {code: one.rows for code, one in found(rows).items()} == {check.code: 0 for check, _ in CHECKS}


@pytest.mark.parametrize(
    ("rows", "code", "expected"),
    [
        ([crime(1), crime(1), crime(2)], "repeated-id", 2),
        ([crime(1), crime(1), crime(1)], "repeated-id", 3),
        ([crime(1), crime(1, "2025-04"), crime(2)], "moved-id", 2),
        ([crime(1), crime(1, category="Robbery")], "moved-id", 2),
        ([asb("2025-03", crime_id="a" * 64), asb("2025-03")], "asb-with-id", 1),
        ([asb("2025-03", outcome="Offender given a caution"), asb("2025-03")], "asb-with-outcome", 1),
        ([incident("2025-03", "Robbery"), crime(1)], "crime-without-id", 1),
        ([crime(1, category="Violent crime"), crime(2, category="Burglery"), crime(3)], "out-of-use", 2),
    ],
)
def test_what_was_planted_is_found(rows: list[Row], code: str, expected: int) -> None:
    assert found(rows)[code].rows == expected


def test_an_old_category_is_right_in_its_own_time() -> None:
    held = months("2012-01", "2013-12")
    rows = [crime(1, "2013-04", "Violent crime"), crime(2, "2013-05", "Violent crime")]
    assert found(rows, held, within=held)["out-of-use"].by_month == {"2013-05": 1}


@pytest.mark.parametrize(
    ("in_may", "elsewhere", "rows"),
    [
        (10, 0, 10),  # ten where there is nothing otherwise
        (9, 0, 0),  # too few to tell
        (20, 4, 20),  # 20 x 11 = 220 is five times 44
        (20, 5, 0),  # 220 is not five times 55
    ],
)
def test_a_heap_stands_out_from_the_other_months_of_its_point(in_may: int, elsewhere: int, rows: int) -> None:
    others = [month for month in YEAR if month != "2025-05"]
    made = [asb("2025-05") for _ in range(in_may)] + [asb(month) for month in others for _ in range(elsewhere)]
    # The other months are held whether or not this point has anything in them.
    made += [crime(n, month) for n, month in enumerate(YEAR)]
    assert found(made)["heap"].rows == rows


def test_from_a_few_months_no_heap_is_told() -> None:
    held = months("2025-01", "2025-05")
    made = [asb("2025-05") for _ in range(50)] + [crime(n, month) for n, month in enumerate(held)]
    assert found(made, held, within=held)["heap"].rows == 0


def test_only_the_months_asked_for_are_reported_and_the_others_are_looked_at() -> None:
    looked = found([crime(1, "2025-01"), crime(1, "2025-12"), crime(2, "2025-12")], within=("2025-12",))["moved-id"]
    assert (looked.rows, looked.of, dict(looked.by_month)) == (1, 2, {"2025-12": 1})
    assert looked.examples[0][:2] == ("2025-12", "Burglary")


@settings(max_examples=15)
@given(st.lists(st.tuples(st.integers(1, 4), st.sampled_from(YEAR[:3]), st.sampled_from(["Burglary", "Robbery"]))))
def test_repeated_and_moved_ids_equal_a_plain_count(kept: list[tuple[int, str, str]]) -> None:
    rows = [crime(n, month, category) for n, month, category in kept]
    looked = found(rows)
    alike = Counter(kept)
    assert looked["repeated-id"].rows == sum(n for n in alike.values() if n > 1)
    kinds = Counter(number for number, _, _ in set(kept))
    assert looked["moved-id"].rows == sum(1 for number, _, _ in kept if kinds[number] > 1)
