"""A partnership calls its problems what it calls them: renamed, left out, or made of others."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.strategy.conftest import AS_AT, People, signed_in, started
from tests.strategy.evidence.test_uploads import text
from wardmote.access.readers import NotAllowed
from wardmote.audit.queries import entries_of
from wardmote.definitions import DefinitionError
from wardmote.strategy.assessment.actions import keep_analysis
from wardmote.strategy.assessment.queries import analysis_of, assessment_for
from wardmote.strategy.assessment.queries.analysis import analyse
from wardmote.strategy.assessment.queries.figures import figure_named, rows_of_figure
from wardmote.strategy.assessment.queries.scope import scope_of
from wardmote.strategy.evidence.actions.problems import GivenProblem, ProblemRefused, make_problem, name_problem
from wardmote.strategy.evidence.models import OwnProblem, Release
from wardmote.strategy.evidence.queries.own_problems import every_problem, problem_for, problems_used, suggested

TODAY = date(2026, 11, 21)
TOWN = GivenProblem("Town centre disorder", "Noise, drink and shop theft in town.", ("public-order", "shoplifting"))
MADE = "own-town-centre-disorder"


def test_a_name_of_our_own_stands_wherever_the_problem_does(people: People) -> None:
    row = name_problem(people.analyst, "burglary", "House and shop break-ins")
    assert problem_for(people.partnership, "burglary").title == "House and shop break-ins"
    assert [entry.action for entry in entries_of(row.id)] == ["keep"]
    page = text(signed_in(people.analyst).get("/assessments/new/"))
    assert "House and shop break-ins" in page
    assert people.stranger.partnership is not None
    other: Any = signed_in(people.stranger).get("/evidence/problems/")
    assert "House and shop break-ins" not in text(other)


def test_what_is_left_out_is_not_offered_and_still_known(people: People) -> None:
    name_problem(people.analyst, "bicycle-theft", "", in_use=False)
    assert "bicycle-theft" not in {one.slug for one in problems_used(people.partnership, TODAY)}
    assert every_problem(people.partnership)["bicycle-theft"].title == "Bicycle theft"
    assert 'value="bicycle-theft"' not in text(signed_in(people.analyst).get("/assessments/new/"))


def test_one_of_our_own_is_the_sum_of_its_parts_and_suggested_instead_of_them(people: People) -> None:
    assert make_problem(people.analyst, TOWN).slug == MADE
    made = problem_for(people.partnership, MADE)
    assert made.police_uk == ("Public order", "Shoplifting")
    chosen = {one.slug for one in suggested(problems_used(people.partnership, TODAY))}
    assert MADE in chosen
    assert not chosen & {"public-order", "shoplifting"}
    again = make_problem(people.analyst, replace(TOWN, title="Town centre: disorder"))
    assert again.slug == f"{MADE}-2"


def test_one_that_nothing_counts_is_known_without_figures(people: People) -> None:
    make_problem(people.analyst, GivenProblem("Nuisance boats", "Moored where they should not be.", ()))
    made = problem_for(people.partnership, "own-nuisance-boats")
    assert (made.police_uk, made.not_measured != "") == ((), True)


@pytest.mark.parametrize("title", ["Robbery", "robbery", "Town centre disorder"])
def test_two_problems_of_one_name_are_refused(people: People, title: str) -> None:
    make_problem(people.analyst, TOWN)
    with pytest.raises(ProblemRefused, match="already"):
        make_problem(people.analyst, replace(TOWN, title=title))
    with pytest.raises(ProblemRefused, match="already"):
        name_problem(people.analyst, "burglary", title)
    with pytest.raises(ProblemRefused, match="common list"):
        make_problem(people.analyst, GivenProblem("Twice over", "Of our own.", (MADE,)))
    with pytest.raises(DefinitionError):
        problem_for(people.partnership, "moon")


def test_an_assessment_counts_it_and_gives_the_rows_behind_it(people: People, releases: tuple[Release, ...]) -> None:
    make_problem(people.analyst, TOWN)
    assessment = started(people, ("public-order", "shoplifting", MADE))
    keep_analysis(people.analyst, assessment, analyse(scope_of(assessment)))
    analysis = analysis_of(assessment_for(people.analyst, assessment.id))
    assert analysis is not None
    counts = {one["slug"]: one["rate"]["count"] for one in analysis["problems"]}
    assert counts[MADE] == counts["public-order"] + counts["shoplifting"]
    figure = figure_named(analysis, f"{MADE}.count")
    assert figure is not None
    assert len(list(rows_of_figure(analysis, figure))) == counts[MADE] + 1
    assert text(signed_in(people.analyst).get(f"/assessments/{assessment.id}/problems/{MADE}/"))
    assert assessment.as_at == AS_AT


def test_only_those_who_import_change_the_list(people: People) -> None:
    with pytest.raises(NotAllowed):
        make_problem(people.scorer, TOWN)
    assert signed_in(people.scorer).get("/evidence/problems/new/").status_code == 403
    make_problem(people.analyst, TOWN)
    assert signed_in(people.stranger).get(f"/evidence/problems/own/{MADE}/").status_code in (403, 404)
    with pytest.raises(IntegrityError), transaction.atomic():
        OwnProblem.objects.update(title="")


def test_the_list_is_changed_by_its_pages(people: People) -> None:
    client = signed_in(people.analyst)
    said = {"title": "Town centre disorder", "description": "In town.", "parts": ["shoplifting"]}
    assert client.post("/evidence/problems/new/", said).status_code == 302
    client.post(f"/evidence/problems/own/{MADE}/", {**said, "parts": ["shoplifting", "drug-offences"]})
    assert problem_for(people.partnership, MADE).police_uk == ("Drugs", "Shoplifting")
    assert "already" in text(client.post("/evidence/problems/robbery/", {"title": "Burglary", "in_use": "on"}))
    client.post("/evidence/problems/robbery/", {"title": "Mugging"})
    page = text(client.get("/evidence/problems/"))
    assert "Elsewhere: Robbery" in page
    assert "Left out" in page
    assert client.get("/evidence/problems/moon/").status_code == 404
