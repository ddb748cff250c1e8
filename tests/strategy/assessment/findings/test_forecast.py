"""Forecasts as an analysis keeps them, in words, in the chart and in the tables of a report."""

from typing import Any

from tests.analytics.measures.test_forecasts import drawn
from tests.strategy.conftest import Held
from wardmote.foundations.periods import Month, rolling_12
from wardmote.printing.blocks import Paragraph, Picture, Table
from wardmote.printing.chart_kinds import LineChart
from wardmote.strategy.assessment.queries.findings.forecast import forecast_sentences, forecasts_of
from wardmote.strategy.assessment.queries.findings.series import Series
from wardmote.strategy.assessment.reports.findings.forecast import forecast_blocks, outlook_blocks

LAST = Month(2026, 3)
YEAR = rolling_12(LAST)


def ending(counts: list[int]) -> Series:
    return {LAST - (len(counts) - 1 - at): count for at, count in enumerate(counts)}


def histories(months: int = 60) -> dict[str, Series]:
    return {slug: ending(counts) for slug, counts in drawn(1, months=months).items()}


def problem(found: dict[str, Any], slug: str = "s0", months: int = 60) -> dict[str, Any]:
    counts = {str(month): count for month, count in histories(months)[slug].items()}
    return {"slug": slug, "title": "Burglary", "measured": True, "months": counts, "forecast": found[slug]}


def analysis(*problems: dict[str, Any]) -> dict[str, Any]:
    return {
        "problems": list(problems),
        "months": [str(LAST - back) for back in range(35, -1, -1)],
        "period": {"first": str(YEAR.first), "last": str(YEAR.last), "words": YEAR.words()},
        "districts": [["E07900001", "Ashcombe Vale"]],
        "sources": [],
    }


def test_the_coming_year_is_told_with_its_interval_and_with_last_years_forecast() -> None:
    found = forecasts_of(histories(), YEAR)["s0"]
    year, last = found["year"], found["last_year"]
    assert list(found["months"]) == [str(LAST + ahead) for ahead in range(1, 13)]
    first, second = forecast_sentences({"forecast": found})
    assert first == (
        f"In the year to March 2027 about {year['expected']} incidents are expected if what has been goes on "
        f"(80% interval {year['low80']} to {year['high80']})."
    )
    assert f"would have given {last['year']['expected']} for the year that has passed" in second
    assert f"{last['count']} were recorded, " in second


def test_last_years_forecast_knows_nothing_of_the_year_it_is_about() -> None:
    known = histories()
    changed = {
        slug: {m: (c or 0) * (3 if m >= YEAR.first else 1) for m, c in one.items()} for slug, one in known.items()
    }
    before, after = (forecasts_of(one, YEAR)["s0"]["last_year"] for one in (known, changed))
    assert (before["year"], before["months"], before["method"]) == (after["year"], after["months"], after["method"])
    assert after["count"] == 3 * before["count"]
    assert after["held"]["95"] < 12
    assert "outside that interval" in forecast_sentences({"forecast": forecasts_of(changed, YEAR)["s0"]})[1]


def test_from_three_years_there_is_a_forecast_and_nothing_is_said_of_last_years() -> None:
    found = forecasts_of(histories(36), YEAR)["s0"]
    assert (found["origins"], found["last_year"]) == (1, {})
    assert len(forecast_sentences({"forecast": found})) == 1
    said = [
        one
        for one in outlook_blocks(analysis({"slug": "a", "title": "A", "forecast": found}))
        if isinstance(one, Paragraph)
    ]
    assert said[-1] == Paragraph(("Too few months are held to say what a forecast would have given a year ago.",))


def test_a_gap_or_a_short_history_gives_its_reason_in_place_of_a_forecast() -> None:
    known = histories()
    known["s0"] = {**known["s0"], Month(2025, 1): None}
    known["s1"] = {month: count for month, count in known["s1"].items() if month != LAST}
    known["s2"] = dict.fromkeys(known["s2"], 0)
    found = forecasts_of(known, YEAR)
    assert found["s0"] == {
        "reason": "There is no forecast: it needs 36 months without a gap and counted alike, and there are 14, from "
        "February 2025."
    }
    assert found["s1"]["reason"] == "There is no forecast, since no count is held for March 2026."
    assert found["s2"]["reason"] == "There is no forecast, since there were none."
    assert found["s3"]["reason"] == ""
    assert forecast_blocks(problem(found), analysis()) == [Paragraph((found["s0"]["reason"],))]
    alone = forecasts_of({"s0": histories(36)["s0"]}, YEAR)
    assert "too few earlier ones to judge it by" in alone["s0"]["reason"]


def test_the_chart_goes_on_into_the_future_with_a_line_of_its_own_and_a_band() -> None:
    found = forecasts_of(histories(), YEAR)
    (picture,) = forecast_blocks(problem(found), analysis())
    assert isinstance(picture, Picture)
    chart = picture.chart
    assert isinstance(chart, LineChart)
    assert (len(chart.months), chart.ahead) == (36, 12)
    happened, expected = chart.lines
    assert happened.values[24:] == (None,) * 12
    assert expected.values[:24] == (None,) * 24
    assert chart.band is not None
    assert all(
        low <= point <= high
        for low, point, high in zip(chart.band.lower[24:], expected.values[24:], chart.band.upper[24:], strict=True)
    )  # type: ignore[operator]
    assert [row[0] for row in picture.table.rows][-1] == ("Year to March 2027",)


def test_all_problems_stand_side_by_side_with_last_years_forecast_and_the_league_of_methods() -> None:
    found = forecasts_of(histories(), YEAR)
    tables = [
        one for one in outlook_blocks(analysis(*(problem(found, slug) for slug in found))) if isinstance(one, Table)
    ]
    assert [len(one.rows) for one in tables] == [6, 6, 3]
    held = sum(found[slug]["last_year"]["held"]["80"] for slug in found)
    assert f"Of 72 months {held} lay in their 80% interval" in tables[1].note
    assert [row[0][0] for row in tables[2].rows if "(used)" in str(row[0][0])] == [f"{found['s0']['method']} (used)"]
    # An analysis made before there were forecasts.
    assert outlook_blocks(analysis({"title": "A"})) == []
    assert forecast_blocks({"title": "A"}, analysis()) == []


def test_two_years_of_the_sample_are_too_little_and_say_so(held: Held) -> None:
    burglary = next(one for one in held.analysis.content["problems"] if one["slug"] == "burglary")
    assert "it needs 36 months" in burglary["forecast"]["reason"]
    assert burglary["forecast"]["wards"] == []
    other = next(one for one in held.analysis.content["problems"] if one["slug"] == "domestic-abuse")
    assert "forecast" not in other
