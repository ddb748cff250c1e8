"""The usual range in a report: the band and the marks of the chart, and what they are."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from wardmote.printing.chart_kinds import Band, Mark

Content = Mapping[str, Any]
USUAL: Final = "Usual range"
# With a 95% range one month in twenty lies outside by chance: of twelve, about one every two years.
BY_CHANCE: Final = "By chance alone about one month in twenty lies outside."


def usual(problem: Content) -> Content:
    """Return what is known of the usual range; an analysis made before it was worked out has none."""
    return problem.get("usual") or {}


def band_of(problem: Content, months: Sequence[str]) -> Band | None:
    """Return the usual range as a band of the chart."""
    ranges = usual(problem).get("months", {})
    if not ranges:
        return None
    known = [ranges.get(month) for month in months]
    return Band(USUAL, tuple(one and one["low"] for one in known), tuple(one and one["high"] for one in known))


def marks_of(problem: Content, months: Sequence[str]) -> tuple[Mark, ...]:
    """Return the months outside their usual range as marks of the chart."""
    outside = usual(problem).get("outside", {})
    return tuple(Mark(at, outside[month] == "above") for at, month in enumerate(months) if month in outside)


def usual_words(problem: Content) -> str:
    """Say what the band is made of; empty where there is none."""
    found = usual(problem)
    if not found:
        return ""
    if found["years"]:
        return (
            f"The shaded band is the usual range: where a month would lie, 19 times in 20, if the year were like the "
            f"{found['years']} years before it. {BY_CHANCE}"
        )
    return (
        f"The shaded band is the usual range by the {found['earlier_months']} months before. These are too few to know "
        f"which months are always high or low. {BY_CHANCE}"
    )
