"""The rate by what is at risk beside the one by residents: in words, on the page, and where nothing is held."""

from pathlib import Path
from typing import Any

from tests.factories import taken_in
from tests.strategy.conftest import AS_AT, SLUGS, Held
from wardmote.partnership.members.queries import COMMAND_LINE, service_reader
from wardmote.printing.blocks import Tiles
from wardmote.sample.households import write_households
from wardmote.sample.places import VALE
from wardmote.strategy.assessment.queries.analysis import analyse
from wardmote.strategy.assessment.queries.figures import figure_named, printed_value
from wardmote.strategy.assessment.queries.findings.at_risk import at_risk_words
from wardmote.strategy.assessment.queries.profile_evidence import evidence_items
from wardmote.strategy.assessment.queries.scope import AnalysisScope
from wardmote.strategy.assessment.reports.problems import evidence_blocks
from wardmote.strategy.assessment.rules.profile import Item
from wardmote.strategy.assessment.rules.sentences import quotes_in, untraced_in
from wardmote.strategy.evidence.models import Release
from wardmote.strategy.evidence.queries import held_releases
from wardmote.strategy.publishing.queries.disclosure import public_analysis


def problem_of(content: Any, slug: str) -> dict[str, Any]:
    return dict(next(one for one in content["problems"] if one["slug"] == slug))


def test_the_sentence_names_what_the_rate_is_divided_by_and_of_which_year() -> None:
    found = {"words": "households", "value": 45_000, "year": 2021, "count": 540, "rate": "12.000000"}
    assert at_risk_words({"slug": "burglary", "at_risk": found}) == (
        "Divided by what is at risk, that is 12.0 incidents per 1,000 households, counting 45,000 of them in 2021."
    )
    assert at_risk_words({"slug": "burglary"}) == ""


def test_without_households_residents_stand_alone(held: Held) -> None:
    burglary = problem_of(held.analysis.content, "burglary")
    assert "at_risk" not in burglary
    assert "households" not in str([tile.label for tile in tiles_of(burglary, held.analysis.content)])


def tiles_of(problem: dict[str, Any], content: Any) -> tuple[Any, ...]:
    (tiles,) = [block for block in evidence_blocks(problem, content) if isinstance(block, Tiles)]
    return tiles.items


def test_where_households_are_held_burglary_is_divided_by_them_too_and_shoplifting_is_not(
    releases: tuple[Release, ...], tmp_path: Path
) -> None:
    path = write_households(tmp_path)
    taken_in(service_reader(COMMAND_LINE), [path], kind="denominators")
    scope = AnalysisScope(
        "Ashcombe Vale", ((VALE.code, VALE.name),), AS_AT, SLUGS, held_releases(is_sample=False), is_sample=False
    )
    content = analyse(scope).content
    burglary, shoplifting = (problem_of(content, slug) for slug in ("burglary", "shoplifting"))
    own = burglary["at_risk"]
    rows = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    areas = {area["code"] for area in content["small_areas"]["areas"] or content["map"]["areas"]}
    homes = sum(int(value) for code, _, value, _ in rows if code in areas)
    assert (own["words"], own["value"], own["year"]) == ("households", homes, 2025)
    assert abs(float(own["rate"]) - 1000 * burglary["rate"]["count"] / homes) < 0.001
    assert "at_risk" not in shoplifting
    assert burglary["rate_hotspots"]["divided_by"] == "households"
    assert "divided_by" not in shoplifting["rate_hotspots"]
    item = next(one for one in evidence_items(burglary, content) if one.item is Item.RATE)
    assert "per 1,000 residents" in item.proposed
    assert "per 1,000 households" in item.proposed
    assert untraced_in(item.proposed, quotes_in(item.proposed, item.figures)) == ()
    hot = next(one for one in evidence_items(burglary, content) if one.item is Item.HOTSPOTS)
    assert "Divided by the households of 2025," in hot.proposed
    labels = [tile.label for tile in tiles_of(burglary, content)]
    assert labels[2:4] == ["Rate per 1,000 residents", "Rate per 1,000 households"]
    figure = figure_named(content, "burglary.at_risk.rate")
    assert figure is not None
    assert printed_value(figure).endswith(" per 1,000 households")
    households = next(one for one in content["sources"] if one["kind"] == "denominators")
    assert [households["dataset"], households["release"]] in figure["releases"]
    hotspots = figure_named(content, "burglary.rate_hotspots.hot")
    assert hotspots is not None
    assert [households["dataset"], households["release"]] in hotspots["releases"]
    assert not {"population-lsoa2021"} & {dataset for dataset, _ in hotspots["releases"]}
    others = figure_named(content, "shoplifting.rate_hotspots.hot")
    assert others is not None
    assert households["dataset"] not in {dataset for dataset, _ in others["releases"]}
    # Counts by place stay open when households, which count no incident, came from the partnership itself.
    assert "at_risk" in problem_of(public_analysis(content), "burglary")
    closed = [{**one, "licence": "Given in confidence"} for one in content["sources"]]
    assert "at_risk" not in problem_of(public_analysis({**content, "sources": closed}), "burglary")
