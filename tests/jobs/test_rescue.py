"""Killed jobs and the clock: done again once, never twice at once, and what was missed is made up for."""

import os
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import OperationalError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests.factories import JobFactory, reader_with
from wardmote.access.permissions import Role
from wardmote.audit.queries import entries_of
from wardmote.jobs.actions import ask_for, heartbeats, run_job
from wardmote.jobs.actions.clock import tick
from wardmote.jobs.actions.rescue import rescue_jobs
from wardmote.jobs.models import Job, Schedule
from wardmote.jobs.rules import MOST_ATTEMPTS, SILENT_AFTER, JobState, silent_since
from wardmote.strategy.evidence.actions.litter import sweep_litter
from wardmote.strategy.evidence.models import Import

pytestmark = pytest.mark.django_db
NOW = timezone.now()
CALLS: list[datetime] = []


def note_call(now: datetime) -> None:
    """What a schedule of these tests does."""
    CALLS.append(now)


def fail_call(now: datetime) -> None:
    """What a schedule that is broken does."""
    raise RuntimeError("broken")


def left_running(**values: Any) -> Job:
    """Return a job as a killed worker leaves it."""
    silent = {"state": JobState.RUNNING, "attempts": 1, "heartbeat_at": NOW - SILENT_AFTER - timedelta(seconds=1)}
    job: Job = JobFactory(**{**silent, **values})
    return job


def test_a_job_whose_worker_was_killed_is_done_again(settings: Any) -> None:
    settings.WARDMOTE_JOBS = {"succeed": "tests.jobs.work.succeed"}
    reader = reader_with(Role.ANALYST)
    job = ask_for("succeed", reader=reader, arguments={"what": "it"})
    Job.objects.filter(id=job.id).update(
        state=JobState.RUNNING, attempts=1, heartbeat_at=NOW - 2 * SILENT_AFTER, step="half way", done=1, total=2
    )
    queued = DBTaskResult.objects.count()
    assert rescue_jobs(NOW) == 1
    job.refresh_from_db()
    assert (job.state, job.step, job.done, DBTaskResult.objects.count()) == (JobState.WAITING, "", 0, queued + 1)
    run_job.call(str(job.id))
    job.refresh_from_db()
    assert (job.state, job.attempts, job.message) == (JobState.DONE, 2, "Read it.")


def test_a_job_that_is_killed_again_is_said_to_have_failed() -> None:
    job = left_running(attempts=MOST_ATTEMPTS)
    assert rescue_jobs(NOW) == 1
    job.refresh_from_db()
    assert (job.state, job.ended_at) == (JobState.FAILED, NOW)
    assert str(job.id) in job.message


def test_a_job_that_still_gives_a_sign_of_life_is_left_alone() -> None:
    for values in ({"heartbeat_at": silent_since(NOW)}, {"state": JobState.WAITING, "heartbeat_at": None}):
        left_running(**values)
    assert rescue_jobs(NOW) == 0


def test_two_rescuers_put_a_job_on_the_queue_once() -> None:
    left_running()
    assert (rescue_jobs(NOW), rescue_jobs(NOW)) == (1, 0)
    assert DBTaskResult.objects.count() == 1


@pytest.fixture
def hourly(settings: Any) -> None:
    CALLS.clear()
    settings.WARDMOTE_SCHEDULES = {
        "broken": ("tests.jobs.test_rescue.fail_call", timedelta(hours=1)),
        "hourly": ("tests.jobs.test_rescue.note_call", timedelta(hours=1)),
    }


def test_a_schedule_is_done_when_it_is_due_and_a_broken_one_stops_no_other(hourly: None, caplog: Any) -> None:
    assert tick(NOW) == ["broken", "hourly"]
    assert tick(NOW + timedelta(minutes=59)) == []
    assert tick(NOW + timedelta(minutes=60)) == ["broken", "hourly"]
    assert [NOW, NOW + timedelta(minutes=60)] == CALLS
    assert "schedule failed" in caplog.text


def test_what_was_missed_is_made_up_for_once(hourly: None) -> None:
    tick(NOW)
    assert "hourly" in tick(NOW + timedelta(days=3))
    assert tick(NOW + timedelta(days=3, minutes=1)) == []
    assert len(CALLS) == 2


def test_of_two_clocks_one_does_it(hourly: None) -> None:
    tick(NOW)
    later = NOW + timedelta(hours=2)
    assert (tick(later), tick(later)) == (["broken", "hourly"], [])
    assert Schedule.objects.get(name="hourly").ran_at == later


def test_the_schedules_of_the_product_run(settings: Any, tmp_path: Path) -> None:
    settings.WARDMOTE_DATA = tmp_path / "data"
    assert tick(NOW) == ["rescue", "sweep", "digests", "outbox"]


def test_bytes_of_uploads_go_when_no_job_will_read_them(settings: Any, tmp_path: Path) -> None:
    settings.WARDMOTE_DATA = tmp_path
    reader = reader_with(Role.ANALYST)
    waiting = JobFactory()
    ended = JobFactory(state=JobState.DONE, ended_at=NOW)
    kept: dict[str, UUID] = {}
    for name, job in (("waiting", waiting), ("ended", ended)):
        found = Import.objects.create(
            partnership_id=reader.partnership, kind="auto", asked_by_key=reader.key, asked_at=NOW, job_key=job.id
        )
        kept[name] = found.id
    for key in (*kept.values(), UUID(int=7)):
        folder = tmp_path / "uploads" / str(key)
        folder.mkdir(parents=True)
        (folder / "a.csv").write_text("a")
        os.utime(folder, (0, 0))
    young = tmp_path / "uploads" / str(UUID(int=8))
    young.mkdir()
    removed = {path.name for path in sweep_litter(timezone.now())}
    assert removed == {str(kept["ended"]), str(UUID(int=7))}
    assert {path.name for path in (tmp_path / "uploads").iterdir()} == {str(kept["waiting"]), young.name}


def test_a_sheet_that_nobody_described_goes_after_a_day(settings: Any, tmp_path: Path) -> None:
    settings.WARDMOTE_DATA = tmp_path
    reader = reader_with(Role.ANALYST)
    old, young = (
        Import.objects.create(
            partnership_id=reader.partnership, kind="figures", asked_by_key=reader.key, asked_at=asked_at
        )
        for asked_at in (NOW - timedelta(days=1, minutes=1), NOW - timedelta(hours=23))
    )
    for asked in (old, young):
        (tmp_path / "uploads" / str(asked.id)).mkdir(parents=True)
    sweep_litter(NOW)
    assert list(Import.objects.values_list("id", flat=True)) == [young.id]
    assert [path.name for path in (tmp_path / "uploads").iterdir()] == [str(young.id)]
    assert entries_of(old.id).get().action == "remove"


def test_a_job_that_is_being_done_gives_a_sign_of_life() -> None:
    job = left_running()
    heartbeats.note_beat(job)
    assert rescue_jobs(timezone.now()) == 0
    seen, third = [], threading.Event()

    def beat(of: Job) -> None:
        seen.append(of.id)
        if len(seen) == 2:
            raise OperationalError("database is locked")
        if len(seen) == 3:
            third.set()

    with heartbeats.beating(job, beat=beat, seconds=0.01):
        assert third.wait(timeout=30), "a beat that failed was the last one"
    beats = len(seen)
    time.sleep(0.1)
    assert (set(seen), len(seen)) == ({job.id}, beats)
