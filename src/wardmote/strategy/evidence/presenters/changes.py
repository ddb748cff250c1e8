"""The shape of the page of changes in recording."""

from collections.abc import Mapping
from typing import Any

from wardmote.definitions import Effect, Problem
from wardmote.foundations.periods import Month
from wardmote.strategy.evidence.models import RecordedChange

EFFECTS = {Effect.CARE: ("Compare with care", "yellow"), Effect.BREAK: ("Not compared across", "red")}


def change_row(change: RecordedChange, known: Mapping[str, Problem]) -> dict[str, Any]:
    """Return one change with what it touches, in words."""
    effect, colour = EFFECTS[Effect(change.effect)]
    titles = [known[slug].title for slug in change.problems]
    return {
        "change": change,
        "month": Month.parse(change.month).words(),
        "touches": ", ".join(titles) or "Every crime type",
        "figures": change.dataset or "data.police.uk",
        "effect": effect,
        "colour": colour,
    }
