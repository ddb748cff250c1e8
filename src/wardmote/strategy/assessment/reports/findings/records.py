"""What a list of incidents tells in a report: hours and weekdays, repeats, near repeats; or that none is held."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from wardmote.foundations.rounding import with_thousands
from wardmote.printing.blocks import Block, Column, Paragraph, Picture, Table
from wardmote.printing.chart_kinds import Bar, BarChart
from wardmote.strategy.assessment.queries.findings.hours import WEEKDAYS, hour_words
from wardmote.strategy.assessment.queries.findings.records import NOT_HELD, covered_words
from wardmote.strategy.assessment.queries.findings.repeats import ROLES

Content = Mapping[str, Any]
STANDS: Final = {"high": "▲ clearly more", "low": "▼ clearly fewer", "": "no clear difference"}
SOURCE: Final = "the partnership's own list of incidents"
WITHHELD: Final = "{}: not published, for some of its counts are small."


def record_blocks(problem: Content, analysis: Content) -> list[Block]:
    """Return the tables of a problem's list of incidents, and a sentence where none is held."""
    found = problem.get("records")
    if not found:
        return [Paragraph((NOT_HELD,))]
    if found.get("withheld"):
        return [Paragraph((WITHHELD.format("Hours, repeats and near repeats"),))]
    return [
        Paragraph((covered_words(found, analysis["period"]),)),
        *_hours(problem, analysis),
        *_repeats(problem, analysis),
        *_near(problem, analysis),
    ]


def _hours(problem: Content, analysis: Content) -> list[Block]:
    found = problem["records"]["hours"]
    if not found or found["reason"]:
        return []
    if not found["hours"]:
        return [Paragraph((WITHHELD.format("The table of hours"),))]
    title = f"{problem['title']} by hour of the day"
    return [_picture(title, found, analysis), _weekdays(problem, found, analysis)]


def _picture(title: str, found: Content, analysis: Content) -> Picture:
    bars = tuple(
        Bar(hour_words(at), Decimal(one["count"]), _one_place(one["count"]), emphasised=one["clear"] == "high")
        for at, one in enumerate(found["hours"])
    )
    rows = tuple(_row(hour_words(at), one) for at, one in enumerate(found["hours"]))
    runs = {words: found["clear"][which]["hours"] for words, which in (("more", "high"), ("fewer", "low"))}
    said = [f"clearly {words} from {run}" for words, run in runs.items() if run]
    described = f"A bar for each hour of the day, {'; '.join(said) or 'none clearly above or below chance'}."
    return Picture(
        title=title,
        subtitle=f"Incidents by the hour in which they happened or may have, {analysis['period']['words']}",
        chart=BarChart("Incidents", bars),
        description=f"{described} The table has each hour.",
        source=SOURCE,
        table=Table(title, _columns("Hour from"), rows, _note(found)),
    )


def _weekdays(problem: Content, found: Content, analysis: Content) -> Table:
    rows = tuple(_row(WEEKDAYS[at], one) for at, one in enumerate(found["weekdays"]))
    caption = f"{problem['title']} by weekday, {analysis['period']['words']}"
    return Table(caption, _columns("Weekday"), rows, _note(found))


def _columns(first: str) -> tuple[Column, ...]:
    return (Column(first), Column("Incidents", numeric=True), Column("Share", numeric=True), Column("Against chance"))


def _row(name: str, one: Content) -> tuple[tuple[str], ...]:
    return ((name,), (_one_place(one["count"]),), (f"{one['percent']}%",), (STANDS[one["clear"]],))


def _one_place(count: str) -> str:
    return with_thousands(Decimal(count), 1)


def _note(found: Content) -> str:
    return (
        f"Of {with_thousands(found['within_day'])} incidents whose time is known to within a day; "
        f"{with_thousands(found['to_hour'])} are known to the hour, and the others are shared out evenly over the time "
        "in which they may have happened. Clearly more or fewer: beyond what 19 of 20 deals show, in which every "
        "incident happens at a time of its own drawn anew, all hours or weekdays looked at together."
    )


def _repeats(problem: Content, analysis: Content) -> list[Block]:
    roles = (problem["records"]["repeats"] or {}).get("roles", {})
    if problem["records"]["repeats"] and not roles:
        return [Paragraph((WITHHELD.format("Repeats"),))]
    return [
        *([_table_of_repeats(problem, roles, analysis)] if roles else [Paragraph((_no_keys(problem),))]),
        *(_concentration(problem, role, one, analysis) for role in ROLES if (one := roles.get(role)) and one["tops"]),
    ]


def _no_keys(problem: Content) -> str:
    return "Repeats: nothing can be said, for the list has keys of victims, locations or offenders in too few rows."


def _table_of_repeats(problem: Content, roles: Content, analysis: Content) -> Table:
    columns = (
        Column("Key"),
        Column("Incidents with it", numeric=True),
        Column("Repeats", numeric=True),
        Column("Share", numeric=True),
        Column("Keys met", numeric=True),
        Column("Met again", numeric=True),
    )
    rows = tuple(
        (
            (role.capitalize(),),
            (with_thousands(one["incidents"]),),
            (with_thousands(one["repeats"]),),
            (f"{one['share']}%",),
            (with_thousands(one["keys"]),),
            (with_thousands(one["repeat_keys"]),),
        )
        for role in ROLES
        if (one := roles.get(role))
    )
    note = "A repeat has another incident of the same key in the 365 days before. Incidents without a key are left out."
    if not problem["records"]["repeats"]["is_whole"]:
        note += " The list does not reach back 365 days before the year, so repeats are undercounted."
    return Table(f"{problem['title']}: repeats, {analysis['period']['words']}", columns, rows, note)


def _concentration(problem: Content, role: str, one: Content, analysis: Content) -> Table:
    columns = (
        Column(f"{ROLES[role].capitalize()} with most"),
        Column("How many", numeric=True),
        Column("Incidents", numeric=True),
        Column("Share", numeric=True),
    )
    rows = tuple(
        (
            (f"Top {top['percent']}%",),
            (with_thousands(top["places"]),),
            (with_thousands(top["count"]),),
            (f"{top['share']}%",),
        )
        for top in one["tops"]
    )
    note = (
        f"Of {with_thousands(one['keys'])} {ROLES[role]} that were met; how many never were is not known. Fewer than "
        f"five are not told of. Generalised Gini coefficient: {with_thousands(Decimal(one['generalised']), 2)} (0: all "
        "alike; near 1: one has all)."
    )
    return Table(f"{problem['title']}: {ROLES[role]} with most, {analysis['period']['words']}", columns, rows, note)


def _near(problem: Content, analysis: Content) -> list[Block]:
    found = problem["records"]["near"]
    if not found or found["reason"] or found["snapped"]:
        return []
    if not found["cells"]:
        return [Paragraph((WITHHELD.format("The table of near repeats"),))]
    columns = (
        Column("Distance"),
        Column("Days apart"),
        Column("Pairs", numeric=True),
        Column("By chance", numeric=True),
        Column("Times as many", numeric=True),
        Column("p", numeric=True),
    )
    rows = tuple(
        (
            (f"up to {one['distance']} metres" if one["distance"] else "the same point",),
            (f"up to {one['days']}",),
            (with_thousands(one["pairs"]),),
            (with_thousands(Decimal(one["expected"]), 1),),
            (one["ratio"] or "none expected",),
            (one["p"],),
        )
        for one in found["cells"]
    )
    note = (
        f"Knox test on {with_thousands(found['incidents'])} incidents with a point ({found['share']}% of the list). "
        f"Bands follow each other: up to 200 metres is above 100. By chance: the mean of {found['deals']} deals of the "
        "days. p: how often a deal has as many pairs; cells are not corrected for being many, so the sentence tells of "
        "the one chosen beforehand (up to 100 metres, up to 7 days). "
        f"{found['shared_points']}% of the incidents share a point exactly."
    )
    return [Table(f"{problem['title']}: near repeats, {analysis['period']['words']}", columns, rows, note)]
