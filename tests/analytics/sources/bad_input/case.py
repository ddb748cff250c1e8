"""What one bad input is: how it is made, what must become of it, and what a person is told."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from wardmote.analytics.sources.mapping import ColumnMapping

REFUSED, ROW, NOTED = "refused", "row left out", "taken, and said"
Make = Callable[[Path], list[Path]]


@dataclass(frozen=True)
class Case:
    """A small file with one fault: `said` is part of the refusal, of the reject's reason, or of the quality figures."""

    number: int
    what: str
    make: Make
    outcome: str
    said: str
    kind: str = "police-uk"
    mapping: ColumnMapping | None = None
    checked: bool = False


@dataclass(frozen=True)
class Elsewhere:
    """A case that is about what happens around a file; the test that shows it."""

    number: int
    what: str
    outcome: str
    test: str
