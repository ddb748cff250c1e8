"""Figures of wards that rest in part on an estimate say so, wherever they are shown."""

from typing import Any

import pytest

from tests.strategy.conftest import Held
from wardmote.printing.blocks import Picture, Table
from wardmote.strategy.assessment.queries.analysis import estimated_percent
from wardmote.strategy.assessment.queries.figures import figure_named
from wardmote.strategy.assessment.queries.profile_evidence import evidence_items
from wardmote.strategy.assessment.reports import Material
from wardmote.strategy.assessment.reports.places import map_blocks, place_blocks
from wardmote.strategy.assessment.rules.profile import Item
from wardmote.strategy.publishing.queries.disclosure import public_analysis
from wardmote.strategy.publishing.reports.wards import ward_reports

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [(0, 100, ""), (None, 100, ""), (3, None, ""), (1, 1000, "under 1%"), (1, 12, "8%"), (40, 40, "100%")],
)
def test_the_share_is_told_as_a_whole_percentage(part: int | None, whole: int | None, words: str) -> None:
    assert estimated_percent({"estimated": part, "count": whole}) == words


def with_share(held: Held, shared: dict[str, str]) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """The analysis, its first problem with wards, and a ward of it whose count contains shares."""
    content = held.analysis.content
    problem = next(one for one in content["problems"] if one["places"])
    row = max(problem["places"], key=lambda one: one["count"])
    changed = {**row, "shared": shared}
    places = [changed if one is row else one for one in problem["places"]]
    new = {**problem, "places": places}
    problems = [new if one is problem else one for one in content["problems"]]
    return {**content, "problems": problems}, new, changed


def test_the_table_of_wards_names_those_that_rest_on_shares_and_how_much(held: Held) -> None:
    content, problem, row = with_share(held, {"count": "8%", "before": "6%"})
    (table,) = [block for block in place_blocks(problem, content) if isinstance(block, Table)]
    assert f"Rests in part on an estimate: {row['name']} (8%, 6% in the year before)." in table.note


def test_the_map_and_the_sheet_of_the_ward_say_it_too(held: Held) -> None:
    content, problem, row = with_share(held, {"count": "8%", "before": "6%"})
    (picture,) = [block for block in map_blocks(problem, content) if isinstance(block, Picture)]
    assert f"Rests in part on an estimate: {row['name']} (8%)." in picture.table.note
    sheets = {code: report for code, _, report in ward_reports(Material("Assessment", content))}
    for code, report in sheets.items():
        (table,) = [block for block in report.blocks if isinstance(block, Table)]
        said = f"Rests in part on an estimate: {problem['title']} (8%, 6% in the year before)." in table.note
        assert said == (code == row["code"])


def test_a_sentence_that_names_the_ward_says_that_part_of_it_is_an_estimate(held: Held) -> None:
    content, problem, row = with_share(held, {"count": "8%"})
    (words,) = [one.proposed for one in evidence_items(problem, content) if one.item is Item.WHERE]
    assert words.endswith(f" Part of the figure of {row['name']} is an estimate.")
    plain = next(one for one in held.analysis.content["problems"] if one["slug"] == problem["slug"])
    (without,) = [one.proposed for one in evidence_items(plain, content) if one.item is Item.WHERE]
    assert without
    assert "estimate" not in without


def test_without_shares_nothing_is_said(held: Held) -> None:
    problem = next(one for one in held.analysis.content["problems"] if one["places"])
    (table,) = [block for block in place_blocks(problem, held.analysis.content) if isinstance(block, Table)]
    assert "estimate" not in table.note
    figure = figure_named(held.analysis.content, f"{problem['slug']}.place.{problem['places'][0]['code']}.count")
    assert figure is not None
    assert "facts" not in figure


def test_the_page_of_a_number_says_its_share_and_cites_the_residents(held: Held) -> None:
    content, problem, row = with_share(held, {"count": "8%"})
    key = f"{problem['slug']}.place.{row['code']}"
    for what in ("count", "rate"):
        figure = figure_named(content, f"{key}.{what}")
        assert figure is not None
        (fact,) = figure["facts"]
        assert fact[0] == "Rests on an estimate"
        assert fact[1].startswith("8% of the incidents are shares of small areas (LSOAs)")
        assert any(dataset.startswith("population") for dataset, _ in figure["releases"])
    before = figure_named(content, f"{key}.before")
    assert before is not None
    assert "facts" not in before


def test_where_small_counts_are_hidden_only_that_there_is_a_share_is_said(held: Held) -> None:
    content, problem, row = with_share(held, {"count": "8%", "before": "6%"})
    closed = [{**one, "licence": "closed"} if one["kind"] == "police-uk" else one for one in content["sources"]]
    public = public_analysis({**content, "sources": closed})
    assert public["disclosure"]["state"] == "small counts hidden"
    shown = next(one for one in public["problems"] if one["slug"] == problem["slug"])
    place = next(one for one in shown["places"] if one["code"] == row["code"])
    expected = {what: "" for what in ("count", "before") if place[what] is not None}
    assert place.get("shared", {}) == expected
    opened = public_analysis(content)
    assert opened["disclosure"]["state"] == "shown in full"
    same = next(one for one in opened["problems"] if one["slug"] == problem["slug"])
    assert next(one for one in same["places"] if one["code"] == row["code"])["shared"] == row["shared"]
