"""The states of a job and how it may move between them."""

from datetime import datetime, timedelta
from enum import StrEnum


class JobState(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"  # the input was wrong: the message says what to do
    FAILED = "failed"  # our fault: the message gives the job's number, the log has the rest


ENDED = frozenset({JobState.DONE, JobState.REFUSED, JobState.FAILED})


class JobRefused(Exception):
    """The work cannot be done with this input; the text is shown to the person who asked."""


SECONDS_BETWEEN_BEATS = 15
# Eight beats: a busy machine misses one or two, a dead worker all.
SILENT_AFTER = timedelta(seconds=8 * SECONDS_BETWEEN_BEATS)
# The first time, and once again after a worker was killed.
MOST_ATTEMPTS = 2


def silent_since(now: datetime) -> datetime:
    """Return the moment before which the last sign of life of a job means that its worker is dead."""
    return now - SILENT_AFTER
