"""What to expect in the twelve months after the year examined, by problem and ward, as plain values and in words."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from wardmote.analytics.measures.figures import FiguresRefused
from wardmote.analytics.measures.forecasts import FEWEST_MONTHS, Expected, Forecasts, Outlook, Score, forecast
from wardmote.foundations.periods import Month, Period
from wardmote.foundations.rounding import half_up, with_thousands
from wardmote.strategy.assessment.queries.frame import Frame

from .series import Series, unbroken

YEAR: Final = 12
MOST_MONTHS: Final = 72
Content = Mapping[str, Any]


def forecasts_of(histories: Mapping[str, Series], period: Period) -> dict[str, dict[str, Any]]:
    """Return the forecast of each problem; the method is chosen, and its errors are ranked, over all of them."""
    series = {slug: unbroken(history, period.last)[-MOST_MONTHS:] for slug, history in histories.items()}
    made, earlier = forecast(series), forecast({slug: counts[:-YEAR] for slug, counts in series.items()})
    return {slug: _problem(slug, counts, made, earlier, last=period.last) for slug, counts in series.items()}


def _problem(
    slug: str, counts: Sequence[int], made: Forecasts | None, earlier: Forecasts | None, *, last: Month
) -> dict[str, Any]:
    if made is None or slug not in made.outlooks:
        return {"reason": _reason(counts, last)}
    return {
        **_outlook(made.outlooks[slug], last + 1),
        "reason": "",
        "method": str(made.method),
        "origins": made.origins,
        "errors": made.errors,
        "history": len(counts),
        "scores": [_score(one) for one in made.scores],
        "last_year": _last_year(earlier, slug, counts, last),
    }


def _reason(counts: Sequence[int], last: Month) -> str:
    if len(counts) >= FEWEST_MONTHS and not any(counts):
        return "There is no forecast, since there were none."
    if len(counts) >= FEWEST_MONTHS:
        return (
            f"There is no forecast: from {len(counts)} months of one problem there are too few earlier ones to judge "
            "it by."
        )
    if not counts:
        return f"There is no forecast, since no count is held for {last.words()}."
    first = last - (len(counts) - 1)
    return (
        f"There is no forecast: it needs {FEWEST_MONTHS} months without a gap and counted alike, and there are "
        f"{len(counts)}, from {first.words()}."
    )


def _outlook(found: Outlook, first: Month) -> dict[str, Any]:
    return {
        "months": {str(first + at): _expected(one) for at, one in enumerate(found.months)},
        "year": _expected(found.year),
    }


def _expected(one: Expected) -> dict[str, Any]:
    return {
        "expected": int(half_up(one.point)),
        "low80": one.low80,
        "high80": one.high80,
        "low95": one.low95,
        "high95": one.high95,
    }


def _score(one: Score) -> dict[str, str]:
    wmape, interval = Fraction(one.wmape) * 100, Fraction(one.interval_score)
    return {"method": str(one.method), "wmape": str(half_up(wmape, 1)), "interval_score": str(half_up(interval, 2))}


def _last_year(earlier: Forecasts | None, slug: str, counts: Sequence[int], last: Month) -> dict[str, Any]:
    """Return the forecast as it would have been made a year before, beside what happened; nothing from too little."""
    if earlier is None or slug not in earlier.outlooks:
        return {}
    found, happened = earlier.outlooks[slug], counts[-YEAR:]
    missed = sum((abs(one.point - count) for one, count in zip(found.months, happened, strict=True)), Fraction(0))
    held = {
        str(level): sum(one.holds(count, level) for one, count in zip(found.months, happened, strict=True))
        for level in (80, 95)
    }
    return {
        **_outlook(found, last - (YEAR - 1)),
        "method": str(earlier.method),
        "count": sum(happened),
        "held": held,
        "error": str(half_up(100 * missed / sum(happened), 1)) if sum(happened) else None,
    }


def ward_forecasts(frame: Frame, histories: Mapping[str, Series]) -> dict[str, list[dict[str, Any]]]:
    """Return by problem what is expected of each ward in the year; nothing where wards are not known.

    The wards of a problem share its season; the method is chosen, and errors are ranked, over the wards of a problem.
    """
    if "ward" in frame.where:
        return {}
    try:
        told = frame.ask("counts", "problem", "ward", "month", period=frame.history).records()
    except FiguresRefused:
        return {}
    counted: dict[str, dict[tuple[str, str], dict[Month, int | None]]] = {}
    for record in told:
        ward = str(record["ward"]), str(record["ward_name"] or record["ward"])
        months = counted.setdefault(str(record["problem"]), {}).setdefault(ward, {})
        months[Month.parse(str(record["month"]))] = None if record["count"] is None else int(record["count"])
    return {
        slug: _wards(wards, histories[slug], frame.period.last) for slug, wards in counted.items() if slug in histories
    }


def _wards(wards: Mapping[tuple[str, str], Series], comparable: Series, last: Month) -> list[dict[str, Any]]:
    """Carry the wards of one problem on, as far back as the problem's own counts can be compared."""
    names = dict(wards.keys())
    series = {
        code: unbroken({month: count for month, count in counts.items() if month in comparable}, last)[-MOST_MONTHS:]
        for (code, _), counts in wards.items()
    }
    shortest = min(map(len, series.values()), default=0)
    found = forecast(
        {code: counts[len(counts) - shortest :] for code, counts in series.items()}, pooled=dict.fromkeys(series, "")
    )
    if found is None:
        return []
    made = ({"code": code, "name": names[code], **_expected(one.year)} for code, one in found.outlooks.items())
    return sorted(made, key=lambda row: (row["name"], row["code"]))


def forecast_sentences(problem: Content) -> tuple[str, ...]:
    """Say what is expected of the coming year, and how the forecast of a year ago would have done."""
    found = problem.get("forecast") or {}
    if not found.get("months"):
        return ()
    span = Period(*(Month.parse(month) for month in (min(found["months"]), max(found["months"]))))
    said = "incidents are expected to be found" if problem.get("police_generated") else "incidents are expected"
    told = (
        f"In the {span.words()} about {with_thousands(found['year']['expected'])} {said} if what has been goes on "
        f"(80% interval {_range(found['year'])})."
    )
    return (told, *_looking_back(problem, found["last_year"]))


def _range(year: Content) -> str:
    return f"{with_thousands(year['low80'])} to {with_thousands(year['high80'])}"


def _looking_back(problem: Content, last: Content) -> list[str]:
    if not last:
        return []
    year, count = last["year"], last["count"]
    is_in = year["low80"] <= count <= year["high80"]
    said = "found" if problem.get("police_generated") else "recorded"
    return [
        f"A year earlier the same would have given {with_thousands(year['expected'])} for the year that has passed "
        f"(80% interval {_range(year)}); {with_thousands(count)} were {said}, "
        f"{'inside' if is_in else 'outside'} that interval."
    ]


def forecast_figures(problem: Content) -> dict[str, tuple[Decimal, str]]:
    """Return the figures that these sentences quote: by the rest of their key, the value and what it is."""
    found = problem.get("forecast") or {}
    if not found.get("months"):
        return {}
    names = {
        "expected": "expected in the coming year",
        "low80": "lower end of the 80% interval of the coming year",
        "high80": "upper end of the 80% interval of the coming year",
    }
    said = {f"forecast.{what}": (Decimal(found["year"][what]), name) for what, name in names.items()}
    last = found["last_year"]
    if not last:
        return said
    back = {
        f"forecast.last.{what}": (Decimal(last["year"][what]), name.replace("the coming year", "last year, a year ago"))
        for what, name in names.items()
    }
    return said | back | {"forecast.last.count": (Decimal(last["count"]), "recorded in the year that was forecast")}
