"""Hotspots as an analysis keeps them, over the years, in words, on the map and where small counts are hidden."""

from typing import Any

import numpy as np
import pytest

from tests.analytics.measures.grids import grid
from tests.strategy.conftest import Held
from wardmote.analytics.measures.neighbours import Neighbours
from wardmote.foundations.periods import Month, before, rolling_12
from wardmote.printing.blocks import Paragraph, Picture
from wardmote.printing.maps import AreaMap
from wardmote.strategy.assessment.queries.findings.hotspots import (
    SmallAreas,
    add_hotspots,
    hotspot_numbers,
    hotspot_sentence,
    hotspots_of,
)
from wardmote.strategy.assessment.queries.profile_evidence import evidence_items
from wardmote.strategy.assessment.reports.findings.hotspots import hotspot_blocks
from wardmote.strategy.assessment.rules.profile import Item
from wardmote.strategy.assessment.rules.sentences import quotes_in, untraced_in
from wardmote.strategy.publishing.queries.disclosure import public_analysis

LAST = rolling_12(Month(2026, 3))
SIDE = 8
NAMES = {f"E{at:02}": f"Dalefold {at // SIDE:03}{'ABCDEFGH'[at % SIDE]}" for at in range(SIDE * SIDE)}


def year(*corners: tuple[int, int]) -> dict[str, int]:
    """Counts on a map of 64 areas: ordinary everywhere, high on four by four areas from each corner on."""
    counts = np.random.default_rng(3).poisson(6, (SIDE, SIDE))
    for row, column in corners:
        counts[row : row + 4, column : column + 4] = 60
    return dict(zip(NAMES, counts.ravel().tolist(), strict=True))


def small(*years: dict[str, int], neighbours: Neighbours | None = None) -> SmallAreas:
    """The years of one problem, oldest first."""
    periods = [LAST, before(LAST), before(before(LAST))][: len(years)][::-1]
    areas = [{"code": code, "name": name, "geometry": "", "release": "r"} for code, name in NAMES.items()]
    by_year = tuple((period, {"burglary": counts}) for period, counts in zip(periods, years, strict=True))
    return SmallAreas("lsoa", areas, neighbours or grid(SIDE), by_year)


def found_in(given: SmallAreas) -> tuple[dict[str, Any], dict[str, Any]]:
    """The problem with its finding, and the analysis that holds it."""
    problem = {"slug": "burglary", "title": "Burglary", "hotspots": hotspots_of("burglary", given)}
    return problem, {"small_areas": given.content(()), "map": {"areas": []}}


def test_a_hotspot_of_every_year_is_persistent_and_one_of_the_last_alone_emerging() -> None:
    problem, analysis = found_in(small(year((0, 0)), year((0, 0)), year((0, 0), (4, 4))))
    named = problem["hotspots"]["named"]
    assert (named["E09"]["lasting"], named["E54"]["lasting"]) == ("persistent", "emerging")
    assert named["E09"] == {"count": 60, "among": "high among high", "lasting": "persistent"}
    said = hotspot_sentence(problem, analysis)
    numbers = {name: number for name, (number, _) in hotspot_numbers(problem).items()}
    assert said.startswith(f"Of 64 small areas {numbers['hot']} are hotspots, named in the table.")
    assert f"Persistent (in each of the last 3 years): {numbers['persistent']}." in said
    assert f"Emerging (in the last year alone): {numbers['emerging']}." in said
    assert numbers["hot"] == numbers["persistent"] + numbers["emerging"] + numbers["intermittent"]


def test_a_hotspot_of_some_years_is_intermittent_and_one_that_has_gone_is_said_apart() -> None:
    problem, analysis = found_in(small(year((0, 0), (4, 4)), year(), year((0, 0))))
    named = problem["hotspots"]["named"]
    assert {named["E09"]["lasting"], named["E54"]["lasting"]} == {"intermittent"}
    gone = hotspot_numbers(problem)["earlier"][0]
    assert f"{gone} more were hotspots in an earlier year." in hotspot_sentence(problem, analysis)


def test_few_hotspots_are_named_in_the_order_of_their_names() -> None:
    problem, analysis = found_in(small(year((0, 0))))
    last = problem["hotspots"]["years"][-1]
    last["hot"] = last["hot"][2::-1]
    first, second, third = sorted(NAMES[code] for code in last["hot"])
    said = hotspot_sentence(problem, analysis)
    assert said.startswith(f"Of 64 small areas 3 are hotspots: {first}, {second} and {third}.")
    assert "Persistent" not in said  # of one year alone nobody can say


def test_where_none_is_found_the_sentence_says_so_and_there_is_no_map() -> None:
    problem, analysis = found_in(small(year(), year()))
    assert hotspot_sentence(problem, analysis) == (
        "Of 64 small areas none is a hotspot: no group of neighbours has more than chance would give it."
    )
    assert [type(block) for block in hotspot_blocks(problem, analysis)] == [Paragraph]


def test_islands_are_counted_and_said() -> None:
    lonely = grid(SIDE - 1, islands=2 * SIDE - 1)
    problem, analysis = found_in(small(year(), neighbours=lonely))
    assert analysis["small_areas"]["islands"] == list(NAMES)[49:]
    assert "15 touch no other and were not tested." in hotspot_sentence(problem, analysis)


def test_the_same_evidence_gives_the_same_finding() -> None:
    years = (year((0, 0)), year((0, 0), (4, 4)))
    assert found_in(small(*years)) == found_in(small(*years))


def test_a_problem_without_counts_of_every_year_or_not_measured_has_no_finding() -> None:
    problems: list[dict[str, Any]] = [{"slug": "burglary", "measured": False}, {"slug": "robbery", "measured": True}]
    add_hotspots(problems, small(year()))
    add_hotspots(problems, None)
    assert all("hotspots" not in problem for problem in problems)
    assert (hotspot_sentence(problems[0], {}), hotspot_numbers(problems[0])) == ("", {})
    assert hotspot_blocks(problems[0], {}) == []


@pytest.fixture
def content(held: Held) -> dict[str, Any]:
    return dict(held.analysis.content)


def burglary_of(content: dict[str, Any]) -> dict[str, Any]:
    return next(one for one in content["problems"] if one["slug"] == "burglary")


def test_the_sample_s_small_areas_are_tested_over_two_years(content: dict[str, Any]) -> None:
    problem, kept = burglary_of(content), content["small_areas"]
    found = problem["hotspots"]
    assert [one["last"] for one in found["years"]] == [
        str(Month.parse(content["period"]["last"]) - 12),
        content["period"]["last"],
    ]
    assert (kept["level"], kept["tolerance_metres"], kept["permutations"]) == ("lsoa", 20, [999, 99_999])
    assert {source["release"] for source in content["sources"]} >= {area["release"] for area in kept["areas"]}
    item = next(one for one in evidence_items(problem, content) if one.item is Item.HOTSPOTS)
    assert item.proposed.startswith(f"Of {found['areas']} small areas ")
    assert untraced_in(item.proposed, quotes_in(item.proposed, item.figures)) == ()


def test_the_map_has_a_letter_on_every_area_that_was_found(content: dict[str, Any]) -> None:
    pictured = [
        (problem, picture)
        for problem in content["problems"]
        for picture in hotspot_blocks(problem, content)
        if isinstance(picture, Picture)
    ]
    assert pictured
    for problem, picture in pictured:
        assert isinstance(picture.chart, AreaMap)
        last = problem["hotspots"]["years"][-1]
        lettered = {area.code: area.letter for area in picture.chart.areas if area.letter}
        assert set(lettered) == {*last["hot"], *last["cold"]}
        assert {lettered[code] for code in last["hot"]} <= set("PEI")
        assert {lettered[code] for code in last["cold"]} <= {"C"}
        names = [str(row[0][0]) for row in picture.table.rows]
        assert names == sorted(names)


def test_hotspots_are_left_out_where_small_counts_are_hidden(content: dict[str, Any]) -> None:
    closed = [{**one, "licence": "Given in confidence"} for one in content["sources"]]
    public = public_analysis({**content, "sources": closed})
    assert all("hotspots" not in problem for problem in public["problems"])
    assert "hotspots" in burglary_of(public_analysis(content))
