"""Pieces of work that the tests of jobs put behind a kind."""

from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.jobs.actions import Progress
from wardmote.jobs.rules import JobRefused

SECRET = "the crown jewels lie at 12 Canary Lane"


def succeed(reader: Reader, arguments: dict[str, str], progress: Progress) -> str:
    """Report twice and end well; the second report is the last unit, so that it is written at once."""
    progress("Reading the first file", 1, 2)
    progress("Reading the second file", 2, 2)
    return f"Read {arguments['what']}."


def refuse(reader: Reader, arguments: dict[str, str], progress: Progress) -> str:
    """Find the input wrong."""
    raise JobRefused("The file has no month. Choose another.")


def fail(reader: Reader, arguments: dict[str, str], progress: Progress) -> str:
    """Fall over something that nobody else should read."""
    raise RuntimeError(SECRET)


def ask_permission(reader: Reader, arguments: dict[str, str], progress: Progress) -> str:
    """Do what only some may."""
    reader.require(Permission.PREPARE_ASSESSMENT)
    return f"Done for {reader.post}."
