"""Tables of partners become releases of figures: every form, every reason for a reject, every refusal."""

import csv
import datetime as dt
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.analytics.sources.figures.making import (
    LONG,
    WIDE,
    cells_of,
    mapping_file,
    preview_of,
    read_figures,
    reasons,
    table,
    values,
)
from tests.analytics.sources.making import held, read_all, read_one, rejects_of, releases, rows_of
from tests.analytics.sources.workbooks.making import edited, ods, xlsx, xlsx_of_xml
from wardmote.analytics.sources import AlreadyHeld, SourceRefused
from wardmote.analytics.sources.mapping import ColumnMapping, Part
from wardmote.analytics.warehouse.store import Warehouse

ROWS: list[list[Any]] = [
    ["Month", "Ward", "Incidents"],
    ["2024-01", "Abbey", 12],
    ["2024-01", "Bridge", 0],
    ["2024-02", "Abbey", "<5"],
    ["2024-02", "Bridge", 1234.5],
]
LINES = ("2024-01,Abbey,12", "2024-01,Bridge,0", "2024-02,Abbey,<5", '2024-02,Bridge,"1,234.5"')


def test_a_long_table_becomes_a_release_with_every_cell_in_its_column(warehouse: Warehouse, tmp_path: Path) -> None:
    manifest = read_figures(warehouse, replace(LONG, caveat="Counts calls"), table(tmp_path, *LINES))
    rows = rows_of(warehouse, manifest.release, "row")
    assert rows[0] == {
        "period": "2024-01",
        "period_kind": "month",
        "month_index": 2024 * 12 + 1,
        "months": 1,
        "area": "Abbey",
        "area_code": None,
        "area_match": None,
        "measure": "Deliberate secondary fires",
        "unit": "number",
        "value": Decimal(12),
        "status": "validated",
        "missing_reason": None,
        "file": "fires.csv",
        "row": 2,
    }
    assert [(row["value"], row["missing_reason"]) for row in rows] == [
        (Decimal(12), None),
        (Decimal(0), None),
        (None, "suppressed"),
        (Decimal("1234.5"), None),
    ]


def test_the_manifest_says_whose_figures_these_are_and_through_which_mapping(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    mapping = replace(LONG, caveat="Counts calls")
    manifest = read_figures(warehouse, mapping, table(tmp_path, *LINES))
    assert (manifest.kind, manifest.dataset) == ("figures", "figures-deliberate-fires")
    assert manifest.publisher == "Ambleshire Fire and Rescue Service"
    assert manifest.attribution == "Source: Ambleshire Fire and Rescue Service."
    assert manifest.months == ("2024-01", "2024-02")
    assert (manifest.rows_read, manifest.rows_accepted, manifest.rows_rejected) == (4, 4, 0)
    assert ColumnMapping.from_json(manifest.mapping["mapping"]) == mapping
    assert manifest.quality["caveat"] == "Counts calls"
    assert manifest.quality["figures_missing_by_reason"] == {"suppressed": 1}
    assert manifest.quality["rows_by_month"] == {"2024-01": 2, "2024-02": 2}
    assert read_figures(warehouse, mapping, table(tmp_path, *LINES), is_sample=True).publisher != manifest.publisher


def test_csv_xlsx_and_ods_of_one_table_are_the_same_figures(warehouse: Warehouse, tmp_path: Path) -> None:
    paths = [
        table(tmp_path, *LINES),
        xlsx(tmp_path / "a.xlsx", {"Fires": ROWS}),
        ods(tmp_path / "a.ods", {"Fires": ROWS}),
    ]
    read = [cells_of(rows_of(warehouse, read_figures(warehouse, LONG, path).release)) for path in paths]
    assert read[0] == read[1] == read[2]


COUNTS = st.one_of(st.integers(0, 10**9).map(str), st.sampled_from(["", "*", "-", "[x]", "<5", "1,234", "0.25"]))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cells=st.lists(st.tuples(COUNTS, COUNTS), min_size=1, max_size=6),
    months=st.lists(st.integers(2010 * 12 + 1, 2026 * 12 + 6), min_size=2, max_size=2, unique=True),
)
def test_wide_and_long_layouts_of_one_table_give_the_same_figures(
    warehouse: Warehouse, tmp_path: Path, cells: list[tuple[str, str]], months: list[int]
) -> None:
    names = [f"{(index - 1) // 12}-{(index - 1) % 12 + 1:02}" for index in months]
    long_rows = [
        [month, f"Ward {number}", value]
        for number, pair in enumerate(cells)
        for month, value in zip(names, pair, strict=True)
    ]
    wide_rows = [[f"Ward {number}", *pair] for number, pair in enumerate(cells)]
    folder = tmp_path / "made"
    folder.mkdir(exist_ok=True)
    _write(folder / "long.csv", [["Month", "Ward", "Incidents"], *long_rows])
    _write(folder / "wide.csv", [["Ward", *names], *wide_rows])
    kind = {"period_kind": "month"}
    long = read_figures(warehouse, replace(LONG, **kind), folder / "long.csv")
    wide = read_figures(warehouse, replace(WIDE, value_columns=tuple(names), **kind), folder / "wide.csv")
    assert cells_of(rows_of(warehouse, long.release)) == cells_of(rows_of(warehouse, wide.release))
    assert long.rows_accepted == wide.rows_accepted == 2 * len(cells)


def _write(path: Path, rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)


def test_measures_and_areas_can_stand_in_the_headings_too(tmp_path: Path) -> None:
    path = table(tmp_path, "2024-01,3,4", header="Month,Fires,False alarms")
    mapping = replace(
        LONG, measure=Part(), area=Part(constant="Ambleford"), across="measure", value_columns=("Fires", "False alarms")
    )
    assert [(one.measure, one.value.value) for one in preview_of(path, mapping).figures] == [
        ("Fires", 3),
        ("False alarms", 4),
    ]
    by_area = replace(LONG, area=Part(), across="area", value_columns=("Fires", "False alarms"))
    assert [one.area for one in preview_of(path, by_area).figures] == ["Fires", "False alarms"]


def test_the_same_figures_are_counted_a_second_way(warehouse: Warehouse, tmp_path: Path) -> None:
    lines = [f"2024-{month:02},Ward {ward},{month * ward}" for month in range(1, 13) for ward in range(1, 40)]
    path = table(tmp_path, *lines)
    with path.open(encoding="utf-8", newline="") as stream:
        expected = sum(int(row["Incidents"]) for row in csv.DictReader(stream))
    manifest = read_figures(warehouse, LONG, path)
    assert sum(row["value"] for row in rows_of(warehouse, manifest.release)) == expected == 78 * 780
    assert manifest.rows_read == len(lines)


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        ("2024-01,Abbey,many", "Incidents", "“many” is not a number"),
        ("2024-01,Abbey,1e5", "Incidents", "is not a number"),
        ("31/02/2024,Abbey,1", "Month", "does not exist"),
        ("01/02/24,Abbey,1", "Month", "two digits"),
        (",Abbey,1", "Month", "no period"),
        ("2024-01,,1", "Ward", "no area"),
        ("2024-01,Abbey", "", "2 cells instead of 3"),
        ("2024-01,Abbey,1,2", "", "4 cells instead of 3"),
        ("2024-01,Total,9", "", "a total or footnote line"),
        ("Total,,9", "", "a total or footnote line"),
        ("Source: the service's own log,,", "", "a total or footnote line"),
        ("2024-01,Bridge,7", "Incidents", "the same period, area and measure stand in row 2"),
        ('2024-01,"Ab"bey,7', "", "quotation mark in the wrong place"),
    ],
)
def test_a_row_that_cannot_be_used_is_listed_with_row_column_and_reason(
    tmp_path: Path, line: str, column: str, words: str
) -> None:
    shown = preview_of(table(tmp_path, "2024-01,Bridge,1", line), LONG)
    assert (shown.read, shown.accepted, shown.rejected) == (2, 1, 1)
    ((row, where, reason),) = reasons(shown)
    assert (row, where) == (3, column)
    assert words in reason


def test_one_bad_cell_of_a_wide_row_costs_that_cell_alone(warehouse: Warehouse, tmp_path: Path) -> None:
    path = table(tmp_path, "Abbey,?,4", "Total,5,6", header="Ward,2024-01,2024-02")
    manifest = read_figures(warehouse, WIDE, path)
    assert (manifest.rows_read, manifest.rows_accepted, manifest.rows_rejected) == (3, 1, 2)
    assert [(one[1], one[2]) for one in rejects_of(warehouse, manifest)] == [("2", "2024-01"), ("3", "")]
    assert manifest.quality["rejected_by_reason"] == {"total": 1, "value": 1}


def test_a_status_column_says_how_firm_each_figure_is(tmp_path: Path) -> None:
    mapping = replace(LONG, status=Part(column="Status"))
    path = table(tmp_path, "2024-01,A,1,Final", "2024-01,B,1,p", "2024-01,C,1,maybe", header=f"{HEADER},Status")
    shown = preview_of(path, mapping)
    assert [one.status for one in shown.figures] == ["validated", "provisional"]
    assert reasons(shown) == [(4, "Status", "“maybe” is not a status")]


HEADER = "Month,Ward,Incidents"


@pytest.mark.parametrize(
    ("lines", "mapping", "words"),
    [
        (("03/04/2024,Abbey,1",), LONG, "whether the day or the month comes first"),
        (("2011-12,Abbey,1",), LONG, "a month or a financial year"),
        (("2026-07,Abbey,1",), LONG, "2026-07 has not begun"),
        (("soon,Abbey,1",), LONG, "Not one of 1 rows could be read; the first, row 2 of fires.csv"),
        (LINES, replace(LONG, value_columns=("Fires",)), "has no column “Fires”; its headings are “Month”, “Ward”"),
        (LINES, replace(LONG, header_first=20, header_last=20), "has nothing in row 20"),
        (("Abbey,1,2",), WIDE, "has no column “2024-01”"),
    ],
)
def test_what_only_a_person_can_decide_refuses_the_table(
    warehouse: Warehouse, tmp_path: Path, lines: tuple[str, ...], mapping: ColumnMapping, words: str
) -> None:
    before = read_figures(warehouse, LONG, table(tmp_path / "before", *LINES))
    with pytest.raises(SourceRefused, match=words) as refused:
        read_figures(warehouse, mapping, table(tmp_path, *lines))
    assert refused.value.message.endswith("Nothing was changed.")
    assert releases(warehouse) == [before.release]


def test_a_heading_that_is_no_period_refuses_a_wide_table(tmp_path: Path) -> None:
    path = table(tmp_path, "Abbey,1,2", header="Ward,2024-01,Change")
    with pytest.raises(SourceRefused, match="column “Change”: “Change” is not a period"):
        preview_of(path, replace(WIDE, value_columns=("2024-01", "Change")))


def test_a_column_twice_refuses_the_table(tmp_path: Path) -> None:
    with pytest.raises(SourceRefused, match="has the column “incidents” twice"):
        preview_of(table(tmp_path, "2024-01,A,1,2", header=f"{HEADER},incidents"), LONG)


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_other_separators_and_windows_text_are_read(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "fires.csv"
    path.write_bytes("\r\n".join(line.replace(",", delimiter) for line in (HEADER, "2024-01,Café,12")).encode("cp1252"))
    assert values(preview_of(path, LONG)) == [("2024-01", "Café", "12")]


def test_titles_above_the_headings_and_two_heading_rows_are_read(tmp_path: Path) -> None:
    path = table(tmp_path, "Ambleshire,,", ",2024/25,", "Ward,Apr,Jan", "Abbey,1,2", header="Fires by ward,,")
    mapping = replace(
        WIDE, header_first=3, header_last=4, value_columns=("2024/25 / Apr", "2024/25 / Jan"), merged="join"
    )
    assert values(preview_of(path, mapping)) == [("2024-04", "Abbey", "1"), ("2025-01", "Abbey", "2")]


def test_the_same_files_again_are_held_already_and_another_mapping_is_another_release(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    path = table(tmp_path, *LINES)
    first = read_figures(warehouse, LONG, path)
    told = mapping_file(tmp_path, LONG)
    (again,) = read_all(warehouse, path, told, kind="figures", known=frozenset([first.release]))
    assert again == AlreadyHeld(first.dataset, first.release)
    assert read_figures(warehouse, replace(LONG, unit="£"), path).release != first.release


def test_several_files_are_one_release_unless_they_give_one_figure_twice(warehouse: Warehouse, tmp_path: Path) -> None:
    one, two = table(tmp_path, LINES[0], name="jan.csv"), table(tmp_path, LINES[2], "x,y,z", name="feb.csv")
    manifest = read_figures(warehouse, LONG, one, two)
    assert [(file.name, file.rows) for file in manifest.files] == [("jan.csv", 1), ("feb.csv", 2)]
    assert [row["file"] for row in rows_of(warehouse, manifest.release, "period")] == ["jan.csv", "feb.csv"]
    with pytest.raises(SourceRefused, match="Two of these files give"):
        read_figures(warehouse, LONG, one, table(tmp_path, "2024-01,Abbey,13", name="again.csv"))


def test_a_table_without_its_mapping_is_refused_with_what_to_do(warehouse: Warehouse, tmp_path: Path) -> None:
    path = table(tmp_path, *LINES)
    with pytest.raises(SourceRefused, match="needs one mapping"):
        read_all(warehouse, path, kind="figures")
    wrong = tmp_path / "wrong.json"
    wrong.write_text("{}", encoding="utf-8")
    with pytest.raises(SourceRefused, match=r"wrong\.json: The mapping lacks “title”"):
        read_all(warehouse, path, wrong, kind="figures")
    (tmp_path / "empty").mkdir()
    with pytest.raises(SourceRefused, match="no CSV file and no workbook"):
        read_all(warehouse, tmp_path / "empty", mapping_file(tmp_path, LONG), kind="figures")


def test_area_names_are_matched_with_the_lookups_held(warehouse: Warehouse, tmp_path: Path) -> None:
    lookup = tmp_path / "wards.csv"
    lookup.write_text(
        "WD24CD,WD24NM,LAD24CD,LAD24NM\nE05000001,Abbey,E07000001,Ambleford\n"
        "E05000002,Bridge & Dean,E07000001,Ambleford\n"
        "E05000003,Castle,E07000001,Ambleford\nE05000004,Castle,E07000001,Ambleford\n",
        encoding="utf-8",
    )
    known = held(read_one(warehouse, lookup, kind="lookup"))
    path = table(
        tmp_path,
        "2024-01,abbey,,1",
        "2024-01,Bridge and Dean,,1",
        "2024-01,Castle,,1",
        "2024-01,Nowhere,,1",
        "2024-01,E05000003,,1",
        "2024-01,Bridge,E05000001,1",
        header="Month,Ward,Ward code,Incidents",
    )
    mapping = replace(LONG, area_code=Part(column="Ward code"))
    manifest = read_figures(warehouse, mapping, path, checks=(known,))
    rows = rows_of(warehouse, manifest.release, "row")
    assert [row["area_code"] for row in rows[:5]] == ["E05000001", "E05000002", None, None, "E05000003"]
    assert [row["area_match"] for row in rows[:5]] == [
        "name matched in lookup-ward2024-district2024",
        "name matched in lookup-ward2024-district2024",
        "several areas of this name",
        None,
        "code given",
    ]
    assert manifest.quality["areas_without_code"] == ["Castle", "Nowhere"]
    assert manifest.quality["area_names_that_differ"] == 1


def test_dates_percentages_formulas_and_text_numbers_of_a_workbook(warehouse: Warehouse, tmp_path: Path) -> None:
    def change(book: Any, sheets: dict[str, Any]) -> None:
        sheets["A"].write_number(1, 2, 0.12, book.add_format({"num_format": "0%"}))
        sheets["A"].write_formula(2, 2, "=2+2", None, 4)
        sheets["A"].write_formula(4, 2, "=1/0", None, "#DIV/0!")

    rows: list[list[Any]] = [
        ["Month", "Ward", "Incidents"],
        [dt.date(2024, 1, 1), "A"],
        [dt.date(2024, 1, 1), "B"],
        [dt.date(2024, 1, 1), "C", "1,234"],
        [dt.date(2024, 1, 1), "D"],
        [dt.date(2024, 1, 1), 7, 1],
    ]
    path = xlsx(tmp_path / "a.xlsx", {"A": rows}, change=change)
    manifest = read_figures(warehouse, replace(LONG, marks=("%",)), path)
    found = [(row["value"], row["unit"]) for row in rows_of(warehouse, manifest.release, "row")]
    assert found == [(Decimal(12), "%"), (Decimal(4), "number"), (Decimal(1234), "number")]
    assert manifest.quality["formulas_taken_by_their_stored_value"] == 2
    assert manifest.quality["numbers_stored_as_text"] == 1
    assert [(one[1], one[3]) for one in rejects_of(warehouse, manifest)] == [
        ("5", "the error value #DIV/0!"),
        ("6", "a number where an area should be; leading zeros may be lost: save the column as text"),
    ]


def test_a_formula_without_a_stored_value_rejects_its_row(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", {"A": ROWS})
    edited(path, "xl/worksheets/sheet1.xml", '<c r="C2"><v>12</v></c>', '<c r="C2"><f>6+6</f></c>')
    ((row, column, reason),) = reasons(preview_of(path, LONG))
    assert (row, column) == (2, "Incidents")
    assert "a formula without a stored value" in reason


def test_merged_headings_are_refused_with_their_range_and_joined_when_the_mapping_says_so(tmp_path: Path) -> None:
    def change(book: Any, sheets: dict[str, Any]) -> None:
        sheets["A"].merge_range("B1:C1", "2024")
        sheets["A"].merge_range("A1:A2", "Ward")

    path = xlsx(tmp_path / "a.xlsx", {"A": [[], ["", "Jan", "Feb"], ["Abbey", 1, 2]]}, change=change)
    mapping = replace(WIDE, header_last=2, value_columns=("2024 / Jan", "2024 / Feb"))
    with pytest.raises(SourceRefused, match=r"merged cells \(B1:C1 and 1 more\) in the sheet “A”"):
        preview_of(path, mapping)
    joined = preview_of(path, replace(mapping, merged="join"))
    assert values(joined) == [("2024-01", "Abbey", "1"), ("2024-02", "Abbey", "2")]


def test_an_area_merged_over_rows_is_said_for_each_and_a_merged_figure_is_none(tmp_path: Path) -> None:
    def change(book: Any, sheets: dict[str, Any]) -> None:
        sheets["A"].merge_range("B2:B3", "Abbey")
        sheets["A"].merge_range("C4:C5", 9)

    rows = [["Month", "Ward", "Incidents"], ["2024-01", "", 1], ["2024-02", "", 2], ["2024-01", "B"], ["2024-02", "B"]]
    shown = preview_of(xlsx(tmp_path / "a.xlsx", {"A": rows}, change=change), replace(LONG, merged="join"))
    assert values(shown) == [("2024-01", "Abbey", "1"), ("2024-02", "Abbey", "2")]
    assert [reason for _, _, reason in reasons(shown)] == ["a merged cell where a figure should be"] * 2


def test_hidden_parts_are_asked_about_then_included_or_left_out(tmp_path: Path) -> None:
    def change(book: Any, sheets: dict[str, Any]) -> None:
        sheets["A"].set_row(2, None, None, {"hidden": True})
        sheets["A"].set_column(3, 3, None, None, {"hidden": True})

    rows = [[*row, "x"] for row in ROWS]
    rows[0][3] = "Note"
    path = xlsx(tmp_path / "a.xlsx", {"A": rows}, change=change)
    with pytest.raises(SourceRefused, match="hidden rows 3 and columns D to D in the sheet “A”"):
        preview_of(path, LONG)
    assert preview_of(path, replace(LONG, hidden="include")).read == 4
    assert preview_of(path, replace(LONG, hidden="leave out")).read == 3


def test_a_workbook_of_several_sheets_asks_which_and_never_reads_a_hidden_one_silently(tmp_path: Path) -> None:
    def change(book: Any, sheets: dict[str, Any]) -> None:
        sheets["Old"].hide()

    path = xlsx(tmp_path / "a.xlsx", {"Fires": ROWS, "Old": ROWS}, change=change)
    with pytest.raises(SourceRefused, match=r"several sheets: say which sheet to read of “Fires”, “Old” \(hidden\)"):
        preview_of(path, LONG)
    with pytest.raises(SourceRefused, match="has the sheet “Old” hidden"):
        preview_of(path, replace(LONG, sheet="Old"))
    with pytest.raises(SourceRefused, match="has no sheet “New”"):
        preview_of(path, replace(LONG, sheet="New"))
    assert preview_of(path, replace(LONG, sheet="Old", hidden="include")).read == 4
    assert preview_of(path, replace(LONG, sheet="fires")).read == 4


def test_a_sheet_that_fills_the_grid_is_taken_with_a_warning(warehouse: Warehouse, tmp_path: Path) -> None:
    cells = [("A", "Month"), ("B", "Ward"), ("C", "Incidents")]
    head = "".join(f'<c r="{at}1" t="inlineStr"><is><t>{text}</t></is></c>' for at, text in cells)
    texts = [("A", "2024-01"), ("B", "Abbey"), ("C", "5")]
    last = "".join(f'<c r="{at}1048576" t="inlineStr"><is><t>{text}</t></is></c>' for at, text in texts)
    path = xlsx_of_xml(tmp_path / "a.xlsx", f'<row r="1">{head}</row><row r="1048576">{last}</row>')
    manifest = read_figures(warehouse, LONG, path)
    assert manifest.rows_accepted == 1
    assert manifest.quality["sheets_that_may_be_cut"] == ["a.xlsx"]


def test_a_quarter_and_a_year_count_for_all_their_months(warehouse: Warehouse, tmp_path: Path) -> None:
    manifest = read_figures(warehouse, LONG, table(tmp_path, "2024/25 Q1,Abbey,5", "2022/23,Abbey,40"))
    assert manifest.months[0] == "2022-04"
    assert len(manifest.months) == 15
    rows = rows_of(warehouse, manifest.release, "row")
    assert [(row["period"], row["months"], row["month_index"]) for row in rows] == [
        ("2024/25 Q1", 3, 2024 * 12 + 4),
        ("2022/23", 12, 2022 * 12 + 4),
    ]
