"""The shape of the page of a partnership's problems."""

from collections.abc import Mapping, Sequence
from typing import Any

from wardmote.definitions import Problem, all_problems
from wardmote.strategy.evidence.queries.own_problems import OWN


def problem_rows(known: Mapping[str, Problem], used: Sequence[Problem]) -> list[dict[str, Any]]:
    """Return every problem with its name here and elsewhere and what counts it; those in use first."""
    slugs = {one.slug for one in used}
    common = all_problems()
    rows = [
        {
            "problem": one,
            "common": common[one.slug].title if one.slug in common and common[one.slug].title != one.title else "",
            "counted": ", ".join(one.police_uk) or "No open figures",
            "is_own": one.slug.startswith(OWN),
            "is_used": one.slug in slugs,
        }
        for one in known.values()
    ]
    return sorted(rows, key=lambda row: (not row["is_used"], not row["is_own"], row["problem"].title))
