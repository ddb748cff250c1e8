"""The season of a problem: the calendar months that are clearly high or low, and when to plan for them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from wardmote.analytics.measures.seasons import FEWEST_YEARS, CalendarMonth, seasons
from wardmote.foundations.periods import MONTH_NAMES, Period
from wardmote.foundations.rounding import half_up
from wardmote.foundations.wording import joined

from .series import Series, unbroken

YEAR: Final = 12
MOST_YEARS: Final = 6
# A plan for November is made in September: two months to agree, brief and order things.
LEAD: Final = 2
Content = Mapping[str, Any]


def season_of(history: Series, period: Period) -> dict[str, Any]:
    """Return the calendar months of a problem from whole years up to the period's end; a reason from too little."""
    counts = unbroken(history, period.last)
    years = min(len(counts) // YEAR, MOST_YEARS)
    if years < FEWEST_YEARS:
        return {"reason": f"A season needs {FEWEST_YEARS} whole years that can be compared; {years} are held."}
    kept = counts[-years * YEAR :]
    found = seasons([kept[at : at + YEAR] for at in range(0, len(kept), YEAR)], first=period.first.number)
    if found is None:
        return {"reason": "There are too few incidents to know a season."}
    named = {(period.first + at).number: one for at, one in enumerate(found)}
    high = [number for number, one in sorted(named.items()) if one.clear > 0]
    return {
        "reason": "",
        "years": years,
        "first": str(period.last - (years * YEAR - 1)),
        "months": {f"{number:02}": _month(one) for number, one in sorted(named.items())},
        "plan": [f"{number:02}" for number in _plan(high)],
    }


def _month(one: CalendarMonth) -> dict[str, Any]:
    said = {1: "high", -1: "low", 0: ""}[one.clear]
    return {"count": one.count, "percent": str(half_up(one.percent, 1)), "clear": said}


def _plan(high: list[int]) -> list[int]:
    """Return the months to plan in: two before each run of high months begins, December leading on to January.

    One month between two high ones does not end a run: nobody plans for July while May is at its height.
    """
    starts = [number for number in high if not {(number - back - 1) % YEAR + 1 for back in (1, 2)} & set(high)]
    return sorted((start - 1 - LEAD) % YEAR + 1 for start in starts)


def season_sentences(problem: Content) -> tuple[str, ...]:
    """Say which months are clearly high and when to plan for them, and which are clearly low."""
    found = problem.get("season") or {}
    if not found.get("months"):
        return ()
    high, low = (_named(found, which) for which in ("high", "low"))
    if not high and not low:
        return (f"No month of the year stands out clearly over {found['years']} years.",)
    said = "found" if problem.get("police_generated") else "recorded"
    told = f"Over {found['years']} years, for months of equal length"
    parts = []
    if high:
        parts.append(f"{told}, clearly more are {said} in {joined(high)}: plan in {joined(_months(found['plan']))}.")
    if low:
        parts.append(f"{'C' if high else told + ', c'}learly fewer are {said} in {joined(low)}.")
    return tuple(parts)


def _months(numbers: list[str]) -> list[str]:
    return [MONTH_NAMES[int(number) - 1] for number in numbers]


def _named(found: Content, which: str) -> list[str]:
    """Return the months of one verdict with how far they lie from an average month, each run from where it begins."""
    numbers = [int(number) for number, one in found["months"].items() if one["clear"] == which]
    said = {"high": "more", "low": "fewer"}[which]
    return [
        f"{MONTH_NAMES[number - 1]} ({abs(half_up(Decimal(found['months'][f'{number:02}']['percent'])))}% {said})"
        for number in _in_order(numbers)
    ]


def _in_order(numbers: list[int]) -> list[int]:
    """Return months beginning after the longest stretch without one: November, December, January."""
    if not numbers:
        return []
    gaps = [(number - numbers[at - 1]) % YEAR for at, number in enumerate(numbers)]
    first = gaps.index(max(gaps))
    return [*numbers[first:], *numbers[:first]]


def season_figures(problem: Content) -> dict[str, tuple[Decimal, str, str]]:
    """Return the figures that these sentences quote: by the rest of their key, the value, what it is, and of when."""
    months = (problem.get("season") or {}).get("months", {})
    return {
        f"season.{number}": (
            Decimal(one["percent"]),
            f"{MONTH_NAMES[int(number) - 1]} against an average month of its length",
            MONTH_NAMES[int(number) - 1],
        )
        for number, one in months.items()
    }
