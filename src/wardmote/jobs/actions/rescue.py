"""Jobs whose worker was killed half way: done again once, and said to have failed if that does not help either."""

from datetime import datetime

from django.db import transaction

from wardmote.jobs.models import Job
from wardmote.jobs.rules import MOST_ATTEMPTS, JobState, silent_since

from . import run_job


def rescue_jobs(now: datetime) -> int:
    """Put every silent job on the queue again, or end it where it was tried often enough; returns how many.

    Several workers may do this at once: each job is claimed by the one whose update finds it as it was.
    """
    silent = Job.objects.filter(state=JobState.RUNNING, heartbeat_at__lt=silent_since(now))
    return sum(_rescue(job, now) for job in silent)


@transaction.atomic
def _rescue(job: Job, now: datetime) -> bool:
    as_it_was = Job.objects.filter(id=job.id, state=JobState.RUNNING, heartbeat_at=job.heartbeat_at)
    if job.attempts >= MOST_ATTEMPTS:
        message = f"This was begun {job.attempts} times and never ended. Quote job {job.id} when you tell us."
        return bool(as_it_was.update(state=JobState.FAILED, message=message, ended_at=now))
    if not as_it_was.update(state=JobState.WAITING, heartbeat_at=None, step="", done=0, total=0):
        return False
    run_job.enqueue(str(job.id))
    return True
