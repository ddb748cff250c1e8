"""Words that prevent misreading: more found, rates where people visit, and areas that are never ranked."""

from typing import Any

from tests.strategy.conftest import Held
from wardmote.analytics.measures.words import Verdict, found_sentence
from wardmote.definitions import all_problems
from wardmote.foundations.periods import Month, Period
from wardmote.printing.blocks import Inset, Table, Tiles, Warning, plain
from wardmote.strategy.assessment.reports.places import MOST_AREAS, map_blocks, place_blocks, visited_areas
from wardmote.strategy.assessment.reports.problems import evidence_blocks

YEARS = (Period(Month(2024, 10), Month(2025, 9)), Period(Month(2025, 10), Month(2026, 9)))


def test_what_the_police_find_by_looking_reads_more_found() -> None:
    said = found_sentence("Drug offences", (640, 812), YEARS, Verdict.RISE)
    assert said == (
        "Drug offences: more found, 812 (year to September 2026) against 640 (year to September 2025), up 27%: "
        "a clear rise"
    )
    assert "fewer found" in found_sentence("Drug offences", (640, 500), YEARS, Verdict.FALL)
    assert "as many found" in found_sentence("Drug offences", (640, 640), YEARS, Verdict.NONE)


def test_drugs_and_weapons_are_marked_and_say_on_whose_word() -> None:
    marked = {slug for slug, problem in all_problems().items() if problem.police_generated}
    assert {"drug-offences", "possession-of-weapons"} <= marked
    assert all(all_problems()[slug].police_generated_source for slug in marked)
    assert "burglary" not in marked


def test_a_problem_that_is_found_says_so_under_its_number(held: Held) -> None:
    burglary = held.analysis.content["problems"][0]
    blocks = evidence_blocks({**burglary, "police_generated": True}, held.analysis.content)
    (tiles,) = [block for block in blocks if isinstance(block, Tiles)]
    assert tiles.items[0].label == "Found by the police"
    assert any(isinstance(block, Inset) and "More found" in plain(block.content) for block in blocks)


def tables(held: Held) -> list[Table]:
    analysis = held.analysis.content
    measured = [problem for problem in analysis["problems"] if problem["measured"]]
    blocks = [
        block for problem in measured for block in place_blocks(problem, analysis) + map_blocks(problem, analysis)
    ]
    return [
        block if isinstance(block, Table) else block.table
        for block in blocks
        if hasattr(block, "table") or isinstance(block, Table)
    ]


def test_areas_stand_by_name_and_never_worst_first(held: Held) -> None:
    found = tables(held)
    assert found
    for table in found:
        names = [plain(row[0]) for row in table.rows]
        assert names == sorted(names), table.caption
        assert table.columns[1].title != "Rate per 1,000 residents" or len(table.columns) == 2


def place(code: str, rate: str) -> dict[str, Any]:
    return {"code": code, "name": code, "count": 9, "before": 8, "rate": rate}


def test_a_rate_where_many_visit_carries_a_warning() -> None:
    problem = {
        "slug": "all-crime", "title": "All crime", "measured": True, "categories": ["a", "b"], "rate": {"count": 40},
        "places": [place("Bell Green", "60"), place("Marsh Lane", "70"), place("Old Town", "145")],
    }  # fmt: skip
    analysis = {"problems": [problem], "place_level": "ward", "period": {"words": "year to September 2026"}}
    assert visited_areas(analysis) == {"Old Town"}
    warning = place_blocks(problem, analysis)[-1]
    assert isinstance(warning, Warning)
    assert "Many people come to Old Town who do not live there" in plain(warning.content)
    assert MOST_AREAS == 20
