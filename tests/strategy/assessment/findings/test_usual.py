"""The usual range as an analysis keeps it, in words, in the chart, and on the page of a number."""

from typing import Any

from tests.strategy.conftest import Held
from wardmote.definitions import Effect, RecordingChange
from wardmote.foundations.periods import Month, rolling_12
from wardmote.printing.chart_kinds import Mark
from wardmote.strategy.assessment.queries.figures import figure_named
from wardmote.strategy.assessment.queries.findings import comparable
from wardmote.strategy.assessment.queries.findings.usual import usual_of, usual_sentences
from wardmote.strategy.assessment.reports.findings.usual import band_of, marks_of, usual_words

LAST = Month(2026, 3)
YEAR = rolling_12(LAST)


def history(*counts: int | None) -> dict[Month, int | None]:
    return {LAST - (len(counts) - 1 - at): count for at, count in enumerate(counts)}


def problem(counts: dict[Month, int | None]) -> dict[str, Any]:
    months = {str(month): count for month, count in counts.items()}
    return {"slug": "burglary", "months": months, "usual": usual_of(counts, YEAR)}


def test_a_month_far_from_the_years_before_is_named_with_its_range() -> None:
    found = problem(history(*[50] * 24, *[50] * 9, 90, 50, 20))
    assert found["usual"]["outside"] == {"2026-01": "above", "2026-03": "below"}
    assert found["usual"]["months"]["2026-01"] == {"expected": "50.0", "low": 32, "high": 70}
    assert usual_sentences(found) == (
        "January 2026 (90; usually 32 to 70) was above the usual range. "
        "March 2026 (20; usually 32 to 70) was below the usual range.",
    )


def test_an_ordinary_year_says_so_and_two_months_are_named_together() -> None:
    assert usual_sentences(problem(history(*[50] * 36))) == ("Every month of the year lies within its usual range.",)
    said = usual_sentences(problem(history(*[50] * 24, 90, *[50] * 10, 91)))
    assert said == (
        "April 2025 (90; usually 32 to 70) and March 2026 (91; usually 32 to 70) were above the usual range.",
    )


def test_a_lasting_move_is_told_apart_from_single_months() -> None:
    said = usual_sentences(problem(history(*[48, 52] * 12, *[50] * 4, *[54] * 8)))
    assert said[-1] == (
        "The months from August 2025 to March 2026 all lie above the earlier average: a sign of a lasting move."
    )


def test_a_month_that_is_missing_has_no_standing() -> None:
    found = problem(history(*[50] * 24, None, *[50] * 11))
    assert found["usual"]["outside"] == {}


def test_too_little_gives_nothing_and_less_than_two_years_say_so() -> None:
    assert problem(history(*[50] * 20))["usual"] == {}
    assert usual_sentences(problem(history(*[50] * 20))) == ()
    short = problem(history(*[48, 52] * 15))
    assert (short["usual"]["years"], short["usual"]["earlier_months"]) == (0, 18)
    assert "too few to know" in usual_words(short)
    assert "19 times in 20" in usual_words(problem(history(*[50] * 36)))


def test_the_chart_has_a_band_for_the_year_and_marks_for_what_lies_outside() -> None:
    found = problem(history(*[50] * 24, *[50] * 11, 90))
    months = sorted(found["months"])
    band = band_of(found, months)
    assert band is not None
    assert band.lower == (None,) * 24 + (32,) * 12
    assert marks_of(found, months) == (Mark(35, above=True),)
    # An analysis made before usual ranges were worked out.
    assert (band_of({}, months), marks_of({}, months), usual_words({})) == (None, (), "")


def test_months_before_a_change_in_recording_do_not_count() -> None:
    counts = history(*[50] * 36)
    changed = RecordingChange("2025-01", ("Burglary",), ("Burglary",), "Counted differently.", Effect.BREAK)
    assert min(comparable(counts, ["Burglary"], [changed])) == Month(2025, 1)
    assert comparable(counts, ["Robbery"], [changed]) == counts


def test_a_problem_that_is_not_measured_has_no_finding(held: Held) -> None:
    other = next(one for one in held.analysis.content["problems"] if one["slug"] == "domestic-abuse")
    assert "usual" not in other


def test_the_page_of_a_month_tells_its_usual_range(held: Held) -> None:
    content = held.analysis.content
    burglary = next(one for one in content["problems"] if one["slug"] == "burglary")
    one = burglary["usual"]["months"]["2026-08"]
    figure = figure_named(content, "burglary.month.2026-08")
    assert figure is not None
    assert figure["facts"][0] == ("Usual range", f"{one['low']} to {one['high']}, by the 12 months before")
    earlier = figure_named(content, "burglary.month.2025-01")
    assert earlier is not None
    assert earlier["facts"] == []
