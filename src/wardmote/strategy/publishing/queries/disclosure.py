"""The analysis as it may be published: small counts hidden, unless their publisher has opened them already.

Everything public is printed from what this returns: page, PDF, Word, Excel, data file, ward sheets, CSV, figure pages.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from wardmote.analytics.disclosure import CountTable, Limits, Protected, Sum, protect
from wardmote.definitions import SmallCountRule, small_counts
from wardmote.foundations.rounding import half_up
from wardmote.strategy.assessment.queries.figures import has_rows
from wardmote.strategy.assessment.queries.findings import place_verdicts

from .records import WITHHELD, with_records

Content = Mapping[str, Any]
# They place, draw and weigh; no count of incidents comes from them. Figures of whole forces stand as published.
PLACING = (
    "lookup",
    "population",
    "denominators",
    "boundaries",
    "harm-weights",
    "severity-weights",
    "offence-counts",
    "force-tables",
    "deprivation",
)
RATE_PLACES = 6
# What is worked out from counts that are not part of the table that protects them.
UNPROTECTED = (
    "two_sources",
    "usual",
    "season",
    "several",
    "forecast",
    "comparison",
    "hotspots",
    "rate_hotspots",
    "hex_hotspots",
    "density",
    "at_risk",
    "concentration",
    "harm",
    "cost",
    "records",
)
# What partners gave is protected on its own.
GIVEN = ("figures", "incident-records")
ROAD = "road-casualties"
ROAD_NOT_OPEN = "their publisher has not opened them row by row, and counts of people hurt are small"


def public_analysis(analysis: Content) -> dict[str, Any]:
    """Return an analysis with every count that may not be shown taken out, and what is said about it."""
    rule = small_counts()
    analysis = _with_road(analysis, rule)
    sources = _counting(analysis)
    in_full = rule.why_in_full((source["kind"], source["licence"]) for source in sources)
    if in_full:
        in_full = (*in_full, *_why_road_in_full(analysis, rule))
        problems = [with_records(_with_pair(problem, rule), rule) for problem in analysis["problems"]]
        return {**analysis, "disclosure": _said(rule, "shown in full", in_full), "problems": problems}
    protected = {**analysis, "disclosure": _said(rule, "small counts hidden", (rule.protected_words,))}
    return {**protected, "problems": _protected_problems(analysis, rule)}


def _counting(analysis: Content) -> list[Content]:
    """Return the sources that the counts by place and month come from.

    Partners' figures and road casualties stand apart from those counts, and are protected on their own.
    """
    return [source for source in analysis["sources"] if source["kind"] not in (*PLACING, *GIVEN, ROAD)]


def _with_road(analysis: Content, rule: SmallCountRule) -> Content:
    """Leave out the figures of road safety where their publisher has not opened every row."""
    road = analysis.get("road") or {}
    if road.get("missing", "none") or _road_is_open(analysis, rule):
        return analysis
    return {**analysis, "road": {"missing": ROAD_NOT_OPEN}}


def _why_road_in_full(analysis: Content, rule: SmallCountRule) -> tuple[str, ...]:
    given = [(source["kind"], source["licence"]) for source in analysis["sources"] if source["kind"] == ROAD]
    return rule.why_in_full(given) or ()


def _road_is_open(analysis: Content, rule: SmallCountRule) -> bool:
    given = [source for source in analysis["sources"] if source["kind"] == ROAD]
    return bool(given) and all(rule.opened_by(source["kind"], source["licence"]) for source in given)


def _with_pair(problem: Content, rule: SmallCountRule) -> dict[str, Any]:
    """Leave out a partner's figures, which nobody opened, where they are small or the theme is sensitive.

    Of a problem that has no other figure it is said that they are held.
    """
    name = "two_sources" if problem.get("two_sources") else "given"
    given = problem.get(name)
    if not given:
        return dict(problem)
    is_sensitive = rule.is_sensitive(problem["slug"]) or problem["sensitive"]
    counts = [count for count in (given["count"], given["before"]) if count is not None]
    if not is_sensitive and all(count >= rule.threshold for count in counts):
        return dict(problem)
    kept = {what: value for what, value in problem.items() if what != name}
    return kept | ({"given_hidden": given["supplier"]} if name == "given" else {})


def _said(rule: SmallCountRule, state: str, words: tuple[str, ...]) -> dict[str, Any]:
    return {"state": state, "words": list(words), "rule_version": rule.version}


def rows_are_open(analysis: Content, figure: Content | None = None) -> bool:
    """Whether the rows behind the counts of an analysis, or behind one figure, may be given to anyone.

    They may where every licence is open; what a partner gave never is, nor is a list of incidents.
    """
    if figure is not None and (figure["measure"] == "partner" or not has_rows(figure)):
        return False
    rule = small_counts()
    if figure is not None and figure["measure"] == "casualties":
        return _road_is_open(analysis, rule)
    sources = _counting(analysis)
    return bool(sources) and all(rule.opened_by(source["kind"], source["licence"]) for source in sources)


@dataclass
class _Draft:
    """The linked table of every count of an analysis, while it is put together."""

    counts: dict[str, int] = field(default_factory=dict)
    sums: list[Sum] = field(default_factory=list)
    unpublished: set[str] = field(default_factory=set)

    def add_sum(self, total: str, parts: Iterable[str]) -> None:
        """Tie parts to a total that is shown beside them; what they leave over becomes a part that is not shown."""
        parts = tuple(parts)
        if total not in self.counts or not parts or not all(part in self.counts for part in parts):
            return
        rest = self.counts[total] - sum(self.counts[part] for part in parts)
        if rest < 0:
            return
        if rest:
            name = f"{total} not in its {len(self.sums)} parts"
            self.counts[name] = rest
            self.unpublished.add(name)
            parts += (name,)
        self.sums.append(Sum(total, parts))

    def table(self) -> CountTable:
        """Return the table, whole."""
        return CountTable(self.counts, tuple(self.sums), frozenset(self.unpublished))


def _protected_problems(analysis: Content, rule: SmallCountRule) -> list[dict[str, Any]]:
    measured = [problem for problem in analysis["problems"] if problem["measured"]]
    draft = _Draft()
    for problem in measured:
        draft.counts.update(_cells(problem))
    for problem in measured:
        _tie(draft, problem, analysis)
    for problem in measured:
        _tie_parts(draft, problem, measured)
    # Counts that are tied together by sums are protected by one rule, the strictest that any of them needs.
    strict = any(rule.is_sensitive(problem["slug"]) or problem["sensitive"] for problem in measured)
    limits = (
        Limits(rule.sensitive_threshold, rule.sensitive_rounding, zeros_hidden=True)
        if strict
        else Limits(rule.threshold, rule.rounding)
    )
    found = protect(draft.table(), limits)
    return [
        _shown(problem, found, limits) if problem["measured"] else _with_pair(problem, rule)
        for problem in analysis["problems"]
    ]


def _cells(problem: Content) -> Iterator[tuple[str, int]]:
    """Every count of a problem with its name: the year, the year before, months, places now and before."""
    slug = problem["slug"]
    named = [
        (f"{slug}.count", problem["rate"].get("count")),
        (f"{slug}.before", problem["change"].get("previous")),
        *((f"{slug}.month.{month}", count) for month, count in problem["months"].items()),
        *((f"{slug}.place.{row['code']}.count", row["count"]) for row in problem["places"]),
        *((f"{slug}.place.{row['code']}.before", row["before"]) for row in problem["places"]),
    ]
    yield from ((name, int(count)) for name, count in named if count is not None)


def _tie(draft: _Draft, problem: Content, analysis: Content) -> None:
    """Months and places add up to their year, as far as they are held."""
    slug = problem["slug"]
    for what, span in (("count", "period"), ("before", "before")):
        first, last = analysis[span]["first"], analysis[span]["last"]
        months = [month for month in problem["months"] if first <= month <= last]
        draft.add_sum(f"{slug}.{what}", [f"{slug}.month.{month}" for month in months])
        draft.add_sum(f"{slug}.{what}", [f"{slug}.place.{row['code']}.{what}" for row in problem["places"]])


def _tie_parts(draft: _Draft, problem: Content, measured: list[Content]) -> None:
    """A broad problem is the sum of narrower ones and of what they leave over, in every year, month and place."""
    parts = _parts(problem, measured)
    prefix = f"{problem['slug']}."
    for total in [name for name in draft.counts if name.startswith(prefix) and name not in draft.unpublished]:
        draft.add_sum(total, [part["slug"] + total.removeprefix(problem["slug"]) for part in parts])


def _parts(problem: Content, measured: list[Content]) -> list[Content]:
    """Problems whose categories all belong to this one, broadest first, without overlap."""
    left, parts = set(problem["categories"]), []
    narrower = [one for one in measured if set(one["categories"]) < set(problem["categories"])]
    for one in sorted(narrower, key=lambda one: (-len(one["categories"]), one["slug"])):
        if set(one["categories"]) <= left:
            parts.append(one)
            left -= set(one["categories"])
    return parts


def _shown(problem: Content, found: Protected, limits: Limits) -> dict[str, Any]:
    """Return a problem with its counts as they may be shown, and without what could be worked out from others."""
    slug = problem["slug"]
    shown = {name: count for name, count in found.shown.items() if name.startswith(f"{slug}.")}
    rounded = limits.base > 1
    count = shown.get(f"{slug}.count")
    hidden = sorted(name for name, value in shown.items() if value is None)
    places = [_place(row, slug, shown) for row in problem["places"]]
    keeps_change = not rounded and count is not None and shown.get(f"{slug}.before") is not None
    keeps_noise = not any(name.startswith(f"{slug}.month.") for name in hidden)
    kept = {
        "months": {month: shown.get(f"{slug}.month.{month}") for month in problem["months"]},
        "rate": _rate(problem["rate"], count),
        "share": dict(problem["share"]) if count is not None and not rounded else {},
        "change": _change(problem["change"], keeps_noise=keeps_noise) if keeps_change else {"verdict": "hidden"},
        "places": places,
        # Another geography than that of the places would cut hidden counts out of shown ones.
        "map": {
            row["code"]: {"count": row["count"], "rate": row["rate"]} for row in places if row["code"] in problem["map"]
        },
    }
    derived = [f"{slug}.{what}" for what in ("rate", "share") if count is None]
    change = [] if keeps_change else [f"{slug}.change"]
    # A second total of the same thing would tell nearly what is hidden here, and so would what earlier months make
    # of each other.
    bare = {name: value for name, value in problem.items() if name not in UNPROTECTED}
    # Said again of the counts that are shown.
    several = {"several": {"places": place_verdicts({**bare, **kept})}} if keeps_change else {}
    records = {"records": WITHHELD} if problem.get("records") else {}
    return {**bare, **kept, **several, **records, "hidden": sorted([*hidden, *derived, *change])}


def _change(change: Content, *, keeps_noise: bool) -> dict[str, Any]:
    """A change between two shown counts; how much the months vary is told only where they are shown."""
    kept = dict(change) | {"warning": "", "whole_force": ""}
    return kept if keeps_noise else kept | {"phi": None, "low": None, "high": None}


def _place(row: Content, slug: str, shown: Mapping[str, int | None]) -> dict[str, Any]:
    count = shown.get(f"{slug}.place.{row['code']}.count")
    before = shown.get(f"{slug}.place.{row['code']}.before")
    return {**_rate({**row, "before": before}, count), "before": before}


def _rate(row: Content, count: int | None) -> dict[str, Any]:
    """A rate from the count as shown, and none where that is hidden."""
    people = row.get("population")
    rate = None
    if count is not None and people and row.get("rate") is not None:
        rate = str(half_up(Decimal(count) * 1000 / Decimal(str(people)), RATE_PLACES))
    bare = {name: value for name, value in row.items() if name != "shared"}
    return {**bare, "count": count, "rate": rate, **_shared(row, {"count": count, "before": row.get("before")})}


def _shared(row: Content, shown: Mapping[str, int | None]) -> dict[str, Any]:
    """Say only that a count that is shown is in part a share: how much would tell of areas smaller than it."""
    kept = {what: "" for what in row.get("shared", {}) if shown[what] is not None}
    return {"shared": kept} if kept else {}
