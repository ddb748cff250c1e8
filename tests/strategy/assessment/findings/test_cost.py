"""Cost as an analysis keeps it: the part of the incidents that has a published cost, printed beside it."""

from pathlib import Path
from typing import Any

import pytest

from tests.analytics.sources.offences.making import offence, offences_file
from tests.strategy.assessment.findings.test_harm import analysed_by, problem, took_in
from tests.strategy.conftest import Held, People
from wardmote.printing.blocks import Paragraph, Table
from wardmote.sample.places import FORCE_AREA
from wardmote.strategy.assessment.reports.findings.cost import cost_blocks
from wardmote.strategy.evidence.models import Release
from wardmote.strategy.publishing.queries.disclosure import public_analysis

# Of violence three in four offences have a cost, of burglary and theft from shops none has.
KINDS = {
    "1": ("Violence with injury", 300),
    "2": ("Violence without injury", 100),
    "3": ("Domestic burglary", 200),
    "4": ("Shoplifting", 200),
}


@pytest.fixture
def content(people: People, releases: tuple[Release, ...], tmp_path: Path) -> dict[str, Any]:
    """The analysis of a year with a table of offences and no weights of harm."""
    rows = [
        offence(quarter, FORCE_AREA, code, count, year="2025/26", subgroup=subgroup)
        for quarter in (3, 4)
        for code, (subgroup, count) in KINDS.items()
    ]
    took_in(people, offences_file(tmp_path, *rows), "offence-counts")
    return analysed_by(people, problems=("violence-and-sexual-offences", "burglary", "domestic-abuse")).content


def test_a_problem_has_the_cost_of_the_part_that_has_one_and_the_part_stands_beside_it(content: dict[str, Any]) -> None:
    violence = problem(content, "violence-and-sexual-offences")
    incidents = violence["rate"]["count"]
    found = violence["cost"]
    assert found["pounds"] == found["low"] == found["high"]
    assert float(found["pounds"]) == pytest.approx(incidents * 0.75 * 14_050, abs=0.5)
    assert (float(found["covered"]), found["incidents"]) == (75, incidents)
    assert problem(content, "burglary")["cost"] == {}
    assert "cost" not in problem(content, "domestic-abuse")
    assert content["cost"]["price_year"] == "2015/16"
    assert "offence-counts" in {source["kind"] for source in content["sources"]}


def test_the_report_prints_price_year_source_and_what_has_no_cost(content: dict[str, Any]) -> None:
    _, how, found, _ = cost_blocks(content)
    assert isinstance(how, Paragraph)
    assert isinstance(found, Table)
    assert "not raised to today's" in str(how)
    assert found.columns[1].title == "Cost, prices of 2015/16"
    assert found.rows[0][3] == ("75%",)
    assert found.rows[1] == (("Burglary",), ("no cost published here",), ("n/a",), ("0%",))
    assert "South Wales Echo" in found.note
    assert "Checked by: not yet checked" in found.note


def test_where_no_table_is_held_or_counts_are_hidden_that_is_said(held: Held, content: dict[str, Any]) -> None:
    assert "no Home Office table of offences is held" in str(cost_blocks(held.analysis.content))
    assert cost_blocks({"problems": []}) == []
    sources = [{**one, "licence": "Not open"} if one["kind"] == "police-uk" else one for one in content["sources"]]
    public = public_analysis({**content, "sources": sources})
    assert all("cost" not in one for one in public["problems"])
    assert "not shown here" in str(cost_blocks(public))
