"""Builds the sample partnership through the same importers and actions that people use.

Everything happens in one database transaction, so that its end is the stamp: there is a whole sample or none. What an
interrupted build leaves in the data folder are files named by their content, which the next build finds and uses.
"""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import floor
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from wardmote.access.readers import NOBODY, Reader
from wardmote.definitions import matrix as matrix_named
from wardmote.jobs.models import Job
from wardmote.jobs.rules import JobState
from wardmote.partnership.members.actions import (
    NewPartnership,
    NewPerson,
    add_agency,
    add_person,
    create_partnership,
)
from wardmote.partnership.members.models import Partnership
from wardmote.partnership.members.queries import SAMPLE_BUILDER, reader_by_key, service_reader
from wardmote.partnership.members.rules import PartnershipKind
from wardmote.strategy.assessment.actions import (
    GivenAgreement,
    GivenAttendance,
    GivenDecision,
    NewAssessment,
    agree,
    decide,
    do_analysis,
    give_scores,
    move_assessment,
    record_attendance,
    start_assessment,
    write_note,
)
from wardmote.strategy.assessment.actions.outline import (
    GivenApproval,
    GivenGap,
    declare_gap,
    record_approval,
    write_part,
)
from wardmote.strategy.assessment.models import Assessment
from wardmote.strategy.assessment.queries import analysis_of, assessment_for
from wardmote.strategy.assessment.queries.filled import filled_for
from wardmote.strategy.assessment.queries.outline import outline_of
from wardmote.strategy.assessment.queries.panel import panel_of
from wardmote.strategy.assessment.rules import ApprovalOutcome, AssessmentState
from wardmote.strategy.evidence.actions import import_files, quiet, settle
from wardmote.strategy.evidence.models import Release
from wardmote.strategy.evidence.queries import has_real_releases, warehouse
from wardmote.strategy.evidence.rules import Acceptance
from wardmote.strategy.publishing.actions import publish

from . import story
from .accounts import AGENCIES, ANALYST, DEMO_PASSWORD, MANAGER, OBSERVER, PEOPLE, SCORERS, STARTED_ON, SamplePerson
from .forces import bring_in_forces
from .generator import LAST_MONTH, MONTHS, SEED, SampleFiles, write_sample
from .harm import bring_in_harm
from .history import put_down_history
from .households import bring_in_households
from .inputs import put_down_inputs
from .last_plan import keep_last_plan
from .lists import bring_in_lists
from .outbox import tell
from .panel import scores_for
from .partners import bring_in_force_sheet
from .places import VALE
from .profiles import write_profiles
from .residents import choose_residents_views, put_to_the_board, record_residents_views
from .roads import FIRST_YEARS, HALF_YEAR, LATER_YEARS, bring_in_roads
from .year import set_up_year

Say = Callable[[str], None]
Readers = Mapping[SamplePerson, Reader]
# The board meets some days before the day that the assessment bears.
_BOARD_DAYS_BEFORE = 9
_GAP_DAYS = 90
# Scoring opens some weeks before that day, and the last e-mails of the sample are some days younger.
_SCORING_DAYS = 35
_DAYS_AFTER = 4


class SampleRefused(Exception):
    """The sample cannot be built here; the text says why and what to do."""


@dataclass(frozen=True)
class Plan:
    """What one assessment of the sample is made of."""

    title: str
    as_at: date
    second_matrix: str
    problems: tuple[str, ...]
    notes: Mapping[str, str]
    decisions: Mapping[str, story.Decided]
    has_profiles: bool = False


def build_sample(*, say: Say) -> None:
    """Build the sample partnership, or see that it is there; raises SampleRefused where it does not belong.

    `say` is given one sentence for each step.
    """
    if settings.IS_PRODUCTION:
        raise SampleRefused("The sample partnership has known passwords and is never built in production.")
    if sample_is_there():
        say(f"The sample partnership {VALE.name} is there already.")
        return
    if has_real_releases():
        raise SampleRefused(
            f"{settings.WARDMOTE_DATA} holds real data. Choose an empty folder for the sample: WARDMOTE_DATA=FOLDER."
        )
    with tempfile.TemporaryDirectory(prefix="wardmote-sample-") as folder:
        say("Writing the files of a fictional district")
        files = write_sample(Path(folder))
        with transaction.atomic():
            # Another build may have ended while this one waited for its turn.
            if not sample_is_there():
                _build(files, say)
    say(f"The sample partnership {VALE.name} is ready.")


def sample_is_there() -> bool:
    """Whether the sample stands, whole; raises SampleRefused where files of it have gone from the data folder."""
    if not Partnership.objects.filter(is_sample=True).exists():
        return False
    store = warehouse()
    gone = [
        release
        for release in Release.objects.filter(is_sample=True)
        if store.verify(release.digest, expected=release.file_hashes)
    ]
    if gone:
        raise SampleRefused(
            f"{len(gone)} releases of the sample have changed or gone from {settings.WARDMOTE_DATA}. Remove that "
            "folder and start again."
        )
    return True


def _build(files: SampleFiles, say: Say) -> None:
    builder = service_reader(SAMPLE_BUILDER)
    say("Setting up the partnership, its agencies and its people")
    readers = _people(builder)
    set_up_year(readers[MANAGER], readers[ANALYST])
    record_residents_views(readers[ANALYST])
    put_down_history(readers[ANALYST])
    earlier, now = _plans()
    say("Importing boundaries, lookups and populations")
    for kind, paths in (("boundaries", files.boundaries), ("lookup", files.lookup), ("population", files.population)):
        _take_in(builder, paths, kind=kind)
    bring_in_households(builder, files.population[0].parent)
    # Two drops, a year apart: the version issued in between cites the first alone.
    say(f"Importing street crime, the first {MONTHS - 12} months")
    _take_in(builder, files.street[:-12], kind="police-uk")
    bring_in_roads(builder, files.population[0].parent, FIRST_YEARS)
    issued = _assess(readers, earlier, say)
    say(f"{issued.title}: printing and issuing it")
    publish(readers[MANAGER], issued, progress=quiet)
    say("Importing street crime, the last 12 months")
    _take_in(builder, files.street[-12:], kind="police-uk")
    bring_in_roads(builder, files.population[0].parent, LATER_YEARS, HALF_YEAR)
    bring_in_force_sheet(readers[ANALYST], files.street, files.population[0].parent)
    keep_last_plan(readers[ANALYST], files.population[0].parent)
    bring_in_lists(readers[ANALYST], files.population[0].parent, files.street[-24:])
    bring_in_harm(readers[ANALYST], files.population[0].parent, as_at=now.as_at)
    bring_in_forces(readers[ANALYST], files.population[0].parent, as_at=now.as_at)
    _assess(readers, now, say)
    tell(issued.partnership, now.as_at + timedelta(days=_DAYS_AFTER))


def _take_in(builder: Reader, paths: Sequence[Path], *, kind: str) -> None:
    outcome = import_files(builder, paths, kind=kind, is_sample=True)
    settle(builder, outcome, Acceptance.AT_ONCE)


def _people(builder: Reader) -> Readers:
    partnership = create_partnership(
        builder,
        NewPartnership(
            VALE.partnership_name,
            PartnershipKind.UNITARY,
            ((VALE.code, VALE.name),),
            code=VALE.partnership_code,
            is_sample=True,
        ),
    )
    agencies = {name: add_agency(builder, partnership, name=name, sector=sector) for name, sector in AGENCIES}
    readers = {}
    for person in PEOPLE:
        new = NewPerson(
            email=person.email,
            name=person.name,
            post=person.post,
            role=person.role,
            agency=agencies[person.agency],
            starts_on=STARTED_ON,
            password=DEMO_PASSWORD,
            is_demo=True,
        )
        readers[person] = reader_by_key(add_person(builder, new).account_id)
    return readers


def _plans() -> tuple[Plan, Plan]:
    # police.uk publishes about two months late, so an assessment bears a date two months after its last figures.
    as_at = (LAST_MONTH + 2).last_day
    before = (LAST_MONTH - 10).last_day
    return (
        Plan(f"Strategic assessment {before.year}", before, "", story.EARLIER_PROBLEMS, {}, story.EARLIER_DECISIONS),
        Plan(
            f"Strategic assessment {as_at.year}",
            as_at,
            story.SECOND_MATRIX,
            tuple(story.VIEWS),
            story.NOTES,
            story.DECISIONS,
            has_profiles=True,
        ),
    )


def _assess(readers: Readers, plan: Plan, say: Say) -> Assessment:
    analyst = readers[ANALYST]
    new = NewAssessment(plan.title, plan.as_at, story.MATRIX, plan.second_matrix, story.TOP, plan.problems)
    say(f"{plan.title}: analysing the evidence")
    assessment = start_assessment(analyst, new)
    _analyse_here(analyst, assessment)
    assessment = assessment_for(analyst, assessment.id)
    say(f"{plan.title}: scoring {len(plan.problems)} problems")
    for slug, note in plan.notes.items():
        write_note(analyst, assessment.problems.get(slug=slug), note)
    if plan.has_profiles:
        write_profiles(analyst, {one.agency: readers[one] for one in (*SCORERS, OBSERVER)}, assessment)
    move_assessment(analyst, assessment, AssessmentState.SCORING)
    tell(assessment.partnership, plan.as_at - timedelta(days=_SCORING_DAYS))
    _score(readers, assessment)
    say(f"{plan.title}: holding the session")
    _hold_session(readers, assessment)
    choose_residents_views(analyst, assessment)
    if plan.notes:
        put_to_the_board(analyst, assessment, plan.decisions, plan.as_at - timedelta(days=_BOARD_DAYS_BEFORE))
    _decide(analyst, assessment, plan)
    _approve(analyst, assessment, plan)
    return assessment


def _approve(analyst: Reader, assessment: Assessment, plan: Plan) -> None:
    """Write the required parts, declare what is missing, and record what the board decided."""
    put_down_inputs(analyst, assessment, has_earlier=bool(plan.second_matrix))
    for part in outline_of(assessment):
        if part.required.code in story.PARTS:
            write_part(analyst, assessment, part.required.code, story.PARTS[part.required.code])
        elif not part.by_itself:
            due = plan.as_at + timedelta(days=_GAP_DAYS)
            declare_gap(analyst, assessment, part.required.code, GivenGap(story.GAP, story.GAP_OWNER, due))
    on = plan.as_at - timedelta(days=_BOARD_DAYS_BEFORE)
    given = GivenApproval(story.BOARD, on, ApprovalOutcome.APPROVED, story.PRESENT, story.ABSENT)
    record_approval(analyst, assessment, given)


def _analyse_here(analyst: Reader, assessment: Assessment) -> None:
    """Do the work of the job that was asked for, and mark it done: the worker passes over a job that has ended."""
    message = do_analysis(analyst, {"assessment": str(assessment.id)}, quiet)
    now = timezone.now()
    job = Job.objects.get(id=assessment.job_key or NOBODY)
    job.state, job.message, job.attempts, job.started_at, job.ended_at = JobState.DONE, message, 1, now, now
    job.save()


def _score(readers: Readers, assessment: Assessment) -> None:
    analysis = analysis_of(assessment)
    for matrix in filter(None, (assessment.matrix, assessment.second_matrix)):
        filled = filled_for(analysis, matrix)
        for problem in assessment.problems.select_related("assessment"):
            for person in SCORERS:
                known = filled.get(problem.slug, {})
                scores = scores_for(problem.slug, matrix, known, scorer=person.sign_in, seed=SEED)
                give_scores(readers[person], problem, matrix, scores)


def _hold_session(readers: Readers, assessment: Assessment) -> None:
    analyst = readers[ANALYST]
    move_assessment(analyst, assessment, AssessmentState.DISCUSSING)
    keys = {agency.name: agency.id for agency in assessment.partnership.agencies.all()}
    here = [GivenAttendance(keys[name], *how) for name, how in story.ATTENDANCE.items()]
    record_attendance(analyst, assessment, here)
    panel = panel_of(assessment, assessment.matrix)
    for problem in assessment.problems.select_related("assessment"):
        agreed = story.AGREED.get(problem.slug)
        if agreed:
            # The room settles on the middle of what was given; half a point goes upwards.
            middle = panel[problem.slug].counted(matrix_named(assessment.matrix))
            scores = {code: None if one is None else floor(one + Fraction(1, 2)) for code, one in middle.items()}
            agree(analyst, problem, assessment.matrix, GivenAgreement(scores, agreed.confidence, agreed.reason))
    move_assessment(readers[MANAGER], assessment, AssessmentState.DECIDING)


def _decide(analyst: Reader, assessment: Assessment, plan: Plan) -> None:
    on = plan.as_at - timedelta(days=_BOARD_DAYS_BEFORE)
    for slug, decided in plan.decisions.items():
        problem = assessment.problems.select_related("assessment").get(slug=slug)
        decide(analyst, problem, GivenDecision(decided.outcome, decided.reason, story.BOARD, on))
