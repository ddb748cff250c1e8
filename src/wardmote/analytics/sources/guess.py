"""What a file looks like, guessed from its content and said in words."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from wardmote.analytics.sources.denominators import is_denominator_header
from wardmote.analytics.sources.deprivation import is_deprivation_header
from wardmote.analytics.sources.force_tables import is_force_book, title_of
from wardmote.analytics.sources.harm_weights import COLUMNS as HARM_WEIGHTS
from wardmote.analytics.sources.headers import Header, read_header
from wardmote.analytics.sources.home_office import COLUMNS as OFFENCE_COUNTS
from wardmote.analytics.sources.incidents.layout import COLUMNS as INCIDENTS
from wardmote.analytics.sources.intake import Found, InputFile, check_files, find_files, read_sample
from wardmote.analytics.sources.london import is_london_header
from wardmote.analytics.sources.named_columns import Columns, has_columns
from wardmote.analytics.sources.ons.lookup import is_lookup_header
from wardmote.analytics.sources.ons.population import is_population_header
from wardmote.analytics.sources.police_uk.early import is_early_header
from wardmote.analytics.sources.police_uk.layout import (
    KINDS_IN_WORDS,
    OUTCOMES,
    STOPS,
    is_street_header,
    kind_in_name,
    other_kind,
)
from wardmote.analytics.sources.request import SourceRefused
from wardmote.analytics.sources.severity_weights import COLUMNS as SEVERITY_WEIGHTS
from wardmote.analytics.sources.stats19 import is_road_header
from wardmote.analytics.sources.workbooks import is_workbook
from wardmote.foundations.areas import is_gss_code

WORDS: Final = {
    "police-uk": "street-level crime of data.police.uk",
    "police-uk-outcomes": "outcomes of crimes of data.police.uk",
    "police-uk-stops": "stop and search of data.police.uk",
    "boundaries": "boundaries of areas (GeoJSON or GeoPackage)",
    "lookup": "a lookup between areas",
    "population": "populations of areas by year",
    "denominators": "households, vehicles, premises or people by day, by LSOA and year",
    "harm-weights": "a copy of the Cambridge Crime Harm Index",
    "severity-weights": "a table of Crime Severity Score weights of the Office for National Statistics",
    "offence-counts": "a Home Office open table of recorded crime by offence",
    "force-tables": "police force area tables of recorded crime of the Office for National Statistics",
    "london": "monthly counts of the Metropolitan Police, or MOPAC's Public Attitude Survey",
    "deprivation": "the Indices of Deprivation by LSOA",
    "incident-records": "a list of single incidents",
    "road-casualties": "collisions and casualties on the roads (STATS19)",
}
_BY_COLUMNS: Final[dict[str, Columns]] = {
    "harm-weights": HARM_WEIGHTS,
    "severity-weights": SEVERITY_WEIGHTS,
    "offence-counts": OFFENCE_COUNTS,
    "incident-records": INCIDENTS,
}
# In this order: collisions have codes of LSOAs and districts side by side, as a lookup has; the widest file of the
# indices of deprivation has populations; estimates by LSOA often name the district beside it.
_BY_HEADER: Final[tuple[tuple[str, Callable[[Header], bool]], ...]] = (
    ("force-tables", lambda header: title_of(header.cells[:1]) is not None),
    ("london", is_london_header),
    ("police-uk", lambda header: is_street_header(header) or is_early_header(header)),
    ("road-casualties", lambda header: is_road_header(header.cells)),
    ("deprivation", lambda header: is_deprivation_header(header.cells)),
    ("denominators", lambda header: is_denominator_header(header.cells)),
    ("population", lambda header: is_population_header(header.cells)),
    ("lookup", lambda header: is_lookup_header(header.cells)),
)
# A number with decimals, such as a latitude: no heading is one, though a heading may be a year or a month.
_FIGURE: Final = re.compile(r"-?\d+\.\d+")
_KIND_OF: Final = {OUTCOMES: "police-uk-outcomes", STOPS: "police-uk-stops"}


@dataclass(frozen=True)
class Guess:
    """What one file looks like: a kind of source, or None; and what it is, in words."""

    file: str
    kind: str | None
    words: str
    # A table that no reader knows: somebody has to say what its columns are.
    to_describe: bool = False


def guess_files(paths: tuple[Path, ...], work: Path) -> tuple[tuple[Guess, Path], ...]:
    """Say what each file looks like, beside the path that it came with; raises SourceRefused for unreadable ones.

    A folder or an archive is guessed by its first files, one guess for each kind of police.uk files in it; the reader
    of the kind then looks at all of them.
    """
    return tuple((guess, path) for number, path in enumerate(paths) for guess in _guess(path, work / f"guess-{number}"))


def _guess(path: Path, work: Path) -> list[Guess]:
    work.mkdir(parents=True, exist_ok=True)
    found, _ = find_files((path,), work, suffixes=(".csv", ".geojson", ".json", ".gpkg"))
    if not found:
        raise SourceRefused(f"{path.name} holds no CSV and no GeoJSON file.", file=path.name)
    guesses = [_guess_one(one, work / f"file-{number}") for number, one in enumerate(_one_of_each(found))]
    return [replace(one, file=path.name) for one in guesses]


def _one_of_each(found: Sequence[Found]) -> list[Found]:
    """Return the first file of each kind that the names of police.uk say, else the first file."""
    first: dict[str, Found] = {}
    for one in found:
        kind = kind_in_name(one.name)
        if kind is not None:
            first.setdefault(kind, one)
    return [first[kind] for kind in KINDS_IN_WORDS if kind in first] or [found[0]]


def _guess_one(found: Found, work: Path) -> Guess:
    if found.name.lower().endswith((".geojson", ".json", ".gpkg")):
        return Guess(found.name, "boundaries", WORDS["boundaries"])
    if is_workbook(read_sample(found.path), found.path):
        return _guess_workbook(found)
    return guess_table(check_files([found], work / "text", expected="csv")[0])


def _guess_workbook(found: Found) -> Guess:
    if is_force_book(found.path, found.name):
        return Guess(found.name, "force-tables", WORDS["force-tables"])
    for kind, columns in _BY_COLUMNS.items():
        if has_columns(found.path, found.name, columns):
            return Guess(found.name, kind, WORDS[kind])
    return Guess(
        found.name,
        None,
        "a workbook; add it as a partner's table of figures (kind figures), and say what its columns are",
        to_describe=True,
    )


def guess_table(file: InputFile) -> Guess:
    """Say what a checked CSV file looks like."""
    header = read_header(file.head)
    other = other_kind(file)
    kind = _KIND_OF[other] if other is not None else _kind_of(header)
    return _guess_unknown(file.name, header) if kind is None else Guess(file.name, kind, WORDS[kind])


def _kind_of(header: Header) -> str | None:
    by_columns = (kind for kind, columns in _BY_COLUMNS.items() if columns.found_in(header.cells))
    by_header = (kind for kind, looks_like in _BY_HEADER if looks_like(header))
    return next(by_columns, None) or next(by_header, None)


def _guess_unknown(name: str, header: Header) -> Guess:
    if any(_FIGURE.fullmatch(cell.strip()) or is_gss_code(cell.strip()) for cell in header.cells):
        return Guess(
            name, None, "a table without its row of headings; download it again with all its rows, or put the row back"
        )
    shown = ", ".join(cell.strip() for cell in header.cells[:4])
    words = f"a table that begins {shown}, which no reader knows without a mapping"
    return Guess(name, None, words, to_describe=len(header.cells) > 1)
