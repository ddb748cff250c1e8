"""The assessment as a report: every number has a source, and what cannot be measured says why."""

import json
from datetime import date

import pytest

from tests.strategy.conftest import CANARY, Held, People, problem_of
from wardmote.definitions import problem as problem_named
from wardmote.printing import html
from wardmote.printing.blocks import Heading, Report, Table, figure_refs
from wardmote.printing.datafile import report_bytes
from wardmote.strategy.assessment.actions import write_note
from wardmote.strategy.assessment.models import Assessment
from wardmote.strategy.assessment.reports import Material, draft_report, report_of, source_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(held: Held) -> Report:
    """The report of the analysis alone."""
    return report_of(Material("Strategic assessment", held.analysis.content), status="draft")


def headings(report: Report) -> list[str]:
    return [block.text for block in report.blocks if isinstance(block, Heading)]


def tables(report: Report) -> dict[str, Table]:
    return {block.caption: block for block in report.blocks if isinstance(block, Table)}


def test_no_two_tables_have_the_same_name(report: Report) -> None:
    captions = [block.caption for block in report.blocks if isinstance(block, Table)]
    assert sorted(captions) == sorted(set(captions))
    assert len(captions) > 10


def page(report: Report) -> str:
    return html.render(report, figure_url=lambda key: f"#{key}")


def test_every_number_that_can_be_clicked_has_its_source_and_every_source_is_used(report: Report) -> None:
    clicked = {found.key for found in figure_refs(report.blocks)}
    assert len(clicked) > 60
    assert clicked == {source.key for source in report.figures}
    for source in report.figures:
        assert source.value, source.key
        assert source.releases, source.key
        assert source.period, source.key


def test_every_cell_with_a_number_in_the_comparison_can_be_clicked(report: Report) -> None:
    table = tables(report)["Problems in the year to August 2026"]
    assert [column.title for column in table.columns][1] == "Incidents"
    for row in table.rows:
        assert list(figure_refs([Table("one row", table.columns, (row,))])), row


def test_a_figure_that_the_analysis_does_not_hold_cannot_be_printed(held: Held) -> None:
    with pytest.raises(KeyError):
        source_of(held.analysis.content, "burglary.moon")


def test_a_problem_that_cannot_be_measured_says_why_and_shows_no_nought(report: Report) -> None:
    reason = problem_named("domestic-abuse").not_measured
    section = page(report).split('id="problem-domestic-abuse"')[1].split("<h3")[0].split("<h2")[0]
    assert reason[:40] in section.replace("&#x27;", "'")
    assert "<table" not in section


def test_sections_come_in_the_order_in_which_they_are_read(people: People, decided: Assessment) -> None:
    found = [text for text in headings(draft_report(decided)) if text[0].isupper()]
    order = ["In brief", "What the partnership decided", "How the problems rank", "How the problems compare",
             "Problem by problem", "Where the numbers come from"]  # fmt: skip
    assert [text for text in found if text in order] == order


def test_before_scoring_is_closed_there_is_neither_ranking_nor_decision(scoring: Assessment) -> None:
    found = headings(draft_report(scoring))
    assert "How the problems rank" not in found
    assert "What the partnership decided" not in found


def test_decisions_are_printed_with_the_body_that_took_them(decided: Assessment) -> None:
    (row,) = tables(draft_report(decided))["Decisions"].rows
    assert [cell[0] for cell in row[:3]] == ["Burglary", "Priority", "It harms most."]
    assert row[3][0] == "Community Safety Board, 20 October 2026"


def test_neither_a_scorer_nor_an_agency_is_told_apart(people: People, decided: Assessment) -> None:
    printed = page(draft_report(decided)) + report_bytes(draft_report(decided)).decode()
    for words in (CANARY, "Inspector", "Fire officer", str(people.scorer.key), str(people.scorer.agency)):
        assert words not in printed


def test_the_analyst_s_note_stands_with_its_problem(people: People, analysed: Assessment) -> None:
    write_note(people.analyst, problem_of(analysed, "burglary"), "Sheds.\n\nGarages.")
    section = page(draft_report(assessment_again(analysed))).split('id="problem-burglary"')[1]
    section = section.split('id="problem-')[0]
    assert "Sheds." in section
    assert "Garages." in section


def assessment_again(assessment: Assessment) -> Assessment:
    return Assessment.objects.get(id=assessment.id)


def test_the_data_file_is_the_same_bytes_for_the_same_report_and_holds_no_key_of_ours(decided: Assessment) -> None:
    first, second = (report_bytes(draft_report(assessment_again(decided))) for _ in range(2))
    assert first == second
    assert json.loads(first)
    assert str(decided.id) not in first.decode()


def test_the_report_bears_the_day_it_was_given(report: Report) -> None:
    assert (report.as_at, report.status, report.partnership) == (date(2026, 10, 31), "draft", "Ashcombe Vale")


def test_a_report_without_an_analysis_is_our_fault(people: People) -> None:
    from tests.factories import AssessmentFactory

    with pytest.raises(ValueError, match="not been analysed"):
        draft_report(AssessmentFactory())
