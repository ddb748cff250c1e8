"""What changed since the last assessment: both rankings, the places that were firm, the forecast and what happened."""

from collections.abc import Mapping, Sequence
from typing import Any

from wardmote.analytics.measures.stress import Firmness
from wardmote.foundations.rounding import ordinal, with_thousands
from wardmote.printing.blocks import Block, Column, Heading, Inline, Inlines, Paragraph, Table
from wardmote.strategy.assessment.queries.ranking import points_words
from wardmote.strategy.assessment.queries.year_on_year import LastAssessment
from wardmote.strategy.assessment.rules.year_on_year import Held, Move, Ranked

from .numbers import ref

Content = Mapping[str, Any]


def last_assessment_blocks(last: LastAssessment | None, analysis: Content) -> list[Block]:
    """Return what changed since the last assessment; nothing where there is none that can be told of."""
    if last is None:
        return []
    told = [*_ranking(last), *_forecast(last, analysis)]
    return [Heading("What changed since the last assessment", 2, "last-assessment"), *told] if told else []


def _ranking(last: LastAssessment) -> list[Block]:
    if last.why_not:
        return [Paragraph((f"{last.title}: {last.why_not}",))]
    if not last.moves:
        return []
    columns = (
        Column("Problem"),
        Column("Then", numeric=True),
        Column("Now", numeric=True),
        Column("What became of it"),
        Column("Points that moved most, then and now"),
    )
    rows = tuple(_row(move) for move in last.moves)
    note = (
        f"Then: {last.title}. Both by {last.matrix}. A clear move goes beyond the places that a problem took in nine "
        "of ten draws of the earlier ranking; any other may come of doubt about the scores. What others score moves a "
        "problem too."
    )
    return [Table(f"This ranking beside that of {last.title}", columns, rows, note), *_firm(last)]


def _row(move: Move) -> tuple[Inlines, ...]:
    return ((move.title,), (_place(move.then),), (_place(move.now),), (move.words,), (_points(move),))


def _place(one: Ranked | None) -> str:
    return "" if one is None else ordinal(one.rank) if one.rank else "not ranked"


def _points(move: Move) -> str:
    return ", ".join(f"{name} {points_words(was)} to {points_words(has)}" for name, was, has in move.moved_by)


def _firm(last: LastAssessment) -> list[Block]:
    told = [_held(one, last.top) for one in last.held if one.among_first or one.not_among_first]
    return [Paragraph((" ".join(told),))] if told else []


def _held(one: Held, top: int) -> str:
    count = len(one.among_first) + len(one.not_among_first)
    words = f"Of {count} {_problems(count)} that the last ranking called “{one.firmness}”,"
    if one.firmness == str(Firmness.ALWAYS):
        left = f"; no longer: {', '.join(one.not_among_first)}" if one.not_among_first else ""
        return f"{words} {_of(len(one.among_first), count)} among the first {top} now{left}."
    came = f": {', '.join(one.among_first)}" if one.among_first else ""
    return f"{words} {_of(len(one.among_first), count)} among the first {top} now{came}."


def _problems(count: int) -> str:
    return "problem" if count == 1 else "problems"


def _of(some: int, count: int) -> str:
    if some == count:
        return "it is" if count == 1 else "all are"
    return {0: "none is", 1: "1 is"}.get(some, f"{some} are")


def _forecast(last: LastAssessment, analysis: Content) -> list[Block]:
    """Return the forecasts that the last assessment kept beside the counts of the same twelve months."""
    if analysis.get("disclosure", {}).get("state") == "small counts hidden":
        return []
    rows = [_judged(problem, last.forecasts[problem["slug"]], analysis) for problem in _happened(last, analysis)]
    if not rows:
        return []
    columns = (
        Column("Problem"),
        Column("Was expected", numeric=True),
        Column("80% interval", numeric=True),
        Column("Happened", numeric=True),
        Column("In the interval"),
    )
    inside = sum(1 for row in rows if row[-1] == ("yes",))
    note = (
        f"As {last.title} kept it, before any of these months was known. {inside} of {len(rows)} lay in the 80% "
        "interval; of ten, about eight should."
    )
    return [Table(f"The forecast of {last.title} and what happened", columns, tuple(rows), note)]


def _happened(last: LastAssessment, analysis: Content) -> Sequence[Content]:
    return [
        problem
        for problem in analysis["problems"]
        if problem["slug"] in last.forecasts and _count(problem, last.forecasts[problem["slug"]]) is not None
    ]


def _count(problem: Content, forecast: Content) -> int | None:
    """Return the incidents of the months that were forecast; None where one of them is missing or not over yet."""
    counts = [(problem.get("months") or {}).get(month) for month in forecast["months"]]
    return None if None in counts else sum(int(count) for count in counts if count is not None)


def _counted(problem: Content, count: int, *, is_same_year: bool) -> Inline:
    """Return what happened; where it is the year of this assessment, it leads to where that number comes from."""
    text = with_thousands(count)
    return ref(text, problem, "count") if is_same_year and problem["rate"].get("count") == count else text


def _judged(problem: Content, forecast: Content, analysis: Content) -> tuple[Inlines, ...]:
    year, count = forecast["year"], _count(problem, forecast) or 0
    ends = f"{with_thousands(year['low80'])} to {with_thousands(year['high80'])}"
    period = analysis["period"]
    is_same_year = (min(forecast["months"]), max(forecast["months"])) == (period["first"], period["last"])
    is_in = year["low80"] <= count <= year["high80"]
    return (
        (problem["title"],),
        (with_thousands(year["expected"]),),
        (ends,),
        (_counted(problem, count, is_same_year=is_same_year),),
        ("yes" if is_in else "no",),
    )
