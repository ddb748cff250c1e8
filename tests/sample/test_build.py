"""The sample as it stands once built, after a first attempt that was cut short."""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import authenticate
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from tests.factories import taken_in
from tests.printing.pdf_text import text_of
from wardmote.access.permissions import Permission
from wardmote.analytics.measures import MEASURES
from wardmote.analytics.measures.figures import Query
from wardmote.audit.models import Entry
from wardmote.jobs.actions import run_job
from wardmote.jobs.models import Job
from wardmote.partnership.documents.queries import read_stored
from wardmote.partnership.members.models import Account, Partnership
from wardmote.partnership.members.queries import CLOCK, COMMAND_LINE, SAMPLE_BUILDER, reader_by_key, service_reader
from wardmote.partnership.notices.models import Message, Notice
from wardmote.partnership.notices.rules import MessageState
from wardmote.printing import html
from wardmote.sample import story
from wardmote.sample.accounts import ANALYST, DEMO_PASSWORD, DOMAIN, PEOPLE, PROBATION
from wardmote.sample.build import build_sample
from wardmote.sample.generator import LAST_MONTH, SampleFiles, write_sample
from wardmote.sample.places import VALE, small_areas
from wardmote.strategy.assessment.models import Assessment, Score
from wardmote.strategy.assessment.queries import analysis_of
from wardmote.strategy.assessment.queries.cycles import approved_ones
from wardmote.strategy.assessment.queries.inputs import inputs_of
from wardmote.strategy.assessment.queries.partners import unanswered_questions
from wardmote.strategy.assessment.queries.profile import profiles_of
from wardmote.strategy.assessment.queries.ranking import ranking_of
from wardmote.strategy.assessment.reports import draft_report
from wardmote.strategy.assessment.rules import Answer, AssessmentState
from wardmote.strategy.assessment.rules.cycles import CycleKind
from wardmote.strategy.evidence.models import Release
from wardmote.strategy.evidence.queries import gather_evidence
from wardmote.strategy.publishing.models import PublishedVersion
from wardmote.strategy.publishing.queries import verify_stored

STEPS_BEFORE_THE_CUT = 4


class CutShortError(Exception):
    """The power goes."""


@dataclass(frozen=True)
class Built:
    """The sample's folder and releases in it, what its builder said, and the rows that the attempt before left."""

    data: Path
    folders: int
    said: list[str]
    left: dict[str, int]


def rows_by_table() -> dict[str, int]:
    """How many rows each table of the product holds, empty ones left out."""
    models = [model for model in apps.get_models() if model.__module__.startswith("wardmote.")]
    return {model._meta.label: number for model in models if (number := model._default_manager.count())}


def cut_short_after(steps: int) -> Any:
    """Return a `say` that fails at a later step."""
    said = count(1)

    def say(text: str) -> None:
        if next(said) > steps:
            raise CutShortError(text)

    return say


@pytest.fixture(scope="module")
def sample(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """One build for all these tests, undone afterwards with the transaction around it."""
    data = tmp_path_factory.mktemp("data")
    with django_db_blocker.unblock(), override_settings(WARDMOTE_DATA=data), transaction.atomic():
        with pytest.raises(CutShortError):
            build_sample(say=cut_short_after(STEPS_BEFORE_THE_CUT))
        left, said = rows_by_table(), list[str]()
        build_sample(say=said.append)
        yield Built(data, len(list((data / "releases").iterdir())), said, left)
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> SampleFiles:
    return write_sample(tmp_path_factory.mktemp("files"))


@pytest.fixture
def current(sample: Built, db: None) -> Assessment:
    """The assessment of this year."""
    return Assessment.objects.get(title=f"Strategic assessment {LAST_MONTH.year}")


def counts(*, is_sample: bool, **where: tuple[str, ...]) -> dict[str, int]:
    """Counts of a world's incidents by crime type."""
    evidence = gather_evidence(is_sample=is_sample)
    try:
        found = MEASURES["counts"](evidence, Query(by=("category",), where=where)).records()
    finally:
        evidence.con.disconnect()
    return {str(record["category"]): int(str(record["count"])) for record in found}


def published_texts() -> list[str]:
    """Every word of the version that was issued: page, data file and PDF."""
    version = PublishedVersion.objects.get()
    pages = text_of(read_stored(version.pdf_sha256))
    return [read_stored(version.html_sha256).decode(), read_stored(version.data_sha256).decode(), " ".join(pages)]


def test_the_profiles_quote_figures_that_hold_and_one_side_and_one_answer_are_missing(current: Assessment) -> None:
    profiles = profiles_of(current)
    begun = {slug: one for slug, one in profiles.items() if one.written.is_anything}
    assert set(begun) == {"shoplifting", "burglary", "domestic-abuse"}
    assert all(one.finding.said and not one.stale for one in begun.values())
    assert [one.missing for one in begun.values() if one.missing] == [("the offender side",)]
    analyst = reader_by_key(Account.objects.get(email=ANALYST.email).id)
    waiting = unanswered_questions(analyst, today=timezone.localdate(), assessment=current)
    assert [(view.question.agency.name, view.question.problem.slug) for view in waiting] == [(PROBATION, "shoplifting")]


def test_a_build_that_was_cut_short_leaves_nothing_in_the_database(sample: Built) -> None:
    assert sample.left == {}
    assert sample.folders == 20  # those of the attempt were found and used
    assert sample.said[-1] == "The sample partnership Ashcombe Vale is ready."


@pytest.mark.django_db
def test_every_file_is_taken_in_whole(sample: Built) -> None:
    assert Counter(Release.objects.values_list("kind", flat=True)) == {
        "police-uk": 2,
        "lookup": 3,
        "boundaries": 2,
        "population": 1,
        "force-tables": 1,
        "denominators": 1,
        "figures": 1,
        "last-plan": 1,
        "harm-weights": 1,
        "severity-weights": 1,
        "incident-records": 2,
        "offence-counts": 2,
        "road-casualties": 2,
    }
    assert set(Release.objects.values_list("rows_rejected", "is_sample")) == {(0, True)}


@pytest.mark.django_db
def test_the_current_assessment_sets_harm_beside_volume_by_made_up_weights(sample: Built) -> None:
    current = analysis_of(Assessment.objects.order_by("as_at").last() or Assessment())
    assert current is not None
    assert current["harm"]["weights"] == "Made-up weights of harm"
    found = {problem["slug"]: problem["harm"] for problem in current["problems"] if problem["measured"]}
    assert "not offences" in found["anti-social-behaviour"]["none"]
    robbery = found["robbery"]
    assert robbery["rank"] < robbery["volume_rank"]


@pytest.mark.django_db
def test_both_assessments_have_road_safety_and_the_current_one_is_provisional_in_part(sample: Built) -> None:
    earlier, current = ((analysis_of(one) or {})["road"] for one in Assessment.objects.order_by("as_at"))
    assert (earlier["period"]["words"], earlier["provisional"]) == ("year to December 2024", [])
    assert (current["period"]["words"], current["provisional_in_period"]) == ("year to June 2026", 6)


@pytest.mark.django_db
def test_the_months_hold_as_many_incidents_as_the_files(sample: Built, files: SampleFiles) -> None:
    written: Counter[str] = Counter()
    for path in files.street:
        with path.open(encoding="utf-8", newline="") as stream:
            written.update(f"{row['Month']} {row['LSOA name'][:8]}" for row in csv.DictReader(stream))
    evidence = gather_evidence(is_sample=True)
    found = MEASURES["counts"](evidence, Query(by=("month",), where={"district": (VALE.code,)})).records()
    evidence.con.disconnect()
    expected = {key.split()[0]: number for key, number in written.items() if key.endswith("Ashcombe")}
    assert {str(record["month"]): record["count"] for record in found} == expected


def test_one_clear_rise_and_one_clear_fall_stand_out_of_what_is_stable(current: Assessment) -> None:
    problems = [p for p in (analysis_of(current) or {})["problems"] if p["measured"]]
    verdicts = {p["slug"]: p["change"]["verdict"] for p in problems}
    assert verdicts.pop("shoplifting") == "clear rise"
    assert verdicts.pop("burglary") == "clear fall"
    assert len(verdicts) == 10
    assert set(verdicts.values()) == {"no clear change"}


def test_the_map_shows_the_wards_of_the_district(current: Assessment) -> None:
    analysis = analysis_of(current) or {}
    assert (analysis["map"]["level"], analysis["place_level"], len(analysis["map"]["areas"])) == ("ward", "ward", 14)
    assert (analysis["period"]["words"], analysis["is_sample"]) == ("year to August 2026", True)


def test_the_panel_did_not_know_everything_and_nothing_is_without_a_scorer(current: Assessment) -> None:
    scores = Score.objects.filter(problem__assessment=current)
    answers = {answer: scores.filter(answer=answer).count() for answer in Answer}
    assert all(answers.values())
    assert (answers[Answer.DONT_KNOW] + answers[Answer.NOT_OURS]) / scores.count() < 0.1
    assert 0 < scores.exclude(override_reason="").count() < scores.filter(filled_value__isnull=False).count() / 5
    assert scores.values("scorer_key").distinct().count() == 3
    for matrix in (story.MATRIX, story.SECOND_MATRIX):
        assert [row.title for row in ranking_of(current, matrix).rows if row.rank is None] == []


def test_the_panel_agreed_on_some_problems_and_the_ranking_says_which(current: Assessment) -> None:
    agreed = {row.slug for row in ranking_of(current, story.MATRIX).rows if row.basis_words == "agreed by the panel"}
    assert agreed == set(story.AGREED)
    assert current.attendance.count() == 5
    assert list(current.stages.values_list("state", flat=True)) == ["scoring", "discussing", "deciding"]


def test_a_priority_was_chosen_from_below_the_first_with_a_reason(current: Assessment) -> None:
    ranks = {row.slug: row.rank or 0 for row in ranking_of(current, story.MATRIX).rows}
    decided = {problem.slug: problem.decision for problem in current.problems.filter(decision__outcome="priority")}
    assert [slug for slug in decided if ranks[slug] > story.TOP] == ["hate-crime"]
    assert ranks["hate-crime"] > story.TOP + 1
    assert "Ranked low" in decided["hate-crime"].reason
    assert len(decided) == 5


def test_this_years_assessment_waits_for_its_issue_and_last_years_is_issued(current: Assessment) -> None:
    version = PublishedVersion.objects.get()
    assert current.state == AssessmentState.DECIDING
    assert current.problems.exclude(note="").count() == 3
    assert version.title == f"Strategic assessment {LAST_MONTH.year - 1}"
    assert version.issued_by_post == "Community safety manager, Ashcombe Vale Council"
    cited = version.releases.filter(kind="police-uk")
    assert [release.period_to for release in cited] == [str(LAST_MONTH - 12)]


@pytest.mark.django_db
def test_everything_stored_is_what_it_was(sample: Built) -> None:
    checked, different = verify_stored()
    assert checked > 20
    assert different == ()


@pytest.mark.django_db
def test_building_again_changes_nothing(sample: Built) -> None:
    before, stored = rows_by_table(), sorted(sample.data.rglob("*"))
    said: list[str] = []
    build_sample(say=said.append)
    assert said == ["The sample partnership Ashcombe Vale is there already."]
    assert rows_by_table() == before
    assert sorted(sample.data.rglob("*")) == stored


def test_the_worker_passes_over_the_jobs_that_the_builder_did(current: Assessment) -> None:
    assert list(Job.objects.values_list("state", flat=True)) == ["done", "done"]
    job = Job.objects.get(id=current.job_key)
    entries = Entry.objects.count()
    run_job.call(str(job.id))
    job.refresh_from_db()
    assert (job.attempts, Entry.objects.count()) == (1, entries)


@pytest.mark.django_db
def test_no_name_of_a_person_is_in_the_published_version(sample: Built) -> None:
    texts = published_texts()
    assert all("Ashcombe Vale" in text for text in texts)
    parts = [part for person in PEOPLE for part in (person.name, person.name.split()[-1], person.email)]
    assert [part for part in parts if any(part in text for text in texts)] == []


def test_no_name_of_a_person_is_in_the_draft(current: Assessment) -> None:
    page = html.render(draft_report(current), figure_url=None)
    assert "Hate crime" in page
    assert [person.name for person in PEOPLE if person.name.split()[-1] in page] == []


@pytest.mark.django_db
def test_the_accounts_are_marked_as_known_and_sign_in_with_the_printed_password(sample: Built) -> None:
    assert set(Account.objects.values_list("is_demo", flat=True)) == {True}
    account = authenticate(None, username=ANALYST.email.upper(), password=DEMO_PASSWORD)
    assert account == Account.objects.get(email=ANALYST.email)
    reader = reader_by_key(Account.objects.get(email=ANALYST.email).pk)
    assert reader.may(Permission.PREPARE_ASSESSMENT)
    assert reader.partnership == Partnership.objects.get(is_sample=True).id


@pytest.mark.django_db
def test_in_production_the_accounts_of_the_sample_are_refused(sample: Built, settings: Any) -> None:
    settings.IS_PRODUCTION = True
    assert authenticate(None, username=ANALYST.email, password=DEMO_PASSWORD) is None


@pytest.mark.django_db
def test_everything_done_stands_in_the_audit_under_the_builder_or_a_person_of_the_sample(sample: Built) -> None:
    people = set(Account.objects.values_list("id", flat=True))
    actors = set(Entry.objects.values_list("actor_key", flat=True))
    # The clock writes the e-mails that the sample would have sent.
    assert actors <= people | {SAMPLE_BUILDER, CLOCK}
    assert {SAMPLE_BUILDER} < actors


@pytest.mark.django_db
def test_sample_and_real_never_mix(sample: Built, files: SampleFiles, tmp_path: Path) -> None:
    """Real files of the very same force, months and areas: each world counts its own."""
    before = counts(is_sample=True)
    area = small_areas()[0]
    line = f",2026-08,Ashcombe Constabulary,Ashcombe Constabulary,0.95,54.54,On or near Quay,{area.code},{area.name}"
    header = files.street[-1].read_text(encoding="utf-8").splitlines()[0]
    street = tmp_path / "2026-08-ashcombe-street.csv"
    street.write_text(f"{header}\n" + f"{line},Burglary,,\n" * 7, encoding="utf-8")
    taken_in(service_reader(COMMAND_LINE), [street], kind="police-uk")
    assert Release.objects.filter(dataset="police-uk-street-ashcombe").count() == 3
    assert counts(is_sample=True) == before
    assert counts(is_sample=False) == {"Burglary": 7}


@pytest.mark.django_db
def test_real_files_with_the_sample_s_own_content_make_a_release_of_their_own(
    sample: Built, files: SampleFiles
) -> None:
    outcome = taken_in(service_reader(COMMAND_LINE), files.population, kind="population")
    (made,) = outcome.made
    assert not made.is_sample
    assert Release.objects.filter(kind="population", is_sample=True).exclude(digest=made.digest).count() == 1


@pytest.mark.django_db
def test_its_outbox_holds_what_would_have_been_sent_and_nothing_left_the_machine(sample: Built) -> None:
    messages = list(Message.objects.all())
    assert len({message.account_key for message in messages}) > 4
    assert {message.state for message in messages} == {MessageState.KEPT}
    assert all(message.to.endswith(f"@{DOMAIN}") for message in messages)
    assert {notice.kind for notice in Notice.objects.all()} >= {"scoring-open", "supply-late"}


@pytest.mark.django_db
def test_it_shows_an_old_input_an_open_recommendation_a_need_without_a_service_and_an_audit_of_three_years(
    sample: Built,
) -> None:
    analyst = reader_by_key(Account.objects.get(email=ANALYST.email).id)
    found = inputs_of(Assessment.objects.order_by("as_at").last() or Assessment())
    assert [one.row.title for one in found.needs if one.old] == ["Joint strategic needs assessment"]
    assert {one.is_open for one in found.learning} == {True, False}
    assert [one.row.need for one in found.provision if not one.row.service] == ["Help for shop workers after abuse"]
    assert CycleKind.THREE_YEAR_AUDIT in {one.kind for one in approved_ones(analyst)}
