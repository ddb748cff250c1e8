"""A mapping is proposed from headings, and shown with its effect before anything is stored."""

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.analytics.sources.figures.making import LONG, WIDE, preview_of, table, values
from tests.analytics.sources.workbooks.making import xlsx
from wardmote.analytics.sources import SourceRefused
from wardmote.analytics.sources.figures import recognise, suggest
from wardmote.analytics.sources.mapping import Part


def test_a_preview_shows_the_first_twenty_figures_and_counts_all(tmp_path: Path) -> None:
    lines = [f"2024-01,Ward {number},{number}" for number in range(30)] + ["2024-01,X,?"] * 250
    shown = preview_of(table(tmp_path, *lines), LONG)
    assert (len(shown.figures), len(shown.rejects)) == (20, 200)
    assert (shown.read, shown.accepted, shown.rejected) == (280, 30, 250)
    assert shown.headings == ("Month", "Ward", "Incidents")


def test_a_long_table_is_recognised_by_its_headings(tmp_path: Path) -> None:
    path = table(tmp_path, "2024-01,E05000001,Abbey,Fires,3", header="Month,Ward code,Ward name,Category,Count")
    found = suggest(path, work=tmp_path / "work").mapping
    assert found is not None
    assert (found.period, found.area, found.area_code) == (Part("Month"), Part("Ward name"), Part("Ward code"))
    assert (found.measure, found.value_columns, found.across) == (Part("Category"), ("Count",), "")
    assert values(preview_of(path, found)) == [("2024-01", "Abbey", "3")]


def test_a_wide_table_below_a_title_is_recognised_by_its_months(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Deliberate fires in Ambleshire"],
        [],
        ["Ward", dt.date(2024, 1, 1), dt.date(2024, 2, 1), "Total"],
        ["Abbey", 1, 2, 3],
    ]
    path = xlsx(tmp_path / "deliberate_fires.xlsx", {"Data": rows})
    proposal = suggest(path, work=tmp_path / "work")
    found = proposal.mapping
    assert found is not None
    assert proposal.sheets == ("Data",)
    assert (found.title, found.sheet, found.header_first) == ("deliberate fires", "Data", 3)
    assert (found.across, found.value_columns) == ("period", ("2024-01-01", "2024-02-01"))
    assert found.measure == Part(constant="?")
    shown = preview_of(path, replace(found, measure=Part(constant="Fires")))
    assert values(shown) == [("2024-01", "Abbey", "1"), ("2024-02", "Abbey", "2")]


def test_several_measures_side_by_side_are_recognised(tmp_path: Path) -> None:
    path = table(tmp_path, "2024-01,Abbey,3,4", header="Month,Ward,Fires,False alarms")
    found = suggest(path, work=tmp_path / "work").mapping
    assert found is not None
    assert (found.across, found.value_columns, found.measure) == ("measure", ("Fires", "False alarms"), Part())


def test_the_visible_sheet_is_proposed_before_a_hidden_one(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["Month", "Ward", "Incidents"], ["2024-01", "Abbey", 1]]
    path = xlsx(tmp_path / "a.xlsx", {"Old": rows, "New": rows}, change=lambda book, made: _hide_first(made))
    proposal = suggest(path, work=tmp_path / "work")
    assert proposal.sheets == ("New", "Old")
    assert proposal.mapping is not None
    assert proposal.mapping.sheet == "New"


def _hide_first(made: dict[str, Any]) -> None:
    made["New"].activate()
    made["New"].set_first_sheet()
    made["Old"].hide()


@pytest.mark.parametrize(
    ("lines", "reason"),
    [(("one", "two"), "No row looks like headings"), (("Abbey,yes", "Bridge,no"), "No column looks like figures")],
)
def test_where_nothing_can_be_proposed_the_reason_is_said(tmp_path: Path, lines: tuple[str, ...], reason: str) -> None:
    proposal = suggest(table(tmp_path, *lines, header="Ward,Seen" if "," in lines[0] else "x"), work=tmp_path / "work")
    assert proposal.mapping is None
    assert reason in proposal.reason


def test_headings_without_rows_are_said_to_be_that(tmp_path: Path) -> None:
    assert "nothing below it" in suggest(table(tmp_path, header="Month,Ward,Incidents"), work=tmp_path / "work").reason


def test_people_are_refused_before_anything_is_proposed(tmp_path: Path) -> None:
    path = table(tmp_path, "2024-01,Abbey,1,Ada", header="Month,Ward,Incidents,Forename")
    with pytest.raises(SourceRefused, match="holds people"):
        suggest(path, work=tmp_path / "work")


def test_merged_headings_over_the_row_of_months_are_found_and_a_merged_title_is_none(tmp_path: Path) -> None:
    def change(book: Any, made: dict[str, Any]) -> None:
        made["A"].merge_range("A1:C1", "Deliberate fires")
        made["A"].merge_range("B2:C2", "2024/25")

    path = xlsx(tmp_path / "a.xlsx", {"A": [[], [], ["Ward", "Apr", "May"], ["Abbey", 1, 2]]}, change=change)
    proposal = suggest(path, work=tmp_path / "work")
    assert proposal.rows == (2, 3)
    assert proposal.mapping is not None
    assert (proposal.mapping.across, proposal.mapping.value_columns) == ("period", ("2024/25 / Apr", "2024/25 / May"))
    shown = preview_of(path, replace(proposal.mapping, measure=Part(constant="Fires")))
    assert values(shown) == [("2024-04", "Abbey", "1"), ("2024-05", "Abbey", "2")]


@pytest.mark.parametrize("months", [("Jan 2026", "Feb 2026"), (dt.date(2026, 1, 1), dt.date(2026, 2, 1))])
def test_months_under_a_merged_title_of_the_measure_are_read(tmp_path: Path, months: tuple[Any, Any]) -> None:
    def change(book: Any, made: dict[str, Any]) -> None:
        made["A"].merge_range("A1:A2", "Ward")
        made["A"].merge_range("B1:C1", "Assault call-outs")

    path = xlsx(tmp_path / "a.xlsx", {"A": [[], ["", *months], ["Abbey", 1, 2]]}, change=change)
    proposal = suggest(path, work=tmp_path / "work", rows=(1, 2))
    assert proposal.mapping is not None
    assert proposal.mapping.across == "period"
    shown = preview_of(path, replace(proposal.mapping, measure=Part(constant="Calls")))
    assert values(shown) == [("2026-01", "Abbey", "1"), ("2026-02", "Abbey", "2")]
    assert recognise(path, [proposal.mapping], work=tmp_path / "work") == (0, proposal.mapping)


def test_two_periods_in_one_heading_are_refused(tmp_path: Path) -> None:
    path = table(tmp_path, ",Jan 2026", "Abbey,1", header="Ward,2025")
    mapping = replace(WIDE, header_last=2, value_columns=("2025 / Jan 2026",), merged="join")
    with pytest.raises(SourceRefused, match="is not a period"):
        preview_of(path, mapping)


def test_what_somebody_says_of_the_heading_rows_counts(tmp_path: Path) -> None:
    path = table(tmp_path, "Month,Ward,Incidents", "2024-01,Abbey,1", header="Fires,by,ward")
    assert suggest(path, work=tmp_path / "work", rows=(2, 2)).headings == ("Month", "Ward", "Incidents")


def test_saved_mappings_are_recognised_by_their_columns(tmp_path: Path) -> None:
    path = table(tmp_path, "2024-01,Abbey,1")
    other = replace(LONG, value_columns=("Fires",))
    assert recognise(path, [other, LONG], work=tmp_path / "work") == (1, LONG)
    assert recognise(path, [other], work=tmp_path / "work") is None
    wide = table(tmp_path, "Abbey,1,2", header="Ward,2024-02,2024-03", name="wide.csv")
    found = recognise(wide, [WIDE], work=tmp_path / "work")
    assert found == (0, replace(WIDE, value_columns=("2024-02", "2024-03")))
