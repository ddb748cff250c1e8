"""Police recorded crime by offence, area and quarter: the open data tables of the Home Office, by force or partnership.

Source: Home Office, Police recorded crime and outcomes open data tables, and their user guide for what a row counts. A
count may be negative where a force took offences back.
"""

import re
from collections.abc import Sequence
from typing import Final

from wardmote.analytics.sources.figures.grid import GridRow
from wardmote.analytics.sources.named_columns import Columns, NamedTable, named_tables
from wardmote.analytics.sources.numbers import count_in
from wardmote.analytics.sources.police_uk.forces import force_slug
from wardmote.analytics.sources.release import (
    OGL,
    SAMPLE_ATTRIBUTION,
    SAMPLE_LICENCE,
    SAMPLE_PUBLISHER,
    finish,
    open_rejects,
    release_folder,
    write_rows,
)
from wardmote.analytics.sources.request import AlreadyHeld, Outcome, ReadRequest, SourceRefused
from wardmote.analytics.sources.tables import Reject, RejectList
from wardmote.analytics.warehouse.manifest import JSON, Manifest, SourceFile, release_digest
from wardmote.analytics.warehouse.schema import OFFENCE_COUNTS
from wardmote.definitions import category_of, is_nowhere
from wardmote.foundations.periods import Month, Period, financial_year_period

READER: Final = "home_office/1"
PUBLISHER: Final = "Home Office"
ATTRIBUTION: Final = (
    "Source: Home Office, police recorded crime open data tables, licensed under the Open Government Licence v3.0."
)
COLUMNS: Final = Columns(
    needed={
        "year": ("financialyear",),
        "quarter": ("financialquarter",),
        "force": ("forcename",),
        "subgroup": ("offencesubgroup",),
        "ho_code": ("offencecode",),
        "count": ("numberofoffences", "offencecount"),
    },
    welcome={
        "group": ("offencegroup",),
        "offence": ("offencedescription",),
        "partnership": ("cspname", "communitysafetypartnership", "communitysafetypartnershipname"),
        "partnership_code": ("onscspcode", "csponscode", "cspcode", "onscode"),
    },
)
LEVEL_WORDS: Final = {"force": "police force area", "partnership": "Community Safety Partnership"}
# What the Home Office calls a force that police.uk names otherwise.
_IRREGULAR: Final = {"london-city-of": "city-of-london"}
_YEAR: Final = re.compile(r"((?:19|20)\d\d)\s*[/-]\s*(?:20)?(\d\d)", re.ASCII)
_QUARTER: Final = re.compile(r"Q?\s*([1-4])", re.ASCII | re.IGNORECASE)
_QUARTER_MONTHS: Final = 3
_Record = tuple[object, ...]


class _Rejected(Exception):
    """A row that cannot be taken: the column and the reason."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column, self.reason = column, reason


def read(request: ReadRequest) -> tuple[Outcome, ...]:
    """Read open tables into one prepared release for force areas and one for partnerships.

    Raises SourceRefused where a file has no such table.
    """
    groups: dict[str, list[NamedTable]] = {}
    for table in named_tables(request, COLUMNS, what="a Home Office open table"):
        groups.setdefault("partnership" if "partnership" in table.positions else "force", []).append(table)
    return tuple(_prepare(request, level, tables) for level, tables in groups.items())


def force_of(name: str) -> str:
    """Return the short name of a force as police.uk uses it: `city-of-london` for `London, City of`."""
    slug = force_slug(name)
    return _IRREGULAR.get(slug, slug)


def quarter_of(year: str, quarter: str) -> Month:
    """Return the first month of a financial quarter; `2017/18`, `2017-18` and `Q1` are read. Raises ValueError."""
    found, number = _YEAR.fullmatch(year.strip()), _QUARTER.fullmatch(quarter.strip())
    if found is None:
        raise ValueError(f"“{year[:40]}” is not a financial year such as 2017/18")
    if number is None:
        raise ValueError(f"“{quarter[:40]}” is not a quarter from 1 to 4")
    return financial_year_period(f"{found[1]}/{found[2]}").first + _QUARTER_MONTHS * (int(number[1]) - 1)


def _prepare(request: ReadRequest, level: str, tables: Sequence[NamedTable]) -> Outcome:
    dataset = f"home-office-crime-{level}"
    release = release_digest(
        dataset=dataset,
        input_hashes=sorted({table.file.sha256 for table in tables}),
        mapping=_mapping(tables),
        reader=READER,
        is_sample=request.is_sample,
    )
    if release in request.known:
        return AlreadyHeld(dataset, release)
    folder = release_folder(request, release, dataset)
    rejects = open_rejects(folder)
    taking = _Taking(level, rejects)
    try:
        for number, table in enumerate(tables):
            request.progress(f"Reading {table.file.name}", number, len(tables))
            taking.take(table)
    finally:
        rejects.close()
    _check_taken(taking)
    write_rows(folder, taking.records, OFFENCE_COUNTS)
    return finish(request, folder, _manifest(request, (dataset, release), tables, taking))


def _mapping(tables: Sequence[NamedTable]) -> dict[str, str]:
    return {heading: ours for table in tables for ours, heading in table.headings.items()}


class _Taking:
    """The records taken so far.

    An offence may stand in several rows, which add up: homicide has one for each of its codes, all called alike. What
    cannot be is an area's quarter in two tables, which would count twice.
    """

    def __init__(self, level: str, rejects: RejectList) -> None:
        self.level = level
        self.rejects = rejects
        self.records: list[_Record] = []
        self.read_by_file: dict[str, int] = {}
        self.repeated = 0
        self._seen: set[tuple[str, str, int]] = set()

    def take(self, table: NamedTable) -> None:
        name = table.file.name
        first = len(self.records)
        for row, texts in table.rows():
            self.read_by_file[name] = self.read_by_file.get(name, 0) + 1
            try:
                self.records.append(self._record(row, texts, name))
            except _Rejected as no:
                column = table.headings.get(no.column, "")
                self.rejects.add(Reject(name, row.number, column, no.reason), kind=_kind(no.column))
        self._check_once(first, name)

    def _check_once(self, first: int, name: str) -> None:
        """Refuse an area's quarter that an earlier table gave already; count the rows that add up within this one."""
        quarters = {(str(record[3]), str(record[1]), int(str(record[4]))) for record in self.records[first:]}
        twice = sorted(quarters & self._seen)
        if twice:
            _, area, index = twice[0]
            raise SourceRefused(
                f"{name} gives {area} for the quarter from {Month.from_index(index).words()}, and so does another of "
                "these tables: import them one after the other, the newest last. Nothing was changed.",
                file=name,
            )
        self._seen |= quarters
        offences = [(record[1], record[4], record[5]) for record in self.records[first:]]
        self.repeated += len(offences) - len(set(offences))

    def _record(self, row: GridRow, texts: dict[str, str], file: str) -> _Record:
        if row.fault:
            raise _Rejected("", row.fault)
        month, count = _month(texts), _count(texts["count"])
        area = texts[self.level]
        if not area or not texts["ho_code"]:
            raise _Rejected(self.level if not area else "ho_code", "no area" if not area else "no offence code")
        return (
            self.level,
            area,
            texts.get("partnership_code") or None if self.level == "partnership" else None,
            force_of(texts["force"]),
            month.index,
            texts["ho_code"].upper(),
            texts.get("offence") or None,
            texts.get("group") or None,
            texts["subgroup"],
            count,
            file,
            row.number,
        )


def _kind(column: str) -> str:
    words = {"year": "no quarter", "count": "not a whole number", "ho_code": "no offence code"}
    return words.get(column, "no area" if column else "quotation")


def _month(texts: dict[str, str]) -> Month:
    try:
        return quarter_of(texts["year"], texts["quarter"])
    except ValueError as error:
        raise _Rejected("year", str(error)) from error


def _count(text: str) -> int:
    taken_back = text.startswith("-") and len(text) > 1
    try:
        count = count_in(text[1:] if taken_back else text)
    except ValueError as error:
        raise _Rejected("count", str(error)) from error
    if count is None:
        raise _Rejected("count", "no number of offences")
    return -count if taken_back else count


def _check_taken(taking: _Taking) -> None:
    first = taking.rejects.first
    if not taking.records:
        reason = f"; the first, row {first.line}: {first.reason}" if first else ""
        raise SourceRefused(f"Not one row could be read{reason}. Check that this is the right file.")


def _manifest(request: ReadRequest, named: tuple[str, str], tables: Sequence[NamedTable], taking: _Taking) -> Manifest:
    sample = request.is_sample
    starts = sorted({Month.from_index(int(str(record[4]))) for record in taking.records})
    months = sorted({str(month) for start in starts for month in Period(start, start + (_QUARTER_MONTHS - 1))})
    areas = sorted({str(record[1]) for record in taking.records})
    files = {table.file.name: table.file for table in tables}
    return Manifest(
        kind="offence-counts",
        dataset=named[0],
        release=named[1],
        publisher=SAMPLE_PUBLISHER if sample else PUBLISHER,
        licence=SAMPLE_LICENCE if sample else OGL,
        attribution=SAMPLE_ATTRIBUTION if sample else ATTRIBUTION,
        title=f"Police recorded crime by offence and {LEVEL_WORDS[taking.level]}",
        area=", ".join(areas) if len(areas) <= 3 else f"{len(areas)} areas",
        is_sample=sample,
        files=tuple(
            SourceFile(name, file.sha256, file.bytes, taking.read_by_file.get(name, 0)) for name, file in files.items()
        ),
        period_from=months[0],
        period_to=months[-1],
        months=tuple(months),
        rows_read=sum(taking.read_by_file.values()),
        rows_accepted=len(taking.records),
        rows_rejected=taking.rejects.total,
        quality=_quality(taking, tables),
        editions={},
        reader=READER,
        mapping=_mapping(tables),
    )


def _quality(taking: _Taking, tables: Sequence[NamedTable]) -> dict[str, JSON]:
    unknown = {
        str(record[8])
        for record in taking.records
        if category_of(str(record[7] or ""), str(record[8])) is None and not is_nowhere(str(record[7] or ""))
    }
    by_year: dict[str, int] = {}
    for record in taking.records:
        start = Month.from_index(int(str(record[4])))
        by_year[str(start)] = by_year.get(str(start), 0) + int(str(record[9]))
    found = {table.grid.sheet.name for table in tables}
    return {
        "areas": len({record[1] for record in taking.records}),
        "offence_codes": len({record[5] for record in taking.records}),
        "rows_added_up": taking.repeated,
        "offences_by_quarter_from": dict(sorted(by_year.items())),
        "subgroups_of_no_category": list[JSON](sorted(unknown)),
        "rejected_by_reason": dict(sorted(taking.rejects.by_reason.items())),
        "sheets_left_aside": list[JSON](sorted({name for t in tables for name in t.grid.others} - found)),
    }
