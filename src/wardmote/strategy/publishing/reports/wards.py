"""Each ward on one page, in plain sentences, from the analysis as it may be published and the decisions.

A ward is compared with itself a year before, never with other wards.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from wardmote.analytics.measures.interval import Dispersion, interval
from wardmote.analytics.measures.words import Verdict, verdict
from wardmote.definitions import release_kind, small_counts
from wardmote.foundations.rounding import with_thousands
from wardmote.printing.blocks import (
    Block,
    Bullets,
    Column,
    FigureRef,
    Heading,
    Inline,
    Inlines,
    Link,
    Paragraph,
    Report,
    Strong,
    Table,
    Warning,
    figure_refs,
)
from wardmote.printing.dates import words
from wardmote.strategy.assessment.reports import Material, source_of
from wardmote.strategy.assessment.reports.places import shared_note, visited_areas, visitors_words
from wardmote.strategy.assessment.rules import Outcome

Content = Mapping[str, Any]
# Two years of twelve months: (2 - 1) x (12 - 1), see docs/methods/change.md.
DEGREES: Final = 11
POLICE: Final = "https://www.police.uk/pu/contact-us/"
HELP: Final[tuple[Inlines, ...]] = (
    (Strong("Emergency: 999."), " When somebody is in danger or a crime is happening."),
    (Strong("Police, not an emergency: 101,"), " or ", Link("report online at police.uk", POLICE), "."),
    (Strong("Victim Support: 0808 16 89 111."), " Free, at any time, whether or not you have told the police."),
    (Strong("Crimestoppers: 0800 555 111."), " To say what you know without giving your name."),
    ("Noise, rubbish and other nuisance: your council.",),
)


def priorities_of(material: Material) -> list[dict[str, str]]:
    """Return the priorities with one sentence each, as the first page shows them."""
    known = {problem["slug"]: problem for problem in material.analysis["problems"]}
    chosen = [slug for slug, view in material.decisions.items() if view.outcome is Outcome.PRIORITY and slug in known]
    rows = [{"slug": slug, "title": known[slug]["title"], "words": _district_words(known[slug])} for slug in chosen]
    return sorted(rows, key=lambda row: row["title"])


def _district_words(problem: Content) -> str:
    if not problem["measured"]:
        return str(problem["not_measured"])
    said = str(problem["change"].get("words") or "")
    return f"{said}." if said else "There is no comparison with the year before."


def ward_reports(material: Material) -> Iterator[tuple[str, str, Report]]:
    """Return code, name and report of each ward; none where figures are not known by ward."""
    analysis = material.analysis
    if analysis["place_level"] != "ward":
        return
    rows = (row for problem in analysis["problems"] for row in problem["places"])
    names = {row["code"]: row["name"] for row in rows}
    for code, name in sorted(names.items(), key=lambda item: item[1]):
        blocks = tuple(_blocks(material, code, name))
        keys = dict.fromkeys(ref.key for ref in figure_refs(blocks))
        yield (
            code,
            name,
            Report(
                title=name,
                caption="Community safety in your ward",
                partnership=analysis["partnership"],
                status="issued",
                as_at=date.fromisoformat(analysis["as_at"]),
                blocks=blocks,
                figures=tuple(source_of(analysis, key) for key in keys),
                is_sample=analysis["is_sample"],
            ),
        )


def _blocks(material: Material, code: str, name: str) -> list[Block]:
    analysis = material.analysis
    measured = [problem for problem in analysis["problems"] if problem["measured"]]
    blocks: list[Block] = [Paragraph((_dates(analysis),)), Heading("This year's priorities", 2, "priorities")]
    blocks += _priorities(material, code)
    blocks += [Heading(f"What was recorded in {name}", 2, "recorded"), _table(measured, code, name, analysis)]
    if code in visited_areas(analysis):
        blocks.append(Warning((visitors_words([name]),)))
    return [*blocks, Heading("How to get help or report", 2, "help"), Bullets(HELP), *_sources(analysis)]


def _dates(analysis: Content) -> str:
    day = date.fromisoformat(analysis["as_at"])
    next_month = words(day.replace(year=day.year + 1, day=1)).removeprefix("1 ")
    return (
        f"As at {words(day)}. Figures are for the {analysis['period']['words']}, compared with the "
        f"{analysis['before']['words']}. The next assessment is expected by {next_month}."
    )


def _priorities(material: Material, code: str) -> list[Block]:
    known = {problem["slug"]: problem for problem in material.analysis["problems"]}
    rows: list[Inlines] = []
    for one in priorities_of(material):
        problem = known[one["slug"]]
        rows.append((Strong(f"{problem['title']}: "), *_sentence(problem, code)))
    return [Bullets(tuple(rows))] if rows else [Paragraph(("No priorities have been decided.",))]


def _sentence(problem: Content, code: str) -> Inlines:
    """One plain sentence about a priority in a ward."""
    row = _row(problem, code)
    if not problem["measured"] or row is None:
        return (str(problem["not_measured"]) or "no figure is known for this ward.",)
    now, before = _number(problem, row, "count"), _number(problem, row, "before")
    unit = "found by the police" if problem.get("police_generated") else "incidents"
    return (now, f" {unit}, against ", before, f" the year before: {meaning_of(problem, row)}.")


def _row(problem: Content, code: str) -> Content | None:
    return next((row for row in problem["places"] if row["code"] == code), None)


def _number(problem: Content, row: Content, what: str) -> Inline:
    key = f"{problem['slug']}.place.{row['code']}.{what}"
    if row[what] is None:
        return small_counts().hidden if key in problem.get("hidden", ()) else "n/a"
    return FigureRef(with_thousands(row[what]), key)


def spread_of(problem: Content) -> Dispersion | None:
    """Return how much the district's months of a problem vary, None where that is not told."""
    phi = problem["change"].get("phi")
    return None if phi is None else Dispersion(max(1.0, float(phi)), DEGREES)


def meaning_of(problem: Content, row: Content) -> str:
    """Return what a change of a ward amounts to in words, given the district's noise and the number of wards."""
    previous, current = row["before"], row["count"]
    if previous is None or current is None:
        return "no comparison"
    if previous == current == 0:
        return "none in either year"
    called = verdict(interval(previous, current, spread_of(problem) or Dispersion(1.0, DEGREES)))
    found = bool(problem.get("police_generated"))
    among = (problem.get("several") or {}).get("places", {}).get(row.get("code"))
    if among is not None and called in (Verdict.RISE, Verdict.FALL) and among != called:
        return f"perhaps {'more' if called is Verdict.RISE else 'fewer'} {'found' if found else 'than last year'}"
    return {
        Verdict.RISE: "more found" if found else "clearly more than last year",
        Verdict.FALL: "fewer found" if found else "clearly fewer than last year",
        Verdict.NONE: "about the same as last year",
        Verdict.UNKNOWN: "too little is known to compare",
    }[called]


def _table(measured: list[Content], code: str, name: str, analysis: Content) -> Table:
    rows: list[tuple[Inlines, ...]] = []
    shared: list[Content] = []
    for problem in sorted(measured, key=lambda problem: str(problem["title"])):
        row = _row(problem, code)
        if row is not None:
            numbers = (_number(problem, row, "count"),), (_number(problem, row, "before"),)
            shared.append({"title": problem["title"], "shared": row.get("shared")})
            rows.append(((problem["title"],), *numbers, (meaning_of(problem, row).capitalize(),)))
    columns = (
        Column("Problem"),
        Column("Incidents", numeric=True),
        Column("Year before", numeric=True),
        Column("What it means"),
    )
    note = (
        "“About the same” means that the difference could be chance. “Perhaps” means that it would be clear for this "
        "ward alone, but among all wards one or another differs as much by chance. Problems overlap: do not add them "
        "up. More reports can mean that more people report, which is often good."
    )
    note = " ".join(part for part in (note, shared_note(shared, "title")) if part)
    state = str(analysis.get("disclosure", {}).get("state", ""))
    return Table(f"Recorded in {name}, {analysis['period']['words']}", columns, tuple(rows), note, small_counts=state)


def _sources(analysis: Content) -> list[Block]:
    """Where the numbers come from, in a paragraph."""
    kind = next((s["kind"] for s in analysis["sources"] if s["dataset"] == analysis["dataset"]), "")
    about = release_kind(kind)
    publishers = dict.fromkeys(str(s["attribution"]) for s in analysis["sources"] if s["kind"] != "boundaries")
    said = [
        f"Counted: {'; '.join(about.counted)}.",
        f"Not counted: {'; '.join(about.not_counted)}." if about.not_counted else "",
        f"The figures are {about.status}. {about.status_words}",
        *analysis.get("disclosure", {}).get("words", ()),
    ]
    return [
        Heading("Where this comes from", 2, "sources"),
        Paragraph((" ".join(one for one in said if one),)),
        Paragraph((" ".join(publishers),)),
    ]
