"""The shape of the register's pages."""

from datetime import date
from typing import Any

from wardmote.strategy.evidence.models import EvidenceGap, Supply
from wardmote.strategy.evidence.queries.register import SupplyDue
from wardmote.strategy.evidence.rules.supplies import DUE_WORDS, DueState, GapState, Reliability, Sureness

COLOURS = {
    DueState.LATE: "red",
    DueState.DUE: "yellow",
    DueState.WAITING: "yellow",
    DueState.NOT_YET: "grey",
    DueState.ARRIVED: "green",
}
GRADE_WORDS = {
    Reliability.RELIABLE: "Reliable",
    Reliability.UNTESTED: "Untested",
    Reliability.NOT_RELIABLE: "Not reliable",
}


def supply_rows(found: list[SupplyDue]) -> list[dict[str, Any]]:
    """Return the rows of the due list."""
    return [
        {
            "key": one.supply.id,
            "title": one.supply.title,
            "supplier": one.supply.supplier.name if one.supply.supplier else "Nobody round the table",
            "state": "Not available" if one.supply.unavailable_because else DUE_WORDS[one.due.state],
            "colour": "grey" if one.supply.unavailable_because else COLOURS[one.due.state],
            "unavailable": unavailable_words(one.supply),
            "wanted": one.due.period_end.words() if one.due.period_end else "",
            "expected": _day(one.due.expected_on),
            "held_to": one.held_to.words() if one.held_to else "nothing held",
            "chased": _day(one.last_chased_on) or "never",
            "grade": grade_words(one.supply),
        }
        for one in found
    ]


def unavailable_words(supply: Supply) -> str:
    """Return why nothing can be had of a source and when it is expected again, empty where it can be had."""
    if not supply.unavailable_because:
        return ""
    again = f" Expected again on {_day(supply.expected_again_on)}." if supply.expected_again_on else ""
    return f"{supply.unavailable_because.rstrip('.')}.{again}"


def grade_words(supply: Supply) -> str:
    """Return how far a source can be relied on, in a few words."""
    if not supply.reliability:
        return "Not graded"
    sureness = Sureness(supply.sureness)
    return f"{GRADE_WORDS[Reliability(supply.reliability)]}, {sureness} confidence"


def gap_rows(gaps: list[EvidenceGap], *, today: date) -> list[dict[str, Any]]:
    """Return the gaps with where each stands."""
    return [{"gap": gap, "due": _day(gap.due_on), "state": state, "colour": colour}
            for gap in gaps for state, colour in [_gap_state(gap, today)]]  # fmt: skip


def _gap_state(gap: EvidenceGap, today: date) -> tuple[str, str]:
    if gap.state == GapState.CLOSED:
        return f"Closed on {_day(gap.closed_on)}", "green"
    return ("Overdue", "red") if gap.due_on < today else ("Open", "yellow")


def _day(day: date | None) -> str:
    return f"{day:%-d %B %Y}" if day else ""
