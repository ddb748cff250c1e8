"""Asking for background work, doing it, and telling how far it is.

A job decides again: it runs as the reader who asked, found anew when it starts.
"""

import logging
import time
from collections.abc import Callable
from typing import Any, Protocol

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task

from wardmote.access.readers import NotAllowed, Reader
from wardmote.jobs.models import Job
from wardmote.jobs.rules import JobRefused, JobState

from .heartbeats import beating

logger = logging.getLogger(__name__)
SECONDS_BETWEEN_REPORTS = 0.5


class Progress(Protocol):
    """How a piece of work tells where it stands: words, units done, units in all."""

    def __call__(self, step: str, done: int, total: int) -> None: ...


Work = Callable[[Reader, dict[str, str], Progress], str]


def ask_for(kind: str, *, reader: Reader, arguments: dict[str, str]) -> Job:
    """Put a job on the queue, in the caller's transaction. `kind` is a key of settings.WARDMOTE_JOBS."""
    job = Job.objects.create(
        kind=kind,
        arguments=arguments,
        asked_by_key=reader.key,
        appointment_key=reader.appointment,
        partnership_key=reader.partnership,
        asked_at=timezone.now(),
    )
    # In the same transaction: a job is asked for and queued, or neither.
    run_job.enqueue(str(job.id))
    return job


@task()  # type: ignore[untyped-decorator]
def run_job(key: str) -> None:
    """Do one job; every way it can end is written on the job itself."""
    job = Job.objects.get(id=key)
    if job.has_ended:
        return
    _start(job)
    try:
        with beating(job):
            message = _work_of(job)(_reader_of(job), job.arguments, _reporter(job))
    except (JobRefused, NotAllowed) as refusal:
        _end(job, JobState.REFUSED, str(refusal))
    except Exception:  # the outermost edge of the worker
        logger.exception("job failed", extra={"job": key, "kind": job.kind})
        _end(job, JobState.FAILED, f"This did not work, and it is our fault. Quote job {key} when you tell us.")
    else:
        _end(job, JobState.DONE, message)


def _work_of(job: Job) -> Work:
    work: Work = import_string(settings.WARDMOTE_JOBS[job.kind])
    return work


def _reader_of(job: Job) -> Reader:
    find: Callable[..., Reader] = import_string(settings.WARDMOTE_READER_BY_KEY)
    return find(job.asked_by_key, appointment=job.appointment_key)


def _start(job: Job) -> None:
    job.state = JobState.RUNNING
    job.started_at = job.heartbeat_at = timezone.now()
    job.attempts += 1
    job.save(update_fields=["state", "started_at", "heartbeat_at", "attempts"])


def _end(job: Job, state: JobState, message: str) -> None:
    job.state, job.message, job.ended_at = state, message, timezone.now()
    job.save(update_fields=["state", "message", "ended_at"])


def _reporter(job: Job) -> Progress:
    last = [float("-inf")]

    def report(step: str, done: int, total: int) -> None:
        if time.monotonic() - last[0] < SECONDS_BETWEEN_REPORTS and done != total:
            return
        last[0] = time.monotonic()
        values: dict[str, Any] = {"step": step[:200], "done": done, "total": total}
        Job.objects.filter(id=job.id).update(**values)

    return report
