"""Road casualties: collisions and casualties of the Department for Transport (STATS19), or an extract of both in one.

Source: Department for Transport, Road Safety Open Data; Transport for Greater Manchester, full STATS19 data. The two
files of the Department belong together: when and where stands with the collision, who was hurt with the casualty.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from wardmote.analytics.sources.ons.source import (
    Table,
    area_in_words,
    check_taken,
    open_tables,
    source_file,
    take_rows,
)
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
from wardmote.analytics.sources.stats19.layout import Layout, Plan, is_road_header, plan_of
from wardmote.analytics.sources.stats19.rows import Record, Taking, take_casualty, take_collision, take_extract
from wardmote.analytics.sources.tables import RejectList
from wardmote.analytics.warehouse.manifest import JSON, Manifest, SourceFile, release_digest
from wardmote.analytics.warehouse.schema import ROAD_CASUALTIES
from wardmote.foundations.periods import Month, Period

__all__ = ["is_road_header", "read"]

READER: Final = "stats19/1"
_COLUMN: Final = {name: at for at, name in enumerate(ROAD_CASUALTIES)}


@dataclass(frozen=True)
class _Edition:
    """Whose files they are: the data set, its publisher and terms."""

    dataset: str
    publisher: str
    licence: str
    attribution: str
    title: str
    # Where its rows name districts without a code.
    area: str = ""


NATIONAL: Final = _Edition(
    "road-casualties",
    "Department for Transport",
    OGL,
    "Source: Department for Transport, Road Safety Open Data (STATS19), licensed under the Open Government Licence "
    "v3.0.",
    "Road casualties reported to the police",
)
MANCHESTER: Final = _Edition(
    "road-casualties-greater-manchester",
    "Transport for Greater Manchester",
    "OS “Free to Use Data” licence",
    "Source: Transport for Greater Manchester and Greater Manchester Police, STATS19. Contains OS data © Crown "
    "copyright and database rights.",
    "Road casualties reported to Greater Manchester Police",
    "Greater Manchester",
)


@dataclass(frozen=True)
class _Taken:
    records: list[Record]
    collisions: int
    rows_by_file: dict[str, int]
    months: tuple[str, ...]
    provisional: tuple[str, ...]
    rejects: RejectList


def read(request: ReadRequest) -> tuple[Outcome, ...]:
    """Read the files of each publisher into one prepared release; raises SourceRefused where a file is none of them."""
    plans = [_plan(table) for table in open_tables(request)]
    extracts = [plan for plan in plans if plan.layout is Layout.EXTRACT]
    national = [plan for plan in plans if plan.layout is not Layout.EXTRACT]
    _check_pair(national)
    groups = ((NATIONAL, _in_order(national)), (MANCHESTER, extracts))
    return tuple(_prepare(request, edition, found) for edition, found in groups if found)


def _plan(table: Table) -> Plan:
    plan = plan_of(table)
    if plan is None:
        name = table.source.name
        raise SourceRefused(
            f"{name} lacks the columns of road casualties (collisions: collision_index, date, "
            "local_authority_ons_district; casualties: collision_index, casualty_reference, casualty_severity, "
            "casualty_type): download both files from Road Safety Open Data again. Nothing was changed.",
            file=name,
            line=1,
        )
    return plan


def _check_pair(plans: Sequence[Plan]) -> None:
    """The Department's two files belong together; either alone has no figure that could be placed."""
    given = {plan.layout for plan in plans}
    if given in (set(), {Layout.COLLISIONS, Layout.CASUALTIES}):
        return
    here, lacking = ("casualties", "collision") if Layout.CASUALTIES in given else ("collisions", "casualty")
    raise SourceRefused(
        f"{plans[0].name} has {here} alone: give the {lacking} file of the same years in the same import. When and "
        "where stands with the collision, who was hurt with the casualty. Nothing was changed.",
        file=plans[0].name,
    )


def _in_order(plans: Iterable[Plan]) -> list[Plan]:
    """Collisions before casualties; of a collision that stands in two files the validated one is kept."""
    return sorted(plans, key=lambda plan: (plan.layout is not Layout.COLLISIONS, plan.is_provisional, plan.name))


def _prepare(request: ReadRequest, edition: _Edition, plans: Sequence[Plan]) -> Outcome:
    mapping = {heading: ours for plan in plans for heading, ours in plan.mapping.items()}
    release = release_digest(
        dataset=edition.dataset,
        # The name says whether a file is provisional, so it belongs to what the release is made of.
        input_hashes=[f"{plan.table.source.sha256}{' provisional' * plan.is_provisional}" for plan in plans],
        mapping=mapping,
        reader=READER,
        is_sample=request.is_sample,
    )
    if release in request.known:
        return AlreadyHeld(edition.dataset, release)
    folder = release_folder(request, release, edition.dataset)
    rejects = open_rejects(folder)
    taken = _take(request, plans, rejects)
    rejects.close()
    check_taken(len(taken.records), rejects)
    write_rows(folder, taken.records, ROAD_CASUALTIES)
    return finish(request, folder, _manifest(request, edition, (release, mapping), plans, taken))


def _take(request: ReadRequest, plans: Sequence[Plan], rejects: RejectList) -> _Taken:
    taking, records, read = Taking(request.now), list[Record](), dict[str, int]()
    for number, plan in enumerate(plans):
        request.progress(f"Reading {plan.name}", number, len(plans))
        taken, rows = take_rows(plan.table, rejects, partial(_taken_from, plan, taking, number))
        records += taken
        read[plan.name] = rows
    months, provisional = _months(plans, taking)
    collisions = {record[_COLUMN["collision"]] for record in records}
    return _Taken(records, len(taking.collisions) or len(collisions), read, months, provisional, rejects)


def _taken_from(plan: Plan, taking: Taking, number: int, cells: list[str]) -> Iterator[Record]:
    match plan.layout:
        case Layout.COLLISIONS:
            return take_collision(plan, cells, taking, number)
        case Layout.CASUALTIES:
            return take_casualty(plan, cells, taking)
        case Layout.EXTRACT:
            return take_extract(plan, cells, taking, number)


def _months(plans: Sequence[Plan], taking: Taking) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the months held, and those of them that are provisional.

    Provisional are the months of a file that is called so, and of a year that a file has only in part. An extract never
    says that a year was validated, so its last year is provisional whole.
    """
    held: set[str] = set()
    provisional: set[str] = set()
    firm: set[str] = set()
    for number, (first, last) in taking.days.items():
        months = [str(month) for month in Period(Month.of(first), Month.of(last))]
        is_part = plans[number].layout is Layout.EXTRACT or last.month < 12
        open_ones = {month for month in months if is_part and month.startswith(f"{last.year}-")}
        open_ones |= set(months) if plans[number].is_provisional else set()
        held.update(months)
        provisional |= open_ones
        firm |= set(months) - open_ones
    return tuple(sorted(held)), tuple(sorted(provisional - firm))


def _manifest(
    request: ReadRequest, edition: _Edition, named: tuple[str, dict[str, str]], plans: Sequence[Plan], taken: _Taken
) -> Manifest:
    sample = request.is_sample
    read = sum(taken.rows_by_file.values())
    codes = {str(record[_COLUMN["district_code"]]) for record in taken.records if record[_COLUMN["district_code"]]}
    return Manifest(
        kind="road-casualties",
        dataset=edition.dataset,
        release=named[0],
        publisher=SAMPLE_PUBLISHER if sample else edition.publisher,
        licence=SAMPLE_LICENCE if sample else edition.licence,
        attribution=SAMPLE_ATTRIBUTION if sample else edition.attribution,
        title="Made-up road casualties" if sample else edition.title,
        area=edition.area or area_in_words(codes, ()),
        is_sample=sample,
        files=tuple(_source_file(plan, taken) for plan in plans),
        period_from=taken.months[0],
        period_to=taken.months[-1],
        months=taken.months,
        rows_read=read,
        rows_accepted=read - taken.rejects.total,
        rows_rejected=taken.rejects.total,
        quality=_quality(taken),
        editions={},
        reader=READER,
        mapping=named[1],
    )


def _source_file(plan: Plan, taken: _Taken) -> SourceFile:
    return source_file(plan.table, taken.rows_by_file[plan.name])


def _quality(taken: _Taken) -> dict[str, JSON]:
    severities: dict[str, int] = {}
    for record in taken.records:
        severity = str(record[_COLUMN["severity"]])
        severities[severity] = severities.get(severity, 0) + 1
    without = {
        name: sum(record[_COLUMN[column]] is None for record in taken.records)
        for name, column in (
            ("casualties_without_lsoa", "lsoa_code"),
            ("casualties_of_unknown_age", "is_child"),
            ("casualties_without_recording_system", "injury_based"),
        )
    }
    return {
        "collisions": taken.collisions,
        "casualties": len(taken.records),
        "casualties_by_severity": dict(sorted(severities.items())),
        **without,
        "casualties_recorded_by_injury": sum(record[_COLUMN["injury_based"]] is True for record in taken.records),
        "provisional_months": list[JSON](taken.provisional),
        "rejected_by_reason": dict(sorted(taken.rejects.by_reason.items())),
    }
