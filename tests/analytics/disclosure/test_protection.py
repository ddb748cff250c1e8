"""No hidden count can be worked out: an attacker of other make tries, on tables small enough to try everything."""

import re
from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.analytics.disclosure.attacker import Seen, grid, is_pinned, range_of, seen
from wardmote.analytics.disclosure import CountTable, Limits, Sum, feasible_ranges, protect

# Trying everything on one unlucky table of four by four takes minutes: the examples are the same in every run.
ORDINARY = Limits(5)
SENSITIVE = Limits(10, base=5, zeros_hidden=True)
Rows = list[list[int]]


@st.composite
def tables(draw: st.DrawFn, *, most: int = 6, size: int = 4) -> Rows:
    height, width = draw(st.integers(2, size)), draw(st.integers(2, size))
    return [[draw(st.integers(0, most)) for _ in range(width)] for _ in range(height)]


def pinned(rows: Rows, limits: Limits) -> list[str]:
    """The hidden cells of the published table that the attacker knows too well."""
    table = protect(grid(rows), limits)
    told = seen(table.shown, limits, (len(rows), len(rows[0])))
    return [name for name in sorted(table.hidden) if is_pinned(told, name, limits)]


@settings(max_examples=15, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(tables())
def test_the_attacker_pins_no_hidden_count(rows: Rows) -> None:
    assert pinned(rows, ORDINARY) == []


@settings(max_examples=10, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(tables(most=14, size=3))
def test_the_attacker_pins_no_hidden_count_of_a_sensitive_theme(rows: Rows) -> None:
    assert pinned(rows, SENSITIVE) == []


@pytest.mark.parametrize("cells", list(product((0, 2, 6), repeat=4)))
def test_the_attacker_pins_nothing_in_any_small_table(cells: tuple[int, int, int, int]) -> None:
    assert pinned([list(cells[:2]), list(cells[2:])], ORDINARY) == []


@settings(max_examples=15, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(tables(), st.data())
def test_the_check_finds_the_same_ranges_as_trying_everything(rows: Rows, data: st.DataObject) -> None:
    inner = [f"{i},{j}" for i in range(len(rows)) for j in range(len(rows[0])) if rows[i][j]]
    hidden = data.draw(st.sets(st.sampled_from(inner), max_size=9)) if inner else set()
    table = grid(rows)
    shown = {name: None if name in hidden else count for name, count in table.counts.items()}
    told = seen(shown, ORDINARY, (len(rows), len(rows[0])))
    found = {name: (one.low, one.high) for name, one in feasible_ranges(table, hidden, ORDINARY).items()}
    assert found == {name: range_of(told, name) for name in hidden}


def test_hiding_only_what_is_small_is_caught_by_the_attacker_and_by_the_check() -> None:
    rows = [[20, 3, 15], [18, 25, 30]]
    table = grid(rows)
    shown = {name: None if name == "0,1" else count for name, count in table.counts.items()}
    told = Seen(2, 3, seen(shown, ORDINARY, (2, 3)).known)
    assert range_of(told, "0,1") == (3, 3)
    assert is_pinned(told, "0,1", ORDINARY)
    assert not feasible_ranges(table, {"0,1"}, ORDINARY)["0,1"].protects(ORDINARY)


def test_the_textbook_table_loses_four_cells_and_no_total() -> None:
    found = protect(grid([[20, 3, 15], [18, 25, 30], [9, 40, 11]]), ORDINARY)
    assert found.small == {"0,1"}
    assert len(found.hidden) == 4
    assert not any("T" in name for name in found.hidden)
    assert found.shown["T,T"] == 171


def test_the_example_of_the_methods_page_is_what_the_product_does() -> None:
    page = (Path(__file__).parents[3] / "docs" / "methods" / "small-counts.md").read_text()
    lines = [line for line in page.splitlines() if re.match(r"\| (20|all \| \d)", line)]
    rows = [[int(cell) for cell in line.split("|")[2:-1]] for line in lines]
    found = protect(grid([row[:3] for row in rows[:3]]), ORDINARY)
    assert [found.shown[f"{place},T"] for place in (0, 1, 2, "T")] == [row[3] for row in rows]
    assert sorted(rows[int(name[0])][int(name[2])] for name in found.hidden) == [3, 18, 20, 25]
    assert (found.ranges["0,1"].low, found.ranges["0,1"].high) == (1, 22)
    assert "20, 3, 18 and 25" in page
    assert "from 1 to 22" in page


def test_a_table_without_small_counts_is_shown_whole() -> None:
    found = protect(grid([[20, 30], [0, 10]]), ORDINARY)
    assert found.hidden == frozenset()
    assert found.shown["1,0"] == 0


def test_sensitive_counts_are_rounded_and_their_zeros_hidden_unless_they_can_be_nothing_else() -> None:
    table = CountTable({"a": 12, "b": 13, "c": 0, "d": 0, "e": 40}, structural=frozenset("d"))
    found = protect(table, SENSITIVE)
    assert found.shown == {"a": 10, "b": 15, "c": None, "d": 0, "e": 40}


def test_a_count_that_rests_on_too_few_people_is_hidden_however_large() -> None:
    found = protect(grid([[20, 30], [40, 50]]), ORDINARY, unsafe=["0,0"])
    assert found.small == {"0,0"}
    assert len(found.hidden) == 4


def test_what_is_not_published_needs_no_protection_but_is_no_help_either() -> None:
    table = CountTable({"all": 30, "a": 3, "b": 20, "nowhere": 7}, (Sum("all", ("a", "b", "nowhere")),),
                       unpublished=frozenset({"nowhere"}))  # fmt: skip
    found = protect(table, ORDINARY)
    assert found.hidden == {"a"}
    assert "nowhere" not in found.shown


def test_a_lone_report_in_a_ward_changes_nothing_but_totals_that_are_not_small() -> None:
    before = protect(grid([[20, 0, 15], [18, 25, 30], [9, 40, 11]]), ORDINARY)
    after = protect(grid([[20, 1, 15], [18, 25, 30], [9, 40, 11]]), ORDINARY)
    assert before.shown["0,1"] == 0
    assert after.shown["0,1"] is None
    told = seen(after.shown, ORDINARY, (3, 3))
    low, high = range_of(told, "0,1")
    assert low == 1
    assert high >= 6


@pytest.mark.parametrize(("counts", "sums"), [({"a": -1}, ()), ({"all": 5, "a": 2, "b": 2}, (Sum("all", ("a", "b")),))])
def test_a_table_that_makes_no_sense_is_refused(counts: dict[str, int], sums: tuple[Sum, ...]) -> None:
    with pytest.raises(ValueError, match=r"below nought|add up"):
        CountTable(counts, sums)
