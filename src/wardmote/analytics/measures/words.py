"""Changes in words: a sentence that a board can read out, and the strings that its reports print."""

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final

from wardmote.analytics.measures.interval import Interval
from wardmote.foundations.periods import Period
from wardmote.foundations.rounding import arrowed, half_up, with_thousands

SMALL_BASE: Final = 20


class Verdict(StrEnum):
    """What a change amounts to, given how much the counts vary from month to month."""

    RISE = "clear rise"
    FALL = "clear fall"
    NONE = "no clear change"
    UNKNOWN = "cannot say"


def percent_change(previous: int | Decimal, current: int | Decimal) -> Fraction | None:
    """Return the relative change in per cent, None on a zero base: from nothing there is no percentage."""
    if previous == 0:
        return None
    return (Fraction(current) - Fraction(previous)) * 100 / abs(Fraction(previous))


def point_change(previous: int | Decimal, current: int | Decimal) -> Fraction:
    """Return the gap between two percentages, in percentage points."""
    return Fraction(current) - Fraction(previous)


def printed_change(previous: int | Decimal, current: int | Decimal, *, of_counts: bool) -> str:
    """Print a difference as board reports do: `▼ 7.8%` for counts, `▲ 3.5` (points) for percentages, `n/a` from zero.

    Source: Kent Community Safety Partnership agenda pack, 1 November 2012, Appendix A.
    """
    change = percent_change(previous, current) if of_counts else point_change(previous, current)
    return "n/a" if change is None else arrowed(change, percent=of_counts)


def verdict(found: Interval | None) -> Verdict:
    """Call a change clear when its interval leaves out “no change”."""
    if found is None:
        return Verdict.UNKNOWN
    if found.low > 1:
        return Verdict.RISE
    return Verdict.FALL if found.high is not None and found.high < 1 else Verdict.NONE


def change_sentence(subject: str, counts: tuple[int, int], periods: tuple[Period, Period], found: Verdict) -> str:
    """Say a change: “Burglary fell from 812 (year to September 2024) to 640 (…), down 21%: a clear fall”."""
    previous, current = counts
    earlier, later = (period.words() for period in periods)
    if previous == current:
        return f"{subject} stayed at {with_thousands(current)} ({earlier} and {later}): {_called(found)}"
    moved = f"{'rose' if current > previous else 'fell'} from {with_thousands(previous)} ({earlier})"
    to = f"to {with_thousands(current)} ({later}), {_by_how_much(previous, current)}"
    return f"{subject} {moved} {to}: {_called(found)}"


def found_sentence(subject: str, counts: tuple[int, int], periods: tuple[Period, Period], found: Verdict) -> str:
    """Say a change of what the police find by looking: “Drug offences: more found, 812 (…) against 640 (…), …”."""
    previous, current = counts
    earlier, later = (period.words() for period in periods)
    told = "as many found" if previous == current else "more found" if current > previous else "fewer found"
    gap = "" if previous == current else f", {_by_how_much(previous, current)}"
    against = f"{with_thousands(current)} ({later}) against {with_thousands(previous)} ({earlier})"
    return f"{subject}: {told}, {against}{gap}: {_called(found)}"


def _by_how_much(previous: int, current: int) -> str:
    gap = with_thousands(abs(current - previous))
    percent = percent_change(previous, current)
    if percent is None or previous < SMALL_BASE:
        return f"{gap} {'more' if current > previous else 'fewer'}"
    rounded = abs(half_up(percent))
    return f"{'up' if percent > 0 else 'down'} {'less than 1' if rounded == 0 else f'{rounded:,}'}%"


def _called(found: Verdict) -> str:
    if found is Verdict.UNKNOWN:
        return "too few months are held to say whether it is a clear change"
    return str(found) if found is Verdict.NONE else f"a {found}"
