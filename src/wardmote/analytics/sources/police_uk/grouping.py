"""Which force a police.uk file belongs to: by its name, else by its “Reported by” column."""

from collections.abc import Sequence

from wardmote.analytics.sources.police_uk.forces import force_slug
from wardmote.analytics.sources.police_uk.layout import OUTCOMES, STOPS, STREET, PoliceFile
from wardmote.analytics.sources.request import SourceRefused
from wardmote.analytics.sources.tables import rows_of

_SHOWN = 3


def by_force(files: Sequence[PoliceFile]) -> dict[str, list[PoliceFile]]:
    """Group files by the short name of their force, in order of name; raises SourceRefused when a force is unclear."""
    groups: dict[str, list[PoliceFile]] = {}
    for file in files:
        groups.setdefault(file.force or _force_of_rows(file), []).append(file)
    for group in groups.values():
        _check_one_file_a_month(group)
    return dict(sorted(groups.items()))


def _force_of_rows(file: PoliceFile) -> str:
    like = f"2024-01-leicestershire-{_ending(file)}.csv"
    if "reported_by" not in file.columns:
        raise _no_force(file, like)
    at = file.columns.index("reported_by")
    rows = rows_of(file.source, delimiter=file.header.delimiter)
    next(rows, None)
    names = sorted({name for row in rows if len(row.cells) > at and (name := row.cells[at].strip())})
    forces = {force_slug(name): name for name in names}
    if len(forces) > 1:
        shown = ", ".join(names[:_SHOWN]) + (" …" if len(names) > _SHOWN else "")
        raise SourceRefused(
            f"{file.source.name} holds rows of {len(forces)} forces ({shown}): import one file for each force, named "
            f"like {like}. Nothing was changed.",
            file=file.source.name,
            column="Reported by",
        )
    if not forces or "" in forces:
        raise _no_force(file, like)
    return next(iter(forces))


def _ending(file: PoliceFile) -> str:
    if "legislation" in file.columns:
        return STOPS
    return STREET if "category" in file.columns else OUTCOMES


def _no_force(file: PoliceFile, like: str) -> SourceRefused:
    return SourceRefused(
        f"{file.source.name} does not say which force it is of: name it like {like}. Nothing was changed.",
        file=file.source.name,
        column="Reported by",
    )


def _check_one_file_a_month(files: Sequence[PoliceFile]) -> None:
    seen: dict[object, str] = {}
    for file in files:
        if file.month is not None and seen.setdefault(file.month, file.source.name) != file.source.name:
            raise SourceRefused(
                f"{seen[file.month]} and {file.source.name} both claim to be {file.month.words()} of one force, with "
                "different content: remove the older one. Nothing was changed.",
                file=file.source.name,
            )
