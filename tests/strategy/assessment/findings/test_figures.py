"""Every number that a finding's sentence quotes leads to a page that says where it comes from."""

import csv
import io
from typing import Any

import pytest

from tests.strategy.conftest import Held
from wardmote.strategy.assessment.queries.figures import METHOD_PAGES, figure_named, printed_value, rows_of_figure
from wardmote.strategy.assessment.queries.finding_figures import FINDINGS
from wardmote.strategy.assessment.queries.profile_evidence import evidence_items
from wardmote.strategy.evidence.models import Release


def quoted(content: Any) -> dict[str, Any]:
    return {
        figure.key: figure
        for problem in content["problems"]
        for item in evidence_items(problem, content)
        for figure in item.figures
    }


def test_every_figure_that_a_sentence_can_quote_has_a_page_with_its_value(held: Held) -> None:
    content = held.analysis.content
    figures = quoted(content)
    assert {key.split(".")[1] for key in figures} >= {"count", "usual", "where", "share"}
    for key, figure in figures.items():
        found = figure_named(content, key)
        assert found is not None, key
        assert float(found["value"]) == pytest.approx(float(figure.value)), key
        assert found["measure"] in METHOD_PAGES
        assert printed_value(found)
        assert {digest for _, digest in found["releases"]} <= set(held.analysis.cited)


def test_a_key_that_no_finding_has_leads_nowhere(held: Held) -> None:
    for rest in ("forecast.moon", "season", "harm.days.more", "usual.1999-01.low", "where"):
        assert figure_named(held.analysis.content, f"burglary.{rest}") is None


def test_the_rows_behind_a_usual_range_are_those_of_every_month_it_was_read_from(
    held: Held, releases: tuple[Release, ...]
) -> None:
    content = held.analysis.content
    key = next(key for key in quoted(content) if ".usual." in key)
    figure = figure_named(content, key)
    assert figure is not None
    rows = list(csv.DictReader(io.StringIO("".join(rows_of_figure(content, figure)))))
    months = {month for one in content["sources"] if one["kind"] == "police-uk" for month in one["months"]}
    assert {row["month"] for row in rows} == months
    assert figure["period"].endswith(content["period"]["words"].removeprefix("year to "))


def test_a_number_per_cent_says_whether_it_is_a_change() -> None:
    base = {"value": "12.3", "unit": "per cent", "measure": "season"}
    assert printed_value({**base, "kind": "change"}) == "+12.3%"
    assert printed_value({**base, "kind": "share"}) == "12.3%"
    assert printed_value({**base, "value": "5", "unit": "", "kind": "count"}) == "5"
    assert set(FINDINGS) >= {"forecast", "harm", "hotspots", "concentration", "comparison"}
