"""Where incidents lie together more closely than by chance for those who live there, beside the hotspots of counts.

Standard rates allow for how few residents a rate rests on; the map of the last year is corrected as one.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from wardmote.analytics.measures.gi_star import Standing, gi_star
from wardmote.analytics.measures.standard_rates import standard_rates
from wardmote.foundations.rounding import with_thousands
from wardmote.strategy.assessment.queries.frame import Frame

from .hotspots import MOST_NAMED, SmallAreas, area_names
from .road_places import residents_by

Content = Mapping[str, Any]
# Of fewer incidents most areas have none, and their rates say how many live there and nothing else.
FEWEST_INCIDENTS: Final = 20


def add_rate_hotspots(
    problems: Sequence[dict[str, Any]], small: SmallAreas | None, frame: Frame, frames: Mapping[str, Frame]
) -> None:
    """Put the hotspots of rates of the last year beside each problem that has hotspots of counts.

    `frames` asks by what is at risk of a problem. Rates are by that where every area has a number of it, else by
    residents.
    """
    found = [problem for problem in problems if problem.get("hotspots")]
    if small is None or not found:
        return
    people = residents_by(frame, small.level)
    for problem in found:
        own = frames.get(problem["slug"])
        by_own = rate_hotspots_of(problem, small, residents_by(own, small.level)) if own else {}
        if own and by_own.get("named") is not None:
            problem["rate_hotspots"] = {**by_own, "divided_by": own.evidence.divided_by}
        else:
            problem["rate_hotspots"] = rate_hotspots_of(problem, small, people)


def rate_hotspots_of(problem: Content, small: SmallAreas, people: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return the hotspots and coldspots of rates, and what the map of counts says of each area that either names.

    `people` has `population` and `population_year` by area. Empty from few incidents; where an area has no residents
    on record the answer is how many such areas there are, for the map is tested as a whole.
    """
    codes = [area["code"] for area in small.areas]
    counts = [small.years[-1][1][problem["slug"]].get(code, 0) for code in codes]
    lived = [people.get(code, {}).get("population") for code in codes]
    if sum(counts) < FEWEST_INCIDENTS or not any(lived):
        return {}
    if not all(lived):
        return {"lacking": sum(not number for number in lived)}
    standings = gi_star(standard_rates(counts, [int(number) for number in lived if number]), small.neighbours).standings
    by_count = problem["hotspots"]["years"][-1]
    hot = [code for code, one in zip(codes, standings, strict=True) if one is Standing.HOT]
    cold = [code for code, one in zip(codes, standings, strict=True) if one is Standing.COLD]
    named = sorted({*hot, *cold, *by_count["hot"], *by_count["cold"]})
    at = {code: place for place, code in enumerate(codes)}
    return {
        "hot": hot,
        "cold": cold,
        "years": sorted({people[code]["population_year"] for code in codes}),
        "named": {code: {"count": counts[at[code]], "residents": lived[at[code]]} for code in named},
    }


def rate_hotspot_numbers(problem: Content) -> dict[str, tuple[int, str]]:
    """Return the numbers of the sentence by name, each with what it is; nothing without a finding."""
    found = problem.get("rate_hotspots") or {}
    if "lacking" in found:
        return {"lacking": (found["lacking"], "areas without residents on record")}
    if not found:
        return {}
    by_count = set(problem["hotspots"]["years"][-1]["hot"])
    return {
        "hot": (len(found["hot"]), f"hotspots by {divided_by_words(found)}"),
        "both": (len(by_count & set(found["hot"])), "hotspots of rates that are hotspots of incidents too"),
        "count_alone": (len(by_count - set(found["hot"])), "hotspots of incidents that are none of rates"),
    }


def rate_hotspot_sentence(problem: Content, analysis: Content) -> str:
    """Say which areas are hotspots when incidents are divided by residents, and where these differ from the counts."""
    found = problem.get("rate_hotspots") or {}
    numbers = {name: number for name, (number, _) in rate_hotspot_numbers(problem).items()}
    if not found:
        return ""
    if "lacking" in found:
        lack = "area has" if found["lacking"] == 1 else "areas have"
        return f"No hotspots by residents: {with_thousands(found['lacking'])} {lack} none on record."
    said = (_hot_words(found, analysis, f"{divided_by_words(found)} of {years_words(found)}"), _differ_words(numbers))
    return " ".join(part for part in said if part)


def divided_by_words(found: Content) -> str:
    """Return what the rates are divided by."""
    return str(found.get("divided_by") or "residents")


def years_words(found: Content) -> str:
    """Return the years of it: residents are those of the middle of a year."""
    before = "" if found.get("divided_by") else "mid-"
    return " and ".join(f"{before}{year}" for year in found["years"])


def _hot_words(found: Content, analysis: Content, years: str) -> str:
    hot = found["hot"]
    if not hot:
        return f"Divided by the {years}, none is a hotspot."
    are = f"Divided by the {years}, {with_thousands(len(hot))} {'is a hotspot' if len(hot) == 1 else 'are hotspots'}"
    if len(hot) > MOST_NAMED:
        return f"{are}."
    names = area_names(analysis)
    named = sorted(names[code] for code in hot)
    return f"{are}: {' and '.join(part for part in (', '.join(named[:-1]), named[-1]) if part)}."


def _differ_words(numbers: Mapping[str, int]) -> str:
    alone, are = numbers["count_alone"], "hotspots of incidents are none"
    if alone == 1:
        are = "hotspot of incidents is none"
    gone = f"{with_thousands(alone)} {are} of rates." if alone else ""
    return " ".join(part for part in (_both_words(numbers["hot"], numbers["both"]), gone) if part)


def _both_words(hot: int, both: int) -> str:
    """Say how many of the hotspots by residents are hotspots of incidents too."""
    if not hot:
        return ""
    if not both:
        return "It is no hotspot of incidents." if hot == 1 else "None of them is a hotspot of incidents."
    if both == hot:
        return f"{'It is a hotspot' if hot == 1 else 'All of them are hotspots'} of incidents too."
    return f"{with_thousands(both)} of them {'is a hotspot' if both == 1 else 'are hotspots'} of incidents too."
