"""Tables of the London Datastore that need no description: counts of the Metropolitan Police, and the survey of MOPAC.

Each is read as figures of its publisher, through a mapping that is made from its headings.

Sources: Metropolitan Police Service, MPS Monthly Crime Dashboard Data; Mayor's Office for Policing and Crime, Public
Attitude Survey, London Datastore.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from wardmote.analytics.sources.figures import read as read_figures
from wardmote.analytics.sources.headers import Header, read_header
from wardmote.analytics.sources.intake import InputFile, check_files, find_files
from wardmote.analytics.sources.mapping import ColumnMapping, Part
from wardmote.analytics.sources.release import OGL, work_folder
from wardmote.analytics.sources.request import Outcome, ReadRequest, SourceRefused
from wardmote.analytics.sources.tables import rows_of

POLICE: Final = "Metropolitan Police Service"
MAYOR: Final = "Mayor's Office for Policing and Crime"
_MONTH: Final = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])", re.ASCII)
_MINOR: Final = ("minortext", "minorcategory")
# Smallest first: a table by ward also names the borough.
_LEVELS: Final = (
    ("LSOA", ("lsoaname",), ("lsoacode",)),
    ("ward", ("wardname",), ("wardcode",)),
    ("borough", ("boroughname", "lookupboroughname"), ()),
)
_SURVEY: Final = frozenset({"date", "survey", "borough", "measure", "proportion"})
_COUNTS_CAVEAT: Final = (
    "Recorded crime without anti-social behaviour, by the place that the police recorded; crimes without one are in no "
    "ward. Each edition revises earlier months."
)
_SURVEY_CAVEAT: Final = (
    "A survey of residents over twelve months: a proportion from 0 to 1, with the uncertainty of a sample."
)


def read(request: ReadRequest) -> tuple[Outcome, ...]:
    """Read each table into one prepared release of figures, the one with the oldest newest month first.

    Two editions have one data set, so that the newer counts for every month that both hold. Raises SourceRefused for a
    table that is none of these.
    """
    work = work_folder(request)
    found, _ = find_files(request.paths, work, suffixes=(".csv",))
    if not found:
        raise SourceRefused("There is no CSV file in what was given.")
    known = [(file, mapping_of(file)) for file in check_files(found, work / "text", expected="csv")]
    unknown = [file.name for file, mapping in known if mapping is None]
    if unknown:
        raise SourceRefused(
            f"{unknown[0]} has neither the headings of the Metropolitan Police's monthly counts nor those of MOPAC's "
            "survey. Nothing was changed.",
            file=unknown[0],
        )
    ready = [(file, mapping) for file, mapping in known if mapping is not None]
    ready.sort(key=lambda one: one[1].value_columns[-1])
    return tuple(
        outcome
        for number, one in enumerate(ready)
        for outcome in _read_one(request, *one, work / f"ready-{number}.json")
    )


def _read_one(request: ReadRequest, file: InputFile, mapping: ColumnMapping, path: Path) -> tuple[Outcome, ...]:
    path.write_text(mapping.to_json(), encoding="utf-8")
    return read_figures(replace(request, paths=(file.path, path)))


def is_london_header(header: Header) -> bool:
    """Say whether these are the headings of one of the tables."""
    return _is_survey(header) or _level(header) is not None


def mapping_of(file: InputFile) -> ColumnMapping | None:
    """Return how one of these tables is read, None for any other table."""
    header = read_header(file.head)
    if _is_survey(header):
        return _survey_mapping()
    level = _level(header)
    return None if level is None else _counts_mapping(file, header, level)


def _is_survey(header: Header) -> bool:
    return set(header.folded) >= _SURVEY


def _level(header: Header) -> tuple[str, str, str] | None:
    """Return the level of area of a table of counts with the headings of its name and code."""
    if not (_column(header, _MINOR) and _months(header)):
        return None
    for level, names, codes in _LEVELS:
        name, code = _column(header, names), _column(header, codes)
        if name and (code or not codes):
            return level, name, code
    return None


def _column(header: Header, names: Sequence[str]) -> str:
    return next((cell for cell, folded in zip(header.cells, header.folded, strict=True) if folded in names), "")


def _months(header: Header) -> list[str]:
    return [cell for cell in header.cells if _MONTH.fullmatch(cell.strip())]


def _survey_mapping() -> ColumnMapping:
    return ColumnMapping(
        title="MOPAC Public Attitude Survey by borough",
        supplier=MAYOR,
        value_columns=("Proportion",),
        period=Part(column="Date"),
        area=Part(column="Borough"),
        measure=Part(column="Measure"),
        date_order="day first",
        period_kind="year to",
        decimal=",",
        licence=OGL,
        caveat=_SURVEY_CAVEAT,
    )


def _counts_mapping(file: InputFile, header: Header, level: tuple[str, str, str]) -> ColumnMapping:
    where, name, code = level
    empty = _empty_months(file, header)
    left_out = f" Left out, for every count of it is nought: {', '.join(empty)}." if empty else ""
    return ColumnMapping(
        title=f"Metropolitan Police recorded crime by {where}",
        supplier=POLICE,
        value_columns=tuple(month for month in _months(header) if month not in empty),
        across="period",
        area=Part(column=name),
        area_code=Part(column=code),
        measure=Part(column=_column(header, _MINOR)),
        status=Part(constant="provisional"),
        period_kind="month",
        licence=OGL,
        caveat=f"{_COUNTS_CAVEAT}{left_out}",
    )


def _empty_months(file: InputFile, header: Header) -> list[str]:
    """Return the months in which nothing at all was recorded anywhere: a fault of an edition, no quiet month."""
    places = {cell: at for at, cell in enumerate(header.cells) if _MONTH.fullmatch(cell.strip())}
    silent = set(places)
    for row in list(rows_of(file, delimiter=header.delimiter))[1:]:
        silent -= {month for month in silent if row.cells[places[month] : places[month] + 1] not in (["0"], [""], [])}
        if not silent:
            return []
    # A table without any count at all is not cut down to nothing: its reader says what is wrong with it.
    return sorted(silent) if len(silent) < len(places) else []
