"""What a list of incidents tells, as it may be published: sums alone, none small nor giving a small one away."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Any

from wardmote.definitions import SmallCountRule

Content = Mapping[str, Any]
WITHHELD = {"withheld": True}


def with_records(problem: Content, rule: SmallCountRule) -> dict[str, Any]:
    """Return a problem with what its list of incidents tells so far as it may be published.

    Each part is shown whole or not at all: of a table with one cell hidden the total would tell it. Of a sensitive
    theme nothing is published, but that it is withheld.
    """
    found = problem.get("records")
    if not found:
        return dict(problem)
    is_sensitive = rule.is_sensitive(problem["slug"]) or problem["sensitive"]
    if is_sensitive or found["count"] < rule.threshold:
        return {**problem, "records": WITHHELD}
    shown = {
        "hours": _hours(found["hours"], found["count"], rule),
        "repeats": _repeats(found["repeats"], rule),
        "near": _near(found["near"], rule),
    }
    return {**problem, "records": {**found, **shown}}


def _is_small(counts: Iterable[Decimal | int], rule: SmallCountRule) -> bool:
    """Whether any of some counts is small; none is no count, and tells of nobody."""
    return any(0 < count < rule.threshold for count in counts)


def _hours(found: Content, total: int, rule: SmallCountRule) -> dict[str, Any]:
    """Return hours and weekdays; the hours without their table where one is small."""
    if found["reason"]:
        return dict(found)
    known = found["within_day"], total - found["within_day"], found["to_hour"], found["within_day"] - found["to_hour"]
    counts = [Decimal(one["count"]) for slots in ("hours", "weekdays") for one in found[slots]]
    if _is_small(known, rule):
        return {"reason": "some of its counts are small and are not published"}
    if not _is_small(counts, rule):
        return dict(found)
    # What is clearly low may be a small count said as a share.
    clear = {**found["clear"], "low": dict.fromkeys(found["clear"]["low"], "")}
    return {**found, "hours": [], "weekdays": [], "clear": clear}


def _repeats(found: Content, rule: SmallCountRule) -> dict[str, Any]:
    """Return the kinds of key of which no count, nor what it leaves over, is small."""
    if not found:
        return {}
    return {**found, "roles": {role: one for role, one in found["roles"].items() if not _is_small(_told(one), rule)}}


def _told(one: Content) -> Iterable[int]:
    yield from (one["incidents"], one["keys"], one["repeats"], one["repeat_keys"])
    yield from (one["incidents"] - one["repeats"], one["keys"] - one["repeat_keys"])
    counts = [(0, 0), *((top["places"], top["count"]) for top in one["tops"]), (one["keys"], one["incidents"])]
    for (places, count), (more, larger) in pairwise(counts):
        yield from (more - places, larger - count)


def _near(found: Content, rule: SmallCountRule) -> dict[str, Any]:
    """Return the table of pairs where none is small; a pair tells of two incidents."""
    cells = found.get("cells", ())
    return {**found, "cells": []} if _is_small([one["pairs"] for one in cells], rule) else dict(found)
