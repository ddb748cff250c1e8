"""Prints every table of a report as a workbook: contents, a sheet for each table, the sources; nothing is hidden."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from wardmote.printing.blocks import FigureRef, FigureSource, Issue, Picture, Report, Table
from wardmote.printing.dates import words
from wardmote.printing.packages import repacked
from wardmote.printing.xlsx.sheets import Book, Sheet

SIGNS = (
    ("[c]", "hidden: a small count that could point to a person, or one that would give such a count away"),
    ("n/a", "not available: the figure cannot be worked out"),
    ("missing", "no data are held for this month; it is not nought"),
)
AS_NAMED = "as named in the table"
MOST_NAMED = 3


@dataclass(frozen=True)
class _Found:
    """A table of the report, with the picture that it stands behind, if any."""

    table: Table
    picture: Picture | None


def render(report: Report, *, issue: Issue | None = None) -> bytes:
    """The tables of the report as XLSX; `issue` stands on the contents sheet. No clock takes part."""
    import xlsxwriter

    written = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(written, options)
    workbook.set_properties(_properties(report, issue))
    book = Book(workbook)
    tables = [_sheet(report, found, place) for place, found in enumerate(_tables(report), start=1)]
    sources = [_sources(report)] if report.figures else []
    book.contents(report.title, _about(report, issue), [*tables, *sources], SIGNS)
    for sheet in [*tables, *sources]:
        book.sheet(sheet)
    workbook.close()
    return repacked(written.getvalue())


def _properties(report: Report, issue: Issue | None) -> dict[str, Any]:
    day = issue.on if issue else report.as_at
    state = "Draft" if report.status == "draft" else "Final"
    return {
        "title": report.title,
        "subject": report.caption,
        "author": report.partnership,
        "status": state,
        "created": datetime.combine(day, time()),
    }


def _about(report: Report, issue: Issue | None) -> list[tuple[str, str]]:
    rows = [
        ("Partnership", report.partnership),
        ("Status", "Draft, not agreed" if report.status == "draft" else "Issued"),
        ("As at", words(report.as_at)),
    ]
    if issue:
        rows += [("Version", str(issue.number)), ("Issued on", words(issue.on)), ("Issued by", issue.by)]
        rows += [("Approval", issue.approved)] if issue.approved else []
        rows += [("Replaces", issue.replaces)] if issue.replaces else []
    if report.is_sample:
        rows.append(("Sample", "This is a fictional partnership. Its figures are made up."))
    return rows


def _tables(report: Report) -> Iterator[_Found]:
    for block in report.blocks:
        if isinstance(block, Table):
            yield _Found(block, None)
        elif isinstance(block, Picture):
            yield _Found(block.table, block)


def _sheet(report: Report, found: _Found, place: int) -> Sheet:
    table = found.table
    sources = {source.key: source for source in report.figures}
    keys = {item.key: None for row in table.rows for cell in row for item in cell if isinstance(item, FigureRef)}
    return Sheet(
        name=f"Table {place}",
        caption=table.caption,
        about=_table_about(report, found, [sources[key] for key in keys]),
        columns=tuple((column.title, column.numeric) for column in table.columns),
        rows=tuple(tuple(_text(cell) for cell in row) for row in table.rows),
        notes=(table.note,) if table.note else (),
        row_headers=table.row_headers,
    )


def _text(cell: Any) -> str:
    return "".join(item if isinstance(item, str) else item.text for item in cell)


def _table_about(report: Report, found: _Found, sources: list[FigureSource]) -> tuple[tuple[str, str], ...]:
    """Period, area and source of a table, as far as its numbers say them."""
    data = [dataset for source in sources for dataset, _ in source.releases]
    rows = [
        ("Shows", found.picture.subtitle if found.picture else ""),
        ("Period", _several(source.period for source in sources) or f"as at {words(report.as_at)}"),
        ("Area", _several(source.area for source in sources) or report.partnership),
        ("Source", found.picture.source if found.picture and found.picture.source else ", ".join(dict.fromkeys(data))),
    ]
    rows.append(("Small counts", found.table.small_counts))
    return tuple((name, value) for name, value in rows if value)


def _several(texts: Iterator[str]) -> str:
    different = list(dict.fromkeys(text for text in texts if text))
    return "; ".join(different) if len(different) <= MOST_NAMED else AS_NAMED


def _sources(report: Report) -> Sheet:
    columns = (
        "Number",
        "Value",
        "Unit",
        "Measure",
        "Period",
        "Area",
        "Population",
        "Chosen",
        "Data sets",
        "Notes",
        "Key",
    )
    rows = tuple(
        (
            source.title,
            source.value,
            source.unit,
            source.measure,
            source.period,
            source.area,
            source.population,
            "; ".join(f"{name} = {value}" for name, value in sorted(source.parameters.items())),
            "; ".join(f"{dataset} {digest}" for dataset, digest in source.releases),
            " ".join(source.notes),
            source.key,
        )
        for source in report.figures
    )
    about = (("Data sets", "each is named by the fingerprint of the files and rules that made it"),)
    return Sheet(
        name="Sources",
        caption="Where these numbers come from",
        about=about,
        columns=tuple((name, name == "Value") for name in columns),
        rows=rows,
    )
