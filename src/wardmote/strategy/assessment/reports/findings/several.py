"""Verdicts among many in a report: of all problems side by side, and of the wards of a problem."""

from collections.abc import Mapping, Sequence
from typing import Any

Content = Mapping[str, Any]


def among_all(problem: Content) -> str:
    """Return the verdict of a problem among all that are compared, n/a where none is known."""
    return str((problem.get("several") or {}).get("verdict") or "n/a")


def among_words(measured: Sequence[Content]) -> str:
    """Say what “clear among all” means; empty where no problem has such a verdict."""
    of = max(((p.get("several") or {}).get("of", 0) for p in measured), default=0)
    if not of:
        return ""
    return (
        f"Clear among all: it stays clear when one allows for {of} changes being compared, of which some look clear by "
        "chance. About one in twenty of those called clear is still chance."
    )


def place_words(problem: Content, row: Content) -> str:
    """Return the verdict of an area among all areas of the problem; the small-count rule may leave none."""
    return str((problem.get("several") or {}).get("places", {}).get(row["code"]) or "n/a")


def places_note(problem: Content) -> str:
    """Say that the verdicts allow for the number of areas; empty where there are none."""
    of = len((problem.get("several") or {}).get("places", {}))
    return f"The change is called clear only if it is when one allows for {of} areas being compared." if of else ""
