"""The police force among all force areas: rank, ties, mean and nation, in words, in the report, on number pages."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest

from tests.analytics.sources.force_tables.making import BURGLARIES, force_book, rate_rows
from tests.strategy.assessment.findings.test_harm import analysed_by, problem, took_in
from tests.strategy.conftest import Held, People, signed_in
from wardmote.printing.blocks import Bullets, Paragraph, Table
from wardmote.strategy.assessment.queries.analysis import Analysis
from wardmote.strategy.assessment.queries.figures import figure_named, rows_of_figure
from wardmote.strategy.assessment.queries.findings.forces import force_words, gap, printed
from wardmote.strategy.assessment.queries.profile_evidence import evidence_items
from wardmote.strategy.assessment.reports.findings.forces import force_blocks
from wardmote.strategy.assessment.rules.profile import Item
from wardmote.strategy.assessment.rules.sentences import quotes_in, untraced_in
from wardmote.strategy.evidence.models import Release
from wardmote.strategy.evidence.rules import FigureStatus
from wardmote.strategy.publishing.queries.disclosure import public_analysis


@pytest.fixture
def analysis(people: People, releases: tuple[Release, ...], tmp_path: Path) -> Analysis:
    """The analysis of a year with one edition of the tables."""
    took_in(people, force_book(tmp_path), "force-tables")
    return analysed_by(people)


def test_the_force_is_ranked_among_those_that_have_a_rate(analysis: Analysis) -> None:
    found = problem(analysis.content)["force"]
    assert (found["rank"], found["tied"], found["number"]) == (1, 1, 5)
    # 5, 4, 4, 3 and 2 per 1,000: the sixth force has no rate, the nation is none of them.
    assert [float(found[name]) for name in ("rate", "mean", "national")] == [5, 3.6, 3.6]
    assert found["count"] == BURGLARIES[0]
    forces = analysis.content["forces"]
    assert forces["without"] == {"City of Fallow": forces["without"]["City of Fallow"]}
    assert [row["group"] for row in forces["groups"]] == ["total", "burglary", "other-theft"]
    tied = next(row for row in forces["groups"] if row["group"] == "other-theft")
    assert (tied["rank"], tied["tied"]) == (1, 5)


def test_the_sentence_says_every_number_as_a_figure(analysis: Analysis) -> None:
    one = problem(analysis.content)
    (item,) = [item for item in evidence_items(one, analysis.content) if item.item is Item.COMPARISON]
    assert force_words(one) in item.proposed
    assert untraced_in(item.proposed, quotes_in(item.proposed, item.figures)) == ()
    assert force_words(one).startswith(
        "As a whole, the police force area of Ashcombe had the highest rate of 5 force areas in the year to "
        "March 2026, 5.0 per 1,000 residents against a mean of 3.6 and 3.6 in England and Wales: "
    )
    assert force_words(problem(analysis.content, "domestic-abuse")) == ""


def test_the_page_of_a_figure_names_the_force_its_year_and_every_area_behind_it(analysis: Analysis) -> None:
    figure = figure_named(analysis.content, "burglary.force.rate")
    assert figure is not None
    assert (figure["value"], figure["first"], figure["last"]) == ("5.000000", "2025-04", "2026-03")
    assert figure["area"] == "police force area of Ashcombe, among 5"
    assert [dataset for dataset, _ in figure["releases"]] == ["force-tables-2026-03"]
    rows = list(csv.DictReader(io.StringIO("".join(rows_of_figure(analysis.content, figure)))))
    assert {row["offence_group"] for row in rows} == {"burglary"}
    assert {row["area"]: row["rate_per_1000"] for row in rows}["Dunmere"] == "3.000000"
    assert len(rows) == 9


def test_the_report_shows_every_group_and_what_cannot_be_compared(analysis: Analysis) -> None:
    _, how, table, said, _ = force_blocks(analysis.content)
    assert isinstance(how, Paragraph)
    assert isinstance(table, Table)
    assert isinstance(said, Bullets)
    assert "the comparison is older" in str(how)
    cells = [[str(cell[0]) for cell in row] for row in table.rows]
    assert cells[1] == ["Burglary", "5.0", "1st of 5", "3.6", "3.6 (+1.4)", cells[1][-1]]
    assert cells[2][2] == "1st of 5, with 4 more"
    assert "City of Fallow: left out by its publisher" in str(table.note)
    assert str(table.note).startswith("The figures are provisional: forces still revise them.")
    assert "Action Fraud" in str(said)


def test_published_figures_of_whole_forces_do_not_close_or_lose_anything(analysis: Analysis) -> None:
    content = analysis.content
    assert public_analysis(content)["disclosure"]["state"] == "shown in full"
    sources = [{**one, "licence": "Not open"} if one["kind"] == "police-uk" else one for one in content["sources"]]
    public = public_analysis({**content, "sources": sources})
    assert problem(public)["force"] == problem(content)["force"]
    assert "comparison" not in problem(public)


def test_an_edition_counts_on_its_page_and_is_provisional_until_somebody_says_otherwise(
    people: People, releases: tuple[Release, ...], tmp_path: Path
) -> None:
    release = took_in(people, force_book(tmp_path), "force-tables")
    release.refresh_from_db()
    assert release.status == FigureStatus.PROVISIONAL
    page = signed_in(people.analyst).get(f"/evidence/releases/{release.digest}/").content.decode()
    assert "year to March 2026" in page
    assert "Replaced" not in page


def test_an_edition_of_a_later_year_is_not_used(people: People, releases: tuple[Release, ...], tmp_path: Path) -> None:
    took_in(people, force_book(tmp_path), "force-tables")
    took_in(people, force_book(tmp_path, name="later.xlsx", last="December 2026"), "force-tables")
    assert analysed_by(people).content["forces"]["period"]["last"] == "2026-03"
    early = analysed_by(people, as_at=date(2026, 2, 28)).content["forces"]
    assert early["missing"].startswith("no tables by police force area are held")


def test_a_force_without_a_rate_and_one_that_is_not_there_are_said(
    people: People, releases: tuple[Release, ...], tmp_path: Path
) -> None:
    rates = rate_rows()
    rates[1][4:] = ["[u1]"] * 4
    took_in(people, force_book(tmp_path, rates=rates), "force-tables")
    content = analysed_by(people).content
    assert content["forces"]["missing"].startswith("no rate of Ashcombe is published: left out by its publisher")
    assert "force" not in problem(content)
    assert "not compared with others" in str(force_blocks(content)[1])


def test_nothing_is_said_where_no_tables_are_held(held: Held) -> None:
    assert held.analysis.content["forces"]["missing"].startswith("no tables by police force area are held")
    assert force_blocks({"forces": {}}) == []


def test_rare_offences_keep_places_that_tell_them_apart() -> None:
    found = {"rate": "0.0119", "mean": "0.02", "national": "0.010"}
    assert [printed(found, name) for name in found] == ["0.012", "0.020", "0.010"]
    assert gap(found) == "+0.002"
    assert gap({**found, "national": None}) == ""
    robbery = {"rate": "0.934", "mean": "1.121", "national": "1.06"}
    assert [printed(robbery, name) for name in robbery] == ["0.93", "1.12", "1.06"]
    assert printed({"rate": "89.347", "mean": "80", "national": None}, "rate") == "89.3"


@pytest.mark.shared_data
def test_the_real_tables_rank_leicestershire(
    people: People, releases: tuple[Release, ...], shared: Path, tmp_path: Path
) -> None:
    from wardmote.analytics.measures.peers import rows_in, standing
    from wardmote.foundations.periods import Month
    from wardmote.strategy.evidence.queries import warehouse

    release = took_in(people, shared / "offences/pfafinalmar22.xls", "auto")
    con = warehouse().connect()
    rows = rows_in(con, warehouse().table(con, release.digest), Month(2022, 3))
    con.disconnect()
    rates = {row.force: row.rate for row in rows if row.level == "force" and row.group == "total"}
    # 14 forces above it, from Cleveland (129.0) to Gwent (91.1), counted in the workbook.
    found = standing("leicestershire", rates)
    assert found is not None
    assert (found.rank, found.tied, found.number, found.without) == (15, 1, 42, ("city-of-london",))
