"""What a partner changed in figures that are held already is found by value, not by the number of rows."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.strategy.conftest import People
from tests.strategy.partner import MEASURE, force_sheet
from wardmote.sample.places import VALE
from wardmote.strategy.evidence.actions.verdicts import usual_status
from wardmote.strategy.evidence.models import Release
from wardmote.strategy.evidence.presenters import check_rows
from wardmote.strategy.evidence.queries.checks import check_for
from wardmote.strategy.evidence.rules import FigureStatus, Finding
from wardmote.strategy.evidence.rules.restated import ChangedFigure, look_at_figures, look_at_negative


def changed(what: str, before: str | None, now: str | None, period: str = "January 2026") -> ChangedFigure:
    return ChangedFigure(period, what, before and Decimal(before), now and Decimal(now))


def test_a_changed_figure_says_by_how_much_and_the_most_moved_stands_first() -> None:
    few, much = changed("Fires, Mill", "100", "101"), changed("Fires, Fern", "3", "30")
    came, went = changed("Fires, Lock", None, "1200"), changed("Fires, Quay", "5", None)
    words = "January 2026, which we hold already, has other figures. "
    assert look_at_figures([few]) == (Finding(f"{words}Fires, Mill: 101 now, 100 before (+1.0%).", needs_a_look=False),)
    (found,) = look_at_figures([few, much, came, went])
    assert found.needs_a_look
    assert found.words == (
        f"{words}Fires, Fern: 30 now, 3 before (+900.0%); Fires, Lock: 1,200 now, missing before; "
        "Fires, Quay: missing now, 5 before; and 1 more."
    )


def test_a_quarter_is_looked_at_and_less_is_not() -> None:
    found = look_at_figures([changed("a", "100", "75"), changed("b", "100", "76", "May 2026")])
    assert [one.needs_a_look for one in found] == [True, False]


def test_a_month_with_as_many_rows_and_another_figure_is_not_called_the_same(
    people: People, releases: tuple[Release, ...], tmp_path: Path, data: Any
) -> None:
    force_sheet(people.analyst, tmp_path / "first", {"2026-06": 3, "2026-07": 40, "2026-08": 50})
    force_sheet(people.analyst, tmp_path / "second", {"2026-06": 30, "2026-07": 40, "2026-08": "n/a"})
    came = Release.objects.filter(kind="figures").latest("arrival")
    check = check_for(people.analyst, came)
    place = f"{MEASURE}, {VALE.name}"
    assert [one.words for one in check.findings] == [
        f"June 2026, which we hold already, has other figures. {place}: 30 now, 3 before (+900.0%).",
        f"August 2026, which we hold already, has other figures. {place}: missing now, 50 before.",
    ]
    assert check.needs_a_look
    assert [(row[0], row[2], row[4]) for row in check_rows(check)] == [
        ("August 2026", "1, 1 with another figure", "not given"),
        ("July 2026", "1, the same", "not given"),
        ("June 2026", "1, 1 with another figure", "not given"),
    ]


def test_a_count_below_nothing_is_looked_at(people: People, releases: tuple[Release, ...], tmp_path: Path) -> None:
    assert look_at_negative([]) == ()
    force_sheet(people.analyst, tmp_path / "first", {"2026-06": 3, "2026-07": -5, "2026-08": -7})
    came = Release.objects.filter(kind="figures").latest("arrival")
    (found,) = check_for(people.analyst, came).findings
    first = f"{MEASURE}, {VALE.name}, 2026-07: -5"
    assert found.words == f"2 figures are below 0, the first of them {first}. A count cannot be."
    assert found.needs_a_look


@pytest.mark.parametrize(
    ("by_status", "months", "status"),
    [
        ({"validated": 3}, ["2026-06"], FigureStatus.VALIDATED),
        ({"validated": 3, "unavailable": 1}, ["2026-06"], FigureStatus.VALIDATED),
        ({"validated": 3, "provisional": 1}, ["2026-06"], FigureStatus.PROVISIONAL),
        ({}, ["2026-06"], FigureStatus.PROVISIONAL),
        ({}, [], FigureStatus.VALIDATED),
    ],
)
def test_figures_are_final_where_their_rows_say_so(
    by_status: dict[str, int], months: list[str], status: FigureStatus
) -> None:
    release = Release(kind="figures", manifest={"months": months, "quality": {"figures_by_status": by_status}})
    assert usual_status(release) is status
