"""The season as an analysis keeps it, in words and in the calendar of the coming year."""

from typing import Any

from tests.strategy.conftest import Held
from wardmote.foundations.periods import Month, rolling_12
from wardmote.printing.blocks import Strong, Table
from wardmote.strategy.assessment.queries.findings.season import season_figures, season_of, season_sentences
from wardmote.strategy.assessment.queries.findings.series import Series
from wardmote.strategy.assessment.reports.findings.season import season_blocks
from wardmote.strategy.assessment.rules.sentences import Figure, Kind, quotes_in, untraced_in

LAST = Month(2026, 3)
YEAR = rolling_12(LAST)


def history(high: dict[int, int], *, years: int = 3) -> Series:
    """Return 100 a month but for some calendar months."""
    months = [LAST - back for back in range(12 * years)]
    return {month: high.get(month.number, 100) for month in months}


def found(high: dict[int, int], *, years: int = 3) -> dict[str, Any]:
    return {"slug": "burglary", "title": "Burglary", "season": season_of(history(high, years=years), YEAR)}


def test_a_peak_is_told_with_the_month_to_plan_in() -> None:
    said = season_sentences(found({11: 180}))
    assert said == (
        "Over 3 years, for months of equal length, clearly more are recorded in November (71% more): plan in "
        "September.",
    )


def test_a_run_over_the_turn_of_the_year_stands_together_and_is_planned_for_once() -> None:
    one = found({12: 180, 1: 180, 7: 20}, years=4)
    assert one["season"]["plan"] == ["10"]
    first, second = season_sentences(one)
    assert "in December (" in first
    assert " and January (" in first
    assert first.endswith("plan in October.")
    assert second.startswith("Clearly fewer are recorded in July (")


def test_high_months_with_one_between_them_are_one_run() -> None:
    one = found({12: 180, 2: 170}, years=4)
    assert one["season"]["plan"] == ["10"]
    (said, *_) = season_sentences(one)
    assert said.index("December (") < said.index("February (")
    assert found({5: 180, 9: 180}, years=4)["season"]["plan"] == ["03", "07"]


def test_every_number_of_the_sentence_is_a_figure_of_the_analysis() -> None:
    one = found({11: 180, 6: 30})
    figures = [
        Figure(f"burglary.{key}", Kind.CHANGE, value, name, of)
        for key, (value, name, of) in season_figures(one).items()
    ]
    text = " ".join(season_sentences(one))
    quotes = quotes_in(text, figures)
    assert untraced_in(text, quotes) == ()
    assert {quote.key for quote in quotes} == {"burglary.season.11", "burglary.season.06"}


def test_a_year_without_season_says_so_and_too_few_years_give_the_reason() -> None:
    assert season_sentences(found({})) == ("No month of the year stands out clearly over 3 years.",)
    short = found({11: 180}, years=2)
    assert short["season"] == {"reason": "A season needs 3 whole years that can be compared; 2 are held."}
    assert season_sentences(short) == ()
    assert season_sentences({}) == ()


def test_the_calendar_of_the_coming_year_has_a_letter_for_high_low_and_plan() -> None:
    analysis = {
        "problems": [found({11: 180, 6: 30}), found({}, years=2) | {"title": "Robbery"}],
        "period": {"first": str(YEAR.first), "last": str(YEAR.last)},
    }
    _, table, why = season_blocks(analysis)
    assert isinstance(table, Table)
    cells = dict(zip((column.title for column in table.columns), table.rows[0], strict=True))
    assert list(cells)[1:3] == ["Apr 2026", "May 2026"]
    assert cells["Nov 2026"] == (Strong("H"),)
    assert cells["Sep 2026"] == (Strong("P"),)
    assert cells["Jun 2026"] == (Strong("L"),)
    assert cells["Apr 2026"] == ("",)
    assert why.content == ("Robbery: A season needs 3 whole years that can be compared; 2 are held.",)  # type: ignore[union-attr]
    assert season_blocks({"problems": [{"title": "A"}], "period": analysis["period"]}) == []


def test_two_years_of_the_sample_are_too_little_and_say_so(held: Held) -> None:
    burglary = next(one for one in held.analysis.content["problems"] if one["slug"] == "burglary")
    assert "2 are held" in burglary["season"]["reason"]
