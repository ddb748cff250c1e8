"""Real files through every step: checked, accepted, looked over, compared, assessed, approved and published."""

import csv
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from tests.factories import taken_in
from tests.strategy.conftest import People, approved, give_all, problem_of, started
from tests.strategy.partner import DATASET, MEASURE, force_sheet
from wardmote.foundations.periods import Month
from wardmote.partnership.members.models import CoveredDistrict
from wardmote.strategy.assessment.actions import GivenDecision, decide, keep_analysis, move_assessment
from wardmote.strategy.assessment.models import Assessment
from wardmote.strategy.assessment.queries import assessment_for
from wardmote.strategy.assessment.queries.analysis import analyse
from wardmote.strategy.assessment.queries.changes import changes_by
from wardmote.strategy.assessment.queries.scope import scope_of
from wardmote.strategy.assessment.rules import AssessmentState, Outcome
from wardmote.strategy.evidence.actions import import_files, quiet
from wardmote.strategy.evidence.actions.extracts import GivenExtract, issue_extract, made_again
from wardmote.strategy.evidence.actions.pairs import GivenPair, keep_pair
from wardmote.strategy.evidence.actions.verdicts import accept_by_hand
from wardmote.strategy.evidence.models import Release
from wardmote.strategy.evidence.queries.boundaries import editions_of
from wardmote.strategy.evidence.queries.checks import check_for
from wardmote.strategy.evidence.queries.first_figures import first_figures
from wardmote.strategy.evidence.queries.pairs import side_by_side
from wardmote.strategy.evidence.queries.reviews import looked_over
from wardmote.strategy.evidence.rules import FigureStatus, ReleaseState
from wardmote.strategy.publishing.actions import publish
from wardmote.strategy.publishing.models import PublishedVersion

from .evidence.test_pairs import GIVEN

pytestmark = [pytest.mark.shared_data, pytest.mark.django_db, pytest.mark.timeout(600)]


@dataclass(frozen=True)
class Place:
    """A real district: its code, its crime files, the rows of them in it, and a problem to assess."""

    code: str
    name: str
    street: str
    last: str


CITY = Place("E09000001", "City of London", "city-of-london", "2024-12")
KINGSTON = Place(
    "E09000021", "Kingston upon Thames", "metropolitan-burglary/kingston-burglary-street-2010-12_2025-02.csv", "2025-02"
)
LEICESTER = Place("E06000016", "Leicester", "leicestershire-street-2019-12_2022-10.zip", "2022-10")


def set_up(people: People, shared: Path, place: Place) -> Release:
    """Cover the district, bring in lookups and residents, and import its crime without accepting it."""
    CoveredDistrict.objects.filter(partnership=people.partnership).delete()
    CoveredDistrict.objects.create(partnership=people.partnership, code=place.code, name=place.name)
    geography, population = shared / "geography", shared / "population"
    taken_in(people.analyst, [*geography.glob("LSOA_*.csv"), *geography.glob("l*_*.csv")], kind="lookup")
    taken_in(people.analyst, (population / "lsoa21_population_density_mid2022_mid2024_ew.csv",), kind="population")
    outcome = import_files(people.analyst, (shared / "police_uk" / place.street,), kind="police-uk")
    (release,) = outcome.made
    return release


def taken(people: People, release: Release) -> Release:
    """Look at a release as an analyst does, then accept it."""
    check = check_for(people.analyst, release)
    assert check.is_first
    assert sum(month.rows for month in check.months) == release.rows_accepted
    accept_by_hand(people.analyst, release, status=FigureStatus.PROVISIONAL, caveat="")
    release.refresh_from_db()
    assert release.state == ReleaseState.ACCEPTED
    return release


def assessed(people: People, place: Place, *slugs: str) -> Assessment:
    assessment = started(people, slugs)
    Assessment.objects.filter(id=assessment.id).update(as_at=Month.parse(place.last).last_day)
    assessment.refresh_from_db()
    keep_analysis(people.analyst, assessment, analyse(scope_of(assessment)))
    return assessment_for(people.analyst, assessment.id)


@pytest.mark.parametrize("place", [CITY, LEICESTER], ids=lambda place: place.name)
def test_a_real_month_drop_ends_in_a_published_assessment(
    people: People, data: Path, shared: Path, place: Place
) -> None:
    release = taken(people, set_up(people, shared, place))
    figures = first_figures(people.analyst)
    assert figures.wards
    assert editions_of(people.analyst)[0].known > 0
    found = {one.found.check.code: one.found for one in looked_over(people.analyst, release)}
    assert found["asb-with-id"].rows == 0
    assert all(one.rows <= one.of for one in found.values())
    given = GivenExtract(("burglary",), Month.parse(place.last), None, "A ward panel", "Clerk", "To know the year.")
    assert made_again(people.analyst, issue_extract(people.analyst, given))
    assessment = assessed(people, place, "burglary", "shoplifting")
    assert [one.moved for one in changes_by(people.analyst, release)] == [()]
    move_assessment(people.analyst, assessment, AssessmentState.SCORING)
    for slug, score in (("burglary", 5), ("shoplifting", 2)):
        give_all(people.scorer, assessment, slug, score)
    move_assessment(people.manager, assessment, AssessmentState.DECIDING)
    decision = GivenDecision(Outcome.PRIORITY, "It harms most.", "Community Safety Board", date(2026, 10, 20))
    decide(people.analyst, problem_of(assessment, "burglary"), decision)
    approved(people, assessment)
    publish(people.manager, assessment, progress=quiet)
    version = PublishedVersion.objects.get()
    assert version.number == 1


def test_kingston_s_burglaries_stand_beside_those_of_the_force(
    people: People, data: Path, shared: Path, tmp_path: Path
) -> None:
    taken(people, set_up(people, shared, KINGSTON))
    force: Counter[str] = Counter()
    for row in _rows(shared / "london" / "mps_borough_historical.csv"):
        if row["BoroughName"] == KINGSTON.name and row["MajorText"] == "BURGLARY":
            for heading, value in row.items():
                if heading.isdigit():
                    force[f"{heading[:4]}-{heading[4:]}"] += int(value)
    force_sheet(people.analyst, tmp_path / "sheet", force, area=KINGSTON.name)
    pair = keep_pair(people.analyst, _kingston())
    found = side_by_side(people.analyst, pair)
    both = [row for row in found.rows if row.gap is not None]
    # police.uk begins in December 2010; the force's sheet ends before police.uk does.
    assert len(both) == len([month for month in force if month >= "2010-12"])
    assert found.partner_total == sum(count for month, count in force.items() if month >= "2010-12")
    assert found.gap is not None
    assert found.gap.percent is not None
    # Two records of the same burglaries: they differ, and not by much.
    assert 0 < abs(found.gap.percent) < 15


def _kingston() -> GivenPair:
    return replace(GIVEN, areas=(KINGSTON.name,), dataset=DATASET, measure=MEASURE)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
