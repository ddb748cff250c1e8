"""Harm as an analysis keeps it: from own weights and Home Office tables, in words, in the report, on the balance."""

from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.analytics.sources.offences.making import WEIGHTS, offence, offences_file, weights_book
from tests.strategy.conftest import AS_AT, SLUGS, Held, People, signed_in
from wardmote.printing.blocks import Paragraph, Table
from wardmote.sample.places import FORCE_AREA, VALE
from wardmote.strategy.assessment.actions import keep_analysis
from wardmote.strategy.assessment.models import Assessment
from wardmote.strategy.assessment.queries.analysis import Analysis, analyse
from wardmote.strategy.assessment.queries.balance import balance_of
from wardmote.strategy.assessment.queries.figures import figure_named
from wardmote.strategy.assessment.queries.filled import filled_for
from wardmote.strategy.assessment.queries.findings.harm import harm_in_brief, harm_words
from wardmote.strategy.assessment.queries.profile_evidence import evidence_items
from wardmote.strategy.assessment.queries.scope import AnalysisScope
from wardmote.strategy.assessment.reports.board import board_report
from wardmote.strategy.assessment.reports.findings.harm import harm_blocks
from wardmote.strategy.assessment.rules.profile import Item
from wardmote.strategy.assessment.rules.sentences import quotes_in, untraced_in
from wardmote.strategy.evidence.actions import import_files, settle
from wardmote.strategy.evidence.models import Release
from wardmote.strategy.evidence.queries import held_releases
from wardmote.strategy.evidence.queries.harm import harm_releases
from wardmote.strategy.evidence.rules import Acceptance
from wardmote.strategy.publishing.queries.disclosure import public_analysis, rows_are_open

# Own force: as many homes as barns. Hills: homes alone, Moors: barns alone.
MIXES = {FORCE_AREA: (200, 200), "Hills": (400, 0), "Moors": (0, 400)}


def took_in(people: People, path: Path, kind: str) -> Release:
    outcome = settle(people.analyst, import_files(people.analyst, (path,), kind=kind), Acceptance.AT_ONCE)
    (release,) = outcome.made
    return release


def table(folder: Path) -> Path:
    rows = [
        offence(quarter, force, code, count, year="2025/26")
        for force, (homes, barns) in MIXES.items()
        for quarter in (3, 4)
        for code, count in (("28E", homes), ("30C", barns), ("46", 300))
    ]
    return offences_file(folder, *rows)


# An analysis is a function of its scope: tests that have the same one need not work it out again.
KNOWN: dict[str, Analysis] = {}


def analysed_by(people: People, **changes: Any) -> Analysis:
    scope = AnalysisScope(
        "Ashcombe Vale",
        ((VALE.code, VALE.name),),
        AS_AT,
        (*SLUGS, "anti-social-behaviour"),
        held_releases(is_sample=False),
        is_sample=False,
        harm=harm_releases(people.partnership),
    )
    scope = replace(scope, **changes)
    known = repr(scope)
    if known not in KNOWN:
        KNOWN[known] = analyse(scope)
    return deepcopy(KNOWN[known])


@pytest.fixture
def analysis(people: People, releases: tuple[Release, ...], tmp_path: Path) -> Analysis:
    """The analysis of a year with weights and a table of offences."""
    took_in(people, weights_book(tmp_path, *WEIGHTS), "harm-weights")
    took_in(people, table(tmp_path), "offence-counts")
    return analysed_by(people)


def problem(content: Any, slug: str = "burglary") -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in content["problems"] if one["slug"] == slug)
    return found


def test_the_page_of_harm_days_names_weights_mix_and_their_releases(analysis: Analysis) -> None:
    figure = figure_named(analysis.content, "burglary.harm.days")
    assert figure is not None
    assert figure["value"] == problem(analysis.content)["harm"]["days"]
    kinds = {one["release"]: one["kind"] for one in analysis.content["sources"]}
    assert {"harm-weights", "offence-counts", "police-uk"} <= {kinds[digest] for _, digest in figure["releases"]}
    assert [name for name, _ in figure["facts"]] == ["In words", "Weights", "Mix of offences"]
    filled = filled_for(analysis.content, "kingston-2011")["burglary"]["seriousness"]
    assert (filled.level, filled.figure) == (3, "burglary.harm.days")
    unweighed = filled_for(analysis.content, "kingston-2011")["anti-social-behaviour"]["seriousness"]
    assert (unweighed.level, unweighed.figure) == (None, "")


def test_each_problem_has_its_harm_range_share_and_rank(analysis: Analysis) -> None:
    content = analysis.content
    burglaries = problem(content)["rate"]["count"]
    found = problem(content)["harm"]
    # Homes weigh 15 (10 to 20), barns 5; the force has as many of each.
    assert found["days"] == f"{burglaries * 10}.0"
    assert (found["low"], found["high"]) == (f"{burglaries * 5}.0", f"{burglaries * 15}.0")
    assert found["lightest"] == f"{burglaries * 7.5:.1f}"
    thefts = problem(content, "shoplifting")
    assert thefts["harm"]["per_incident"] == "2.0"
    harm = burglaries * 10 + thefts["rate"]["count"] * 2
    assert float(found["share"]) == pytest.approx(100 * burglaries * 10 / harm, abs=1e-6)
    incidents = burglaries + thefts["rate"]["count"]
    assert float(found["incident_share"]) == pytest.approx(100 * burglaries / incidents, abs=1e-6)
    assert found["rank"] == 1
    assert found["ranked"] == 2
    assert content["harm"]["mix"] == FORCE_AREA
    assert content["harm"]["mix_period"] == "October 2025 to March 2026"
    assert "Robbery" in content["harm"]["unweighed"]


def test_anti_social_behaviour_has_no_weight_and_says_so(analysis: Analysis) -> None:
    asb = problem(analysis.content, "anti-social-behaviour")
    assert asb["harm"] == {
        "none": "Anti-social behaviour incidents are not offences, so no index of offences weighs them."
    }
    assert harm_in_brief(asb) == harm_words(asb, analysis.content) == asb["harm"]["none"]
    assert "harm" not in problem(analysis.content, "domestic-abuse")


def test_the_sentence_says_every_number_as_a_figure(analysis: Analysis) -> None:
    items = evidence_items(problem(analysis.content), analysis.content)
    (item,) = [one for one in items if one.item is Item.HARM]
    assert untraced_in(item.proposed, quotes_in(item.proposed, item.figures)) == ()
    assert "by how the mix of offences differs between forces" in item.proposed
    assert "1st by harm" in item.proposed


def test_what_harm_was_estimated_from_is_cited(analysis: Analysis) -> None:
    kinds = {source["kind"]: source for source in analysis.content["sources"]}
    assert kinds["harm-weights"]["dataset"] == "harm-weights-cambridge-ashcombe-vale"
    assert kinds["offence-counts"]["publisher"] == "Home Office"


def test_weights_that_are_not_open_do_not_close_the_counts(analysis: Analysis) -> None:
    assert rows_are_open(analysis.content)
    public = public_analysis(analysis.content)
    assert public["disclosure"]["state"] == "shown in full"
    assert "harm" in problem(public)


def test_where_small_counts_are_hidden_harm_is_not_shown(analysis: Analysis) -> None:
    content = analysis.content
    sources = [{**one, "licence": "Not open"} if one["kind"] == "police-uk" else one for one in content["sources"]]
    public = public_analysis({**content, "sources": sources})
    assert "harm" not in problem(public)
    _, said = harm_blocks(public)
    assert isinstance(said, Paragraph)
    assert "not shown here" in str(said)


def test_the_report_sets_harm_beside_volume_and_names_what_has_no_weight(analysis: Analysis) -> None:
    _, how, found, asb = harm_blocks(analysis.content)
    assert isinstance(found, Table)
    assert [row[0] for row in found.rows] == [("Burglary",), ("Theft from shops",)]
    assert f"for {FORCE_AREA}, October 2025" in str(how)
    assert "not offences" in str(asb)
    assert harm_blocks({"problems": []}) == []


def test_what_is_missing_is_said_plainly(
    people: People, releases: tuple[Release, ...], held: Held, tmp_path: Path
) -> None:
    neither = str(harm_blocks(held.analysis.content))
    assert "no weights of harm are held" in neither
    assert "no Home Office table of offences is held" in neither
    assert "harm" not in problem(held.analysis.content)
    took_in(people, weights_book(tmp_path, *WEIGHTS), "harm-weights")
    assert "no weights" not in str(harm_blocks(analysed_by(people).content))


def test_weights_belong_to_the_partnership_that_brought_them(
    people: People, db: None, data: Path, tmp_path: Path
) -> None:
    book = weights_book(tmp_path, *WEIGHTS)
    first = took_in(people, book, "harm-weights")
    assert first.partnership == people.partnership
    other = people.stranger
    theirs = import_files(other, (book,), kind="harm-weights").made[0]
    assert theirs.digest != first.digest
    assert harm_releases(people.partnership).weights is not None
    assert harm_releases(theirs.partnership or people.partnership).weights is None


def test_the_balance_and_its_paper_give_the_harm(people: People, deciding: Assessment, analysis: Analysis) -> None:
    keep_analysis(people.analyst, deciding, analysis)
    deciding.refresh_from_db()
    balance = balance_of(people.analyst, deciding)
    words = harm_in_brief(problem(analysis.content))
    assert {row.slug: row.harm for row in balance.rows}["burglary"] == words
    assert {row.slug: row.harm for row in balance.rows}["domestic-abuse"] == ""
    assert words in str(board_report(deciding, balance).blocks)
    page = signed_in(people.scorer).get(f"/assessments/{deciding.id}/balance/").content.decode()
    assert words in page
    assert "not yet known" in page
