"""Repeat victims and locations of a problem, from a list of incidents, and how few have how much of it."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from wardmote.analytics.measures.concentration import concentration
from wardmote.analytics.measures.incident_records import IncidentRecord
from wardmote.analytics.measures.repeats import WINDOW_DAYS, repeats
from wardmote.definitions import small_counts
from wardmote.foundations.rounding import half_up, with_thousands

Content = Mapping[str, Any]
# Of fewer incidents with a key a share says nothing.
FEWEST_INCIDENTS: Final = 20
TOLD_PERCENT: Final = 10
ROLES: Final = {"victim": "victims", "location": "locations", "offender": "offenders or suspects"}


def repeats_of(records: Sequence[IncidentRecord], *, first: int, last: int, begins: int) -> dict[str, Any]:
    """Return the repeats of each kind of key that the list has, and since when it looks back whole.

    `first` and `last` are the days of the year, `begins` the first day of the list.
    """
    found = {
        role: one
        for role in ROLES
        if (one := _of_role([(key, r.day) for r in records if (key := getattr(r, role))], first, last))
    }
    return {"roles": found, "is_whole": begins <= first - WINDOW_DAYS} if found else {}


def _of_role(incidents: Sequence[tuple[str, int]], first: int, last: int) -> dict[str, Any]:
    found = repeats(incidents, first=first, last=last)
    spread = concentration(list(found.by_key.values()))
    if spread is None or found.incidents < FEWEST_INCIDENTS:
        return {}
    # The top hundredth of few victims is one person.
    tops = [top for top in spread.tops if top.places >= small_counts().threshold]
    return {
        "incidents": found.incidents,
        "keys": found.keys,
        "repeats": found.repeats,
        "repeat_keys": found.repeat_keys,
        "share": _percent(Fraction(found.repeats, found.incidents)),
        "generalised": str(half_up(spread.generalised, 3)),
        "tops": [
            {"percent": top.percent, "places": top.places, "count": top.count, "share": _percent(top.share)}
            for top in tops
        ],
    }


def _percent(share: Fraction) -> str:
    return str(half_up(100 * share, 1))


def told_tops(problem: Content) -> dict[str, Content]:
    """Return by role the top tenth, of those roles where it is enough people or places to tell of."""
    roles = ((problem.get("records") or {}).get("repeats") or {}).get("roles", {})
    found = {role: next((t for t in one["tops"] if t["percent"] == TOLD_PERCENT), None) for role, one in roles.items()}
    return {role: top for role, top in found.items() if top}


def repeats_sentence(problem: Content) -> str:
    """Say of victims and locations how many incidents are repeats, with their base, and what the top tenth has."""
    found = (problem.get("records") or {}).get("repeats") or {}
    if not found:
        return ""
    said = [_role_words(role, one, told_tops(problem).get(role)) for role in ROLES if (one := found["roles"].get(role))]
    short = (
        "" if found["is_whole"] else "The list does not reach back 365 days before the year: some repeats are missed."
    )
    return " ".join(part for part in (*said, short) if part)


def _role_words(role: str, one: Content, top: Content | None) -> str:
    who = ROLES[role]
    said = (
        f"Of the {with_thousands(one['incidents'])} incidents with a key of the {role}, "
        f"{with_thousands(one['repeats'])} ({one['share']}%) are repeats: the same {role} within 365 days. "
        f"{with_thousands(one['repeat_keys'])} of {with_thousands(one['keys'])} {who} were met again."
    )
    if top is None:
        return said
    return f"{said} The {with_thousands(top['places'])} {who} with most (a tenth of them) have {top['share']}%."


def repeats_figures(problem: Content) -> dict[str, tuple[str, str, str]]:
    """Return the figures that the sentence quotes: value, what it is, and its kind."""
    roles = ((problem.get("records") or {}).get("repeats") or {}).get("roles", {})
    words = {
        "incidents": "incidents with a key of the {}",
        "repeats": "repeats by {}",
        "repeat_keys": "{} keys met again within 365 days",
        "keys": "{} keys met",
        "share": "share of incidents that are repeats by {}",
    }
    told = {
        f"{role}.{name}": (str(one[name]), text.format(role), "share" if name == "share" else "count")
        for role, one in roles.items()
        for name, text in words.items()
    }
    for role, top in told_tops(problem).items():
        told[f"{role}.top"] = (str(top["places"]), f"a tenth of the {role} keys, those with most", "count")
        told[f"{role}.top_share"] = (top["share"], f"share of the tenth of {role} keys with most", "share")
    return told
