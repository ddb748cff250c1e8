"""Weights of harm by offence, from the partnership's own copy of the Cambridge Crime Harm Index workbook.

Source: Sherman, Neyroud and Neyroud (2016), The Cambridge Crime Harm Index, Policing 10, 171-183. The workbook is under
copyright: none is shipped, and what is read from one belongs to the partnership that brought it.
"""

import re
from collections.abc import Sequence
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
from wardmote.analytics.warehouse.schema import HARM_WEIGHTS

READER: Final = "harm_weights/1"
DATASET: Final = "harm-weights-cambridge"
PUBLISHER: Final = "Cambridge Centre for Evidence Based Policing"
LICENCE: Final = "Under copyright; the partnership's own copy, not to be passed on"
ATTRIBUTION: Final = (
    "Harm weights: Cambridge Crime Harm Index, Cambridge Centre for Evidence Based Policing, "
    "from the partnership's own copy."
)
COLUMNS: Final = Columns(
    needed={
        "offence": ("fulloffencetitle", "offencetitle", "offence"),
        "days": ("cchiscore", "cchi", "crimeharmindexscore"),
        "ho_code": ("classificationcode", "homeofficecode"),
    },
    welcome={"group": ("group",), "subgroup": ("subgroup",), "notifiable": ("notifiable",)},
)
_CODE: Final = re.compile(r"\d{1,3}[A-Z]{0,2}(\.\d{1,2})?", re.ASCII)
_YEAR: Final = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_MOST_DAYS: Final = 36_525
_Record = tuple[object, ...]


@dataclass(frozen=True)
class _Taken:
    records: list[_Record]
    read_by_file: dict[str, int]
    without_code: int
    rejects: RejectList


def read(request: ReadRequest) -> tuple[Outcome, ...]:
    """Read one copy of the index into one prepared release; raises SourceRefused where a table is not one."""
    tables = named_tables(request, COLUMNS, what="the Cambridge Crime Harm Index")
    if len(tables) > 1:
        raise SourceRefused(
            "Two tables of harm weights were given: give the one that is to count. Nothing was changed.",
            file=tables[1].file.name,
        )
    # Two partnerships of one site each have a copy of their own, of the same workbook perhaps.
    dataset = f"{DATASET}-{request.owner}" if request.owner else DATASET
    release = release_digest(
        dataset=dataset,
        input_hashes=[table.file.sha256 for table in tables],
        mapping=_mapping(tables),
        reader=READER,
        is_sample=request.is_sample,
    )
    if release in request.known:
        return (AlreadyHeld(dataset, release),)
    folder = release_folder(request, release, dataset)
    rejects = open_rejects(folder)
    taken = _take(tables, rejects)
    rejects.close()
    _check_taken(taken)
    write_rows(folder, taken.records, HARM_WEIGHTS)
    return (finish(request, folder, _manifest(request, (dataset, release), tables, taken)),)


def code_of(text: str) -> str | None:
    """Return a Home Office code as the open tables write it: `4/3` is `4.3`; None where it is not one, such as NN."""
    code = text.strip().upper().replace("/", ".")
    return code if _CODE.fullmatch(code) else None


def _mapping(tables: Sequence[NamedTable]) -> dict[str, str]:
    return {heading: ours for table in tables for ours, heading in table.headings.items()}


def _take(tables: Sequence[NamedTable], rejects: RejectList) -> _Taken:
    records: list[_Record] = []
    read: dict[str, int] = {}
    for table in tables:
        name = table.file.name
        for row, texts in table.rows():
            read[name] = read.get(name, 0) + 1
            fault = row.fault or _fault(texts, list(map(str, row.cells)))
            if fault:
                column = "" if row.fault else table.headings["days"]
                rejects.add(Reject(name, row.number, column, fault), kind="no weight")
            else:
                records.append(_record(texts, name, row.number))
    return _Taken(records, read, sum(record[1] is None for record in records), rejects)


def _fault(texts: dict[str, str], cells: list[str]) -> str:
    """Say why a row has no weight that can be used; nothing where it has."""
    days = _days(texts["days"])
    if days is None or not texts["offence"]:
        if looks_like_a_total(cells):
            return "a total or footnote line"
        return f"“{texts['days'][:40]}” is not a number of days" if texts["offence"] else "no offence"
    if not 0 <= days <= _MOST_DAYS:
        return f"no court could start from {days} days"
    return ""


def _days(text: str) -> Decimal | None:
    try:
        days = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
    return days if days.is_finite() else None


def _record(texts: dict[str, str], file: str, row: int) -> _Record:
    offence = texts["offence"]
    return (
        offence,
        code_of(texts["ho_code"]),
        texts.get("group") or None,
        texts.get("subgroup") or None,
        not texts.get("notifiable", "").lower().startswith("non"),
        offence.lower().startswith("attempt"),
        _days(texts["days"]),
        file,
        row,
    )


def _check_taken(taken: _Taken) -> None:
    first = taken.rejects.first
    if not taken.records:
        reason = f"; the first: {first.reason}" if first else ""
        raise SourceRefused(f"Not one weight could be read{reason}. Check that this is the right file.")


def _edition(tables: Sequence[NamedTable]) -> str:
    """Return the year that the sheet or the file is called after, empty where neither says one."""
    named = (_YEAR.search(text) for table in tables for text in (table.grid.sheet.name, table.file.name))
    return next((match[1] for match in named if match), "")


def _manifest(request: ReadRequest, named: tuple[str, str], tables: Sequence[NamedTable], taken: _Taken) -> Manifest:
    sample, edition = request.is_sample, _edition(tables)
    files = {table.file.name: table.file for table in tables}
    quality: dict[str, JSON] = {
        "offence_codes": len({record[1] for record in taken.records if record[1]}),
        "offences_without_code": taken.without_code,
        "offences_not_notifiable": sum(not record[4] for record in taken.records),
        "rejected_by_reason": dict(sorted(taken.rejects.by_reason.items())),
        "sheets_left_aside": list[JSON](sorted({name for table in tables for name in table.grid.others})),
    }
    return Manifest(
        kind="harm-weights",
        dataset=named[0],
        release=named[1],
        publisher=SAMPLE_PUBLISHER if sample else PUBLISHER,
        licence=SAMPLE_LICENCE if sample else LICENCE,
        attribution=SAMPLE_ATTRIBUTION if sample else ATTRIBUTION,
        title="Made-up weights of harm"
        if sample
        else " ".join(("Cambridge Crime Harm Index", *edition.split())) + ", own copy",
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
        reader=READER,
        mapping=_mapping(tables),
    )
