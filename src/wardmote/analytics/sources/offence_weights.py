"""Weights by offence from a table that a partnership brings: read by the names of its columns into one release.

What tells one scale of weights from another, its columns, its words and its limits, is a `Scale`.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from wardmote.analytics.sources.named_columns import Columns, NamedTable, named_tables
from wardmote.analytics.sources.release import (
    SAMPLE_ATTRIBUTION,
    SAMPLE_LICENCE,
    SAMPLE_PUBLISHER,
    finish,
    open_rejects,
    release_folder,
    write_rows,
)
from wardmote.analytics.sources.request import AlreadyHeld, Outcome, ReadRequest, SourceRefused
from wardmote.analytics.sources.tables import Reject, RejectList, looks_like_a_total
from wardmote.analytics.warehouse.manifest import JSON, Manifest, SourceFile, release_digest

CODE: Final = re.compile(r"\d{1,3}[A-Z]{0,2}(\.\d{1,2})?", re.ASCII)
_YEAR: Final = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_GREATEST: Final = 36_525
Texts = Mapping[str, str]


@dataclass(frozen=True)
class Weighed:
    """One row of a table: the texts of its columns, the Home Office code or None, and the weight."""

    texts: Texts
    code: str | None
    weight: Decimal


@dataclass(frozen=True)
class Scale:
    """A scale of weights: what it is called, whose it is, its columns, and how a row of it is read.

    `columns` name the offence `offence`, its code `ho_code` and its weight what `value` says. `record` gives the
    values of a row in the order of `schema`, without its file and number. A weight that is no number is "not {unit}",
    one out of all bounds is refused as `beyond`.
    """

    kind: str
    dataset: str
    reader: str
    publisher: str
    licence: str
    attribution: str
    title: str
    title_after: str
    sample_title: str
    columns: Columns
    value: str
    schema: dict[str, str]
    unit: str
    beyond: str
    code_of: Callable[[str], str | None]
    record: Callable[[Weighed], tuple[object, ...]]
    quality: Callable[[Sequence[Weighed]], dict[str, JSON]] = lambda taken: {}


@dataclass(frozen=True)
class _Taken:
    weighed: list[Weighed]
    records: list[tuple[object, ...]]
    read_by_file: dict[str, int]
    rejects: RejectList


def read_weights(request: ReadRequest, scale: Scale) -> tuple[Outcome, ...]:
    """Read one table of weights into one prepared release; raises SourceRefused where a table is not one."""
    tables = named_tables(request, scale.columns, what=scale.title)
    if len(tables) > 1:
        raise SourceRefused(
            f"Two tables of {scale.title} were given: give the one that is to count. Nothing was changed.",
            file=tables[1].file.name,
        )
    # Two partnerships of one site each have a copy of their own, of the same workbook perhaps.
    dataset = f"{scale.dataset}-{request.owner}" if request.owner else scale.dataset
    release = release_digest(
        dataset=dataset,
        input_hashes=[table.file.sha256 for table in tables],
        mapping=_mapping(tables),
        reader=scale.reader,
        is_sample=request.is_sample,
    )
    if release in request.known:
        return (AlreadyHeld(dataset, release),)
    folder = release_folder(request, release, dataset)
    rejects = open_rejects(folder)
    taken = _take(tables, rejects, scale)
    rejects.close()
    _check_taken(taken)
    write_rows(folder, taken.records, scale.schema)
    return (finish(request, folder, _manifest(request, (dataset, release), tables, taken, scale)),)


def _mapping(tables: Sequence[NamedTable]) -> dict[str, str]:
    return {heading: ours for table in tables for ours, heading in table.headings.items()}


def _take(tables: Sequence[NamedTable], rejects: RejectList, scale: Scale) -> _Taken:
    weighed: list[Weighed] = []
    records: list[tuple[object, ...]] = []
    read: dict[str, int] = {}
    for table in tables:
        name = table.file.name
        for row, texts in table.rows():
            read[name] = read.get(name, 0) + 1
            weight = _number(texts[scale.value])
            fault = row.fault or _fault(texts, weight, list(map(str, row.cells)), scale)
            if fault or weight is None:
                column = "" if row.fault else table.headings[scale.value]
                rejects.add(Reject(name, row.number, column, fault), kind="no weight")
            else:
                weighed.append(Weighed(texts, scale.code_of(texts["ho_code"]), weight))
                records.append((*scale.record(weighed[-1]), name, row.number))
    return _Taken(weighed, records, read, rejects)


def _fault(texts: Texts, weight: Decimal | None, cells: list[str], scale: Scale) -> str:
    """Say why a row has no weight that can be used; nothing where it has."""
    if weight is None or not texts["offence"]:
        if looks_like_a_total(cells):
            return "a total or footnote line"
        return f"“{texts[scale.value][:40]}” is not {scale.unit}" if texts["offence"] else "no offence"
    if not 0 <= weight <= _GREATEST:
        return scale.beyond.format(weight)
    return ""


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _check_taken(taken: _Taken) -> None:
    first = taken.rejects.first
    if not taken.records:
        reason = f"; the first: {first.reason}" if first else ""
        raise SourceRefused(f"Not one weight could be read{reason}. Check that this is the right file.")


def _edition(tables: Sequence[NamedTable]) -> str:
    """Return the year that the sheet or the file is called after, empty where neither says one."""
    named = (_YEAR.search(text) for table in tables for text in (table.grid.sheet.name, table.file.name))
    return next((match[1] for match in named if match), "")


def _manifest(
    request: ReadRequest, named: tuple[str, str], tables: Sequence[NamedTable], taken: _Taken, scale: Scale
) -> Manifest:
    sample, edition = request.is_sample, _edition(tables)
    files = {table.file.name: table.file for table in tables}
    quality: dict[str, JSON] = {
        "offence_codes": len({one.code for one in taken.weighed if one.code}),
        "offences_without_code": sum(one.code is None for one in taken.weighed),
        **scale.quality(taken.weighed),
        "rejected_by_reason": dict(sorted(taken.rejects.by_reason.items())),
        "sheets_left_aside": list[JSON](sorted({name for table in tables for name in table.grid.others})),
    }
    return Manifest(
        kind=scale.kind,
        dataset=named[0],
        release=named[1],
        publisher=SAMPLE_PUBLISHER if sample else scale.publisher,
        licence=SAMPLE_LICENCE if sample else scale.licence,
        attribution=SAMPLE_ATTRIBUTION if sample else scale.attribution,
        title=scale.sample_title if sample else " ".join((scale.title, *edition.split())) + scale.title_after,
        area="England and Wales",
        is_sample=sample,
        files=tuple(
            SourceFile(name, file.sha256, file.bytes, taken.read_by_file.get(name, 0)) for name, file in files.items()
        ),
        period_from=edition or None,
        period_to=edition or None,
        months=(),
        rows_read=sum(taken.read_by_file.values()),
        rows_accepted=len(taken.records),
        rows_rejected=taken.rejects.total,
        quality=quality,
        editions={},
        reader=scale.reader,
        mapping=_mapping(tables),
    )
