"""Hotspots of rates as an analysis keeps them, in words beside those of counts, and in the report."""

from typing import Any

import numpy as np
import pytest

from tests.analytics.measures.grids import grid
from tests.strategy.assessment.findings.test_hotspots import LAST, NAMES, SIDE
from tests.strategy.conftest import Held
from wardmote.printing.blocks import Picture, Table
from wardmote.printing.maps import AreaMap
from wardmote.strategy.assessment.queries.findings.hotspots import SmallAreas, hotspots_of
from wardmote.strategy.assessment.queries.findings.rate_hotspots import (
    add_rate_hotspots,
    rate_hotspot_numbers,
    rate_hotspot_sentence,
    rate_hotspots_of,
)
from wardmote.strategy.assessment.queries.profile_evidence import evidence_items
from wardmote.strategy.assessment.reports.findings.rate_hotspots import rate_hotspot_blocks
from wardmote.strategy.assessment.rules.profile import Item
from wardmote.strategy.assessment.rules.sentences import quotes_in, untraced_in
from wardmote.strategy.publishing.queries.disclosure import public_analysis

People = dict[str, dict[str, Any]]
MANY, FEW = (slice(0, 4), slice(0, 4)), (slice(4, 8), slice(4, 8))


def world(*, crowded: bool = True, risky: bool = False) -> tuple[SmallAreas, People]:
    """64 areas of one risk: one corner with ten times the residents, and another with five times the risk."""
    random = np.random.default_rng(4)
    people, risk = np.full((SIDE, SIDE), 1500), np.full((SIDE, SIDE), 0.01)
    if crowded:
        people[MANY] = 15_000
    if risky:
        risk[FEW] = 0.05
    counts = random.poisson(people * risk)
    areas = [{"code": code, "name": name, "geometry": "", "release": "r"} for code, name in NAMES.items()]
    by_code = dict(zip(NAMES, counts.ravel().tolist(), strict=True))
    lived = {
        code: {"population": number, "population_year": 2025}
        for code, number in zip(NAMES, people.ravel().tolist(), strict=True)
    }
    return SmallAreas("lsoa", areas, grid(SIDE), ((LAST, {"burglary": by_code}),)), lived


def found_in(small: SmallAreas, people: People) -> tuple[dict[str, Any], dict[str, Any]]:
    """The problem with both findings, and the analysis that holds it."""
    problem: dict[str, Any] = {"slug": "burglary", "title": "Burglary", "hotspots": hotspots_of("burglary", small)}
    problem["rate_hotspots"] = rate_hotspots_of(problem, small, people)
    small_areas = {**small.content(()), "level": "lsoa"}
    return problem, {
        "small_areas": small_areas,
        "map": {"areas": []},
        "period": {"words": "year to March 2026"},
        "sources": [],
    }


def test_a_crowded_corner_is_a_hotspot_of_incidents_and_none_by_residents() -> None:
    problem, analysis = found_in(*world())
    assert len(problem["hotspots"]["years"][-1]["hot"]) > 9
    numbers = {name: number for name, (number, _) in rate_hotspot_numbers(problem).items()}
    assert (numbers["hot"], numbers["both"]) == (0, 0)
    assert rate_hotspot_sentence(problem, analysis) == (
        "Divided by the residents of mid-2025, none is a hotspot. "
        f"{numbers['count_alone']} hotspots of incidents are none of rates."
    )


def test_a_corner_of_more_risk_is_a_hotspot_by_residents_whatever_the_crowd_elsewhere() -> None:
    problem, analysis = found_in(*world(risky=True))
    found = problem["rate_hotspots"]
    assert "E54" in found["hot"]
    assert "E09" not in found["hot"]
    assert found["named"]["E54"]["residents"] == 1500
    said = rate_hotspot_sentence(problem, analysis)
    assert said.startswith(f"Divided by the residents of mid-2025, {len(found['hot'])} are hotspots. None of them is")


def test_where_both_agree_the_sentence_says_so() -> None:
    problem, analysis = found_in(*world(crowded=False, risky=True))
    found = problem["rate_hotspots"]
    found["hot"] = problem["hotspots"]["years"][-1]["hot"] = ["E54"]
    assert rate_hotspot_sentence(problem, analysis) == (
        f"Divided by the residents of mid-2025, 1 is a hotspot: {NAMES['E54']}. It is a hotspot of incidents too."
    )


@pytest.mark.parametrize(
    ("by_residents", "by_incidents", "words"),
    [
        (["E00", "E01"], ["E00", "E01"], "All of them are hotspots of incidents too."),
        (["E00", "E01"], ["E00"], "1 of them is a hotspot of incidents too."),
        (["E00", "E01"], [], "None of them is a hotspot of incidents."),
        (["E00"], ["E01"], "It is no hotspot of incidents. 1 hotspot of incidents is none of rates."),
    ],
)
def test_the_sentence_says_where_the_two_differ(by_residents: list[str], by_incidents: list[str], words: str) -> None:
    problem, analysis = found_in(*world())
    problem["rate_hotspots"]["hot"], problem["hotspots"]["years"][-1]["hot"] = by_residents, by_incidents
    assert rate_hotspot_sentence(problem, analysis).endswith(words)


def test_the_table_has_every_area_that_either_map_names_with_its_rate() -> None:
    problem, analysis = found_in(*world(risky=True))
    (picture,) = rate_hotspot_blocks(problem, analysis)
    assert isinstance(picture, Picture)
    table = picture.table
    rows = {str(row[0][0]): [str(cell[0]) for cell in row[1:]] for row in table.rows}
    assert list(rows) == sorted(rows)
    named, last = problem["rate_hotspots"]["named"], problem["hotspots"]["years"][-1]
    assert set(rows) == {NAMES[code] for code in named}
    one = named["E54"]
    assert rows[NAMES["E54"]][:3] == [str(one["count"]), "1,500", f"{one['count'] / 1.5:.1f}"]
    assert rows[NAMES["E09"]][3:] == [
        "neither" if "E09" not in problem["rate_hotspots"]["cold"] else "coldspot",
        "hotspot",
    ]
    assert {"E09"} <= set(last["hot"])
    assert "Assunção" in table.note


def test_the_map_has_a_letter_on_every_area_that_stands_out_by_its_rate() -> None:
    problem, analysis = found_in(*world(risky=True))
    (picture,) = rate_hotspot_blocks(problem, analysis)
    assert isinstance(picture, Picture)
    assert isinstance(picture.chart, AreaMap)
    letters = {area.code: area.letter for area in picture.chart.areas if area.letter}
    found = problem["rate_hotspots"]
    assert letters == {**dict.fromkeys(found["cold"], "C"), **dict.fromkeys(found["hot"], "H")}
    assert len(picture.chart.areas) == SIDE * SIDE
    assert "Divided by the residents of mid-2025" in picture.description


def test_where_no_rate_stands_out_there_is_the_table_alone() -> None:
    problem, analysis = found_in(*world())
    problem["rate_hotspots"]["cold"] = []
    (table,) = rate_hotspot_blocks(problem, analysis)
    assert isinstance(table, Table)
    assert len(table.rows) == len(problem["rate_hotspots"]["named"])


def test_an_area_without_residents_on_record_stops_the_test_and_is_said() -> None:
    small, people = world()
    del people["E00"]
    problem, analysis = found_in(small, people)
    assert rate_hotspot_sentence(problem, analysis) == "No hotspots by residents: 1 area has none on record."
    assert rate_hotspot_blocks(problem, analysis) == []


def test_few_incidents_no_population_or_an_older_analysis_say_nothing() -> None:
    small, people = world()
    few = SmallAreas("lsoa", small.areas, small.neighbours, ((LAST, {"burglary": {"E00": 19}}),))
    for problem, analysis in (found_in(few, people), found_in(small, {}), ({"slug": "burglary"}, {})):
        assert rate_hotspot_sentence(problem, analysis) == ""
        assert rate_hotspot_blocks(problem, analysis) == []
        assert rate_hotspot_numbers(problem) == {}


def test_nothing_is_asked_where_there_are_no_hotspots_of_counts(held: Held) -> None:
    problem: dict[str, Any] = {"slug": "burglary", "measured": False}
    add_rate_hotspots([problem], None, None, {})  # type: ignore[arg-type]
    assert problem == {"slug": "burglary", "measured": False}


def test_the_sample_s_sentence_quotes_its_figures_and_is_left_out_where_small_counts_are_hidden(held: Held) -> None:
    content = held.analysis.content
    burglary = next(one for one in content["problems"] if one["slug"] == "burglary")
    assert burglary["rate_hotspots"]["years"]
    item = next(one for one in evidence_items(burglary, content) if one.item is Item.HOTSPOTS)
    assert "Divided by the residents of mid-" in item.proposed
    assert untraced_in(item.proposed, quotes_in(item.proposed, item.figures)) == ()
    closed = [{**one, "licence": "Given in confidence"} for one in content["sources"]]
    assert all("rate_hotspots" not in one for one in public_analysis({**content, "sources": closed})["problems"])
