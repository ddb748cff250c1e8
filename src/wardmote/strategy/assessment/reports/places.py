"""The part of the report about the areas of a problem: a table by name, a map, and where a rate misleads."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from statistics import median
from typing import Any

from wardmote.foundations.rounding import with_thousands
from wardmote.foundations.wording import capital
from wardmote.printing.blocks import (
    Block,
    Column,
    FigureRef,
    Inline,
    Inlines,
    Inset,
    Paragraph,
    Picture,
    Table,
    Warning,
)
from wardmote.printing.maps import Area, AreaMap

from .findings.several import place_words, places_note
from .numbers import NOT_AVAILABLE, absent
from .sources import source_words

Content = Mapping[str, Any]
MAP_CLASSES = 5
MOST_AREAS = 20
# A district has fewer wards than this: a map of wards has all of them in its table, one of small areas the highest.
MOST_WARDS = 60
# Judgement of the project: an area with twice the incidents a resident of the middle area has more visitors than homes.
VISITED = 2


def visited_areas(analysis: Content) -> frozenset[str]:
    """Return the areas where many come who do not live there, told by incidents of all kinds for each resident."""
    broadest = max(
        (p for p in analysis["problems"] if p["measured"] and p["places"]),
        key=lambda p: (len(p["categories"]), p["rate"].get("count") or 0, p["slug"]),
        default=None,
    )
    rates = {row["code"]: Decimal(row["rate"]) for row in (broadest or {"places": []})["places"] if row["rate"]}
    middle = median(rates.values()) if rates else Decimal(0)
    return frozenset(code for code, rate in rates.items() if middle and rate >= VISITED * middle)


def visitors_words(names: list[str]) -> str:
    """Return the warning about rates of areas with many visitors."""
    return (
        f"Many people come to {', '.join(names)} who do not live there. A rate divides by residents alone, so there it "
        "says little about the risk of those who live or go there: look at the counts."
    )


def place_blocks(problem: Content, analysis: Content) -> list[Block]:
    """Return a table of the areas, by name: an area is never ranked worst first."""
    places = sorted(problem["places"], key=lambda row: (-(row["count"] or 0), row["name"]))
    if not places:
        return []
    # Small areas are many: the table keeps to those with the most, and says so.
    chosen = places if analysis["place_level"] == "ward" else places[:MOST_AREAS]
    shown = sorted(chosen, key=lambda row: row["name"])
    word = "ward" if analysis["place_level"] == "ward" else "small area (LSOA)"
    columns = (
        Column(capital(word)),
        Column("Incidents", numeric=True),
        Column("Year before", numeric=True),
        Column("Rate per 1,000 residents", numeric=True),
        Column("Change on the year before"),
    )
    rows = tuple(((row["name"],), *_place_cells(problem, row), (place_words(problem, row),)) for row in shown)
    fewer = f"The {len(shown)} with most incidents of {len(places)}, by name." if len(shown) < len(places) else ""
    note = " ".join(part for part in (fewer, places_note(problem), shared_note(shown, "name")) if part)
    table = Table(f"{problem['title']} by {word}, {analysis['period']['words']}", columns, rows, note)
    visited = [row["name"] for row in shown if row["code"] in visited_areas(analysis)]
    return [table, Warning((visitors_words(visited),))] if visited and any(row["rate"] for row in shown) else [table]


def shared_note(rows: Sequence[Content], called: str) -> str:
    """Say which rows rest in part on an estimate, and how much of each; empty where none does."""
    found = [(str(row[called]), row["shared"]) for row in rows if row.get("shared")]
    if not found:
        return ""
    listed = ", ".join(f"{name} {_parts_shared(shared)}".strip() for name, shared in found)
    return (
        f"Rests in part on an estimate: {listed}. There, incidents of small areas (LSOAs) that were divided between "
        "areas are shared in proportion to residents."
    )


def _parts_shared(shared: Content) -> str:
    now, before = shared.get("count"), shared.get("before")
    texts = [now or "", f"{before} in the year before" if before else ""]
    said = ", ".join(text for text in texts if text)
    return f"({said})" if said else ""


def _place_cells(problem: Content, row: Content) -> tuple[Inlines, ...]:
    key = f"{problem['slug']}.place.{row['code']}"
    texts = {
        "count": None if row["count"] is None else with_thousands(row["count"]),
        "before": None if row["before"] is None else with_thousands(row["before"]),
        "rate": None if row["rate"] is None else with_thousands(Decimal(row["rate"]), 1),
    }
    return tuple(
        (FigureRef(text, f"{key}.{what}") if text is not None else _absent(problem, row["code"], what),)
        for what, text in texts.items()
    )


def _absent(problem: Content, code: str, what: str) -> str:
    """A rate is hidden where its count is."""
    return absent(problem, f"place.{code}.{'before' if what == 'before' else 'count'}")


def map_blocks(problem: Content, analysis: Content) -> list[Block]:
    """Return the map of a problem with its table, or why there is none."""
    drawn = analysis["map"]
    if not drawn["areas"]:
        return [Paragraph((drawn["note"],))] if drawn["note"] else []
    uses_rate = any(value["rate"] is not None for value in problem["map"].values())
    what = "rate" if uses_rate else "count"
    values = {code: Decimal(str(v[what])) for code, v in problem["map"].items() if v[what] is not None}
    cuts = class_cuts(sorted(values.values()))
    unit = "Incidents per 1,000 residents" if uses_rate else "Incidents"
    areas = tuple(
        Area(area["code"], area["name"], area["geometry"], _class(values.get(area["code"]), cuts))
        for area in drawn["areas"]
    )
    level = "ward" if drawn["level"] == "ward" else "small area (LSOA)"
    title = f"Where: {problem['title'].lower()} by {level}"
    boundaries = f"Boundaries: {source_words(analysis, 'boundaries')} {_attribution(analysis)}"
    picture = Picture(
        title=title,
        subtitle=f"{unit}, {analysis['period']['words']}",
        chart=AreaMap(areas, class_words(cuts), unit),
        description=f"A map of {len(areas)} areas by {unit.lower()}, darker is higher. The table has the values.",
        source=f"{source_words(analysis, 'police-uk')} {boundaries}",
        table=_map_table(title, unit, areas, values, shared=_shared_of_map(problem, analysis)),
    )
    return [picture, *([Inset((drawn["note"],))] if drawn["note"] else [])]


def _attribution(analysis: Content) -> str:
    found = [source["attribution"] for source in analysis["sources"] if source["kind"] == "boundaries"]
    return found[0] if found else ""


def _shared_of_map(problem: Content, analysis: Content) -> str:
    """A map of small areas shows each whole: only one of the table's own areas has shares."""
    same = analysis["map"]["level"] == analysis["place_level"]
    rows = [{**row, "shared": {"count": row["shared"]["count"]}} for row in problem["places"] if _is_shared(row)]
    return shared_note(sorted(rows, key=lambda row: str(row["name"])), "name") if same else ""


def _is_shared(row: Content) -> bool:
    return "count" in row.get("shared", {})


def _map_table(title: str, unit: str, areas: tuple[Area, ...], values: Mapping[str, Decimal], *, shared: str) -> Table:
    highest = sorted(areas, key=lambda area: (-values.get(area.code, Decimal(-1)), area.name))
    kept = areas if len(areas) <= MOST_WARDS else highest[:MOST_AREAS]
    ordered = sorted(kept, key=lambda area: area.name or area.code)
    rows = tuple(((area.name or area.code,), (_value(values.get(area.code)),)) for area in ordered)
    fewer = f"The {len(ordered)} highest of {len(areas)}, by name." if len(ordered) < len(areas) else ""
    note = " ".join(part for part in (fewer, shared) if part)
    return Table(title, (Column("Area"), Column(unit, numeric=True)), rows, note)


def _value(value: Decimal | None) -> Inline:
    return NOT_AVAILABLE if value is None else with_thousands(value, 1)


def class_cuts(ordered: list[Decimal]) -> tuple[Decimal, ...]:
    """Return the lower ends of the second to the last class: fifths of the areas, equal ends joined."""
    if not ordered:
        return ()
    ends = [ordered[len(ordered) * place // MAP_CLASSES] for place in range(1, MAP_CLASSES)]
    rounded = dict.fromkeys(round(end, 1) for end in ends)
    return tuple(end for end in rounded if end > ordered[0])


def class_words(cuts: tuple[Decimal, ...]) -> tuple[str, ...]:
    """Return the words of the legend, one for each class."""
    if not cuts:
        return ("All areas",)
    middle = [f"{low} to under {high}" for low, high in pairwise(cuts)]
    return (f"under {cuts[0]}", *middle, f"{cuts[-1]} or more")


def _class(value: Decimal | None, cuts: tuple[Decimal, ...]) -> int | None:
    return None if value is None else sum(value >= cut for cut in cuts)
