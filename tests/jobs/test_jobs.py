"""Background work: how it is asked for, how it can end, and as whom it decides."""

import logging
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests.factories import AppointmentFactory, JobFactory, PartnershipFactory, reader_with
from tests.jobs import work
from wardmote.access.permissions import Role
from wardmote.access.readers import Reader
from wardmote.jobs.actions import ask_for, run_job
from wardmote.jobs.models import Job
from wardmote.jobs.queries import job_for
from wardmote.jobs.rules import JobState
from wardmote.partnership.members.models import Appointment
from wardmote.partnership.members.queries import reader_by_key

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kinds(settings: Any) -> None:
    """The work of these tests instead of the product's."""
    names = ("succeed", "refuse", "fail", "ask_permission")
    settings.WARDMOTE_JOBS = {name: f"tests.jobs.work.{name}" for name in names}


@pytest.fixture
def analyst() -> Reader:
    return reader_with(Role.ANALYST)


def done(kind: str, reader: Reader, **arguments: str) -> Job:
    job = ask_for(kind, reader=reader, arguments=arguments)
    run_job.call(str(job.id))
    job.refresh_from_db()
    return job


def test_a_job_is_queued_in_the_transaction_that_asks_for_it(analyst: Reader) -> None:
    job = ask_for("succeed", reader=analyst, arguments={"what": "it"})
    assert job.state == JobState.WAITING
    assert DBTaskResult.objects.get().args_kwargs["args"] == [str(job.id)]


def test_a_change_that_is_taken_back_takes_its_job_with_it(analyst: Reader) -> None:
    with transaction.atomic():
        ask_for("succeed", reader=analyst, arguments={"what": "it"})
        transaction.set_rollback(True)
    assert not Job.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_work_that_ends_well_leaves_its_sentence_and_its_progress(analyst: Reader) -> None:
    job = done("succeed", analyst, what="two files")
    assert (job.state, job.message) == (JobState.DONE, "Read two files.")
    assert (job.step, job.done, job.total) == ("Reading the second file", 2, 2)
    assert job.asked_at <= job.started_at <= job.ended_at  # type: ignore[operator]


def test_wrong_input_is_refused_with_the_sentence_that_says_what_to_do(analyst: Reader) -> None:
    job = done("refuse", analyst)
    assert (job.state, job.message) == (JobState.REFUSED, "The file has no month. Choose another.")


def test_a_fault_of_ours_leaves_a_sentence_without_its_detail_and_the_detail_in_the_log(
    analyst: Reader, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, logger="wardmote.jobs.actions"):
        job = done("fail", analyst)
    assert job.state == JobState.FAILED
    assert str(job.id) in job.message
    assert "Canary" not in job.message + job.step
    assert work.SECRET in caplog.text


def test_an_unknown_kind_of_work_fails_and_does_not_stop_the_worker(
    analyst: Reader, caplog: pytest.LogCaptureFixture
) -> None:
    assert done("nothing known", analyst).state == JobState.FAILED
    assert "job failed" in caplog.text


@pytest.mark.parametrize("kind", ["succeed", "refuse", "fail"])
def test_a_job_that_has_ended_is_not_done_again(analyst: Reader, kind: str) -> None:
    job = done(kind, analyst, what="it")
    run_job.call(str(job.id))
    job.refresh_from_db()
    assert job.attempts == 1


def test_a_job_that_was_cut_short_is_done_when_it_comes_round_again(analyst: Reader) -> None:
    job = ask_for("succeed", reader=analyst, arguments={"what": "it"})
    Job.objects.filter(id=job.id).update(state=JobState.RUNNING, started_at=timezone.now(), attempts=1)
    run_job.call(str(job.id))
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.DONE, 2)


def test_a_job_decides_as_the_person_who_asked(analyst: Reader) -> None:
    assert done("ask_permission", analyst).message == f"Done for {analyst.post}."
    assert done("ask_permission", reader_with(Role.SCORER)).state == JobState.REFUSED


def test_an_appointment_that_ended_between_asking_and_doing_gives_nothing(analyst: Reader) -> None:
    job = ask_for("ask_permission", reader=analyst, arguments={})
    yesterday = timezone.localdate() - timedelta(days=1)
    Appointment.objects.filter(id=analyst.appointment).update(ends_on=yesterday)
    run_job.call(str(job.id))
    job.refresh_from_db()
    assert job.state == JobState.REFUSED
    assert "Your role does not allow this" in job.message


def test_another_post_of_the_same_person_does_not_do_the_job(analyst: Reader) -> None:
    """The job was asked for one partnership: an appointment in another must not carry it out there."""
    job = ask_for("ask_permission", reader=analyst, arguments={})
    yesterday = timezone.localdate() - timedelta(days=1)
    Appointment.objects.filter(id=analyst.appointment).update(ends_on=yesterday)
    AppointmentFactory(account_id=analyst.key, account=None, role=Role.MANAGER)
    assert reader_by_key(analyst.key).role == Role.MANAGER
    run_job.call(str(job.id))
    job.refresh_from_db()
    assert job.state == JobState.REFUSED


def test_a_job_is_seen_by_its_own_partnership_alone(analyst: Reader) -> None:
    job = JobFactory(partnership_key=analyst.partnership)
    assert job_for(analyst, job.id) == job
    with pytest.raises(Job.DoesNotExist):
        job_for(reader_with(Role.ANALYST, PartnershipFactory()), job.id)


def test_a_job_cannot_have_ended_without_a_moment_nor_wait_with_one() -> None:
    for values in ({"state": JobState.DONE}, {"ended_at": timezone.now()}, {"state": "lost"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            JobFactory(**values)
