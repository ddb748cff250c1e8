"""What a reader is asked, what it gives back, and how it says no."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from wardmote.analytics.warehouse.manifest import HeldRelease, Prepared
from wardmote.analytics.warehouse.store import Warehouse

Progress = Callable[[str, int, int], None]


class SourceRefused(Exception):
    """A file that cannot be imported: the message is a sentence for the person who gave it, with what to do next."""

    def __init__(
        self, message: str, *, file: str | None = None, line: int | None = None, column: str | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.file = file
        self.line = line
        self.column = column


def no_progress(words: str, done: int, total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class ReadRequest:
    """The files to read and what the reader needs to know.

    `staging` is a folder from `Warehouse.staging()`, which the caller ends; `year` is for tables that do not state
    their own; `now` decides which months lie in the future; `checks` are lookups held, used for quality figures;
    `known` are releases held, which are not read again; `progress` is told words, steps done and steps in all;
    `owner` is the short name of the partnership whose own the data become, where their kind is one that is.
    """

    paths: tuple[Path, ...]
    warehouse: Warehouse
    staging: Path
    is_sample: bool
    now: dt.date
    year: int | None = None
    progress: Progress = no_progress
    checks: tuple[HeldRelease, ...] = ()
    known: frozenset[str] = frozenset()
    owner: str = ""


@dataclass(frozen=True)
class AlreadyHeld:
    """The files are those of a release that is held already: nothing to do."""

    dataset: str
    release: str


Outcome = Prepared | AlreadyHeld
