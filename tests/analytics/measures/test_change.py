"""Change on evidence: missing months, changes in recording, small bases, and incidents that could not be placed."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.analytics.measures import world
from tests.analytics.measures.test_interval import slow_interval, slow_phi
from tests.analytics.measures.world import DROVE, QUAY, Row, incident, months
from wardmote.analytics.measures.change import change
from wardmote.analytics.measures.figures import FiguresRefused, Query
from wardmote.analytics.measures.interval import Dispersion
from wardmote.definitions import Effect, RecordingChange
from wardmote.foundations.periods import Month, Period

TWO_YEARS = months("2023-10", "2025-09")
BURGLARY = Query(where={"category": ("Burglary",)})
# Twelve months of 812 burglaries, then twelve of 640.
BEFORE = [68, 67, 68, 68, 67, 68, 68, 67, 68, 68, 67, 68]
NOW = [54, 53, 53, 54, 53, 53, 54, 53, 53, 54, 53, 53]


def series(
    counts: Sequence[int], held: Sequence[str], category: str = "Burglary", lsoa: str | None = "E01900001"
) -> list[Row]:
    return [incident(month, category, lsoa) for month, n in zip(held, counts, strict=True) for _ in range(n)]


def only(rows: list[Row], held: Sequence[str] = TWO_YEARS, query: Query = BURGLARY) -> dict[str, Any]:
    (found,) = change(world.evidence(rows, held), query).records()
    return found


def test_a_clear_fall_by_hand_and_in_words() -> None:
    found = only(series([*BEFORE, *NOW], TWO_YEARS))
    assert (found["previous"], found["current"], found["difference"]) == (812, 640, -172)
    assert found["percent"] == Decimal("-21.182266")  # -172 / 812
    assert found["words"] == (
        "Burglary fell from 812 (year to September 2024) to 640 (year to September 2025), down 21%: a clear fall"
    )
    assert found["verdict"] == "clear fall"


def test_the_interval_equals_the_slow_implementation_and_faults_would_be_caught() -> None:
    lumpy = [90, 20, 80, 15, 70, 25, 95, 30, 60, 10, 85, 20]
    found = only(series([*lumpy, *lumpy[::-1]], TWO_YEARS))
    phi = slow_phi([lumpy[::-1], lumpy])
    low, high = slow_interval(600, 600, Dispersion(phi, 11))
    assert float(found["phi"]) == pytest.approx(phi, abs=1e-5)
    assert (float(found["low"]), float(found["high"])) == pytest.approx((100 * (low - 1), 100 * (high - 1)), abs=1e-4)
    wrong = slow_interval(600, 600, Dispersion(phi, 11), fault="no dispersion")
    assert float(found["low"]) != pytest.approx(100 * (wrong[0] - 1), abs=1)


def test_the_same_fall_in_lumpy_counts_is_not_clear() -> None:
    lumpy = [160, 10, 150, 12, 9, 140, 20, 130, 11, 10, 150, 10]
    fallen = [10, 125, 9, 130, 112, 8, 110, 12, 10, 9, 8, 97]
    assert (sum(lumpy), sum(fallen)) == (812, 640)
    found = only(series([*lumpy, *fallen], TWO_YEARS))
    assert found["percent"] == Decimal("-21.182266")
    assert found["verdict"] == "no clear change"


def test_a_small_base_has_no_percentage_but_a_difference() -> None:
    found = only(series([1] * 24, TWO_YEARS))
    assert (found["previous"], found["percent"], found["difference"]) == (12, None, 0)
    assert found["words"].startswith("Burglary stayed at 12")


def test_from_nothing_there_is_no_percentage() -> None:
    found = only(series([0] * 12 + [3] * 12, TWO_YEARS))
    assert (found["percent"], found["reason"]) == (None, "there were none before")
    assert "36 more: a clear rise" in found["words"]


def test_across_a_missing_month_there_is_no_change() -> None:
    held = [month for month in TWO_YEARS if month != "2024-03"]
    rows = [row for row in series([*BEFORE, *NOW], TWO_YEARS) if str(row["month"])[:7] != "2024-03"]
    found = only(rows, held)
    assert (found["percent"], found["verdict"]) == (None, "cannot say")
    assert found["words"] == "Burglary: no comparison, no count is held for March 2024"


def test_across_a_change_in_recording_there_is_no_change() -> None:
    held = months("2012-05", "2014-04")
    rows = series([30] * 12, held[:12], "Other theft") + series([20] * 12, held[12:], "Other theft")
    found = only(rows, held, Query(where={"problem": ("other-theft",)}))
    assert found["percent"] is None
    assert found["reason"].startswith("change in recording: In May 2013 “Bicycle theft” and “Theft from the person”")


def test_a_renaming_is_said_and_compared() -> None:
    held = months("2012-05", "2014-04")
    rows = series([30] * 12, held[:12], "Violent crime") + series([30] * 12, held[12:], "Violence and sexual offences")
    figures = change(world.evidence(rows, held), Query(by=("problem",), where={"problem": ("violent-crime",)}))
    (found,) = figures.records()
    assert (found["previous"], found["current"], found["verdict"]) == (360, 360, "no clear change")
    assert any("“Violent crime” was renamed" in note for note in figures.notes)


@pytest.mark.parametrize(
    ("month", "touched", "effect", "verdict"),
    [
        ("2024-10", ("Burglary",), Effect.BREAK, "cannot say"),
        ("2024-04", ("Burglary",), Effect.BREAK, "cannot say"),
        # Before both years, or in the first month of them: nothing is compared across it.
        ("2023-10", ("Burglary",), Effect.BREAK, "clear fall"),
        ("2024-10", ("Robbery",), Effect.BREAK, "clear fall"),
        ("2024-10", ("Burglary",), Effect.CARE, "clear fall"),
        # One part of a sum recorded otherwise spoils the sum.
        ("2024-10", ("Burglary", "Robbery"), Effect.BREAK, "cannot say"),
    ],
)
def test_a_change_in_recording_that_we_know_of_is_never_crossed_unsaid(
    month: str, touched: tuple[str, ...], effect: Effect, verdict: str
) -> None:
    known = RecordingChange(month, touched, touched, "The force moved to another system.", effect)
    evidence = replace(world.evidence(series([*BEFORE, *NOW], TWO_YEARS), TWO_YEARS), changes=(known,))
    for query in (BURGLARY, Query()) if "Burglary" in touched else (BURGLARY,):
        figures = change(evidence, query)
        (found,) = figures.records()
        assert found["verdict"] == verdict
        assert ("The force moved" in found["reason"]) == (verdict == "cannot say")


def test_a_quarter_is_compared_with_the_same_quarter_of_last_year() -> None:
    query = Query(where=BURGLARY.where, period=Period(Month(2025, 7), Month(2025, 9)))
    found = only(series([*BEFORE, *NOW], TWO_YEARS), query=query)
    assert (found["previous"], found["current"]) == (68 + 67 + 68, 54 + 53 + 53)
    assert "(July 2024 to September 2024)" in found["words"]


def test_wards_each_have_their_change_and_their_name() -> None:
    rows = series([9] * 24, TWO_YEARS) + series([5] * 12 + [9] * 12, TWO_YEARS, lsoa="E01900004")
    figures = change(world.evidence(rows, TWO_YEARS), Query(by=("ward", "category")))
    found = {row["ward"]: row for row in figures.records()}
    assert (found[QUAY]["difference"], found[DROVE]["difference"]) == (0, 48)
    assert found[DROVE]["words"].startswith("Burglary in Drove rose from 60")
    assert found[DROVE]["warning"] == ""


def test_when_fewer_incidents_are_placed_an_area_warns_and_shows_the_whole_force_beside() -> None:
    # 40 a month throughout; from October 2024 two in forty have no LSOA: 5 points, and a false fall of 5%.
    placed = series([40] * 12 + [38] * 12, TWO_YEARS)
    lost = series([0] * 12 + [2] * 12, TWO_YEARS, lsoa=None)
    found = only([*placed, *lost], query=Query(where={"category": ("Burglary",), "district": ("Saltmarsh",)}))
    assert (found["previous"], found["current"]) == (480, 456)
    assert found["warning"].startswith("Incidents without LSOA went from 0.0% to 5.0% (+5.0 percentage points)")
    assert found["whole_force"] == (
        "Burglary in the whole force stayed at 480 (year to September 2024 and year to September 2025): no clear change"
    )


def test_a_small_move_of_the_share_without_lsoa_does_not_warn() -> None:
    rows = series([99] * 24, TWO_YEARS) + series([0] * 12 + [1] * 12, TWO_YEARS, lsoa=None)
    assert only(rows, query=Query(where={"ward": (QUAY,)}))["warning"] == ""


def test_the_history_widens_the_noise_estimate_to_five_years() -> None:
    held = months("2019-10", "2025-09")
    rows = series([*BEFORE, *NOW] * 3, held)
    figures = change(world.evidence(rows, held), BURGLARY)
    assert figures.provenance["history"] == "2020-10..2025-09"


def test_a_change_by_month_is_refused() -> None:
    with pytest.raises(FiguresRefused, match="compares two periods"):
        change(world.evidence(series([*BEFORE, *NOW], TWO_YEARS), TWO_YEARS), Query(by=("month",)))
