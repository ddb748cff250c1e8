"""The sign of life of a running job: without it for some minutes its worker is taken to be dead."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial

from django.db import OperationalError, connection
from django.utils import timezone

from wardmote.jobs.models import Job
from wardmote.jobs.rules import SECONDS_BETWEEN_BEATS

Beat = Callable[[Job], None]


def note_beat(job: Job) -> None:
    """Note that the job is being done at this moment."""
    Job.objects.filter(id=job.id).update(heartbeat_at=timezone.now())


@contextmanager
def beating(job: Job, *, beat: Beat = note_beat, seconds: float = SECONDS_BETWEEN_BEATS) -> Iterator[None]:
    """Note every so many seconds, from a thread with a connection of its own, that the job is still being done."""
    ended = threading.Event()
    work = partial(_beat, job, ended, beat, seconds)
    thread = threading.Thread(target=work, name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        # A beat that waits for the database is not waited for.
        thread.join(timeout=1)


def _beat(job: Job, ended: threading.Event, beat: Beat, seconds: float) -> None:
    try:
        while not ended.wait(seconds):
            # A database that is busy for once costs one beat; eight in a row are needed to be taken for dead.
            with suppress(OperationalError):
                beat(job)
    finally:
        connection.close()
