"""Where a number of an analysis comes from: its measure, parameters and releases, and the rows behind it.

The key of a figure says what it is: `burglary.count`, `burglary.month.2024-01`, `burglary.place.E05000001.rate`.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from wardmote.analytics.measures.figures import Query
from wardmote.analytics.measures.partner import COLUMNS as GIVEN
from wardmote.analytics.measures.partner import figures_given
from wardmote.analytics.measures.rows import COLUMNS, rows_behind, safe_cell
from wardmote.analytics.warehouse.manifest import HeldRelease
from wardmote.foundations.periods import Month, Period
from wardmote.foundations.rounding import signed_percentage, with_thousands
from wardmote.strategy.assessment.rules.sentences import Kind
from wardmote.strategy.evidence.queries import gather_evidence, warehouse

from . import finding_figures
from .findings.forces import rows_behind_force
from .road_figures import road_figure, rows_behind_road

ROWS_LIMIT = 50_000
PARTNER_COLUMNS = ("dataset", "release", *GIVEN)
MEASURE_OF = {
    "count": "counts",
    "before": "counts",
    "rate": "rates",
    "share": "shares",
    "change": "change",
} | dict.fromkeys(("published", "published_before", "published_change"), "partner")
# The page of the methods that says how a measure is worked out.
METHOD_PAGES = {
    **{name: name for name in ("counts", "rates", "shares", "change")},
    "partner": "two-sources",
    **finding_figures.METHOD_PAGES,
    "casualties": "road-casualties",
}
UNITS = {
    "count": "incidents",
    "before": "incidents",
    "rate": "per 1,000 residents",
    "share": "per cent",
    "change": "per cent",
    "published": "incidents",
    "published_before": "incidents",
    "published_change": "per cent",
}
TITLES = {
    "count": "incidents",
    "before": "incidents in the year before",
    "rate": "rate",
    "share": "share of everything recorded",
    "published": "the partner's own count",
    "published_before": "the partner's own count of the year before",
    "published_change": "change of the partner's own count",
}
GROUPS = {
    "count": "Incidents by problem",
    "before": "Incidents by problem in the year before",
    "rate": "Rates by problem",
    "share": "Shares by problem",
    "change": "Changes by problem",
    "published": "Partners' own counts",
    "published_before": "Partners' own counts of the year before",
    "published_change": "Changes of partners' own counts",
}

Content = Mapping[str, Any]


def figure_named(analysis: Content | None, key: str) -> dict[str, Any] | None:
    """Return what is known of a figure by its key, or None where the analysis has no such figure."""
    slug, _, rest = key.partition(".")
    if slug == "road" and analysis is not None:
        return road_figure(analysis, key)
    problem = next((p for p in (analysis or {}).get("problems", []) if p["slug"] == slug), None)
    if analysis is not None and problem is not None and problem.get("given") and MEASURE_OF.get(rest) == "partner":
        return _partner(analysis, {**problem, "two_sources": problem["given"]}, key, rest)
    if analysis is None or problem is None or not problem["measured"]:
        return None
    parts = rest.split(".")
    if parts[0] == "month" and len(parts) == 2 and parts[1] in problem["months"]:
        return _month(analysis, problem, key, parts[1])
    if parts[0] == "place" and len(parts) == 3:
        return _place(analysis, problem, key, code=parts[1], what=parts[2])
    if MEASURE_OF.get(rest) == "partner":
        return _partner(analysis, problem, key, rest) if problem.get("two_sources") else None
    return _headline(analysis, problem, key, rest) if rest in MEASURE_OF else _finding(analysis, problem, key)


def has_page(analysis: Content, key: str) -> bool:
    """Whether a figure that the evidence quotes has a page; cheaper than to ask for all that stands on it."""
    return key.split(".")[1] in finding_figures.FINDINGS or figure_named(analysis, key) is not None


def _finding(analysis: Content, problem: Content, key: str) -> dict[str, Any] | None:
    """Return a figure that a finding's sentence quotes: what is its own, over what all figures of the problem share."""
    own = finding_figures.finding_figure(analysis, problem, key) if key.count(".") else None
    if own is None:
        return None
    found = _figure(analysis, problem, key, what="count", period=_period(analysis, "count"))
    at_risk = (problem.get("at_risk") or {}).get("dataset", "")
    lists = [release for _, release in (problem.get("records") or {}).get("releases", ())]
    releases = [
        [s["dataset"], s["release"]]
        for s in analysis["sources"]
        if s["kind"] in own["kinds"]
        and (s["kind"] != "denominators" or s["dataset"] == at_risk)
        and (s["kind"] != "incident-records" or s["release"] in lists)
        and (s["kind"] != "police-uk" or s["dataset"] in (analysis["dataset"], *own["where"].get("dataset", ())))
    ]
    beside = own["where"].get("district", [])
    datasets = [*found["where"]["dataset"], *own["where"].get("dataset", [])]
    where = {**found["where"], "district": [*found["where"]["district"], *beside], "dataset": datasets}
    lived_in = "population" in own["kinds"] and problem["rate"].get("population")
    population = _residents(problem, problem["rate"]) if lived_in else ""
    return found | own | {"releases": releases, "where": where, "population": population}


def _month(analysis: Content, problem: Content, key: str, month: str) -> dict[str, Any]:
    period = Period(Month.parse(month), Month.parse(month))
    found = _figure(analysis, problem, key, what="count", period=period)
    group = f"Incidents by problem and month, {analysis['months'][0]} to {analysis['months'][-1]}"
    title = f"{problem['title']}, {period.words()}"
    found |= {"value": _text(problem["months"][month]), "title": title, "group": group}
    return found | {"facts": _usual_facts(problem.get("usual") or {}, month)}


def _usual_facts(usual: Content, month: str) -> list[tuple[str, str]]:
    """Return where a month usually lies, and what that is read from."""
    one = usual.get("months", {}).get(month)
    if one is None:
        return []
    ends = f"{with_thousands(one['low'])} to {with_thousands(one['high'])}"
    earlier = f"the same month of {usual['years']} earlier years"
    before = earlier if usual["years"] else f"the {usual['earlier_months']} months before"
    where = usual["outside"].get(month, "within")
    return [("Usual range", f"{ends}, by {before}"), ("This month", f"{where} its usual range")]


def _place(analysis: Content, problem: Content, key: str, *, code: str, what: str) -> dict[str, Any] | None:
    row = next((row for row in problem["places"] if row["code"] == code), None)
    if row is None or what not in ("count", "before", "rate"):
        return None
    found = _figure(analysis, problem, key, what=what, period=_period(analysis, what))
    found |= {"value": _text(row[what]), "area": f"{row['name']} ({code})", "population": _residents(problem, row)}
    found["title"] = f"{problem['title']} in {row['name']}: {TITLES[what]}"
    found["group"] = f"{found['group']}, by {analysis['place_level']}"
    found["where"] = {**found["where"], analysis["place_level"]: [code]}
    return found | _estimate(analysis, row, what)


def _estimate(analysis: Content, row: Content, what: str) -> dict[str, Any]:
    """Return what a figure says of the part of it that is estimated; nothing where none is."""
    shared = row.get("shared", {}).get("before" if what == "before" else "count")
    if shared is None:
        return {}
    # Who lives where decides how much of a divided area counts here.
    return {"releases": _cited(analysis, "rate"), "facts": [("Rests on an estimate", shared_words(shared))]}


def shared_words(percent: str) -> str:
    """Say what part of a count is estimated, and how; without a percentage that a part is."""
    part = f"{percent} of the incidents are" if percent else "some of the incidents are"
    return f"{part} shares of small areas (LSOAs) that were divided between areas, in proportion to residents"


def _headline(analysis: Content, problem: Content, key: str, what: str) -> dict[str, Any]:
    found = _figure(analysis, problem, key, what=what, period=_period(analysis, what))
    source, name = {
        "count": ("rate", "count"),
        "before": ("change", "previous"),
        "rate": ("rate", "rate"),
        "share": ("share", "share"),
        "change": ("change", "percent"),
    }[what]
    found["value"] = _text(problem[source].get(name))
    if what == "rate":
        found["population"] = _residents(problem, problem["rate"])
    if what in ("count", "rate"):
        found |= _estimate(analysis, problem["rate"], what)
    if what == "share":
        found["facts"] = [
            ("Incidents", _text(problem["share"].get("count"))),
            ("Of", _text(problem["share"].get("total"))),
        ]
    if what == "change":
        # The rows behind a change are those of both years.
        found |= {"first": analysis["before"]["first"], **_interval(analysis, problem["change"])}
    return found


def _partner(analysis: Content, problem: Content, key: str, what: str) -> dict[str, Any]:
    """Return a figure that a partner gave: its own releases, areas and measure in place of the open data's."""
    given = problem["two_sources"]
    found = _figure(analysis, problem, key, what="before" if what == "published_before" else "count",
                    period=_period(analysis, "before" if what == "published_before" else "count"))  # fmt: skip
    name = {"published": "count", "published_before": "before", "published_change": "percent"}[what]
    own = {
        "title": f"{problem['title']}: {TITLES[what]}",
        "group": f"{GROUPS[what]}, {found['period']}",
        "unit": UNITS[what],
        "measure": "partner",
        "value": _text(given[name]),
        "categories": [given["measure"]],
        "area": ", ".join(given["areas"]),
        "where": {"dataset": [given["dataset"]], "measure": [given["measure"]], "area": list(given["areas"])},
        "lookup": "",
        "releases": [list(pair) for pair in given["releases"]],
        "facts": [("Given by", given["supplier"]), ("In words", given["words"])],
    }
    first = analysis["before"]["first"] if what == "published_change" else found["first"]
    return found | own | {"first": first}


def _interval(analysis: Content, change: Content) -> dict[str, Any]:
    """Return what stands behind a change: both counts, the interval, and the noise that widened it."""
    facts = [
        ("Compared with", analysis["before"]["words"]),
        ("Incidents before and now", f"{_text(change.get('previous'))} and {_text(change.get('current'))}"),
    ]
    if change.get("low") is not None and change.get("high") is not None:
        ends = [signed_percentage(Decimal(change[end])) for end in ("low", "high")]
        facts.append(("95% interval", f"{ends[0]} to {ends[1]}"))
    if change.get("phi") is not None:
        facts.append(("Dispersion of the monthly counts", with_thousands(Decimal(change["phi"]), 2)))
    facts.append(("In words", _text(change.get("words"))))
    return {"facts": facts, "value": _text(change.get("percent") or change.get("difference"))} | (
        {"unit": "incidents"} if change.get("percent") is None else {}
    )


def printed_value(figure: Content) -> str:
    """Return a figure's value as pages print it, with its unit."""
    if figure["value"] == "":
        return "n/a"
    value, kind = Decimal(figure["value"]), figure.get("kind", "")
    if figure["unit"] == "per cent":
        is_signed = kind == Kind.CHANGE if kind else figure["measure"] in ("change", "partner", "casualties")
        return signed_percentage(value) if is_signed else f"{with_thousands(value, 1)}%"
    is_rate = kind == Kind.RATE if kind else figure["measure"] == "rates"
    return f"{with_thousands(value, 1 if is_rate else 0)} {figure['unit']}".rstrip()


def _figure(analysis: Content, problem: Content, key: str, *, what: str, period: Period) -> dict[str, Any]:
    return {
        "key": key,
        "title": f"{problem['title']}: {TITLES.get(what, what)}",
        "group": f"{GROUPS[what]}, {period.words()}",
        "unit": UNITS[what],
        "measure": MEASURE_OF[what],
        "problem": problem["slug"],
        "categories": problem["categories"],
        "definition_version": problem["definition_version"],
        "period": period.words(),
        "first": str(period.first),
        "last": str(period.last),
        "area": ", ".join(f"{name} ({code})" for code, name in analysis["districts"]),
        "where": {"district": [code for code, _ in analysis["districts"]], "dataset": [analysis["dataset"]]},
        "population": "",
        "lookup": analysis["lookup"],
        "releases": _cited(analysis, what),
        "code_version": analysis["code_version"],
        "notes": list(analysis["notes"]),
    }


def _cited(analysis: Content, what: str) -> list[list[str]]:
    """Return the releases of a figure of our own area; another force's are read for a comparison alone."""
    return [
        [one["dataset"], one["release"]]
        for one in analysis["sources"]
        if one["kind"] in _kinds(what) and (one["kind"] != "police-uk" or one["dataset"] == analysis["dataset"])
    ]


def _kinds(what: str) -> tuple[str, ...]:
    return ("police-uk", "lookup", "population") if what == "rate" else ("police-uk", "lookup")


def _period(analysis: Content, what: str) -> Period:
    chosen = analysis["before" if what == "before" else "period"]
    return Period(Month.parse(chosen["first"]), Month.parse(chosen["last"]))


def _residents(problem: Content, row: Content) -> str:
    year = problem["rate"].get("population_year")
    return f"{int(row['population']):,} residents, mid-{year}" if row.get("population") else ""


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def has_rows(figure: Content) -> bool:
    """Whether the rows behind a figure are given to who may see it; those of a list of incidents are to nobody."""
    return figure["measure"] not in finding_figures.OF_LISTS


def rows_of_figure(analysis: Content, figure: Content) -> Iterator[str]:
    """Return the rows behind a figure as lines of CSV, from the very releases that the analysis cites."""
    if figure["measure"] == "partner":
        return _partner_lines(figure)
    if figure["measure"] == "casualties":
        return _lines(rows_behind_road(analysis, figure))
    if "group_of_offences" in figure:
        return _lines(rows_behind_force(figure))
    held = [_held(source, analysis) for source in analysis["sources"]]
    evidence = gather_evidence(is_sample=analysis["is_sample"], held=held, lookup=analysis["lookup"].partition(" (")[0])
    period = Period(Month.parse(figure["first"]), Month.parse(figure["last"]))
    where = {name: tuple(values) for name, values in figure["where"].items()}
    query = Query(where={**where, "category": tuple(figure["categories"])}, period=period)
    return _csv_lines(rows_behind(evidence, query, ROWS_LIMIT))


def _partner_lines(figure: Content) -> Iterator[str]:
    """Return what the partner gave, row by row, a later release after an earlier one."""
    writer, con = csv.writer(_Line(), lineterminator="\r\n"), warehouse().connect()
    period = Period(Month.parse(figure["first"]), Month.parse(figure["last"]))
    yield writer.writerow(PARTNER_COLUMNS)
    try:
        for dataset, release in figure["releases"]:
            rows = figures_given(con, warehouse().table(con, release), figure["where"], period=period)
            for row in rows:
                yield writer.writerow([safe_cell(text) for text in (dataset, release, *row)])
    finally:
        con.disconnect()


def _lines(rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    writer = csv.writer(_Line(), lineterminator="\r\n")
    for row in rows:
        yield writer.writerow([safe_cell(value) for value in row])


def _csv_lines(rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    writer = csv.writer(_Line(), lineterminator="\r\n")
    yield writer.writerow(COLUMNS)
    for row in rows:
        yield writer.writerow([safe_cell(value) for value in row])


class _Line:
    """Hands each line that csv writes straight to whoever asked for it."""

    def write(self, text: str) -> str:
        return text


def _held(source: Content, analysis: Content) -> HeldRelease:
    return HeldRelease(
        release=source["release"],
        dataset=source["dataset"],
        kind=source["kind"],
        months=tuple(source["months"]),
        editions=source["editions"],
        is_sample=analysis["is_sample"],
    )
