"""The data file holds every word and number with its source, the same bytes for the same report."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.printing.reports import bar_chart, full_report, picture
from wardmote.printing.charts import Bar
from wardmote.printing.datafile import FORMAT, report_bytes


def test_the_same_report_gives_the_same_bytes() -> None:
    assert report_bytes(full_report()) == report_bytes(full_report())


def test_every_number_stands_with_its_source_and_its_releases() -> None:
    held = json.loads(report_bytes(full_report()))
    assert held["format"] == FORMAT
    assert held["figures"][0]["releases"][0] == ["police-uk-street-dalefold", "ab" * 32]
    assert held["blocks"][2]["content"][1] == {"kind": "figureref", "key": "total", "text": "11,945"}


def test_outlines_of_areas_are_left_to_their_release() -> None:
    assert b"coordinates" not in report_bytes(full_report())
    assert b'"code":"E01000000"' in report_bytes(full_report())


def test_a_float_is_refused() -> None:
    wrong = replace(bar_chart(), bars=(Bar("Netherby", 0.1, "0.1"),))  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="float has no canonical form"):
        report_bytes(replace(full_report(), blocks=(picture("Wrong", wrong),)))


def test_a_decimal_keeps_its_noughts() -> None:
    right = replace(bar_chart(), bars=(Bar("Netherby", Decimal("0.10"), "0.1"),))
    assert b'"value":"0.10"' in report_bytes(replace(full_report(), blocks=(picture("Right", right),)))
