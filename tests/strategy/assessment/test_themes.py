"""Themed profiles: figures where data exist, and in their place what is missing and who could give it."""

from copy import deepcopy
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.strategy.assessment.test_areas import tables, words
from tests.strategy.conftest import Held, People, problem_of, signed_in, started
from tests.strategy.evidence.test_pairs import GIVEN, open_counts
from tests.strategy.partner import force_sheet
from wardmote.definitions import themes
from wardmote.foundations.periods import Month, rolling_12
from wardmote.printing.blocks import figure_refs, plain
from wardmote.strategy.assessment.actions import keep_analysis
from wardmote.strategy.assessment.actions.inputs import GivenProvision, keep_provision
from wardmote.strategy.assessment.models import Assessment, LikelyReason, ProfileSide, Unknown
from wardmote.strategy.assessment.queries import analysis_of
from wardmote.strategy.assessment.queries.analysis import Analysis, analyse
from wardmote.strategy.assessment.queries.figures import figure_named, rows_of_figure
from wardmote.strategy.assessment.queries.inputs import Inputs
from wardmote.strategy.assessment.queries.scope import scope_of
from wardmote.strategy.assessment.queries.themes import theme_of, themes_of
from wardmote.strategy.assessment.reports import draft_report
from wardmote.strategy.assessment.reports.lines import lines_of
from wardmote.strategy.assessment.reports.themes import NOBODY_WROTE, NOT_ASSESSED, theme_blocks
from wardmote.strategy.evidence.actions.pairs import keep_pair
from wardmote.strategy.publishing.queries.disclosure import public_analysis

Content = dict[str, Any]


def about(content: Content, slug: str) -> list[Any]:
    view = theme_of(content, {}, slug)
    assert view is not None
    return theme_blocks(view, content, Inputs())


def with_problem(content: Content, slug: str, title: str, **changes: Any) -> Content:
    """Return an analysis in which burglary is called something else."""
    found = deepcopy(content)
    burglary = next(one for one in found["problems"] if one["slug"] == "burglary")
    burglary |= {"slug": slug, "title": title, **changes}
    return found


@pytest.fixture
def violence(people: People, held: Held, releases: Any) -> Assessment:
    """An assessment of serious violence, which nothing published measures, beside robbery."""
    content = with_problem(held.analysis.content, "robbery", "Robbery")
    unmeasured = next(one for one in content["problems"] if one["slug"] == "domestic-abuse")
    content["problems"].append({**deepcopy(unmeasured), "slug": "serious-violence", "title": "Serious violence"})
    assessment = started(people, ("robbery", "domestic-abuse", "shoplifting", "serious-violence"))
    keep_analysis(people.analyst, assessment, Analysis(content, held.analysis.cited))
    assessment.refresh_from_db()
    return assessment


def test_a_theme_without_data_says_what_is_missing_and_who_could_give_it(held: Held) -> None:
    for theme in themes():
        blocks = about(held.analysis.content, theme.slug)
        said = words(blocks)
        assert "No figure is about this theme itself." in said
        assert theme.statute in said
        (missing,) = [one for one in tables(blocks) if one.caption.endswith(": what is missing, and who could give it")]
        assert [row[0][0] for row in missing.rows] == [need.what for need in theme.needs]
        assert all(plain(row[2]) for row in missing.rows)


def test_a_theme_with_data_has_count_change_and_verdict_with_links_and_lacks_less(held: Held) -> None:
    content = with_problem(held.analysis.content, "anti-social-behaviour", "Anti-social behaviour")
    blocks = about(content, "anti-social-behaviour")
    found = tables(blocks)[0]
    problem = next(one for one in content["problems"] if one["slug"] == "anti-social-behaviour")
    assert plain(found.rows[0][1]) == f"{problem['rate']['count']:,}"
    assert found.rows[0][3] == (problem["change"]["verdict"],)
    keys = {one.key for one in figure_refs(tuple(blocks))}
    assert keys == {"anti-social-behaviour.count", "anti-social-behaviour.change"}
    assert all(figure_named(content, key) for key in keys)
    missing = tables(blocks)[-1]
    assert "Anti-social behaviour incidents by month and place" not in [row[0][0] for row in missing.rows]
    assert len(missing.rows) == 3


def test_what_is_wider_than_a_theme_is_shown_as_that_and_meets_no_need(held: Held) -> None:
    content = with_problem(held.analysis.content, "violence-and-sexual-offences", "Violence and sexual offences")
    blocks = about(content, "domestic-abuse")
    assert "No figure is about this theme itself." in words(blocks)
    wider = tables(blocks)[0]
    assert wider.caption.startswith("Wider than domestic abuse")
    assert "nobody can tell apart" in wider.note
    assert "Domestic abuse crimes and incidents by month" in words(blocks)


def test_road_safety_takes_its_sentence_from_the_casualties(held: Held) -> None:
    row = {"slug": "ksi", "words": "Killed or seriously injured: no clear change"}
    content = {**held.analysis.content, "road": {"missing": "", "rows": [row]}}
    view = theme_of(content, {}, "road-safety")
    assert view is not None
    assert view.has_figures
    assert [one.key for one in figure_refs(tuple(theme_blocks(view, content, Inputs())))] == ["road.ksi.change"]
    assert "Casualties by month, road user and place" not in [need.what for need in view.missing]
    assert theme_of(content, {}, "no-theme") is None


def test_the_needs_assessment_says_where_nobody_wrote_drivers_cohorts_or_gaps(held: Held) -> None:
    said = words(about(held.analysis.content, "serious-violence"))
    assert said.count(NOT_ASSESSED) == 3
    for heading in ("Drivers", "Who is most affected or at risk, and where", "Gaps"):
        assert heading in said
    assert NOT_ASSESSED not in words(about(held.analysis.content, "hate-crime"))


def test_drivers_cohorts_and_gaps_come_from_the_profile_and_the_services(people: People, violence: Assessment) -> None:
    problem = problem_of(violence, "serious-violence")
    assert lines_of(draft_report(violence)).count(NOBODY_WROTE) == 3
    LikelyReason.objects.create(
        problem=problem, added_at="2026-10-01T09:00Z", reason="Knives carried out of fear.", confidence="low"
    )
    ProfileSide.objects.create(problem=problem, side="victim", text="Boys of 14 to 17.", evidence="Hospital, 2025")
    Unknown.objects.create(
        problem=problem,
        added_at="2026-10-01T09:00Z",
        what="Who was hurt twice.",
        owner="Analyst",
        due_on=date(2027, 3, 31),
    )
    keep_provision(
        people.analyst,
        violence,
        GivenProvision("Mentors in the emergency department", "serious-violence", gap="None is there at night."),
    )
    lines = "\n".join(lines_of(draft_report(violence)))
    for said in (
        "Knives carried out of fear.",
        "Not tested.",
        "Victim. Boys of 14 to 17. (Hospital, 2025)",
        "Not known. Who was hurt twice. Analyst, by 31 March 2027.",
        "Mentors in the emergency department. None is there at night.",
        "Wider than serious violence",
    ):
        assert said in lines


def test_each_kind_of_offence_of_the_definition_stands_in_the_table(held: Held) -> None:
    table = tables(about(held.analysis.content, "serious-violence"))[-1]
    rows = {plain(row[0]): [plain(cell) for cell in row[1:]] for row in table.rows}
    assert rows["Robbery of personal property (34B)"] == ["in scope", "in scope", "extended scope", "cannot be told"]
    assert rows["Rape (19C, 19D, 19E, 19F, 19G, 19H)"] == ["in scope"] * 4
    assert rows["Trafficking in controlled drugs (92A)"] == ["extended scope in county lines alone"] * 4
    assert "Checked by: not yet checked" in table.note


def test_the_document_has_every_theme_and_the_pages_lead_to_them(people: People, analysed: Assessment) -> None:
    lines = lines_of(draft_report(analysed))
    assert all(theme.title in lines for theme in themes())
    browser, address = signed_in(people.scorer), f"/assessments/{analysed.id}/themes/"
    page = browser.get(address).content.decode()
    assert "4 of 4 kinds of data" in page
    for view in themes_of({"problems": []}, {}):
        own = browser.get(f"{address}{view.theme.slug}/").content.decode()
        assert "Checked by: not yet checked" in own
    assert browser.get(f"{address}no-theme/").status_code == 404
    assert signed_in(people.stranger).get(address).status_code == 404


@pytest.fixture
def given(people: People, releases: Any, tmp_path: Path) -> Assessment:
    """An assessment of domestic abuse, which nobody publishes, and of which the force gave figures."""
    force_sheet(people.analyst, tmp_path / "sheets", {month: n + 3 for month, n in open_counts().items()})
    keep_pair(people.analyst, replace(GIVEN, problem="domestic-abuse"))
    assessment = started(people)
    keep_analysis(people.analyst, assessment, analyse(scope_of(assessment)))
    assessment.refresh_from_db()
    return assessment


def test_a_partners_figure_of_what_nobody_publishes_fills_its_theme_and_leads_to_its_rows(
    people: People, given: Assessment
) -> None:
    content = analysis_of(given)
    assert content is not None
    abuse = next(one for one in content["problems"] if one["slug"] == "domestic-abuse")
    expected = sum(open_counts()[str(month)] + 3 for month in rolling_12(Month.parse("2026-08")).months)
    assert (abuse["given"]["count"], abuse["measured"]) == (expected, False)
    assert "two_sources" not in abuse
    blocks = about(content, "domestic-abuse")
    row = tables(blocks)[0].rows[0]
    assert "Ashcombe Constabulary" in plain(row[0])
    assert plain(row[1]) == f"{expected:,}"
    assert "Domestic abuse crimes and incidents by month" not in words(blocks)
    found = figure_named(content, "domestic-abuse.published")
    assert found is not None
    assert len(list(rows_of_figure(content, found))) == 13
    page = signed_in(people.analyst).get(f"/assessments/{given.id}/figures/domestic-abuse.published/")
    assert f"{expected:,}" in page.content.decode()
    assert [one.release.kind for one in given.cited.filter(release__kind="figures")] == ["figures"]


def test_a_sensitive_figure_of_a_partner_is_not_public_and_the_theme_says_that_it_is_held(given: Assessment) -> None:
    content = analysis_of(given)
    assert content is not None
    for licence in ("Not open", None):
        sources = [{**one, "licence": licence or one["licence"]} for one in content["sources"]]
        public = public_analysis({**content, "sources": sources})
        abuse = next(one for one in public["problems"] if one["slug"] == "domestic-abuse")
        assert "given" not in abuse
        said = words(about(public, "domestic-abuse"))
        assert "Ashcombe Constabulary gave figures, which are too small or too sensitive to show." in said
        assert figure_named(public, "domestic-abuse.published") is None


def test_the_pages_of_figures_take_a_problem_that_nobody_publishes(people: People, given: Assessment) -> None:
    browser = signed_in(people.analyst)
    pair = people.partnership.source_pairs.get()
    page = browser.get(f"/evidence/two-sources/{pair.id}/").content.decode()
    assert "publishes nothing of it" in page
    assert "not held" in page
    form = browser.get(f"/evidence/two-sources/{pair.id}/change/").content.decode()
    assert "What does it count, and what not?" in form
    assert "Which is the figure we publish?" not in form
