"""One module per publisher: how its files are read and checked; `read` chooses the module by the kind of data."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Final

from wardmote.analytics.sources import (
    denominators,
    deprivation,
    figures,
    force_tables,
    harm_weights,
    home_office,
    incidents,
    last_plan,
    london,
    police_uk,
    severity_weights,
    stats19,
)
from wardmote.analytics.sources.guess import WORDS, Guess, guess_files
from wardmote.analytics.sources.ons import boundaries, lookup, population
from wardmote.analytics.sources.police_uk import outcomes, stops
from wardmote.analytics.sources.release import work_folder
from wardmote.analytics.sources.request import AlreadyHeld, Outcome, Progress, ReadRequest, SourceRefused, no_progress
from wardmote.analytics.warehouse.folders import files_in, is_disk_full, remove_tree
from wardmote.analytics.warehouse.manifest import Prepared

__all__ = [
    "KINDS",
    "AlreadyHeld",
    "Guess",
    "Outcome",
    "Prepared",
    "Progress",
    "ReadRequest",
    "SourceRefused",
    "guess",
    "no_progress",
    "read",
]

# Any module with `read(request)` is a reader.
KINDS: Final[Mapping[str, ModuleType]] = {
    "police-uk": police_uk,
    "police-uk-outcomes": outcomes,
    "police-uk-stops": stops,
    "boundaries": boundaries,
    "lookup": lookup,
    "population": population,
    "denominators": denominators,
    "figures": figures,
    "last-plan": last_plan,
    "harm-weights": harm_weights,
    "severity-weights": severity_weights,
    "offence-counts": home_office,
    "force-tables": force_tables,
    "london": london,
    "deprivation": deprivation,
    "road-casualties": stats19,
    "incident-records": incidents,
}
_ALIASES: Final = {
    "police.uk": "police-uk",
    "policeuk": "police-uk",
    "boundary": "boundaries",
    "lookups": "lookup",
    "populations": "population",
    "denominator": "denominators",
    "figure": "figures",
    "stats19": "road-casualties",
    "incidents": "incident-records",
}
AUTO: Final = "auto"


def read(kind: str, request: ReadRequest) -> tuple[Outcome, ...]:
    """Read files of a kind (`auto` guesses) into prepared releases inside `request.staging`.

    Each outcome is a Prepared folder for `Warehouse.publish`, or AlreadyHeld when `request.known` has the release.
    Raises SourceRefused with a sentence for the person; then, and in every other failure, nothing stays behind.
    """
    try:
        outcomes = tuple(
            outcome
            for one, paths in _paths_by_kind(kind, request).items()
            for outcome in KINDS[one].read(replace(request, paths=tuple(paths)))
        )
    except BaseException as error:
        for leftover in files_in(request.staging):
            remove_tree(leftover)
        if is_disk_full(error):
            raise SourceRefused(
                "There is no room left on the disk: free some, and import again. Nothing was changed."
            ) from error
        raise
    remove_tree(work_folder(request))
    return outcomes


def guess(request: ReadRequest) -> tuple[Guess, ...]:
    """Say in words what each path of a request looks like, without reading it."""
    guesses = tuple(one for one, _ in guess_files(request.paths, work_folder(request)))
    remove_tree(work_folder(request))
    return guesses


def _paths_by_kind(kind: str, request: ReadRequest) -> dict[str, list[Path]]:
    name = kind.strip().lower().replace("_", "-")
    name = _ALIASES.get(name, name)
    if name in KINDS:
        return {name: list(request.paths)}
    if name != AUTO:
        raise SourceRefused(f"“{kind}” is not a kind of source: use one of {', '.join(KINDS)} or {AUTO}.")
    chosen: dict[str, list[Path]] = {}
    for one, path in guess_files(request.paths, work_folder(request)):
        if one.kind is None:
            raise SourceRefused(
                f"{one.file} looks like {one.words}. Wardmote reads {', '.join(WORDS.values())}. Nothing was changed.",
                file=one.file,
            )
        chosen.setdefault(one.kind, []).append(path)
        request.progress(f"{one.file} looks like {one.words}", 0, 0)
    remove_tree(work_folder(request))
    return chosen
