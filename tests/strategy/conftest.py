"""A small generated district, read and analysed once a process; each test gets rows and a data folder of its own."""

import os
import shutil
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client, override_settings

from tests.factories import AccountFactory, AgencyFactory, AppointmentFactory, PartnershipFactory, taken_in
from wardmote.access.permissions import Role
from wardmote.access.readers import Reader
from wardmote.definitions import matrix
from wardmote.partnership.members.models import Account, CoveredDistrict, Partnership
from wardmote.partnership.members.queries import COMMAND_LINE, reader_by_key, service_reader
from wardmote.sample.generator import SampleFiles, write_sample
from wardmote.sample.places import VALE
from wardmote.strategy.assessment.actions import (
    GivenDecision,
    GivenScore,
    decide,
    give_scores,
    keep_analysis,
    move_assessment,
)
from wardmote.strategy.assessment.actions.outline import GivenApproval, GivenGap, declare_gap, record_approval
from wardmote.strategy.assessment.models import Approval, AssessedProblem, Assessment
from wardmote.strategy.assessment.queries import assessment_for
from wardmote.strategy.assessment.queries.analysis import Analysis, analyse
from wardmote.strategy.assessment.queries.outline import outline_of
from wardmote.strategy.assessment.queries.scope import AnalysisScope
from wardmote.strategy.assessment.rules import ApprovalOutcome, AssessmentState, Outcome, PartState
from wardmote.strategy.evidence.actions import quiet
from wardmote.strategy.evidence.models import Release
from wardmote.strategy.evidence.queries import held_releases
from wardmote.strategy.publishing.actions import publish
from wardmote.strategy.publishing.models import PublishedVersion

AS_AT = date(2026, 10, 31)
# Two that the published figures measure, one that they cannot.
SLUGS = ("burglary", "domestic-abuse", "shoplifting")
CANARY = "Canaria Nomenclatura"


@dataclass(frozen=True)
class Held:
    """What was read once: the files, the folder they were read into, the rows of their releases, the analysis."""

    files: SampleFiles
    data: Path
    releases: tuple[Release, ...]
    analysis: Analysis


@dataclass(frozen=True)
class People:
    """Somebody in each role of one partnership, two who score, and a stranger of another partnership."""

    partnership: Partnership
    analyst: Reader
    scorer: Reader
    other_scorer: Reader
    manager: Reader
    administrator: Reader
    stranger: Reader


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> SampleFiles:
    """Two years of a fictional force."""
    return write_sample(tmp_path_factory.mktemp("files"), months=24)


@pytest.fixture(scope="session")
def held(
    django_db_setup: None, django_db_blocker: Any, files: SampleFiles, tmp_path_factory: pytest.TempPathFactory
) -> Held:
    """The files read and analysed by the product itself; the rows are taken back, the folder stays."""
    data = tmp_path_factory.mktemp("held")
    builder = service_reader(COMMAND_LINE)
    with django_db_blocker.unblock(), override_settings(WARDMOTE_DATA=data), transaction.atomic():
        for kind in ("lookup", "population", "boundaries", "street"):
            taken_in(builder, getattr(files, kind), kind="police-uk" if kind == "street" else kind)
        scope = AnalysisScope(
            "Ashcombe Vale", ((VALE.code, VALE.name),), AS_AT, SLUGS, held_releases(is_sample=False), is_sample=False
        )
        found = Held(files, data, tuple(Release.objects.order_by("arrival")), analyse(scope))
        transaction.set_rollback(True)
    return found


@pytest.fixture
def data(tmp_path: Path, settings: Any) -> Path:
    """An empty data folder."""
    settings.WARDMOTE_DATA = tmp_path / "data"
    return tmp_path / "data"


@pytest.fixture
def releases(db: None, held: Held, data: Path) -> tuple[Release, ...]:
    """Everything that was read, in this test's own database and folder (its files are links: replace, never write)."""
    shutil.copytree(held.data, data, copy_function=os.link)
    return tuple(Release.objects.bulk_create(held.releases))


def somebody(partnership: Partnership, role: Role, post: str) -> Reader:
    """Appoint somebody to a post at an agency of its own."""
    agency = AgencyFactory(partnership=partnership, name=f"Agency of the {post.lower()}")
    account = AccountFactory(name=f"{CANARY} {post}")
    return reader_by_key(AppointmentFactory(account=account, agency=agency, role=role, post=post).account_id)


@pytest.fixture
def people(db: None) -> People:
    """A partnership of the fictional district with its people."""
    return a_partnership()


def a_partnership() -> People:
    """Return a new partnership of the fictional district with its people."""
    partnership = PartnershipFactory(name="Ashcombe Vale", slug="ashcombe-vale")
    CoveredDistrict.objects.create(partnership=partnership, code=VALE.code, name=VALE.name)
    return People(
        partnership=partnership,
        analyst=somebody(partnership, Role.ANALYST, "Analyst"),
        scorer=somebody(partnership, Role.SCORER, "Inspector"),
        other_scorer=somebody(partnership, Role.SCORER, "Fire officer"),
        manager=somebody(partnership, Role.MANAGER, "Manager"),
        administrator=somebody(partnership, Role.ADMINISTRATOR, "Systems officer"),
        stranger=somebody(PartnershipFactory(), Role.MANAGER, "Neighbour"),
    )


def signed_in(reader: Reader) -> Client:
    """Return a browser in which the reader is signed in."""
    client = Client()
    client.force_login(Account.objects.get(id=reader.key))
    return client


def started(people: People, slugs: tuple[str, ...] = SLUGS, **values: Any) -> Assessment:
    """Return an assessment as it stands when it has been started, without a job."""
    partnership = people.partnership
    assessment = Assessment.objects.create(
        partnership=partnership,
        title="Strategic assessment 2026",
        as_at=AS_AT,
        matrix="kingston-2011",
        top=1,
        created_at="2026-11-01T09:00Z",
        created_by_key=people.analyst.key,
        **values,
    )
    for slug in slugs:
        AssessedProblem.objects.create(assessment=assessment, slug=slug, title=slug.replace("-", " ").capitalize())
    return assessment


@pytest.fixture
def analysed(people: People, held: Held, releases: tuple[Release, ...]) -> Assessment:
    """An assessment whose evidence has been analysed."""
    assessment = started(people)
    keep_analysis(people.analyst, assessment, held.analysis)
    return assessment_for(people.analyst, assessment.id)


@pytest.fixture
def scoring(people: People, analysed: Assessment) -> Assessment:
    """An assessment that is open for scores."""
    move_assessment(people.analyst, analysed, AssessmentState.SCORING)
    return analysed


def problem_of(assessment: Assessment, slug: str) -> AssessedProblem:
    return AssessedProblem.objects.select_related("assessment").get(assessment=assessment, slug=slug)


def give_all(reader: Reader, assessment: Assessment, slug: str, value: int) -> None:
    """Score every criterion of a problem the same, whatever the figures say."""
    criteria = matrix("kingston-2011").criteria
    scores = [GivenScore(criterion.code, value, "high", reason="We see it otherwise.") for criterion in criteria]
    give_scores(reader, problem_of(assessment, slug), "kingston-2011", scores)


@pytest.fixture
def deciding(people: People, scoring: Assessment) -> Assessment:
    """An assessment whose scoring is closed: burglary above shoplifting, domestic abuse without a score."""
    for reader, first, second in ((people.scorer, 5, 2), (people.other_scorer, 4, 3)):
        give_all(reader, scoring, "burglary", first)
        give_all(reader, scoring, "shoplifting", second)
    move_assessment(people.manager, scoring, AssessmentState.DECIDING)
    return scoring


@pytest.fixture
def decided(people: People, deciding: Assessment) -> Assessment:
    """An assessment that can be issued."""
    given = GivenDecision(Outcome.PRIORITY, "It harms most.", "Community Safety Board", date(2026, 10, 20))
    decide(people.analyst, problem_of(deciding, "burglary"), given)
    approved(people, deciding)
    return deciding


def approved(people: People, assessment: Assessment, **values: Any) -> Approval:
    """Declare every empty part a gap, and record that the board approved what stands there now."""
    gap = GivenGap("Not gathered yet.", "Analyst, council", date(2027, 3, 31))
    for part in outline_of(assessment):
        if part.state is PartState.EMPTY:
            declare_gap(people.analyst, assessment, part.required.code, gap)
    given = GivenApproval("Community Safety Board", date(2026, 10, 20), ApprovalOutcome.APPROVED)
    return record_approval(people.analyst, assessment, replace(given, **values))


@pytest.fixture
def issued(people: People, decided: Assessment) -> PublishedVersion:
    """The first version that was issued."""
    return publish(people.manager, decided, progress=quiet)
