"""Last year's plan as its partnership kept it: each priority and commitment with its own number and how far it got."""

from collections import Counter
from typing import Final

from wardmote.analytics.sources.ons.source import (
    RowRejected,
    Table,
    check_taken,
    open_tables,
    source_file,
    take_rows,
    terms,
)
from wardmote.analytics.sources.release import finish, open_rejects, release_folder, write_rows
from wardmote.analytics.sources.request import AlreadyHeld, Outcome, ReadRequest, SourceRefused
from wardmote.analytics.warehouse.manifest import Manifest, release_digest
from wardmote.analytics.warehouse.schema import LAST_PLAN
from wardmote.foundations.plans import Level, PlanProgress

READER: Final = "last_plan/1"
COLUMNS: Final = tuple(LAST_PLAN)


def read(request: ReadRequest) -> tuple[Outcome, ...]:
    """Read plans with the columns reference, level, text and progress; the name of a file names its data set.

    Raises SourceRefused for other columns. A row with a level or progress that does not exist is rejected.
    """
    return tuple(_prepare(request, table) for table in open_tables(request))


def _prepare(request: ReadRequest, table: Table) -> Outcome:
    if tuple(cell.strip().lower() for cell in table.header.cells) != COLUMNS:
        raise SourceRefused(
            f"{table.source.name} is not a plan: its columns should be {', '.join(COLUMNS)}. Nothing was changed.",
            file=table.source.name,
            line=1,
        )
    dataset = table.source.name.rsplit(".", 1)[0]
    release = release_digest(
        dataset=dataset,
        input_hashes=[table.source.sha256],
        mapping={},
        reader=READER,
        is_sample=request.is_sample,
    )
    if release in request.known:
        return AlreadyHeld(dataset, release)
    folder = release_folder(request, release, dataset)
    rejects = open_rejects(folder)
    rows, read_rows = take_rows(table, rejects, lambda cells: [_row(cells)])
    rejects.close()
    check_taken(len(rows), rejects)
    write_rows(folder, rows, LAST_PLAN)
    named = terms(request, local=True)
    levels, progress = Counter(row[1] for row in rows), Counter(row[3] for row in rows)
    manifest = Manifest(
        kind="last-plan",
        dataset=dataset,
        release=release,
        publisher=named.publisher,
        licence=named.licence,
        attribution=named.attribution,
        title=_title(levels["priority"], levels["commitment"]),
        area="the partnership",
        is_sample=request.is_sample,
        files=(source_file(table, read_rows),),
        period_from=None,
        period_to=None,
        months=(),
        rows_read=read_rows,
        rows_accepted=len(rows),
        rows_rejected=rejects.total,
        quality={"rows_by_progress": dict(sorted(progress.items()))},
        editions={},
        reader=READER,
        mapping={},
    )
    return finish(request, folder, manifest)


def _row(cells: list[str]) -> tuple[str, ...]:
    reference, level, text, progress = (cell.strip() for cell in cells)
    if level not in list(Level):
        raise RowRejected("level", f"“{level[:40]}” is neither a priority nor a commitment", kind="level")
    if progress not in list(PlanProgress):
        raise RowRejected("progress", f"“{progress[:40]}” does not say how far it got", kind="progress")
    if not text:
        raise RowRejected("text", "no text", kind="text")
    return reference, level, text, progress


def _title(priorities: int, commitments: int) -> str:
    first = "1 priority" if priorities == 1 else f"{priorities} priorities"
    return f"Last plan: {first}, {'1 commitment' if commitments == 1 else f'{commitments} commitments'}"
