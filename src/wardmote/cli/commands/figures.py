"""`wardmote figures`: any measure, by anything, as CSV or JSON."""

import argparse
import csv
import json
import re
import sys
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from wardmote.cli.django_start import start
from wardmote.cli.refused import Refused
from wardmote.foundations.periods import Month, Period, financial_year_period, quarter_period, rolling_12

if TYPE_CHECKING:
    from wardmote.analytics.measures.figures import Figures

CONDITION = re.compile(r"^\s*([a-z_0-9]+)\s*(!=|>=|<=|=)\s*(.+?)\s*$")
SCOPES = (
    "month, quarter, financial_year, rolling_12, category, problem, lsoa, ward, neighbourhood, district, partnership"
)


def add(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = actions.add_parser("figures", help="print a measure by month, area, problem and more")
    parser.add_argument("measure", metavar="MEASURE", help="counts, rates, shares or change")
    parser.add_argument("--by", action="append", default=[], help=f"any of {SCOPES}; several with commas")
    parser.add_argument(
        "--where",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="keep only these; several values with commas; also NAME!=VALUE, month>=2024-01, month<=2024-12, "
        "financial_year=2024/25, quarter='2024 Q3'",
    )
    parser.add_argument("--exclude", action="append", default=[], metavar="NAME=VALUE", help="leave these out")
    parser.add_argument("--per", type=int, default=1000, help="base of a rate: 1000 or 10000")
    parser.add_argument("--format", choices=["csv", "json"], default="csv")
    parser.add_argument("--sample", action="store_true", help="the fictional sample's data instead of real data")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the figures; the notes go to standard error with CSV, into the answer with JSON."""
    keep, leave, span = _conditions(arguments.where)
    for name, values in _conditions(arguments.exclude)[0].items():
        leave[name] = (*leave.get(name, ()), *values)
    start()
    from wardmote.analytics.measures import MEASURES
    from wardmote.analytics.measures.figures import FiguresRefused, Query
    from wardmote.strategy.evidence.queries import gather_evidence, has_real_releases

    if arguments.measure not in MEASURES:
        raise Refused(f"There is no measure called {arguments.measure}. Choose one of: {', '.join(MEASURES)}.")
    evidence = gather_evidence(is_sample=arguments.sample or not has_real_releases())
    by = tuple(name.strip() for text in arguments.by for name in text.split(",") if name.strip())
    months = sorted({month for held in evidence.held for month in held.months})
    query = Query(by=by, where=keep, exclude=leave, period=_period(span, months), per=arguments.per)
    try:
        figures = MEASURES[arguments.measure](evidence, query)
    except FiguresRefused as refusal:
        raise Refused(str(refusal)) from refusal
    _print(figures, arguments.format)
    return 0


Values = dict[str, tuple[str, ...]]


# First and last month of a period; an end that is not given is the first or last month held.
Span = tuple[str, str]
TIMES = ("month", "quarter", "financial_year", "rolling_12")


def _conditions(texts: list[str]) -> tuple[Values, Values, Span]:
    keep: Values = {}
    leave: Values = {}
    first = last = ""
    for text in texts:
        name, sign, value = _condition(text)
        if name in TIMES:
            start, end = _span(name, sign, value)
            first, last = start or first, end or last
            continue
        target = leave if sign == "!=" else keep
        target[name] = (*target.get(name, ()), *_values(value))
    return keep, leave, (first, last)


def _span(name: str, sign: str, value: str) -> Span:
    """Return the months that a condition on time means."""
    if name == "month" and sign in (">=", "<="):
        return (value, "") if sign == ">=" else ("", value)
    try:
        period = PERIODS[name](value)
    except ValueError as error:
        raise Refused(str(error)) from error
    return str(period.first), str(period.last)


def _one_month(value: str) -> Period:
    return Period(Month.parse(value), Month.parse(value))


PERIODS: dict[str, Callable[[str], Period]] = {
    "month": _one_month,
    "quarter": quarter_period,
    "financial_year": financial_year_period,
    "rolling_12": lambda value: rolling_12(Month.parse(value)),
}


def _condition(text: str) -> tuple[str, str, str]:
    match = CONDITION.match(text)
    if not match or not _fits(match[1], match[2]):
        raise Refused(f"{text!r} is not a condition. Write it as category=Burglary, or month>=2024-01.")
    return match[1], match[2], match[3]


def _fits(name: str, sign: str) -> bool:
    return sign == "=" or (name == "month" if sign in (">=", "<=") else name not in TIMES)


def _values(text: str) -> tuple[str, ...]:
    """Split at commas; quotes keep a comma that belongs to a value."""
    return tuple(value.strip() for value in next(csv.reader([text], skipinitialspace=True)))


def _period(span: Span, held: list[str]) -> Period | None:
    first, last = span
    if not (first or last) or not held:
        return None
    try:
        return Period(Month.parse(first or held[0]), Month.parse(last or held[-1]))
    except ValueError as error:
        raise Refused(f"{error} Write months as 2024-01, the first one first.") from error


def _print(figures: "Figures", kind: str) -> None:
    if kind == "json":
        answer = {
            "measure": figures.measure,
            "columns": [column.name for column in figures.columns],
            "rows": [_plain(record) for record in figures.records()],
            "notes": list(figures.notes),
            "provenance": figures.provenance,
        }
        print(json.dumps(answer, indent=2, default=str))
        return
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow([column.name for column in figures.columns])
    writer.writerows([["" if value is None else value for value in row] for row in figures.rows])
    for note in figures.notes:
        print(note, file=sys.stderr)


def _plain(record: dict[str, Any]) -> dict[str, Any]:
    return {name: float(value) if isinstance(value, Decimal) else value for name, value in record.items()}
