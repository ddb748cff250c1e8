"""The usual range of each month of a year, and what process control says of it, as plain values and in words."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final

from wardmote.analytics.measures.control import Run, Signal, lasting_moves, limits, signals
from wardmote.analytics.measures.usual import Standing, UsualYear, usual_year
from wardmote.foundations.periods import Month, Period
from wardmote.foundations.rounding import half_up, with_thousands

from .series import Series

# Limits rest on a year of months at the least, so that each season is in them.
FEWEST_MONTHS: Final = 12
MOVE_WORDS: Final = {
    Signal.TREND: {True: "rose month after month", False: "fell month after month"},
    Signal.SHIFT: {True: "all lie above the earlier average", False: "all lie below the earlier average"},
}
Content = Mapping[str, Any]


def usual_of(history: Series, period: Period) -> dict[str, Any]:
    """Return the usual ranges of a year's months, those outside them, and the signals; nothing from too little."""
    found = usual_year(history, period.last)
    if found is None:
        return {}
    return {
        "years": found.years,
        "earlier_months": found.earlier_months,
        "months": {str(month): _range(found, month) for month in sorted(found.months)},
        "outside": _outside(found, history),
        "control": _control(history, period),
    }


def _range(found: UsualYear, month: Month) -> dict[str, Any]:
    one = found.months[month]
    return {"expected": str(half_up(one.expected, 1)), "low": one.low, "high": one.high}


def _outside(found: UsualYear, history: Series) -> dict[str, str]:
    """Return the months that lie outside their range, with “above” or “below”."""
    standings = {
        month: one.standing(count)
        for month, one in sorted(found.months.items())
        if (count := history.get(month)) is not None
    }
    ends = {Standing.ABOVE: "above", Standing.BELOW: "below"}
    return {str(month): ends[standing] for month, standing in standings.items() if standing in ends}


def _control(history: Series, period: Period) -> dict[str, Any]:
    """Return average, limits and signals of the year's months, the limits being those of the months before it."""
    earlier = [history.get(month) for month in sorted(history) if month < period.first]
    around = limits(earlier)
    if around is None or around.points < FEWEST_MONTHS:
        return {}
    counts = [history.get(month) for month in period.months]
    marked = zip(period.months, signals(counts, around), strict=True)
    return {
        "mean": str(half_up(Fraction(around.mean), 1)),
        "lower": str(half_up(Fraction(around.lower), 1)),
        "upper": str(half_up(Fraction(around.upper), 1)),
        "points": around.points,
        "signals": {
            str(month): {"signal": str(one.signal), "above": one.above} for month, one in marked if one is not None
        },
        "moves": [_move(run, period) for run in lasting_moves(counts, around)],
    }


def _move(run: Run, period: Period) -> dict[str, Any]:
    first, last = (str(period.months[at]) for at in (run.first, run.last))
    return {"signal": str(run.signal), "above": run.above, "first": first, "last": last}


def usual_sentences(problem: Content) -> tuple[str, ...]:
    """Say which months lay outside their usual range, and which lasting move is seen; nothing without a range."""
    found = problem.get("usual") or {}
    return (_outside_words(problem, found), *_lasting(found)) if found else ()


def _outside_words(problem: Content, found: Content) -> str:
    said = [_end_words(problem, found, end) for end in ("above", "below") if end in found["outside"].values()]
    return " ".join(said) or "Every month of the year lies within its usual range."


def _end_words(problem: Content, found: Content, end: str) -> str:
    months = [month for month, which in sorted(found["outside"].items()) if which == end]
    named = [_month_words(problem, found, month) for month in months]
    together = named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"
    return f"{together} {'was' if len(named) == 1 else 'were'} {end} the usual range."


def _month_words(problem: Content, found: Content, month: str) -> str:
    one, count = found["months"][month], problem["months"][month]
    usually = f"{with_thousands(one['low'])} to {with_thousands(one['high'])}"
    return f"{Month.parse(month).words()} ({with_thousands(count)}; usually {usually})"


def _lasting(found: Content) -> list[str]:
    """Say where seven months or more in a row tell of a lasting move, which a single month cannot."""
    return [
        f"The months from {Month.parse(one['first']).words()} to {Month.parse(one['last']).words()} "
        f"{MOVE_WORDS[Signal(one['signal'])][one['above']]}: a sign of a lasting move."
        for one in found["control"].get("moves", ())
    ]
