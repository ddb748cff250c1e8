"""The profile of a ward: people, deprivation, what was recorded, harm, where, what to expect; and what is not known.

A ward is compared with itself a year before, and never ranked.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from wardmote.foundations.rounding import with_thousands
from wardmote.foundations.wording import capital
from wardmote.printing.blocks import (
    Block,
    Bullets,
    Column,
    FigureRef,
    Heading,
    Inline,
    Inlines,
    Inset,
    Paragraph,
    Strong,
    Table,
    Warning,
)
from wardmote.strategy.assessment.queries.areas import ChosenView, wards_in
from wardmote.strategy.assessment.queries.findings.hotspots import area_names

from .findings.several import place_words
from .numbers import NOT_AVAILABLE, absent
from .places import shared_note, visited_areas, visitors_words

Content = Mapping[str, Any]
FIFTH_WORDS: Final = ("most deprived fifth", "second fifth", "third fifth", "fourth fifth", "least deprived fifth")
COUNTING: Final = (
    "Problems overlap: do not add them up. A change on the year before is called clear only if it is when one "
    "allows for all wards being compared."
)
HARM_NOTE: Final = (
    "Harm days of the ward are estimated by the mix of offences of the whole area, which may differ in the ward."
)
NO_REPEATS: Final = (
    "Not known. police.uk publishes neither victims nor suspects nor days, so nobody can tell from it who was harmed "
    "twice. The police could give how many victims, and addresses, were affected more than once."
)
WHOLE_REPEATS: Final = (
    "From the partnership's own lists of incidents, for its whole area: a single ward has too few of them to be told "
    "apart from its neighbours. A repeat has another incident of the same key in the 365 days before."
)
NO_SURVEY: Final = (
    "No survey is held at this grain: perception surveys ask too few people in one ward to speak of it, and those of "
    "the district or borough say nothing of a single ward."
)


def chosen_blocks(analysis: Content, chosen: Sequence[ChosenView]) -> list[Block]:
    """Return the section about the wards that were chosen, by name; nothing where none that is known was."""
    known = wards_in(analysis)
    shown = [one for one in chosen if one.code in known]
    if not shown:
        return []
    blocks: list[Block] = [Heading("Wards chosen for a closer look", 2, "chosen-wards")]
    for one in shown:
        blocks.append(Heading(one.name, 3, f"ward-{one.code.lower()}"))
        blocks += ward_blocks(analysis, one.code, one, level=4)
    return blocks


def ward_blocks(analysis: Content, code: str, chosen: ChosenView | None = None, *, level: int = 2) -> list[Block]:
    """Return the profile of one ward; headings begin at `level`."""
    sections: list[tuple[str, str, list[Block]]] = [
        ("People", "people", _people(analysis, code)),
        ("What was recorded, and what changed", "recorded", _recorded(analysis, code)),
        ("Hotspots in it", "hotspots", _hotspots(analysis, code)),
        ("What to expect", "expected", _expected(analysis, code)),
        ("Casualties on its roads", "roads", _roads(analysis, code)),
        ("How safe people feel", "perception", [Paragraph((NO_SURVEY,))]),
        ("Repeats", "repeats", _repeats(analysis)),
    ]
    blocks: list[Block] = [] if chosen is None else [_why(chosen)]
    for title, anchor, found in sections:
        blocks += [Heading(title, level, f"{anchor}-{code.lower()}"), *found]
    return blocks


def _repeats(analysis: Content) -> list[Block]:
    """Return what lists of incidents tell of repeats in the whole area; that nothing is known where none is held."""
    told = [
        f"{problem['title']}: {one['share']}% of the incidents with a key of the {role} are repeats."
        for problem in sorted(analysis["problems"], key=lambda one: str(one["title"]))
        for role, one in ((problem.get("records") or {}).get("repeats") or {}).get("roles", {}).items()
    ]
    if not told:
        return [Paragraph((NO_REPEATS,))]
    return [Paragraph((WHOLE_REPEATS,)), Bullets(tuple((words,) for words in told))]


def _why(chosen: ChosenView) -> Inset:
    return Inset((Strong("Why it was chosen. "), f"{chosen.reason} ({chosen.chosen})"))


def _rows(analysis: Content, code: str) -> Iterator[tuple[Content, Content]]:
    """Return each measured problem by its title, with its row of the ward."""
    for problem in sorted(analysis["problems"], key=lambda one: str(one["title"])):
        row = next((row for row in problem["places"] if row["code"] == code), None)
        if problem["measured"] and row is not None:
            yield problem, row


def _people(analysis: Content, code: str) -> list[Block]:
    return [Paragraph((_residents(analysis, code),)), *_deprivation(analysis, code)]


def _residents(analysis: Content, code: str) -> str:
    for problem, row in _rows(analysis, code):
        if row.get("population"):
            year = problem["rate"].get("population_year")
            dated = f" in the middle of {year}" if year else ""
            return f"About {with_thousands(Decimal(str(row['population'])))} people lived here{dated}."
    return "How many people live here is not known: no population is held for these areas (add one under Evidence)."


def _deprivation(analysis: Content, code: str) -> list[Block]:
    found = (analysis.get("areas") or {}).get("deprivation") or {"missing": "this analysis was made without it"}
    own = found.get("wards", {}).get(code)
    if own is None:
        missing = found["missing"] or "the edition that is held has none of its small areas"
        return [Paragraph((f"How deprived it is cannot be said: {missing}.",))]
    total = sum(own["fifths"]) + own["unknown"]
    rows = [
        ((capital(words),), (with_thousands(count),)) for words, count in zip(FIFTH_WORDS, own["fifths"], strict=True)
    ]
    if own["unknown"]:
        rows.append((("Not known",), (with_thousands(own["unknown"]),)))
    caption = (
        f"{wards_in(analysis)[code]}: its {with_thousands(total)} small areas (LSOAs of {found['census']}) by how "
        "deprived they are in England"
    )
    note = (
        f"English Indices of Deprivation {found['edition']}, overall. A deprived area has many people who are not, and "
        "many who are live elsewhere. Editions cannot be compared."
    )
    columns = (Column("Fifth of England"), Column("Small areas", numeric=True))
    return [Table(caption, columns, tuple(rows), note)]


def _recorded(analysis: Content, code: str) -> list[Block]:
    found = list(_rows(analysis, code))
    weighed = any(_harm(problem, code) for problem, _ in found)
    columns = [
        Column("Problem"),
        Column("Incidents", numeric=True),
        Column("Year before", numeric=True),
        Column("Per 1,000 residents", numeric=True),
        Column("Change"),
        *([Column("Harm days, estimated")] if weighed else []),
    ]
    rows = tuple(_recorded_row(problem, row, weighed=weighed) for problem, row in found)
    shared = shared_note([{"title": problem["title"], "shared": row.get("shared")} for problem, row in found], "title")
    note = " ".join(part for part in (COUNTING, HARM_NOTE if weighed else "", shared) if part)
    caption = f"Recorded in {wards_in(analysis)[code]}, {analysis['period']['words']}"
    blocks: list[Block] = [Table(caption, tuple(columns), rows, note)] if rows else []
    if code in visited_areas(analysis):
        blocks.append(Warning((visitors_words([wards_in(analysis)[code]]),)))
    missing = _harm_missing(analysis, weighed=weighed)
    unmeasured = [p["title"] for p in analysis["problems"] if not p["measured"]]
    if unmeasured:
        missing.append(f"Not known for any ward, since police.uk does not publish it: {', '.join(sorted(unmeasured))}.")
    return [*blocks, *(Paragraph((words,)) for words in missing)]


def _recorded_row(problem: Content, row: Content, *, weighed: bool) -> tuple[Inlines, ...]:
    harm = ((_harm(problem, row["code"]) or NOT_AVAILABLE,),) if weighed else ()
    numbers = tuple((_number(problem, row, what),) for what in ("count", "before", "rate"))
    return ((str(problem["title"]),), *numbers, (place_words(problem, row),), *harm)


def _number(problem: Content, row: Content, what: str) -> Inline:
    if row[what] is None:
        # A rate is hidden where its count is.
        return absent(problem, f"place.{row['code']}.{'before' if what == 'before' else 'count'}")
    text = with_thousands(Decimal(str(row[what])), 1 if what == "rate" else 0)
    return FigureRef(text, f"{problem['slug']}.place.{row['code']}.{what}")


def _harm(problem: Content, code: str) -> str:
    found = (problem.get("harm") or {}).get("wards", {}).get(code)
    if found is None:
        return ""
    days, low, high = (with_thousands(Fraction(found[name])) for name in ("days", "low", "high"))
    return f"{days} ({low} to {high})"


def _harm_missing(analysis: Content, *, weighed: bool) -> list[str]:
    missing = (analysis.get("harm") or {}).get("missing") or []
    if weighed or not missing:
        return []
    return [f"Harm is not estimated: {'; '.join(missing)}."]


def _hotspots(analysis: Content, code: str) -> list[Block]:
    tested = [p for p in analysis["problems"] if p.get("hotspots")]
    if not tested:
        return [Paragraph(("Hotspots were not looked for, or may not be shown.",))]
    own = {code, *(analysis.get("areas") or {}).get("lsoas", {}).get(code, ())}
    names = area_names(analysis)
    said = [words for problem in tested for words in _hot_words(problem, own, names)]
    if said:
        return [Bullets(tuple((words,) for words in said))]
    return [Paragraph((f"None of the {with_thousands(len(tested))} problems that were tested has a hotspot here.",))]


def _hot_words(problem: Content, own: set[str], names: Mapping[str, str]) -> Iterator[str]:
    found = problem["hotspots"]
    hot = sorted((names[code], found["named"][code]["lasting"]) for code in found["years"][-1]["hot"] if code in own)
    if hot:
        listed = ", ".join(f"{name} ({lasting})" if lasting else name for name, lasting in hot)
        yield f"{problem['title']}: {listed}."


def _expected(analysis: Content, code: str) -> list[Block]:
    rows = tuple(
        (
            (str(problem["title"]),),
            (with_thousands(one["expected"]),),
            (f"{with_thousands(one['low80'])} to {with_thousands(one['high80'])}",),
            (f"{with_thousands(one['low95'])} to {with_thousands(one['high95'])}",),
        )
        for problem, _ in _rows(analysis, code)
        for one in (problem.get("forecast") or {}).get("wards", ())
        if one["code"] == code
    )
    if not rows:
        return [Paragraph(("There is no forecast by ward: too few months can be compared, or it may not be shown.",))]
    columns = (
        Column("Problem"),
        *(Column(title, numeric=True) for title in ("Expected", "80% interval", "95% interval")),
    )
    caption = f"Expected in {wards_in(analysis)[code]} in the next twelve months, if what has been goes on"
    return [Table(caption, columns, rows)]


def _roads(analysis: Content, code: str) -> list[Block]:
    road = analysis.get("road") or {"missing": "this analysis was made without them"}
    if road["missing"]:
        return [Paragraph((f"Not known: {road['missing']}.",))]
    own = next((row for row in road["wards"] if row["code"] == code), None)
    if own is None:
        return [Paragraph(("It is not among the wards with most people killed or seriously injured in three years.",))]
    hurt, killed = with_thousands(own["all"]), with_thousands(own["ksi"])
    return [
        Paragraph((f"{killed} killed or seriously injured, of {hurt} casualties, in {road['three_years']['words']}.",))
    ]
