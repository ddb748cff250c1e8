"""What can be divided by beside residents: households, vehicles, premises or people by day, by LSOA and year.

A table of four columns: LSOA code, denominator, value, year. Suppliers are many (census tables of households, licensing
statistics of vehicles, business registers, the workday population), so that the table is one's own.
"""

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
from wardmote.analytics.sources.tables import RejectList, rows_of
from wardmote.analytics.warehouse.manifest import JSON, Manifest, release_digest
from wardmote.analytics.warehouse.schema import DENOMINATORS
from wardmote.definitions import denominators

READER: Final = "denominators/1"
_COLUMNS: Final = ("denominator", "value", "year")
_FIRST_YEAR: Final = 1981
_Record = tuple[str, str, int, int | None]


@dataclass(frozen=True)
class _Plan:
    """Where a file has each column, the census of its LSOAs, and the one denominator that it counts."""

    table: Table
    places: Mapping[str, int]
    edition: str | None
    denominator: str

    @property
    def dataset(self) -> str:
        return f"denominator-{self.denominator}"

    @property
    def mapping(self) -> dict[str, str]:
        cells = self.table.header.cells
        return {cells[at].strip("\ufeff"): ours for ours, at in self.places.items()}


def read(request: ReadRequest) -> tuple[Outcome, ...]:
    """Read each file into a prepared release of its denominator; raises SourceRefused where a file is none."""
    return tuple(_prepare(request, _plan(table)) for table in open_tables(request))


def is_denominator_header(headers: Sequence[str]) -> bool:
    """Say whether a header has LSOA codes, a denominator, a value and a year."""
    return _places(headers) is not None


def _places(headers: Sequence[str]) -> dict[str, int] | None:
    code = code_position(area_columns(headers), "lsoa")
    folded = [fold(header) for header in headers]
    if code is None or any(name not in folded for name in _COLUMNS):
        return None
    return {"lsoa_code": code, **{name: folded.index(name) for name in _COLUMNS}}


def _plan(table: Table) -> _Plan:
    headers, name = table.header.cells, table.source.name
    places = _places(headers)
    if places is None:
        raise SourceRefused(
            f"{name} lacks a column: give LSOA code (such as LSOA21CD), denominator, value and year. "
            "Nothing was changed.",
            file=name,
            line=1,
        )
    found = sorted(_denominators_in(table, places["denominator"]))
    if len(found) != 1:
        known = ", ".join(sorted(denominators().known))
        raise SourceRefused(
            f"{name} counts {' and '.join(found)}: split it into one file for each. Nothing was changed."
            if found
            else f"{name} names no denominator that Wardmote knows: write one of {known} into the column "
            f"“{headers[places['denominator']]}”. Nothing was changed.",
            file=name,
            column=headers[places["denominator"]],
        )
    return _Plan(table, places, area_columns(headers)[places["lsoa_code"]].edition, found[0])


def _denominators_in(table: Table, at: int) -> set[str]:
    rows = rows_of(table.source, delimiter=table.header.delimiter)
    next(rows, None)
    words = {row.cells[at].strip().lower() for row in rows if not row.fault and len(row.cells) > at}
    return words & set(denominators().known)


def _prepare(request: ReadRequest, plan: _Plan) -> Outcome:
    release = release_digest(
        dataset=plan.dataset,
        input_hashes=[plan.table.source.sha256],
        mapping=plan.mapping,
        reader=READER,
        is_sample=request.is_sample,
    )
    if release in request.known:
        return AlreadyHeld(plan.dataset, release)
    folder = release_folder(request, release, plan.dataset)
    rejects = open_rejects(folder)
    seen: set[tuple[str, int]] = set()
    last_year = request.now.year
    records, rows = take_rows(plan.table, rejects, lambda cells: list(_record(plan, cells, seen, last_year)))
    rejects.close()
    check_taken(len(records), rejects)
    write_rows(folder, records, DENOMINATORS)
    return finish(request, folder, _manifest(request, plan, release, (records, rows, rejects)))


def _record(plan: _Plan, cells: list[str], seen: set[tuple[str, int]], last_year: int) -> Iterator[_Record]:
    headers, places = plan.table.header.cells, plan.places
    code = checked_code(cells[places["lsoa_code"]], headers[places["lsoa_code"]])
    if code is None:
        raise RowRejected(headers[places["lsoa_code"]], "no LSOA code", kind="no LSOA code")
    word = cells[places["denominator"]].strip()
    if word.lower() != plan.denominator:
        reason = f"“{word[:40]}” is not {plan.denominator}" if word else "no denominator"
        raise RowRejected(headers[places["denominator"]], reason, kind="another denominator")
    year = _whole(cells[places["year"]], headers[places["year"]])
    if year is None or not _FIRST_YEAR <= year <= last_year:
        reason = f"“{cells[places['year']].strip()[:40]}” is no year from {_FIRST_YEAR} to {last_year}"
        raise RowRejected(headers[places["year"]], reason, kind="not a year")
    if (code, year) in seen:
        raise RowRejected(headers[places["lsoa_code"]], f"{code} of {year} stands in an earlier row", kind="LSOA twice")
    value = _whole(cells[places["value"]], headers[places["value"]])
    seen.add((code, year))
    yield code, plan.denominator, year, value


def _whole(cell: str, header: str) -> int | None:
    try:
        return count_in(cell)
    except ValueError as error:
        raise RowRejected(header, str(error), kind="not a whole number") from error


def _manifest(
    request: ReadRequest, plan: _Plan, release: str, taken: tuple[list[_Record], int, RejectList]
) -> Manifest:
    records, rows, rejects = taken
    years = sorted({year for _, _, year, _ in records})
    named = terms(request, local=True)
    known = denominators().known[plan.denominator]
    return Manifest(
        kind="denominators",
        dataset=plan.dataset,
        release=release,
        publisher=named.publisher,
        licence=named.licence,
        attribution=named.attribution,
        title=f"{known.words.capitalize()} by LSOA, {', '.join(map(str, years))}",
        area=area_in_words([record[0] for record in records], ()),
        is_sample=request.is_sample,
        files=(source_file(plan.table, rows),),
        period_from=str(years[0]),
        period_to=str(years[-1]),
        months=(),
        rows_read=rows,
        rows_accepted=rows - rejects.total,
        rows_rejected=rejects.total,
        quality=_quality(records, years, rejects),
        editions={"lsoa": plan.edition} if plan.edition else {},
        reader=READER,
        mapping=plan.mapping,
    )


def _quality(records: list[_Record], years: list[int], rejects: RejectList) -> dict[str, JSON]:
    return {
        "years": list[JSON](years),
        "lsoa_codes": len({record[0] for record in records}),
        "total_by_year": {str(year): sum(r[3] or 0 for r in records if r[2] == year) for year in years},
        "missing_by_year": {str(year): sum(r[3] is None for r in records if r[2] == year) for year in years},
        "rejected_by_reason": dict(sorted(rejects.by_reason.items())),
    }
