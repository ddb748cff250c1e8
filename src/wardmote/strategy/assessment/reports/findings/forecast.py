"""Forecasts in a report: the chart and table of a problem, its wards, and all problems with what they rest on."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from wardmote.foundations.periods import Month, Period
from wardmote.foundations.rounding import with_thousands
from wardmote.foundations.wording import capital
from wardmote.printing.blocks import Block, Column, FigureRef, Heading, Inlines, Paragraph, Picture, Table
from wardmote.printing.chart_kinds import Band, Line, LineChart
from wardmote.strategy.assessment.reports.numbers import ref
from wardmote.strategy.assessment.reports.sources import source_words

Content = Mapping[str, Any]
SHOWN_BEFORE: Final = 24
WHAT_IT_IS: Final = (
    "A forecast carries on what the months before it did. It knows nothing of what partners plan, and of a change in "
    "how things are recorded."
)
INTERVAL: Final = "Of ten counts about eight lie in the 80% interval, of twenty about nineteen in the 95% interval."
ENDS: Final = (
    Column("Expected", numeric=True),
    Column("80% interval", numeric=True),
    Column("95% interval", numeric=True),
)


def forecast_blocks(problem: Content, analysis: Content) -> list[Block]:
    """Return what is expected of a problem month by month and ward by ward, or why there is no forecast."""
    found = problem.get("forecast") or {}
    if not found.get("months"):
        return [Paragraph((found["reason"],))] if found.get("reason") else []
    return [_picture(problem, analysis, found), *_wards(problem, found)]


def _span(months: Mapping[str, Any]) -> Period:
    return Period(Month.parse(min(months)), Month.parse(max(months)))


def _picture(problem: Content, analysis: Content, found: Content) -> Picture:
    before, ahead = tuple(analysis["months"])[-SHOWN_BEFORE:], tuple(sorted(found["months"]))
    expected = [found["months"][month] for month in ahead]
    gap = (None,) * len(before)
    last = Month.parse(ahead[-1]).words()
    title = f"{problem['title']}: what to expect up to {last}"
    chart = LineChart(
        "Incidents a month",
        (*before, *ahead),
        (
            Line("Incidents", (*(problem["months"].get(month) for month in before), *(None for _ in ahead))),
            Line("Forecast", (*gap, *(one["expected"] for one in expected))),
        ),
        band=Band(
            "80% interval",
            (*gap, *(one["low80"] for one in expected)),
            (*gap, *(one["high80"] for one in expected)),
        ),
        ahead=len(ahead),
    )
    described = (
        f"A line of {len(before)} months, then a dashed line of {len(ahead)} months to come, with the 80% interval "
        f"around it. For the whole year about {with_thousands(found['year']['expected'])} are expected. The table has "
        "each month."
    )
    return Picture(
        title=title,
        subtitle=f"Incidents a month; forecast from {Month.parse(ahead[0]).words()}",
        chart=chart,
        description=described,
        source=source_words(analysis, "police-uk"),
        table=_table(title, found),
    )


def _table(title: str, found: Content) -> Table:
    rows = [((Month.parse(month).words(),), *_cells(one)) for month, one in sorted(found["months"].items())]
    words = _span(found["months"]).words()
    rows.append(((capital(words),), *_cells(found["year"])))
    how = (
        f"Method: {found['method']}, from {found['history']} months. The intervals come from {found['errors']:,} "
        f"errors of earlier forecasts."
    )
    return Table(title, (Column("Month"), *ENDS), tuple(rows), f"{how} {INTERVAL} {WHAT_IT_IS}")


def _cells(one: Content) -> tuple[Inlines, ...]:
    return ((with_thousands(one["expected"]),), (_range(one, 80),), (_range(one, 95),))


def _range(one: Content, level: int) -> str:
    return f"{with_thousands(one[f'low{level}'])} to {with_thousands(one[f'high{level}'])}"


def _wards(problem: Content, found: Content) -> list[Block]:
    if not found.get("wards"):
        return []
    rows = tuple(((row["name"],), *_cells(row)) for row in found["wards"])
    caption = f"{problem['title']} expected by ward, {_span(found['months']).words()}"
    note = "By name. The wards share the season of the problem. Incidents that cannot be placed in a ward are left out."
    return [Table(caption, (Column("Ward"), *ENDS), rows, note)]


def outlook_blocks(analysis: Content) -> list[Block]:
    """Return what is expected of all problems side by side, and how well the methods have done."""
    told = [p for p in analysis["problems"] if (p.get("forecast") or {}).get("months")]
    if not told:
        return []
    return [
        Heading("What to expect", 2, "outlook"),
        Paragraph((WHAT_IT_IS,)),
        _all(told),
        *_looking_back(told, analysis),
        _league(told[0]["forecast"]),
    ]


def _all(told: list[Content]) -> Table:
    rows = tuple(((p["title"],), (_clicked(p, "expected"),), *_cells(p["forecast"]["year"])[1:]) for p in told)
    span = _span(told[0]["forecast"]["months"]).words()
    return Table(f"Incidents expected in the {span}", (Column("Problem"), *ENDS), rows, INTERVAL)


def _looking_back(told: list[Content], analysis: Content) -> list[Block]:
    """Return last year's forecast beside what happened, with how many months lay in their intervals."""
    judged = [(p, p["forecast"]["last_year"]) for p in told if p["forecast"]["last_year"]]
    if not judged:
        return [Paragraph(("Too few months are held to say what a forecast would have given a year ago.",))]
    columns = (
        Column("Problem"),
        Column("Forecast", numeric=True),
        Column("80% interval", numeric=True),
        Column("What happened", numeric=True),
        Column("In the interval"),
        Column("Error by month", numeric=True),
    )
    caption = f"What a forecast a year ago would have given for the {analysis['period']['words']}"
    months = 12 * len(judged)
    in80, in95 = (sum(last["held"][level] for _, last in judged) for level in ("80", "95"))
    note = (
        f"Of {months} months {in80} lay in their 80% interval and {in95} in their 95% interval. Error by month: the "
        "differences of the twelve months, taken without sign, in per cent of what happened."
    )
    return [Table(caption, columns, tuple(_judged(problem, last) for problem, last in judged), note)]


def _clicked(problem: Content, what: str, *, last: bool = False) -> FigureRef:
    """Return a number of a forecast that leads to where it comes from: of the coming year, or of the last one."""
    found = problem["forecast"]["last_year"] if last else problem["forecast"]
    value = found["count"] if what == "count" else found["year"][what]
    return ref(with_thousands(value), problem, f"forecast.{'last.' if last else ''}{what}")


def _judged(problem: Content, last: Content) -> tuple[Inlines, ...]:
    year = last["year"]
    is_in = year["low80"] <= last["count"] <= year["high80"]
    error = "n/a" if last["error"] is None else f"{with_thousands(Decimal(last['error']), 1)}%"
    return (
        (problem["title"],),
        (_clicked(problem, "expected", last=True),),
        (_range(year, 80),),
        (_clicked(problem, "count", last=True),),
        ("yes" if is_in else "no",),
        (error,),
    )


def _league(found: Content) -> Table:
    columns = (Column("Method"), Column("Error", numeric=True), Column("Interval score", numeric=True))
    rows = tuple(
        (
            (one["method"] + (" (used)" if one["method"] == found["method"] else ""),),
            (f"{one['wmape']}%",),
            (one["interval_score"],),
        )
        for one in found["scores"]
    )
    note = (
        f"All problems together, from forecasts that could have been made at {found['origins']} earlier "
        f"month{'' if found['origins'] == 1 else 's'}. Error: the sum of all differences without sign, in per cent of "
        "what happened. Interval score: how wide the intervals are, with a penalty for what lies outside. Less is "
        "better. Another method than “same month of the year before” is used only where it is better in both."
    )
    return Table("Which method would have erred least", columns, rows, note)
