"""The states of a job and how it may move between them."""

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
