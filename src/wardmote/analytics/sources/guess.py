"""What a file looks like, guessed from its content and said in words."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from wardmote.analytics.sources.headers import read_header
from wardmote.analytics.sources.intake import Found, InputFile, check_files, find_files
from wardmote.analytics.sources.ons.lookup import is_lookup_header
from wardmote.analytics.sources.ons.population import is_population_header
from wardmote.analytics.sources.police_uk.layout import is_street_header, other_kind
from wardmote.analytics.sources.request import SourceRefused

WORDS: Final = {
    "police-uk": "street-level crime of data.police.uk",
    "boundaries": "boundaries of areas (GeoJSON)",
    "lookup": "a lookup between areas",
    "population": "populations of areas by year",
}


@dataclass(frozen=True)
class Guess:
    """What one file looks like: a kind of source, or None; and what it is, in words."""

    file: str
    kind: str | None
    words: str


def guess_files(paths: tuple[Path, ...], work: Path) -> tuple[tuple[Guess, Path], ...]:
    """Say what each file looks like, beside the path that it came with; raises SourceRefused for unreadable ones.

    A folder or an archive is one guess, by its first files; its reader then looks at all of them.
    """
    return tuple((_guess(path, work / f"guess-{number}"), path) for number, path in enumerate(paths))


def _guess(path: Path, work: Path) -> Guess:
    work.mkdir(parents=True, exist_ok=True)
    found, _ = find_files((path,), work, suffixes=(".csv", ".geojson", ".json"))
    if not found:
        raise SourceRefused(f"{path.name} holds no CSV and no GeoJSON file.", file=path.name)
    street = [one for one in found if one.name.lower().endswith("-street.csv")]
    guess = _guess_one((street or list(found))[0], work)
    return Guess(path.name, guess.kind, guess.words)


def _guess_one(found: Found, work: Path) -> Guess:
    if found.name.lower().endswith((".geojson", ".json")):
        return Guess(found.name, "boundaries", WORDS["boundaries"])
    return guess_table(check_files([found], work / "text", expected="csv")[0])


def guess_table(file: InputFile) -> Guess:
    """Say what a checked CSV file looks like."""
    header = read_header(file.head)
    other = other_kind(file)
    if other is not None:
        return Guess(file.name, None, f"{other} of data.police.uk, which is not used yet")
    if is_street_header(header):
        kind = "police-uk"
    elif is_population_header(header.cells):
        # Before lookups: estimates by LSOA often name the district beside it.
        kind = "population"
    elif is_lookup_header(header.cells):
        kind = "lookup"
    else:
        shown = ", ".join(cell.strip() for cell in header.cells[:4])
        return Guess(file.name, None, f"a table that begins {shown}, which no reader knows")
    return Guess(file.name, kind, WORDS[kind])
