"""The lines of a plan as partnerships number them: priorities 1, 2, 3, commitments 1a to 4j, and how far each got."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Level(StrEnum):
    """What a line of a plan is."""

    PRIORITY = "priority"
    COMMITMENT = "commitment"


class PlanProgress(StrEnum):
    """How far something in last year's plan got."""

    DONE = "done"
    PART = "part"
    NOT_DONE = "not-done"
    STOPPED = "stopped"
    NOT_KNOWN = "not-known"


PROGRESS_WORDS: Final = {
    PlanProgress.DONE: "Carried out",
    PlanProgress.PART: "Carried out in part",
    PlanProgress.NOT_DONE: "Not carried out",
    PlanProgress.STOPPED: "Stopped",
    PlanProgress.NOT_KNOWN: "Not known",
}


@dataclass(frozen=True)
class PlanLine:
    """A priority or commitment, numbered as the partnership numbers it (blank where it has no number)."""

    reference: str
    level: Level
    text: str
    progress: PlanProgress = PlanProgress.NOT_KNOWN


# 1, 12, 1a, 4j, 1.2, (3), each with an optional dot, bracket or colon after it.
_NUMBER: Final = re.compile(r"\s*\(?(\d{1,2}(?:\.\d{1,2})?[a-z]?)\)?[.):]?\s+(?=\S)", re.ASCII | re.IGNORECASE)
_BULLET: Final = re.compile(r"\s*[•●▪◦*–-]\s+")
# What a table pasted from a document puts between its cells.
_CELLS: Final = re.compile(r"\t+|\s+\|\s+|\s{3,}")
_WORDS: Final = {
    PlanProgress.NOT_DONE: ("not done", "not met", "not achieved", "not started", "missed", "red"),
    PlanProgress.STOPPED: ("stopped", "dropped", "ceased", "withdrawn"),
    PlanProgress.PART: ("partly", "part", "partially", "ongoing", "in progress", "amber", "partly met"),
    PlanProgress.DONE: ("done", "achieved", "complete", "completed", "met", "delivered", "green"),
}


def read_plan(text: str) -> tuple[PlanLine, ...]:
    """Return the lines of a pasted plan; a number alone makes a priority, one with a letter or point a commitment.

    A line without a number is a commitment under the priority above it, and a priority where none stands above. A last
    cell of a table that is a word for progress is taken as that; anything else stays in the text.
    """
    lines: list[PlanLine] = []
    for raw in text.splitlines():
        if raw.strip():
            lines.append(_line(raw, has_priority=bool(lines)))
    return tuple(lines)


def _line(raw: str, *, has_priority: bool) -> PlanLine:
    number = _NUMBER.match(raw)
    reference = number[1].lower() if number else ""
    rest = raw[number.end() :] if number else _BULLET.sub("", raw, count=1)
    cells = [cell.strip(" |") for cell in _CELLS.split(rest.strip(" |\t")) if cell.strip(" |")]
    progress = _progress(cells[-1]) if len(cells) > 1 else None
    words = " ".join(cells[:-1] if progress else cells)
    is_priority = reference.isdigit() if reference else not has_priority
    level = Level.PRIORITY if is_priority else Level.COMMITMENT
    return PlanLine(reference, level, words, progress or PlanProgress.NOT_KNOWN)


def _progress(cell: str) -> PlanProgress | None:
    folded = cell.casefold().rstrip(".")
    return next((progress for progress, words in _WORDS.items() if folded in words), None)


def repeated_references(lines: Sequence[PlanLine]) -> tuple[str, ...]:
    """Return the numbers that stand at more than one line, in their order."""
    seen = [line.reference for line in lines if line.reference]
    return tuple(dict.fromkeys(one for one in seen if seen.count(one) > 1))
