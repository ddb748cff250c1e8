"""What the readers of outcomes and of stops share: the files of one kind, row by row, one release for each force."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Final, Protocol

from wardmote.analytics.sources.intake import Found, Skipped, check_files, check_unchanged, find_files
from wardmote.analytics.sources.police_uk.grouping import by_force
from wardmote.analytics.sources.police_uk.layout import (
    COLUMNS_OF,
    KINDS_IN_WORDS,
    PoliceFile,
    kind_in_name,
    other_kind,
    recognise,
)
from wardmote.analytics.sources.police_uk.publisher import force_in_words, terms
from wardmote.analytics.sources.police_uk.quality import missing_months, percent
from wardmote.analytics.sources.police_uk.rows import Batches, Rejected, Tally, check_width, judge
from wardmote.analytics.sources.release import finish, open_rejects, release_folder, rows_target, work_folder
from wardmote.analytics.sources.request import AlreadyHeld, Outcome, ReadRequest, SourceRefused
from wardmote.analytics.sources.tables import Reject, RejectList, Row, rows_of
from wardmote.analytics.warehouse.manifest import JSON, Manifest, SourceFile, release_digest

_NOTHING: Final = "not stated"


@dataclass(frozen=True)
class Companion:
    """A kind of police.uk file beside the street files: what it is called and what it becomes."""

    kind: str
    layout: str
    dataset: str
    title: str
    reader: str
    schema: dict[str, str]
    counted: dict[str, str]


class RecordMaker(Protocol):
    """Makes rows of our table from the cells of a file, in the order of its layout."""

    def record(self, file: PoliceFile, row: Row, cells: Sequence[str], *, tally: Tally) -> tuple[Any, ...]:
        """Return a row; raises Rejected."""


class Figures:
    """Counts gathered while rows are written: by month, by the columns that a kind names, and without a place."""

    def __init__(self, spec: Companion) -> None:
        names = list(spec.schema)
        self._month = names.index("month")
        self._longitude = names.index("longitude")
        self._outside = names.index("location_outside")
        self._at = {figure: names.index(column) for figure, column in spec.counted.items()}
        self._by: dict[str, Counter[str]] = {figure: Counter() for figure in spec.counted}
        self._by_file: Counter[str] = Counter()
        self._months: Counter[str] = Counter()
        self._unplaced = self._abroad = 0

    def take(self, row: tuple[Any, ...]) -> None:
        """Count one row."""
        month: dt.date = row[self._month]
        self._months[f"{month:%Y-%m}"] += 1
        self._by_file[row[-1]] += 1
        self._unplaced += row[self._longitude] is None
        self._abroad += row[self._outside]
        for figure, at in self._at.items():
            self._by[figure][row[at] or _NOTHING] += 1

    @property
    def rows(self) -> int:
        """All rows."""
        return self._months.total()

    @property
    def months(self) -> tuple[str, ...]:
        """The months that have rows."""
        return tuple(sorted(self._months))

    def of_file(self, name: str) -> int:
        """Rows of a file."""
        return self._by_file[name]

    def quality(self) -> dict[str, JSON]:
        """Return the figures for the manifest."""
        return {
            "rows_by_month": dict(sorted(self._months.items())),
            "rows_without_location": self._unplaced,
            "rows_without_location_percent": percent(self._unplaced, self.rows),
            "rows_outside_britain": self._abroad,
            "missing_months": list(missing_months(self.months)),
            **{figure: dict(sorted(counts.items())) for figure, counts in self._by.items()},
        }


def read_companions(request: ReadRequest, spec: Companion, maker: RecordMaker) -> tuple[Outcome, ...]:
    """Read the files of one kind into one prepared release for each force; raises SourceRefused."""
    files, skipped = _files(request, spec)
    outcomes: list[Outcome] = []
    for force, group in by_force(files).items():
        release = release_digest(
            dataset=f"{spec.dataset}-{force}",
            input_hashes=[file.source.sha256 for file in group],
            mapping=_mapping(group),
            reader=spec.reader,
            is_sample=request.is_sample,
        )
        if release in request.known:
            outcomes.append(AlreadyHeld(f"{spec.dataset}-{force}", release))
        else:
            outcomes.append(_prepare(request, spec, maker, (force, release, group, skipped)))
    check_unchanged([file.source for file in files])
    return tuple(outcomes)


def _mapping(files: Sequence[PoliceFile]) -> dict[str, str]:
    return {published: ours for file in files for published, ours in file.mapping.items()}


def _files(request: ReadRequest, spec: Companion) -> tuple[list[PoliceFile], list[Skipped]]:
    work = work_folder(request)
    found, passed_over = find_files(request.paths, work, suffixes=(".csv",))
    skipped, files, seen = list(passed_over), [], dict[str, str]()
    # A name that says another kind is believed, so that a whole archive is not hashed once for each kind.
    wanted = [one for one in found if _may_be(one, spec)]
    request.progress("Checking the files", 0, len(wanted))
    for file in check_files(wanted, work, expected="csv"):
        twin = seen.setdefault(file.sha256, file.name)
        if other_kind(file) != spec.layout:
            skipped.append(Skipped(file.name, f"not {KINDS_IN_WORDS[spec.layout]}"))
        elif twin != file.name:
            skipped.append(Skipped(file.name, f"the same content as {twin}"))
        else:
            files.append(recognise(file, spec.layout))
    if not files:
        raise SourceRefused(
            f"There is not {KINDS_IN_WORDS[spec.layout]} in what was given: give the files of data.police.uk that end "
            f"in -{spec.layout}.csv. Nothing was changed."
        )
    return files, skipped


def _may_be(found: Found, spec: Companion) -> bool:
    return kind_in_name(found.name) in (None, spec.layout)


def _prepare(
    request: ReadRequest,
    spec: Companion,
    maker: RecordMaker,
    batch: tuple[str, str, Sequence[PoliceFile], list[Skipped]],
) -> Outcome:
    force, release, files, skipped = batch
    folder = release_folder(request, release, f"{spec.dataset}-{force}")
    rejects = open_rejects(folder)
    batches, figures = Batches(rows_target(folder), spec.schema), Figures(spec)
    try:
        for number, file in enumerate(files):
            request.progress(f"Reading {file.source.name}", number, len(files))
            _read_file(file, spec, maker, (batches, figures, rejects))
        batches.flush()
    finally:
        batches.close()
        rejects.close()
    _check_something_taken(figures, rejects)
    quality: dict[str, JSON] = {
        **figures.quality(),
        "rejected_by_reason": dict(sorted(rejects.by_reason.items())),
        "skipped_files": [{"file": one.name, "reason": one.reason} for one in skipped],
    }
    manifest = _manifest(request, spec, (force, release, files), figures, rejects)
    return finish(request, folder, Manifest(**manifest, quality=quality))


def _read_file(
    file: PoliceFile, spec: Companion, maker: RecordMaker, into: tuple[Batches, Figures, RejectList]
) -> None:
    batches, figures, rejects = into
    tally = Tally()
    order = itemgetter(*(file.columns.index(ours) for ours in COLUMNS_OF[spec.layout].values()))
    rows = rows_of(file.source, delimiter=file.header.delimiter)
    next(rows, None)
    for row in rows:
        tally.rows += 1
        try:
            check_width(row, len(file.columns))
            made = maker.record(file, row, order(row.cells), tally=tally)
        except Rejected as no:
            rejects.add(Reject(file.source.name, row.line, no.column, no.reason), kind=no.kind)
        else:
            batches.add(made)
            figures.take(made)
    judge(file, tally)


def _check_something_taken(figures: Figures, rejects: RejectList) -> None:
    first = rejects.first
    if first is not None and figures.rows == 0:
        raise SourceRefused(
            f"Not one of {rejects.total:,} rows could be read; the first, line {first.line} of {first.file}: "
            f"{first.reason}. Check that this is the right file. Nothing was changed.",
            file=first.file,
            line=first.line,
            column=first.column or None,
        )


def _manifest(
    request: ReadRequest,
    spec: Companion,
    batch: tuple[str, str, Sequence[PoliceFile]],
    figures: Figures,
    rejects: RejectList,
) -> dict[str, Any]:
    force, release, files = batch
    named, name, months = terms(request), force_in_words(force), figures.months
    return {
        "kind": spec.kind,
        "dataset": f"{spec.dataset}-{force}",
        "release": release,
        "publisher": named.publisher,
        "licence": named.licence,
        "attribution": named.attribution,
        "title": f"police.uk {spec.title}, {name}",
        "area": f"{name} force area",
        "is_sample": request.is_sample,
        "files": tuple(
            SourceFile(
                file.source.name,
                file.source.sha256,
                file.source.bytes,
                figures.of_file(file.source.name) + rejects.by_file.get(file.source.name, 0),
            )
            for file in files
        ),
        "period_from": months[0] if months else None,
        "period_to": months[-1] if months else None,
        "months": months,
        "rows_read": figures.rows + rejects.total,
        "rows_accepted": figures.rows,
        "rows_rejected": rejects.total,
        "editions": {},
        "reader": spec.reader,
        "mapping": _mapping(files),
    }
