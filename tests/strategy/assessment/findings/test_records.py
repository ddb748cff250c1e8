"""What a list of incidents tells: on the page, in sentences whose numbers are traced, and as far as it is published."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.strategy.conftest import AS_AT, SLUGS, Held, People
from wardmote.definitions import small_counts
from wardmote.printing.blocks import Paragraph, Picture, Table
from wardmote.sample.generator import SEED
from wardmote.sample.lists import HABITS, write_list
from wardmote.sample.places import VALE
from wardmote.sample.shapes import draw_grid
from wardmote.strategy.assessment.queries.analysis import analyse
from wardmote.strategy.assessment.queries.figures import figure_named, has_rows
from wardmote.strategy.assessment.queries.findings.hours import hour_runs, hour_words
from wardmote.strategy.assessment.queries.findings.near_repeats import near_repeats_of, near_sentence
from wardmote.strategy.assessment.queries.findings.records import NOT_HELD
from wardmote.strategy.assessment.queries.profile_evidence import evidence_items
from wardmote.strategy.assessment.queries.scope import AnalysisScope
from wardmote.strategy.assessment.reports.findings.records import record_blocks
from wardmote.strategy.assessment.rules.profile import Item
from wardmote.strategy.assessment.rules.sentences import quotes_in, untraced_in
from wardmote.strategy.evidence.actions import import_files, settle
from wardmote.strategy.evidence.models import Release
from wardmote.strategy.evidence.queries import held_releases, releases_for, warehouse
from wardmote.strategy.evidence.queries.incident_lists import incident_lists
from wardmote.strategy.evidence.rules import Acceptance
from wardmote.strategy.publishing.queries.disclosure import public_analysis, rows_are_open
from wardmote.strategy.publishing.queries.records import with_records

TOLD = (Item.HOURS, Item.REPEATS, Item.NEAR_REPEATS)


def problem_of(content: Any, slug: str) -> dict[str, Any]:
    return dict(next(one for one in content["problems"] if one["slug"] == slug))


@pytest.fixture
def content(releases: tuple[Release, ...], held: Held, people: People, tmp_path: Path) -> dict[str, Any]:
    path = write_list(tmp_path, draw_grid(SEED), HABITS[0], held.files.street[-24:])
    settle(people.analyst, import_files(people.analyst, [path], kind="auto"), Acceptance.AT_ONCE)
    scope = AnalysisScope(
        "Ashcombe Vale",
        ((VALE.code, VALE.name),),
        AS_AT,
        SLUGS,
        held_releases(is_sample=False),
        is_sample=False,
        lists=incident_lists(people.partnership),
    )
    return analyse(scope).content


def test_each_sentence_has_numbers_that_are_figures_with_a_page(content: dict[str, Any]) -> None:
    burglary = problem_of(content, "burglary")
    items = {one.item: one for one in evidence_items(burglary, content)}
    assert set(TOLD) <= set(items)
    for item in TOLD:
        found = items[item]
        assert found.proposed
        assert untraced_in(found.proposed, quotes_in(found.proposed, found.figures)) == (), found.proposed
        for figure in found.figures:
            assert figure_named(content, figure.key) is not None, figure.key
    figure = figure_named(content, "burglary.repeats.victim.share")
    assert figure is not None
    assert [dataset for dataset, _ in figure["releases"]] == ["incidents-ashcombe-vale-burglary"]


def test_hours_add_up_and_the_habit_is_found(content: dict[str, Any]) -> None:
    found = problem_of(content, "burglary")["records"]["hours"]
    assert sum(float(one["count"]) for one in found["hours"]) == pytest.approx(found["within_day"], abs=1.5)
    assert sum(float(one["count"]) for one in found["weekdays"]) == pytest.approx(found["within_day"], abs=0.5)
    # Burglaries of the list are seen from seven in the evening on, and some are known to five days only.
    assert [found["hours"][hour]["clear"] for hour in (20, 21)] == ["high", "high"]
    assert 90 < float(found["share"]) < 100
    assert found["hours"][6]["clear"] != "high"


def test_near_repeats_and_repeats_that_were_made_are_found(content: dict[str, Any]) -> None:
    records = problem_of(content, "burglary")["records"]
    victims = records["repeats"]["roles"]["victim"]
    assert 0.03 < victims["repeats"] / victims["incidents"] < 0.15
    assert records["repeats"]["is_whole"]
    cell = next(one for one in records["near"]["cells"] if (one["distance"], one["days"]) == (100, 7))
    assert float(cell["p"]) == 0.001
    assert float(cell["ratio"]) > 2


def test_points_that_a_publisher_moved_are_said_and_not_shown(content: dict[str, Any]) -> None:
    from wardmote.analytics.measures.incident_records import incident_records

    con, (one,) = warehouse().connect(), [s for s in content["sources"] if s["kind"] == "incident-records"]
    records = incident_records(con, [(warehouse().table(con, one["release"]), one["months"])])[:200]
    moved = [replace(r, longitude=round(r.longitude or 0, 2), latitude=round(r.latitude or 0, 2)) for r in records]
    found = near_repeats_of(moved)
    assert (found["snapped"], found["cells"]) == (True, [])
    said = near_sentence({"records": {"near": found}})
    assert "moved true places to shared points" in said
    assert f"{found['shared_points']}%" in said


def test_without_a_list_it_is_said_what_is_missing(content: dict[str, Any]) -> None:
    shoplifting = problem_of(content, "shoplifting")
    assert "records" not in shoplifting
    assert record_blocks(shoplifting, content) == [Paragraph((NOT_HELD,))]
    burglary = record_blocks(problem_of(content, "burglary"), content)
    assert sum(isinstance(block, Picture) for block in burglary) == 1
    assert sum(isinstance(block, Table) for block in burglary) >= 4


def test_what_is_published_is_no_row_and_no_small_count(content: dict[str, Any]) -> None:
    rule = small_counts()
    public = public_analysis(content)
    # A list of one's own opens and closes nothing of the open counts.
    assert public["disclosure"]["state"] == "shown in full"
    records = problem_of(public, "burglary")["records"]
    for slots in ("hours", "weekdays"):
        assert all(not 0 < float(one["count"]) < rule.threshold for one in records["hours"].get(slots, []))
    for role in records["repeats"]["roles"].values():
        assert min(role["repeats"], role["repeat_keys"], role["incidents"] - role["repeats"]) >= rule.threshold
    assert all(not 0 < one["pairs"] < rule.threshold for one in records["near"]["cells"])
    assert record_blocks(problem_of(public, "burglary"), public)
    figure = figure_named(public, "burglary.repeats.victim.share")
    assert figure is not None
    assert not rows_are_open(public, figure)
    assert not has_rows(figure)


def test_of_a_sensitive_theme_and_beside_hidden_counts_nothing_is_published(content: dict[str, Any]) -> None:
    burglary = problem_of(content, "burglary")
    assert with_records({**burglary, "sensitive": True}, small_counts())["records"] == {"withheld": True}
    closed = [{**one, "licence": "Given in confidence"} for one in content["sources"]]
    public = public_analysis({**content, "sources": closed})
    hidden = problem_of(public, "burglary")
    assert hidden["records"] == {"withheld": True}
    assert not {one.item for one in evidence_items(hidden, public)} & set(TOLD)
    (said,) = record_blocks(hidden, public)
    assert "not published" in str(said)


def test_a_small_hour_withholds_the_table_and_keeps_what_is_clearly_more(content: dict[str, Any]) -> None:
    burglary = problem_of(content, "burglary")
    hours = burglary["records"]["hours"]
    small = {**hours, "hours": [{**hours["hours"][0], "count": "1.5"}, *hours["hours"][1:]]}
    shown = with_records({**burglary, "records": {**burglary["records"], "hours": small}}, small_counts())
    assert shown["records"]["hours"]["hours"] == []
    assert shown["records"]["hours"]["clear"]["high"] == hours["clear"]["high"]
    item = next(one for one in evidence_items(shown, content) if one.item is Item.HOURS)
    assert "Clearly more" in item.proposed
    assert "Clearly fewer" not in item.proposed


def test_another_partnership_sees_nothing_of_a_list(content: dict[str, Any], people: People) -> None:
    assert releases_for(people.analyst).filter(kind="incident-records").count() == 1
    assert releases_for(people.stranger).filter(kind="incident-records").count() == 0


def test_hours_in_words() -> None:
    assert [hour_words(hour) for hour in (0, 9, 12, 17, 24)] == ["midnight", "9am", "noon", "5pm", "midnight"]
    slots = [{"clear": "high" if hour in (22, 23, 0, 9) else ""} for hour in range(24)]
    assert hour_runs(slots, "high") == ["9am to 10am", "10pm to 1am"]
