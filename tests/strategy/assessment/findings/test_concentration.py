"""Concentration as an analysis keeps it, in words and in the report."""

from typing import Any

from tests.strategy.conftest import Held
from wardmote.printing.blocks import Picture, Table
from wardmote.printing.charts import CurveChart
from wardmote.strategy.assessment.queries.findings.concentration import concentration_of, concentration_sentence
from wardmote.strategy.assessment.queries.profile_evidence import evidence_items
from wardmote.strategy.assessment.reports.findings.concentration import concentration_blocks
from wardmote.strategy.assessment.rules.profile import Item
from wardmote.strategy.assessment.rules.sentences import quotes_in, untraced_in
from wardmote.strategy.publishing.queries.disclosure import public_analysis

COUNTS = {f"E{at:02}": count for at, count in enumerate([300, 200, 100, *[20] * 20])}
ANALYSIS: dict[str, Any] = {"period": {"words": "year to March 2026"}, "sources": []}


def problem(counts: dict[str, int]) -> dict[str, Any]:
    return {"slug": "burglary", "title": "Burglary", "concentration": concentration_of(counts, "lsoa")}


def test_the_tenth_with_most_is_said() -> None:
    # 23 areas: the tenth is two, with 500 of 1,000.
    assert concentration_sentence(problem(COUNTS)) == (
        "Of 23 small areas the 2 with most (a tenth of them) have 50% of the 1,000 incidents that can be placed in one."
    )


def test_the_table_has_the_tops_that_are_whole_areas() -> None:
    table, _ = concentration_blocks(problem(COUNTS), ANALYSIS)
    assert isinstance(table, Table)
    assert [tuple(cell[0] for cell in row) for row in table.rows] == [
        ("Top 5%", "1", "300", "30.0%"),
        ("Top 10%", "2", "500", "50.0%"),
    ]
    # Ranks 23 x 300 + 22 x 200 + 21 x 100 + 20 x (1 + … + 20) = 17,600: (2 x 17.6 - 24) / 23 = 0.487.
    assert "0.49" in table.note


def test_the_curve_shows_each_twentieth_and_its_table_each_tenth() -> None:
    _, picture = concentration_blocks(problem(COUNTS), ANALYSIS)
    assert isinstance(picture, Picture)
    assert isinstance(picture.chart, CurveChart)
    burglary, even = picture.chart.curves
    # 1, 2 and 3 of 23 areas at 5%, 10% and 15%: 300, 500 and 600 of 1,000.
    assert [round(float(y), 1) for _, y in burglary.points[:4]] == [0.0, 30.0, 50.0, 60.0]
    assert (len(burglary.points), burglary.points[-1]) == (21, (100, 100))
    assert even.points[1] == (100, 100)
    assert "Half of the incidents lie in 2 of 23 small areas or fewer." in picture.description
    assert [str(row[0][0]) for row in picture.table.rows] == [f"Top {tenth}%" for tenth in range(10, 101, 10)]


def test_fewer_incidents_than_areas_are_most_even_where_each_has_an_area_of_its_own() -> None:
    sparse = problem({f"E{at:02}": int(at < 25) for at in range(50)})
    _, picture = concentration_blocks(sparse, ANALYSIS)
    assert isinstance(picture, Picture)
    assert isinstance(picture.chart, CurveChart)
    assert picture.chart.curves[1].points == ((0, 0), (50, 100), (100, 100))


def test_an_analysis_of_before_the_curve_has_its_table_alone() -> None:
    older = problem(COUNTS)
    del older["concentration"]["curve"]
    assert [type(block) for block in concentration_blocks(older, ANALYSIS)] == [Table]


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
