"""`wardmote figures`: any measure, by anything, as CSV or JSON."""

import argparse
import csv
import json
import re
import sys
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from wardmote.cli.django_start import start
from wardmote.cli.refused import Refused
from wardmote.foundations.periods import Month, Period

if TYPE_CHECKING:
    from wardmote.analytics.measures.figures import Figures, Query

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
        help="keep only these; several values with commas; also NAME!=VALUE, month>=2024-01, month<=2024-12",
    )
    parser.add_argument("--exclude", action="append", default=[], metavar="NAME=VALUE", help="leave these out")
    parser.add_argument("--per", type=int, default=1000, help="base of a rate: 1000 or 10000")
    parser.add_argument("--format", choices=["csv", "json"], default="csv")
    parser.add_argument("--sample", action="store_true", help="the fictional sample's data instead of real data")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the figures; the notes go to standard error with CSV, into the answer with JSON."""
    query = _query(arguments)
    start()
    from wardmote.analytics.measures import MEASURES
    from wardmote.analytics.measures.figures import FiguresRefused
    from wardmote.strategy.evidence.queries import gather_evidence, has_real_releases

    if arguments.measure not in MEASURES:
        raise Refused(f"There is no measure called {arguments.measure}. Choose one of: {', '.join(MEASURES)}.")
    is_sample = arguments.sample or not has_real_releases()
    try:
        figures = MEASURES[arguments.measure](gather_evidence(is_sample=is_sample), query)
    except FiguresRefused as refusal:
        raise Refused(str(refusal)) from refusal
    _print(figures, arguments.format)
    return 0


def _query(arguments: argparse.Namespace) -> "Query":
    from wardmote.analytics.measures.figures import Query

    by = tuple(name.strip() for text in arguments.by for name in text.split(",") if name.strip())
    keep, leave, first, last = _conditions(arguments.where)
    for name, values in _conditions(arguments.exclude)[0].items():
        leave[name] = (*leave.get(name, ()), *values)
    return Query(by=by, where=keep, exclude=leave, period=_period(first, last), per=arguments.per)


Values = dict[str, tuple[str, ...]]


def _conditions(texts: list[str]) -> tuple[Values, Values, str, str]:
    keep: Values = {}
    leave: Values = {}
    ends = {">=": "", "<=": ""}
    for text in texts:
        name, sign, value = _condition(text)
        if sign in ends:
            ends[sign] = value
            continue
        target = leave if sign == "!=" else keep
        target[name] = (*target.get(name, ()), *_values(value))
    return keep, leave, ends[">="], ends["<="]


def _condition(text: str) -> tuple[str, str, str]:
    match = CONDITION.match(text)
    if not match or (match[2] in (">=", "<=") and match[1] != "month"):
        raise Refused(f"{text!r} is not a condition. Write it as category=Burglary, or month>=2024-01.")
    return match[1], match[2], match[3]


def _values(text: str) -> tuple[str, ...]:
    """Split at commas; quotes keep a comma that belongs to a value."""
    return tuple(value.strip() for value in next(csv.reader([text], skipinitialspace=True)))


def _period(first: str, last: str) -> Period | None:
    if not first and not last:
        return None
    if not (first and last):
        raise Refused("Give both ends of the period: --where month>=2024-01 --where month<=2024-12.")
    try:
        return Period(Month.parse(first), Month.parse(last))
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
