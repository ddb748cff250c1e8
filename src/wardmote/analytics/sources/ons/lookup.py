"""Lookups between areas: LSOA to ward to district, district to partnership to force, 2011 to 2021, neighbourhoods.

A lookup may be many to many: a Community Safety Partnership can join districts, and a merged district can have several.
Source: Open Geography portal, Office for National Statistics; or a partnership's own list of neighbourhoods.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from wardmote.analytics.sources.headers import fold
from wardmote.analytics.sources.ons.columns import LEVELS, AreaColumn, area_columns
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
from wardmote.analytics.warehouse.schema import LOOKUP

READER: Final = "ons_lookup/1"
_COLUMNS: Final = tuple(LOOKUP)
_Record = tuple[str | None, ...]


@dataclass(frozen=True)
class _Plan:
    """Where each of our columns stands in a file, and the editions of its areas."""

    table: Table
    positions: Mapping[str, int]
    editions: Mapping[str, str]
    dataset: str

    @property
    def mapping(self) -> dict[str, str]:
        return {self.table.header.cells[at].strip("\ufeff"): ours for ours, at in self.positions.items()}


def read(request: ReadRequest) -> tuple[Outcome, ...]:
    """Read lookup tables into one prepared release for each combination of areas.

    Raises SourceRefused when a file names fewer than two kinds of area.
    """
    groups: dict[str, list[_Plan]] = defaultdict(list)
    for table in open_tables(request):
        plan = _plan(table)
        groups[plan.dataset].append(plan)
    return tuple(_prepare(request, dataset, plans) for dataset, plans in groups.items())


def is_lookup_header(headers: Sequence[str]) -> bool:
    """Say whether a header names at least two kinds (or editions) of area, so that it can link them."""
    named = {(column.level, column.edition) for column in area_columns(headers).values() if _identifies(column)}
    return len(named) >= 2


def _identifies(column: AreaColumn) -> bool:
    return column.part == "code" or column.level == "neighbourhood"


def _plan(table: Table) -> _Plan:
    columns = area_columns(table.header.cells)
    if not is_lookup_header(table.header.cells):
        raise SourceRefused(
            f"{table.source.name} does not link two kinds of area: it needs a column of codes for each, such as "
            "LSOA21CD and WD24CD. Nothing was changed.",
            file=table.source.name,
            line=1,
        )
    names = {at: _our_name(column, columns.values()) for at, column in columns.items()}
    positions = {name: at for at, name in names.items() if name in LOOKUP}
    for at, header in enumerate(table.header.cells):
        if fold(header) in ("chgind", "change", "changecode"):
            positions["change"] = at
    editions = {
        name.removesuffix("_code").removesuffix("_name"): columns[at].edition or ""
        for at, name in names.items()
        if name in LOOKUP and _identifies(columns[at])
    }
    return _Plan(table, positions, {level: year for level, year in editions.items() if year}, _dataset(editions))


def _our_name(column: AreaColumn, all_columns: Iterable[AreaColumn]) -> str:
    """Name the canonical column; where LSOAs of both censuses stand in one file, those of 2011 have their own."""
    editions = {other.edition for other in all_columns if other.level == "lsoa"}
    if column.level == "lsoa" and column.edition == "2011" and len(editions) > 1:
        return f"lsoa_2011_{column.part}"
    return f"{column.level}_{column.part}"


def _dataset(editions: Mapping[str, str]) -> str:
    order = ("lsoa_2011", *LEVELS)
    levels = sorted(editions, key=order.index)
    return "-".join(["lookup", *(f"{level.removesuffix('_2011')}{editions[level]}" for level in levels)])


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
    records: list[_Record] = []
    read_rows: list[int] = []
    for plan in plans:
        taken, read_here = take_rows(plan.table, rejects, lambda cells, plan=plan: [_record(plan, cells)])  # type: ignore[misc]
        records.extend(taken)
        read_rows.append(read_here)
    rejects.close()
    check_taken(len(records), rejects)
    write_rows(folder, records, LOOKUP)
    return finish(request, folder, _manifest(request, release, plans, mapping, (records, read_rows, rejects)))


def _record(plan: _Plan, cells: list[str]) -> _Record:
    values = {ours: cells[at].strip() or None for ours, at in plan.positions.items()}
    for ours, at in plan.positions.items():
        # A partnership numbers its neighbourhoods as it likes; all other codes are national.
        if ours.endswith("_code") and ours != "neighbourhood_code":
            values[ours] = checked_code(cells[at], plan.table.header.cells[at])
    if sum(value is not None for ours, value in values.items() if ours.endswith(("_code", "hood_name"))) < 2:
        raise RowRejected("", "fewer than two areas to link", kind="nothing to link")
    return tuple(values.get(column) for column in _COLUMNS)


def _manifest(
    request: ReadRequest,
    release: str,
    plans: list[_Plan],
    mapping: dict[str, str],
    outcome: tuple[list[_Record], list[int], RejectList],
) -> Manifest:
    records, read_rows, rejects = outcome
    columns = dict(zip(_COLUMNS, zip(*records, strict=True), strict=True)) if records else dict.fromkeys(_COLUMNS, ())
    editions = {level: year for plan in plans for level, year in plan.editions.items()}
    named = terms(request, local="neighbourhood_name" in plans[0].positions)
    codes = [code for column in ("lsoa_code", "district_code") for code in columns[column] if code]
    return Manifest(
        kind="lookup",
        dataset=plans[0].dataset,
        release=release,
        publisher=named.publisher,
        licence=named.licence,
        attribution=named.attribution,
        title=_title(plans[0]),
        area=area_in_words(codes, [name for name in columns["district_name"] if name]),
        is_sample=request.is_sample,
        files=tuple(source_file(plan.table, rows) for plan, rows in zip(plans, read_rows, strict=True)),
        period_from=None,
        period_to=None,
        months=(),
        rows_read=sum(read_rows),
        rows_accepted=len(records),
        rows_rejected=rejects.total,
        quality=_quality(columns, plans, rejects),
        editions=editions,
        reader=READER,
        mapping=mapping,
    )


def _title(plan: _Plan) -> str:
    words = {"lsoa_2011": "LSOA", "lsoa": "LSOA"}
    order = ("lsoa_2011", *LEVELS)
    levels = [level for level in order if f"{level}_code" in plan.positions or f"{level}_name" in plan.positions]
    return "Lookup of " + " to ".join(
        f"{words.get(level, level)} {plan.editions.get(level, '')}".strip() for level in levels
    )


def _quality(columns: Mapping[str, Sequence[str | None]], plans: list[_Plan], rejects: RejectList) -> dict[str, JSON]:
    quality: dict[str, JSON] = {
        "rejected_by_reason": dict(sorted(rejects.by_reason.items())),
        "encodings": {
            p.table.source.name: p.table.source.encoding for p in plans if p.table.source.encoding != "utf-8"
        },
        "ignored_columns": list[JSON](
            sorted(
                cell
                for plan in plans
                for at, cell in enumerate(plan.table.header.cells)
                if at not in plan.positions.values()
            )
        ),
    }
    for level in ("lsoa_2011", *LEVELS):
        codes, names = columns[f"{level}_code"], columns[f"{level}_name"]
        distinct = {code for code in codes if code}
        if distinct:
            quality[f"{level}_codes"] = len(distinct)
            quality[f"{level}_codes_with_several_names"] = _several(codes, names)
    for lower, upper in (("lsoa", "ward"), ("lsoa", "district"), ("ward", "district"), ("district", "partnership")):
        if any(columns[f"{lower}_code"]) and any(columns[f"{upper}_code"]):
            quality[f"{lower}_codes_in_several_{upper}s"] = _several(columns[f"{lower}_code"], columns[f"{upper}_code"])
            quality[f"{upper}_codes_with_several_{lower}s"] = _several(
                columns[f"{upper}_code"], columns[f"{lower}_code"]
            )
    if any(columns["change"]):
        quality["rows_by_change"] = {
            change: list(columns["change"]).count(change) for change in sorted({c for c in columns["change"] if c})
        }
    return quality


def _several(keys: Sequence[str | None], values: Sequence[str | None]) -> int:
    """Count the keys that stand beside more than one value."""
    seen: dict[str, set[str]] = defaultdict(set)
    for key, value in zip(keys, values, strict=True):
        if key and value:
            seen[key].add(value)
    return sum(len(several) > 1 for several in seen.values())
