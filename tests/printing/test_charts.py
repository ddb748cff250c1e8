"""Charts and maps are images with a name and a description, drawn without style or script."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.printing.reports import HOSTILE, MONTHS, area_map, bar_chart, line_chart, multiples, values
from wardmote.printing.charts import (
    Area,
    Bar,
    BarChart,
    Break,
    Chart,
    Curve,
    CurveChart,
    DotPlot,
    DotRow,
    Line,
    LineChart,
    Mark,
    Titled,
    draw,
)
from wardmote.printing.scales import month_ticks, scale, written
from wardmote.printing.svg import TEAL, Width

SVG = "{http://www.w3.org/2000/svg}"
DOTS = DotPlot("Each dot is one score", 1, 3, (DotRow("Volume", ((1, 0), (2, 3), (3, 6)), framed=2),))
CURVES = CurveChart(
    "Share of areas, those with most first",
    "Share of incidents",
    (Curve("Burglary", ((0, 0), (10, 40), (50, 90), (100, 100))), Curve("As even as can be", ((0, 0), (100, 100)))),
)
CHARTS: tuple[Chart, ...] = (line_chart(), bar_chart(), multiples(), area_map(), DOTS, CURVES)
WIDTHS: tuple[Width, ...] = ("wide", "narrow")
CASES = list(product(CHARTS, WIDTHS))


def drawn(chart: Chart, width: Width = "wide", *, title: str = "Crime") -> str:
    return draw(chart, Titled(title, "It fell.", "report-picture-1"), width=width)


@pytest.mark.parametrize(("chart", "width"), CASES)
def test_a_drawing_is_an_image_with_title_and_description(chart: Chart, width: Width) -> None:
    root = ET.fromstring(drawn(chart, width))  # noqa: S314
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "report-picture-1-title report-picture-1-desc"
    assert root.find(f"{SVG}title[@id='report-picture-1-title']").text == "Crime"  # type: ignore[union-attr]
    assert root.find(f"{SVG}desc[@id='report-picture-1-desc']").text == "It fell."  # type: ignore[union-attr]


@pytest.mark.parametrize(("chart", "width"), CASES)
def test_a_drawing_has_neither_style_nor_script(chart: Chart, width: Width) -> None:
    root = ET.fromstring(drawn(chart, width))  # noqa: S314
    for part in root.iter():
        assert part.tag not in (f"{SVG}style", f"{SVG}script")
        assert not [name for name in part.attrib if name == "style" or name.startswith("on")]


@pytest.mark.parametrize(("chart", "width"), CASES)
def test_everything_stands_inside_the_drawing(chart: Chart, width: Width) -> None:
    root = ET.fromstring(drawn(chart, width))  # noqa: S314
    _, _, across, down = (float(value) for value in root.attrib["viewBox"].split())
    for part in root.iter(f"{SVG}text"):
        assert 0 <= float(part.attrib["x"]) <= across
        assert 0 <= float(part.attrib["y"]) <= down


def test_hostile_names_are_escaped() -> None:
    hostile = replace(bar_chart(), bars=(Bar(HOSTILE, 3, HOSTILE),))
    assert "<script>" not in drawn(hostile, title=HOSTILE)


def test_a_missing_month_is_a_gap_in_the_line() -> None:
    holes = tuple(None if place in (5, 6) else value for place, value in enumerate(values(100)))
    svg = drawn(LineChart("Offences", MONTHS, (Line("Crime", holes),)))
    assert len(re.findall(r'stroke="#0b6068"', svg)) == 2


def test_a_change_in_recording_cuts_the_line_and_one_to_mind_only_marks_it() -> None:
    cut = drawn(replace(line_chart(), breaks=(Break(6, "a", cuts=True),)))
    marked = drawn(replace(line_chart(), breaks=(Break(6, "a", cuts=False),)))
    plain = drawn(line_chart())
    lines = [len(re.findall(r'<path[^>]*stroke="#0b6068"', svg)) for svg in (plain, marked, cut)]
    assert lines == [1, 1, 2]
    assert [svg.count('stroke-dasharray="3 3"') for svg in (plain, marked, cut)] == [0, 1, 1]
    with pytest.raises(ValueError, match="between two months"):
        replace(line_chart(), breaks=(Break(0, "a", cuts=True),))


def test_a_second_line_differs_by_its_dashes() -> None:
    chart = LineChart("Offences", MONTHS, (Line("Dalefold", values(100)), Line("Group", values(60))))
    assert 'stroke-dasharray="6 4"' in drawn(chart)


def test_a_mark_above_is_a_diamond_and_one_below_a_square() -> None:
    above = drawn(replace(line_chart(), marks=(Mark(3, True),)))
    below = drawn(replace(line_chart(), marks=(Mark(3, False),)))
    assert above.count("<rect") == 0
    assert below.count("<rect") == 1


def test_an_area_without_a_figure_is_hatched() -> None:
    assert 'fill="url(#report-picture-1-hatch)"' in drawn(area_map())
    assert "No figure" in drawn(area_map())


def test_neighbours_share_the_same_corners() -> None:
    """The right edge of one square is the left edge of the next, to the last digit of the grid."""
    svg = drawn(replace(area_map(), areas=tuple(replace(area, place=0, outlined=False) for area in area_map().areas)))
    corners = [tuple(map(int, place)) for place in re.findall(r'd="M(-?\d+) (-?\d+)l', svg)]
    assert len({x for x, _ in corners}) == 6
    assert len({y for _, y in corners}) == 5


def test_a_point_is_no_area() -> None:
    pointed = Area("E1", "Point", '{"type":"Point","coordinates":[0,0]}', 0)
    with pytest.raises(ValueError, match="not a polygon"):
        drawn(replace(area_map(), areas=(pointed,)))


def test_a_line_chart_needs_a_value_for_each_month() -> None:
    with pytest.raises(ValueError, match="one value for each month"):
        LineChart("Offences", MONTHS, (Line("Crime", (1, 2)),))


def test_an_empty_chart_is_drawn_all_the_same() -> None:
    assert drawn(BarChart("Offences", ())).startswith("<svg")
    assert drawn(LineChart("Offences", MONTHS, (Line("Crime", (None,) * 36),))).startswith("<svg")


@given(st.lists(st.integers(0, 10**9), min_size=1))
def test_a_scale_holds_every_value_in_a_few_round_steps(counts: list[int]) -> None:
    axis = scale(counts, start=0, end=100)
    assert all(0 <= axis.at(value) <= 100 for value in counts)
    assert len(axis.ticks()) <= 6


@pytest.mark.parametrize(
    ("value", "words"),
    [(1069, "1,069"), (Decimal("2.50"), "2.5"), (Decimal(100), "100"), (Decimal("1E+3"), "1,000"), (0, "0")],
)
def test_numbers_are_written_with_separators_and_no_needless_noughts(value: int | Decimal, words: str) -> None:
    assert written(value) == words


def test_a_long_axis_shows_years_and_a_short_one_months() -> None:
    assert month_ticks(MONTHS, most=7) == ((0, "2023"), (12, "2024"), (24, "2025"))
    assert month_ticks(MONTHS[:4], most=2) == ((0, "Jan 2023"), (2, "Mar 2023"))


def test_a_dot_plot_draws_a_dot_for_each_answer_and_a_frame_round_what_was_agreed() -> None:
    rows = (DotRow("Volume", ((1, 0), (2, 3), (3, 6)), framed=2), DotRow("Harm <b>", ((1, 1), (2, 0), (3, 0))))
    for width in WIDTHS:
        found = draw(DotPlot("Each dot is one score", 1, 3, rows), Titled("T", "D", "x"), width=width)
        assert found.count(f'fill="{TEAL}"') == 3 + 6 + 1
        assert found.count('fill="none"') == 1
        assert "Harm &lt;b&gt;" in found
        assert "style=" not in found


def test_a_level_off_the_scale_of_a_dot_plot_is_refused() -> None:
    with pytest.raises(ValueError, match="outside its scale"):
        DotPlot("", 1, 3, (DotRow("Volume", ((4, 1),)),))


def test_months_to_come_stand_behind_a_line_and_what_happened_ends_before_it() -> None:
    known, expected = (*values(100)[:24], *(None,) * 12), (*(None,) * 24, *values(90)[24:])
    chart = LineChart("Offences", MONTHS, (Line("Crime", known), Line("Forecast", expected)), ahead=12)
    wide, narrow = drawn(chart), drawn(chart, "narrow")
    assert ">forecast</text>" in wide
    assert 'stroke-dasharray="6 4"' in wide
    assert f"Crime: {known[23]} in" in narrow
    assert f"Forecast: {expected[35]} in" in narrow
    with pytest.raises(ValueError, match="months before them"):
        LineChart("Offences", MONTHS, (Line("Crime", known),), ahead=36)


def test_a_curve_goes_through_its_points_and_a_second_differs_by_its_dashes() -> None:
    wide = drawn(CURVES)
    # The square begins at 48 across and 28 down, and its side is 300: (10%, 40%) is 30 from its left, 180 from its top.
    assert 'd="M48 328L78 208L198 58L348 28"' in wide
    assert wide.count("<circle") == 4
    assert [drawn(CURVES, width).count('stroke-dasharray="6 4"') for width in WIDTHS] == [2, 2]


def test_a_curve_outside_the_whole_or_going_back_is_refused() -> None:
    with pytest.raises(ValueError, match="outside 0% to 100%"):
        CurveChart("", "", (Curve("a", ((0, 101),)),))
    with pytest.raises(ValueError, match="left to right"):
        CurveChart("", "", (Curve("a", ((50, 1), (10, 2))),))
