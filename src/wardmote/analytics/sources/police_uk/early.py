"""Street files as published until 2012: eight columns, with eastings and northings, written again in today's layout.

Source: README of https://github.com/datasets/crime-uk (section "Street", with rows of April 2012). Points of the
national grid become degrees with an error of some 5 metres, less than the distance by which police.uk moves them.
"""

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from wardmote.analytics.sources.headers import Header, fold, read_header
from wardmote.analytics.sources.intake import InputFile, read_sample
from wardmote.analytics.sources.police_uk.layout import COLUMNS
from wardmote.analytics.sources.tables import rows_of
from wardmote.foundations.national_grid import to_degrees

EARLY_COLUMNS: Final = (
    "Month",
    "Reported by",
    "Falls within",
    "Easting",
    "Northing",
    "Location",
    "Crime type",
    "Context",
)
_FOLDED: Final = tuple(fold(name) for name in EARLY_COLUMNS)
_KEPT: Final = 100_000


def is_early_header(header: Header) -> bool:
    """Say whether a header is that of a street file of 2010 to 2012."""
    return header.folded == _FOLDED


def modernised(file: InputFile, target: Path) -> InputFile:
    """Write an early file in today's layout and return it, still known by its own hash; rows keep their lines."""
    header = read_header(file.head)
    with target.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        writer.writerows(_rows(file, header.delimiter))
    head = read_sample(target).decode("utf-8", errors="replace")
    return replace(file, text_path=target, head=head)


def _rows(file: InputFile, delimiter: str) -> Iterator[list[str]]:
    known: dict[tuple[str, str], tuple[str, str]] = {}
    rows = rows_of(file, delimiter=delimiter)
    next(rows, None)
    last = 1
    for row in rows:
        # Blank lines, and lines inside a cell, are kept as blank lines: a row stays on its line.
        yield from ([] for _ in range(row.line - last - 1))
        last = row.line
        if row.fault or len(row.cells) != len(EARLY_COLUMNS):
            yield [*(cell.replace("\n", " ") for cell in row.cells[: len(COLUMNS) - 1])] or [row.fault]
            continue
        month, by, within, easting, northing, location, kind, context = (
            cell.replace("\r", " ").replace("\n", " ") for cell in row.cells
        )
        place = known.get((easting, northing))
        if place is None:
            place = known[easting, northing] = _degrees(easting.strip(), northing.strip())
            if len(known) > _KEPT:
                known.clear()
        yield ["", month, by, within, *place, location, "", "", kind, "", context]


def _degrees(easting: str, northing: str) -> tuple[str, str]:
    """Return longitude and latitude as text; what is no number stays as it is, to be rejected with its reason."""
    if not (easting.isascii() and northing.isascii()):
        return easting, northing
    try:
        east, north = float(easting), float(northing)
    except ValueError:
        return easting, northing
    if (east, north) == (0, 0):
        return "0", "0"
    longitude, latitude = to_degrees(east, north)
    return f"{longitude:.6f}", f"{latitude:.6f}"
