"""What an assessment says of a problem that a partner counts too, and what of it is public."""

import csv
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.strategy.conftest import People, signed_in, started
from tests.strategy.evidence.test_pairs import GIVEN, open_counts
from tests.strategy.evidence.test_uploads import text
from tests.strategy.partner import force_sheet
from wardmote.foundations.periods import Month, rolling_12
from wardmote.strategy.assessment.actions import keep_analysis
from wardmote.strategy.assessment.models import Assessment
from wardmote.strategy.assessment.queries import analysis_of, assessment_for
from wardmote.strategy.assessment.queries.analysis import analyse
from wardmote.strategy.assessment.queries.figures import figure_named, rows_of_figure
from wardmote.strategy.assessment.queries.scope import scope_of
from wardmote.strategy.evidence.actions.pairs import keep_pair
from wardmote.strategy.evidence.models import Release
from wardmote.strategy.evidence.rules.pairs import Chosen
from wardmote.strategy.publishing.queries.disclosure import public_analysis, rows_are_open

YEAR = [str(month) for month in rolling_12(Month.parse("2026-08"))]
BEFORE = [str(month) for month in rolling_12(Month.parse("2025-08"))]


@pytest.fixture
def paired(people: People, releases: tuple[Release, ...], tmp_path: Path) -> Assessment:
    """An assessment whose burglaries the force counts too: three more in every month."""
    force_sheet(people.analyst, tmp_path / "sheets", {month: n + 3 for month, n in open_counts().items()})
    keep_pair(people.analyst, GIVEN)
    return analysed(people)


def analysed(people: People) -> Assessment:
    assessment = started(people)
    keep_analysis(people.analyst, assessment, analyse(scope_of(assessment)))
    return assessment_for(people.analyst, assessment.id)


def burglary_of(assessment: Assessment) -> tuple[Any, Any]:
    analysis = analysis_of(assessment)
    assert analysis is not None
    return analysis, next(one for one in analysis["problems"] if one["slug"] == "burglary")


def test_both_counts_stand_in_the_analysis_with_their_releases(people: People, paired: Assessment) -> None:
    counts = open_counts()
    analysis, burglary = burglary_of(paired)
    given = burglary["two_sources"]
    assert given["count"] == sum(counts[month] for month in YEAR) + 36
    assert given["before"] == sum(counts[month] for month in BEFORE) + 36
    assert given["gap"].startswith("36 more")
    assert given["is_published"]
    cited = {source["release"]: source["kind"] for source in analysis["sources"]}
    assert [cited[release] for _, release in given["releases"]] == ["figures"]
    assert paired.cited.filter(release__kind="figures").count() == 1


def test_the_page_gives_both_and_says_which_we_publish(people: People, paired: Assessment) -> None:
    page = text(signed_in(people.analyst).get(f"/assessments/{paired.id}/problems/burglary/"))
    assert "Two sources" in page
    assert "The figure we publish is that of Ashcombe Constabulary" in page
    assert "share and rate" not in page
    figure = text(signed_in(people.analyst).get(f"/assessments/{paired.id}/figures/burglary.published/"))
    assert "Given by" in figure
    assert "Ashcombe Constabulary" in figure


def test_a_figure_of_a_partner_leads_to_the_rows_it_gave(people: People, paired: Assessment) -> None:
    analysis, burglary = burglary_of(paired)
    found = figure_named(analysis, "burglary.published")
    assert found is not None
    assert int(found["value"]) == burglary["two_sources"]["count"]
    lines = list(rows_of_figure(analysis, found))
    assert lines[0].startswith("dataset,release,period,area")
    assert len(lines) == 13
    values = [int(row["value"]) for row in csv.DictReader(lines)]
    assert sum(values) == burglary["two_sources"]["count"]
    change = figure_named(analysis, "burglary.published_change")
    assert change is not None
    assert len(list(rows_of_figure(analysis, change))) == 25
    assert not rows_are_open(analysis, found)
    assert figure_named(analysis, "shoplifting.published") is None


def test_open_figures_stay_open_beside_a_partner_that_did_not_open_its_own(people: People, paired: Assessment) -> None:
    analysis, _ = burglary_of(paired)
    public = public_analysis(analysis)
    assert public["disclosure"]["state"] == "shown in full"
    burglary = next(one for one in public["problems"] if one["slug"] == "burglary")
    assert burglary["two_sources"]["count"]


@pytest.mark.parametrize("which", ["count", "before"])
def test_a_partner_count_that_is_small_is_not_public(people: People, paired: Assessment, which: str) -> None:
    analysis, burglary = burglary_of(paired)
    small = {**burglary, "two_sources": {**burglary["two_sources"], which: 4}}
    public = public_analysis({**analysis, "problems": [small]})
    assert "two_sources" not in public["problems"][0]
    sensitive = {**burglary, "sensitive": True}
    assert "two_sources" not in public_analysis({**analysis, "problems": [sensitive]})["problems"][0]


def test_where_the_open_figure_is_published_the_partners_stands_beside_it(
    people: People, releases: tuple[Release, ...], tmp_path: Path
) -> None:
    force_sheet(people.analyst, tmp_path / "sheets", {"2026-08": 12})
    keep_pair(people.analyst, replace(GIVEN, chosen=Chosen.OPEN))
    _, burglary = burglary_of(analysed(people))
    given = burglary["two_sources"]
    assert (given["count"], given["is_published"]) == (None, False)
    assert given["missing"] == "the figures given do not cover year to August 2026 exactly"
