"""How often an assessment comes round, and when the next one is due.

Until 2007 partnerships audited every three years (Crime and Disorder Act 1998, section 6, as enacted); since then they
assess at least every year (SI 2007/1830). Earlier audits stay in the register as what they were.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wardmote.foundations.periods import Month


class CycleKind(StrEnum):
    """How often a partnership assesses."""

    THREE_YEAR_AUDIT = "three-year-audit"
    YEARLY = "yearly"
    ROLLING = "rolling"


CYCLE_WORDS = {
    CycleKind.THREE_YEAR_AUDIT: "Three-year audit",
    CycleKind.YEARLY: "Yearly assessment",
    CycleKind.ROLLING: "Rolling assessment",
}
CYCLE_HINTS = {
    CycleKind.THREE_YEAR_AUDIT: "Every three years, as the law asked until 2007.",
    CycleKind.YEARLY: "A new assessment every year.",
    CycleKind.ROLLING: "Kept up to date through the year, and approved at least once in 12 months.",
}
MONTHS_IN = {CycleKind.THREE_YEAR_AUDIT: 36, CycleKind.YEARLY: 12, CycleKind.ROLLING: 12}
# Warned so long before it is due.
MONTHS_AHEAD = 1


class DueState(StrEnum):
    """Where the next assessment stands."""

    NEVER = "never"  # none was ever approved, or none is put down
    FINE = "fine"
    SOON = "soon"
    OVERDUE = "overdue"


@dataclass(frozen=True)
class AssessmentDue:
    """By when the next assessment has to be approved, counted from the last, under a cycle."""

    state: DueState
    cycle: CycleKind
    last_on: date | None = None
    due_on: date | None = None


def months_later(day: date, months: int) -> date:
    """Return the same day so many months later, or the last of that month: a month after 31 January is 28 February."""
    then = Month.of(day) + months
    return date(then.year, then.number, min(day.day, then.last_day.day))


def cycle_on(cycles: Iterable[tuple[date, CycleKind]], day: date) -> CycleKind:
    """Return the cycle in force on a day, from when each began; yearly where none is put down, as the law asks."""
    begun = [(starts_on, kind) for starts_on, kind in cycles if starts_on <= day]
    return max(begun)[1] if begun else CycleKind.YEARLY


def due_of(cycle: CycleKind, last_on: date | None, *, today: date) -> AssessmentDue:
    """Return when the next assessment is due; it is overdue from the day after."""
    if last_on is None:
        return AssessmentDue(DueState.NEVER, cycle)
    due_on = months_later(last_on, MONTHS_IN[cycle])
    if today > due_on:
        return AssessmentDue(DueState.OVERDUE, cycle, last_on, due_on)
    state = DueState.SOON if today >= months_later(due_on, -MONTHS_AHEAD) else DueState.FINE
    return AssessmentDue(state, cycle, last_on, due_on)
