"""Where a number of a finding comes from: a forecast, harm, a hotspot, a comparison and what else a sentence quotes.

Every figure of a problem's evidence is known by its key, so that each number of its sentences leads to a page.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from wardmote.foundations.periods import Month, Period
from wardmote.foundations.rounding import with_thousands
from wardmote.strategy.assessment.rules.sentences import Figure, Kind

from .findings.at_risk import at_risk_unit
from .findings.records import covered_words
from .profile_evidence import EvidenceItem, evidence_items

Content = Mapping[str, Any]
COUNTED: Final = ("police-uk", "lookup")
LISTED: Final = ("incident-records",)
LIVED_IN: Final = (*COUNTED, "population")
UNITS: Final = {
    Kind.COUNT: "",
    Kind.SHARE: "per cent",
    Kind.CHANGE: "per cent",
    Kind.DIFFERENCE: "incidents",
    Kind.RATE: "per 1,000 residents",
}


@dataclass(frozen=True)
class Source:
    """What stands behind the figures of one finding: its measure, the kinds of release, and the months it reads.

    `first` returns the first month that was read; `unit` is that of its counts.
    """

    measure: str
    kinds: tuple[str, ...]
    first: Callable[[Content, Content], str]
    unit: str = "incidents"
    facts: Callable[[Content, Content], list[tuple[str, str]]] = lambda problem, analysis: []
    last: Callable[[Content, Content], str] = lambda problem, analysis: str(analysis["period"]["last"])
    # What takes the place of the partnership's area and categories, where a figure is of something else.
    own: Callable[[Content], dict[str, Any]] = lambda problem: {}


def _year(problem: Content, analysis: Content) -> str:
    return str(analysis["period"]["first"])


def _both_years(problem: Content, analysis: Content) -> str:
    return str(analysis["before"]["first"])


def _all_months(problem: Content, analysis: Content) -> str:
    months = [month for one in analysis["sources"] if one["kind"] == "police-uk" for month in one["months"]]
    return min(months, default=str(analysis["before"]["first"]))


def _history(problem: Content, analysis: Content) -> str:
    return str(Month.parse(analysis["period"]["last"]) - (problem["forecast"]["history"] - 1))


def _of_forecast(problem: Content, analysis: Content) -> list[tuple[str, str]]:
    found = problem["forecast"]
    errors = f"{with_thousands(found['errors'])} errors of earlier forecasts"
    return [("Method", found["method"]), ("Read from", f"{found['history']} months"), ("Intervals from", errors)]


def _of_harm(problem: Content, analysis: Content) -> list[tuple[str, str]]:
    about = analysis["harm"]
    mix = f"{about['mix']}, {about['mix_period']}; range by the mix of other {about['spread']}"
    return [("Weights", about["weights"]), ("Mix of offences", mix)]


def _of_at_risk(problem: Content, analysis: Content) -> list[tuple[str, str]]:
    found = problem["at_risk"]
    return [("Divided by", f"{with_thousands(found['value'])} {found['words']} of {found['year']}")]


def _of_records(problem: Content, analysis: Content) -> list[tuple[str, str]]:
    return [
        ("Read from", covered_words(problem["records"], analysis["period"])),
        ("Rows", "Never shown: a list of incidents belongs to the partnership, and no row of it is given to anyone"),
    ]


def _of_force(problem: Content) -> dict[str, Any]:
    found = problem["force"]
    area = f"police force area of {found['force']}, among {found['number']}"
    return {"area": area, "categories": [found["title"]], "group_of_offences": found["group"], "lookup": ""}


FINDINGS: Final[Mapping[str, Source]] = {
    "usual": Source("usual range", COUNTED, _all_months),
    "season": Source("season", COUNTED, _all_months),
    "forecast": Source("forecast", COUNTED, _history, facts=_of_forecast),
    "harm": Source("harm", (*COUNTED, "harm-weights", "offence-counts"), _year, "harm days", _of_harm),
    "hotspots": Source("hotspots", (*COUNTED, "boundaries"), _all_months, ""),
    "hex_hotspots": Source("hotspots of hexagons", (*COUNTED, "boundaries"), _year, ""),
    "rate_hotspots": Source("hotspots of rates", (*LIVED_IN, "boundaries"), _year, ""),
    "concentration": Source("concentration", COUNTED, _year, ""),
    "comparison": Source("comparison", LIVED_IN, _both_years, ""),
    "hours": Source("hours and weekdays", LISTED, _year, facts=_of_records),
    "repeats": Source("repeats", LISTED, _year, "", facts=_of_records),
    "near": Source("near repeats", LISTED, _year, "", facts=_of_records),
    "force": Source(
        "police force areas",
        ("force-tables",),
        lambda problem, _: str(problem["force"]["period"]["first"]),
        "",
        last=lambda problem, _: str(problem["force"]["period"]["last"]),
        own=_of_force,
    ),
    "where": Source("counts", COUNTED, _year, ""),
    "share": Source("shares", COUNTED, _year),
    "at_risk": Source("rates by what is at risk", (*COUNTED, "denominators"), _year, "", facts=_of_at_risk),
    "population": Source("rates", LIVED_IN, _year, "residents"),
    "difference": Source("change", COUNTED, _both_years),
    "change": Source("change", COUNTED, _both_years),
}
# What a list of single incidents tells, whose rows nobody is given.
OF_LISTS: Final = frozenset({"hours and weekdays", "repeats", "near repeats"})
METHOD_PAGES: Final = {
    "usual range": "usual-range",
    "forecast": "forecasts",
    "hotspots of rates": "rate-hotspots",
    "hotspots of hexagons": "hex-hotspots",
    "rates by what is at risk": "rates",
    "hours and weekdays": "times",
    "near repeats": "near-repeats",
    "repeats": "repeats",
    "police force areas": "forces",
    **{name: name for name in ("season", "harm", "hotspots", "concentration", "comparison")},
}


def finding_figure(analysis: Content, problem: Content, key: str) -> dict[str, Any] | None:
    """Return what is particular to a figure of a finding, or None where the analysis has no such figure."""
    source = FINDINGS.get(key.split(".")[1])
    if source is None:
        return None
    items = evidence_items(problem, analysis)
    found = next(((item, one) for item in items for one in item.figures if one.key == key), None)
    return None if found is None else _described(analysis, problem, source, *found)


def _described(
    analysis: Content, problem: Content, source: Source, item: EvidenceItem, figure: Figure
) -> dict[str, Any]:
    first = Month.parse(source.first(problem, analysis))
    period = Period(first, Month.parse(source.last(problem, analysis)))
    of = f", {figure.of}" if figure.of and figure.of not in figure.name else ""
    return {
        "key": figure.key,
        "title": f"{problem['title']}: {figure.name}{of}",
        "group": f"{source.measure.capitalize()}: figures of findings, {period.words()}",
        "kind": str(figure.kind),
        "unit": _unit(problem, source, figure),
        "measure": source.measure,
        "value": str(figure.value),
        "period": period.words(),
        "first": str(period.first),
        "last": str(period.last),
        "kinds": _kinds(problem, source),
        "facts": [("In words", item.proposed), *source.facts(problem, analysis)],
        "where": _compared(problem) if source.measure == "comparison" else {},
        **source.own(problem),
    }


def _kinds(problem: Content, source: Source) -> tuple[str, ...]:
    """Return the kinds of release; hotspots of rates by what is at risk rest on that in place of residents."""
    own = source.measure == "hotspots of rates" and problem["rate_hotspots"].get("divided_by")
    return tuple("denominators" if own and kind == "population" else kind for kind in source.kinds)


def _unit(problem: Content, source: Source, figure: Figure) -> str:
    if figure.kind is Kind.COUNT:
        return source.unit
    if source.facts is _of_records and figure.kind is Kind.RATE:
        return ""
    return at_risk_unit(problem) if source.facts is _of_at_risk else UNITS[figure.kind]


def _compared(problem: Content) -> dict[str, list[str]]:
    """Return the districts beside our own whose rows stand behind a comparison, and other forces' data sets."""
    found = problem.get("comparison") or {}
    districts = [area["code"] for area in found.get("areas", ()) if not area["is_own"]]
    return {"district": districts, "dataset": list(found.get("datasets", ()))}
