"""Concentration as an analysis keeps it, in words and in the report."""

from typing import Any

from tests.strategy.conftest import Held
from wardmote.printing.blocks import Table
from wardmote.strategy.assessment.queries.findings.concentration import concentration_of, concentration_sentence
from wardmote.strategy.assessment.queries.profile_evidence import evidence_items
from wardmote.strategy.assessment.reports.findings.concentration import concentration_blocks
from wardmote.strategy.assessment.rules.profile import Item
from wardmote.strategy.assessment.rules.sentences import quotes_in, untraced_in
from wardmote.strategy.publishing.queries.disclosure import public_analysis

COUNTS = {f"E{at:02}": count for at, count in enumerate([300, 200, 100, *[20] * 20])}
ANALYSIS = {"period": {"words": "year to March 2026"}}


def problem(counts: dict[str, int]) -> dict[str, Any]:
    return {"slug": "burglary", "title": "Burglary", "concentration": concentration_of(counts, "lsoa")}


def test_the_tenth_with_most_is_said() -> None:
    # 23 areas: the tenth is two, with 500 of 1,000.
    assert concentration_sentence(problem(COUNTS)) == (
        "Of 23 small areas the 2 with most (a tenth of them) have 50% of the 1,000 incidents that can be placed in one."
    )


def test_the_table_has_the_tops_that_are_whole_areas() -> None:
    (table,) = concentration_blocks(problem(COUNTS), ANALYSIS)
    assert isinstance(table, Table)
    assert [tuple(cell[0] for cell in row) for row in table.rows] == [
        ("Top 5%", "1", "300", "30.0%"),
        ("Top 10%", "2", "500", "50.0%"),
    ]
    # Ranks 23 x 300 + 22 x 200 + 21 x 100 + 20 x (1 + … + 20) = 17,600: (2 x 17.6 - 24) / 23 = 0.487.
    assert "0.49" in table.note


def test_few_incidents_or_an_older_analysis_say_nothing() -> None:
    few = problem({"E1": 19})
    assert few["concentration"] == {}
    for one in (few, {"slug": "burglary"}):
        assert (concentration_sentence(one), concentration_blocks(one, ANALYSIS)) == ("", [])


def test_the_sample_s_sentence_quotes_its_figures_and_is_left_out_where_small_counts_are_hidden(held: Held) -> None:
    content = held.analysis.content
    burglary = next(one for one in content["problems"] if one["slug"] == "burglary")
    item = next(one for one in evidence_items(burglary, content) if one.item is Item.CONCENTRATION)
    assert untraced_in(item.proposed, quotes_in(item.proposed, item.figures)) == ()
    placed = sum(row["count"] for row in burglary["places"])
    assert burglary["concentration"]["count"] == placed
    closed = [{**one, "licence": "Given in confidence"} for one in content["sources"]]
    public = public_analysis({**content, "sources": closed})
    assert all("concentration" not in one for one in public["problems"])
