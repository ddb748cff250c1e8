"""Residents of each LSOA by year, the denominator of rates: mid-year estimates of the Office for National Statistics.

Source: "Lower layer Super Output Area population estimates", ONS. Estimates are of mid-June of their year.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from wardmote.analytics.sources.headers import fold
from wardmote.analytics.sources.numbers import count_in
from wardmote.analytics.sources.ons.columns import area_columns, code_position
from wardmote.analytics.sources.ons.source import (
    RowRejected,
    Table,
    area_in_words,
    check_taken,
    checked_code,
    open_tables,
    source_file,
    take_rows,
    terms,
)
from wardmote.analytics.sources.release import finish, open_rejects, release_folder, write_rows
from wardmote.analytics.sources.request import AlreadyHeld, Outcome, ReadRequest, SourceRefused
from wardmote.analytics.sources.tables import RejectList
from wardmote.analytics.warehouse.manifest import JSON, Manifest, release_digest
from wardmote.analytics.warehouse.schema import POPULATION
from wardmote.foundations.wording import joined

READER: Final = "ons_population/1"
_YEAR_IN_HEADER: Final = re.compile(
    r"(?:mid)?((?:19|20)\d\d)(?:total)?population|(?:total)?population(?:mid)?((?:19|20)\d\d)"
)
_YEAR_IN_NAME: Final = re.compile(r"mid[-_ ]?((?:19|20)\d\d)(?!\d)", re.IGNORECASE)
_TOTALS: Final = frozenset(("totalpopulation", "population", "allages", "total", "allpersons"))
_FIRST_YEAR: Final = 1981
_Record = tuple[str, str | None, int, int | None]


@dataclass(frozen=True)
class _Plan:
    """Where a file has the code, the name, and the population of each year."""

    table: Table
    code: int
    name: int | None
    years: Mapping[int, int]
    edition: str | None
    district: int | None

    @property
    def dataset(self) -> str:
        return f"population-lsoa{self.edition or ''}"

    @property
    def mapping(self) -> dict[str, str]:
        cells = self.table.header.cells
        return {
            cells[self.code].strip("\ufeff"): "lsoa_code",
            **({} if self.name is None else {cells[self.name].strip("\ufeff"): "lsoa_name"}),
            # The year stands in the mapping, so that the same file with another --year is another release.
            **{cells[at].strip("\ufeff"): f"population {year}" for year, at in self.years.items()},
        }


def read(request: ReadRequest) -> tuple[Outcome, ...]:
    """Read LSOA populations into one prepared release for each census edition of LSOAs.

    Raises SourceRefused when a file is of another kind of area, or does not say its year.
    """
    plans: dict[str, list[_Plan]] = {}
    for table in open_tables(request):
        plan = _plan(request, table)
        plans.setdefault(plan.dataset, []).append(plan)
    return tuple(_prepare(request, dataset, group) for dataset, group in plans.items())


def is_population_header(headers: Sequence[str]) -> bool:
    """Say whether a header has an area's code and a population."""
    has_code = any(column.part == "code" for column in area_columns(headers).values())
    return has_code and bool(_dated(headers) or _undated(headers))


def _plan(request: ReadRequest, table: Table) -> _Plan:
    headers = table.header.cells
    columns = area_columns(headers)
    code = code_position(columns, "lsoa")
    if code is None:
        raise _not_of_lsoas(table, any(column.level == "district" for column in columns.values()))
    return _Plan(
        table=table,
        code=code,
        name=code_position(columns, "lsoa", "name"),
        years=_years(request, table),
        edition=columns[code].edition,
        district=code_position(columns, "district", "name"),
    )


def _not_of_lsoas(table: Table, has_districts: bool) -> SourceRefused:  # noqa: FBT001 -- one caller
    what = "populations of districts" if has_districts else "no column of LSOA codes (such as LSOA21CD)"
    return SourceRefused(
        f"{table.source.name} has {what}: give the estimates by LSOA, from which Wardmote adds up every larger area. "
        "Nothing was changed.",
        file=table.source.name,
        line=1,
    )


def _dated(headers: Sequence[str]) -> dict[int, int]:
    matches = ((at, _YEAR_IN_HEADER.fullmatch(fold(header))) for at, header in enumerate(headers))
    return {int(match[1] or match[2]): at for at, match in matches if match is not None}


def _undated(headers: Sequence[str]) -> list[int]:
    return [at for at, header in enumerate(headers) if fold(header) in _TOTALS]


def _years(request: ReadRequest, table: Table) -> dict[int, int]:
    """Return the column of each year: from the headers, else the file's name, else the year that was given."""
    years = _dated(table.header.cells)
    if not years:
        totals = _undated(table.header.cells)
        if not totals:
            raise SourceRefused(
                f"{table.source.name} has no column of populations, such as “Mid-2022: Population” or "
                "“total_population”. Nothing was changed.",
                file=table.source.name,
                line=1,
            )
        years = {_year_of_file(request, table): totals[0]}
    for year in years:
        if not _FIRST_YEAR <= year <= request.now.year:
            raise SourceRefused(f"{table.source.name} states the year {year}: check it.", file=table.source.name)
    return years


def _year_of_file(request: ReadRequest, table: Table) -> int:
    in_name = _YEAR_IN_NAME.search(table.source.name)
    stated = int(in_name[1]) if in_name else None
    if request.year is not None and stated is not None and request.year != stated:
        raise SourceRefused(
            f"{table.source.name} says {stated} in its name, but the year given is {request.year}: correct one.",
            file=table.source.name,
        )
    year = stated if request.year is None else request.year
    if year is None:
        raise SourceRefused(
            f"{table.source.name} does not say which year its populations are of: give it with --year, for example "
            "--year 2020.",
            file=table.source.name,
        )
    return year


def _prepare(request: ReadRequest, dataset: str, plans: list[_Plan]) -> Outcome:
    mapping = {published: ours for plan in plans for published, ours in plan.mapping.items()}
    release = release_digest(
        dataset=dataset,
        input_hashes=[plan.table.source.sha256 for plan in plans],
        mapping=mapping,
        reader=READER,
        is_sample=request.is_sample,
    )
    if release in request.known:
        return AlreadyHeld(dataset, release)
    folder = release_folder(request, release, dataset)
    rejects = open_rejects(folder)
    reading = _Reading()
    read_rows = [reading.take(plan, rejects) for plan in plans]
    rejects.close()
    check_taken(len(reading.records), rejects)
    write_rows(folder, list(reading.records), POPULATION)
    return finish(request, folder, _manifest(request, release, plans, mapping, (reading, read_rows, rejects)))


class _Reading:
    """The records taken so far; an LSOA has one population a year."""

    def __init__(self) -> None:
        self.records: list[_Record] = []
        self.districts: set[str] = set()
        self._seen: set[tuple[str, int]] = set()

    def take(self, plan: _Plan, rejects: RejectList) -> int:
        """Read one file; return how many rows it has."""
        taken, read_here = take_rows(plan.table, rejects, lambda cells: list(self._of_row(plan, cells)))
        self.records.extend(taken)
        return read_here

    def _of_row(self, plan: _Plan, cells: list[str]) -> Iterator[_Record]:
        headers = plan.table.header.cells
        code = checked_code(cells[plan.code], headers[plan.code])
        if code is None:
            raise RowRejected(headers[plan.code], "no LSOA code", kind="no LSOA code")
        if any((code, year) in self._seen for year in plan.years):
            raise RowRejected(headers[plan.code], f"{code} stands in an earlier row", kind="LSOA twice")
        counts = {year: _population(cells[at], headers[at]) for year, at in plan.years.items()}
        self._seen.update((code, year) for year in counts)
        if plan.district is not None:
            self.districts.add(cells[plan.district].strip())
        name = cells[plan.name].strip() or None if plan.name is not None else None
        yield from ((code, name, year, count) for year, count in sorted(counts.items()))


def _population(cell: str, header: str) -> int | None:
    try:
        return count_in(cell)
    except ValueError as error:
        raise RowRejected(header, str(error), kind="not a whole number") from error


def _manifest(
    request: ReadRequest,
    release: str,
    plans: list[_Plan],
    mapping: dict[str, str],
    outcome: tuple[_Reading, list[int], RejectList],
) -> Manifest:
    reading, read_rows, rejects = outcome
    years = sorted({record[2] for record in reading.records})
    named = terms(request)
    edition = plans[0].edition
    return Manifest(
        kind="population",
        dataset=plans[0].dataset,
        release=release,
        publisher=named.publisher,
        licence=named.licence,
        attribution=named.attribution,
        title=f"Population of LSOAs{f' of {edition}' if edition else ''}, mid-year {joined([*map(str, years)])}",
        area=area_in_words([record[0] for record in reading.records], reading.districts),
        is_sample=request.is_sample,
        files=tuple(source_file(plan.table, rows) for plan, rows in zip(plans, read_rows, strict=True)),
        period_from=None,
        period_to=None,
        months=(),
        rows_read=sum(read_rows),
        rows_accepted=sum(read_rows) - rejects.total,
        rows_rejected=rejects.total,
        quality=_quality(reading.records, years, plans, rejects),
        editions={"lsoa": edition} if edition else {},
        reader=READER,
        mapping=mapping,
    )


def _quality(records: list[_Record], years: list[int], plans: list[_Plan], rejects: RejectList) -> dict[str, JSON]:
    return {
        "years": list[JSON](years),
        "lsoa_codes": len({record[0] for record in records}),
        "population_by_year": {str(year): sum(r[3] or 0 for r in records if r[2] == year) for year in years},
        "missing_by_year": {str(year): sum(r[3] is None for r in records if r[2] == year) for year in years},
        "rejected_by_reason": dict(sorted(rejects.by_reason.items())),
        "encodings": {
            p.table.source.name: p.table.source.encoding for p in plans if p.table.source.encoding != "utf-8"
        },
    }
