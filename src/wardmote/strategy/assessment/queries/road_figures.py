"""Where a number of road safety comes from, and the casualties behind it: `road.ksi.count`, `road.killed.change`."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from wardmote.analytics.measures.casualty_counts import CASUALTY_COLUMNS, RoadArea, casualties_behind, placed
from wardmote.analytics.warehouse.manifest import HeldRelease
from wardmote.foundations.periods import Month, Period
from wardmote.strategy.evidence.queries import gather_evidence, warehouse

from .findings.road import road_area

Content = Mapping[str, Any]
MEASURE: Final = "casualties"
KIND: Final = "road-casualties"
WHAT: Final = {
    "count": "casualties",
    "before": "casualties in the year before",
    "change": "change on the year before",
}


def road_figure(analysis: Content, key: str) -> dict[str, Any] | None:
    """Return what is known of a number of road safety by its key; None where the analysis has no such number."""
    road = analysis.get("road") or {}
    _, _, rest = key.partition(".")
    slug, _, what = rest.partition(".")
    row = next((row for row in road.get("rows", ()) if row["slug"] == slug), None)
    if row is None or what not in WHAT:
        return None
    chosen = road["before" if what == "before" else "period"]
    is_percent = what == "change" and row["percent"] is not None
    value = (row["percent"] if is_percent else row["difference"]) if what == "change" else row[what]
    return {
        "key": key,
        "title": f"{row['title']}: {WHAT[what]}",
        "group": f"Road casualties: {WHAT[what]}, {chosen['words']}",
        "unit": "per cent" if is_percent else "casualties",
        "measure": MEASURE,
        "problem": "road-casualties",
        "value": "" if value is None else str(value),
        "categories": [row["title"]],
        "definition_version": road["definition_version"],
        "period": chosen["words"],
        "first": road["before"]["first"] if what == "change" else chosen["first"],
        "last": chosen["last"],
        "area": ", ".join(f"{name} ({code})" for code, name in analysis["districts"]),
        "where": {"district": [code for code, _ in analysis["districts"]], "dataset": [road["dataset"]]},
        "population": "",
        "lookup": analysis["lookup"],
        "releases": [list(pair) for pair in road["releases"]],
        "code_version": analysis["code_version"],
        "notes": [],
        "facts": _facts(road, row, what),
        "kept": {"severities": row["severities"], "road_user": row["road_user"], "children": row["children"]},
    }


def _facts(road: Content, row: Content, what: str) -> list[tuple[str, str]]:
    months = road["provisional_before" if what == "before" else "provisional_in_period"]
    facts = [("Provisional months", str(months))] if months else []
    return [*facts, ("In words", row["words"])] if what == "change" else facts


def rows_behind_road(analysis: Content, figure: Content) -> Iterator[tuple[str, ...]]:
    """Return the casualties behind a number, the heading first, from the very releases that the analysis cites."""
    held = [
        HeldRelease(
            one["release"], one["dataset"], one["kind"], tuple(one["months"]), one["editions"], analysis["is_sample"]
        )
        for one in analysis["sources"]
    ]
    evidence = gather_evidence(is_sample=analysis["is_sample"], held=held, lookup=analysis["lookup"].partition(" (")[0])
    try:
        area: RoadArea = road_area(evidence, [(code, name) for code, name in analysis["districts"]])
        releases = [one for one in held if one.kind == KIND]
        tables = [(warehouse().table(evidence.con, one.release), one.months) for one in releases]
        period = Period(Month.parse(figure["first"]), Month.parse(figure["last"]))
        yield CASUALTY_COLUMNS
        yield from casualties_behind(evidence.con, placed(tables, area), period, figure["kept"])
    finally:
        evidence.con.disconnect()
