"""The hours and weekdays of a problem, from a list of incidents: which stand out from what chance would give."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from wardmote.analytics.measures.aoristic import DAYS, HOURS, Stretch, parts, times
from wardmote.analytics.measures.clear_times import chance_bounds
from wardmote.analytics.measures.incident_records import IncidentRecord
from wardmote.foundations.british_time import in_britain
from wardmote.foundations.rounding import half_up, with_thousands
from wardmote.foundations.wording import joined

Content = Mapping[str, Any]
Slots = Sequence[Mapping[str, str]]
# Of fewer incidents every hour lies within what chance gives.
FEWEST_INCIDENTS: Final = 50
# A day, of 25 hours where the clocks go back.
DAY: Final = timedelta(hours=25)
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SLOTS: Final = {"hours": "from", "weekdays": "on"}
SAID: Final = {1: "high", -1: "low", 0: ""}


def clock(moment: datetime) -> datetime:
    """Return what the clock in Britain showed at a moment of UTC that bears no mark."""
    return in_britain(moment.replace(tzinfo=UTC))


def hours_of(records: Sequence[IncidentRecord]) -> dict[str, Any]:
    """Return incidents by hour and weekday with what is clear of chance; a reason from too few known times."""
    stretches = [one.when for one in records if one.when.length <= DAY]
    if len(stretches) < FEWEST_INCIDENTS:
        reason = f"fewer than {FEWEST_INCIDENTS} incidents have a time that is known to within a day"
        return {"reason": reason}
    found = times(stretches, clock=clock)
    by_hour, by_weekday = _shares(stretches)
    hours, weekdays = _slots(found.by_hour(), by_hour), _slots(found.by_weekday(), by_weekday)
    return {
        "reason": "",
        "clear": {which: _clear(hours, weekdays, which) for which in ("high", "low")},
        "within_day": len(stretches),
        "to_hour": found.known,
        "share": _percent(Fraction(len(stretches), len(records))),
        "hours": hours,
        "weekdays": weekdays,
    }


def _clear(hours: Slots, weekdays: Slots, which: str) -> dict[str, str]:
    """Return the hours and weekdays that are clearly high or low, in words, and their share of the incidents."""
    days = [WEEKDAYS[at] for at, one in enumerate(weekdays) if one["clear"] == which]
    return {
        "hours": joined(hour_runs(hours, which)),
        "hours_share": _clear_share(hours, which),
        "weekdays": joined(days),
        "weekdays_share": _clear_share(weekdays, which),
    }


def _shares(stretches: Sequence[Stretch]) -> tuple[list[list[float]], list[list[float]]]:
    """Return each incident's part of each hour, and of each weekday."""
    hours, weekdays = [], []
    for one in stretches:
        hour, weekday = [Fraction(0)] * HOURS, [Fraction(0)] * DAYS
        for moment, part in parts(one):
            shown = clock(moment)
            hour[shown.hour] += part
            weekday[shown.weekday()] += part
        hours.append([float(part) for part in hour])
        weekdays.append([float(part) for part in weekday])
    return hours, weekdays


def _slots(counts: Sequence[Fraction], shares: Sequence[Sequence[float]]) -> list[dict[str, str]]:
    bounds, total = chance_bounds(shares), sum(counts)
    return [
        {
            "count": str(half_up(count, 1)),
            "percent": _percent(count / total),
            "clear": SAID[bounds.clear(round(float(count), 6))],
        }
        for count in counts
    ]


def _percent(share: Fraction) -> str:
    return str(half_up(100 * share, 1))


def hour_words(hour: int) -> str:
    """Return an hour of the clock as it is written: midnight, 9am, noon, 5pm."""
    named = {0: "midnight", 12: "noon"}
    return named.get(hour % HOURS) or f"{hour % 12 or 12}{'am' if hour % HOURS < 12 else 'pm'}"


def hour_runs(slots: Slots, which: str) -> list[str]:
    """Return the stretches of hours that are clearly high or low: 6pm to 11pm."""
    hours = [at for at, one in enumerate(slots) if one["clear"] == which]
    starts = [hour for hour in hours if (hour - 1) % HOURS not in hours]
    runs = []
    for start in starts:
        length = next(length for length in range(1, HOURS + 1) if (start + length) % HOURS not in hours)
        runs.append(f"{hour_words(start)} to {hour_words(start + length)}")
    return runs


def _clear_share(slots: Slots, which: str) -> str:
    """Return what part of the incidents the clear slots have, in per cent; empty where none is."""
    clear = [Decimal(one["percent"]) for one in slots if one["clear"] == which]
    return str(sum(clear)) if clear else ""


def hours_sentence(problem: Content) -> str:
    """Say how many times are known, and which hours and weekdays clearly have more, or fewer, than chance gives."""
    found = (problem.get("records") or {}).get("hours") or {}
    if not found:
        return ""
    if found["reason"]:
        return f"Hours: nothing can be said, for {found['reason']}."
    known = (
        f"Of the {with_thousands(problem['records']['count'])} incidents on the list the time of "
        f"{with_thousands(found['within_day'])} ({found['share']}%) is known to within a day."
    )
    return " ".join(one for one in (known, _clear_words(found, "high"), _clear_words(found, "low")) if one)


def _clear_words(found: Content, which: str) -> str:
    clear = found["clear"][which]
    told = [f"{word} {clear[slots]} ({clear[f'{slots}_share']}%)" for slots, word in _SLOTS.items() if clear[slots]]
    if not told:
        return "No hour and no weekday has clearly more than chance would give." if which == "high" else ""
    said = {"high": "Clearly more than chance would give happen", "low": "Clearly fewer happen"}[which]
    return f"{said} {' and '.join(told)}."


def hours_figures(problem: Content) -> dict[str, tuple[str, str, str]]:
    """Return the figures that the sentence quotes: value, what it is, and its kind."""
    found = (problem.get("records") or {}).get("hours") or {}
    if not found or found["reason"]:
        return {}
    shares = {
        f"{slots}.{which}": (
            found["clear"][which][f"{slots}_share"],
            f"share of the {slots} with clearly {words}",
            "share",
        )
        for slots in ("hours", "weekdays")
        for which, words in (("high", "more"), ("low", "fewer"))
    }
    return {
        "list": (str(problem["records"]["count"]), "incidents on the list", "count"),
        "within_day": (str(found["within_day"]), "incidents whose time is known to within a day", "count"),
        "share": (found["share"], "share whose time is known to within a day", "share"),
        **{name: one for name, one in shares.items() if one[0]},
    }
