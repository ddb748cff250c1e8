"""The twelve columns of a police.uk street file, however they are typed, and what a file name says.

Source: https://data.police.uk/about/ (columns of the CSV downloads).
"""

import re
from dataclasses import dataclass
from typing import Final

from wardmote.analytics.sources.headers import Header, read_header
from wardmote.analytics.sources.intake import InputFile
from wardmote.analytics.sources.request import SourceRefused
from wardmote.foundations.periods import Month

# Published header, our column.
COLUMNS: Final = {
    "Crime ID": "crime_id",
    "Month": "month",
    "Reported by": "reported_by",
    "Falls within": "falls_within",
    "Longitude": "longitude",
    "Latitude": "latitude",
    "Location": "location",
    "LSOA code": "lsoa_code",
    "LSOA name": "lsoa_name",
    "Crime type": "category",
    "Last outcome category": "outcome",
    "Context": "context",
}
_BY_FOLDED: Final = {re.sub(r"[^a-z]", "", published.lower()): ours for published, ours in COLUMNS.items()}
_NAME: Final = re.compile(r"(?P<month>\d{4}-\d{2})-(?P<force>[a-z0-9-]+?)-(?P<kind>street|outcomes|stop-and-search)$")
_KINDS_IN_WORDS: Final = {"outcomes": "an outcomes file", "stop-and-search": "a stop and search file"}


@dataclass(frozen=True)
class StreetFile:
    """A street file that can be read: its columns in their order (None for one that we do not keep)."""

    source: InputFile
    columns: tuple[str | None, ...]
    header: Header
    month: Month | None
    force: str | None

    @property
    def mapping(self) -> dict[str, str]:
        """Published header -> our column."""
        return {
            cell.strip("\ufeff"): ours
            for cell, ours in zip(self.header.cells, self.columns, strict=True)
            if ours is not None
        }

    @property
    def ignored(self) -> tuple[str, ...]:
        """Headers of columns that we do not keep."""
        return tuple(cell for cell, ours in zip(self.header.cells, self.columns, strict=True) if ours is None)


def other_kind(file: InputFile) -> str | None:
    """Return in words what a police.uk file is when it is not a street file: outcomes, stop and search; else None."""
    folded = set(read_header(file.head).folded)
    if {"outcometype", "crimeid"} <= folded and "crimetype" not in folded:
        return _KINDS_IN_WORDS["outcomes"]
    if {"objectofsearch", "legislation"} <= folded:
        return _KINDS_IN_WORDS["stop-and-search"]
    return None


def is_street_header(header: Header) -> bool:
    """Say whether a header line has every column of a street file."""
    return set(_BY_FOLDED) <= set(header.folded)


def recognise(file: InputFile) -> StreetFile:
    """Match a file's header with the twelve columns; raises SourceRefused naming what is missing or doubled."""
    header = read_header(file.head)
    columns = tuple(_BY_FOLDED.get(folded) for folded in header.folded)
    doubled = [name for name in header.doubled() if name]
    if doubled and set(_BY_FOLDED) & set(header.folded):
        raise SourceRefused(
            f"{file.name} has the column “{doubled[0]}” twice: remove one. Nothing was changed.",
            file=file.name,
            line=1,
            column=doubled[0],
        )
    missing = [published for published, ours in COLUMNS.items() if ours not in columns]
    if missing:
        raise SourceRefused(_missing(file, header, missing), file=file.name, line=1, column=missing[0])
    month, force = _from_name(file.name)
    return StreetFile(file, columns, header, month, force)


def _missing(file: InputFile, header: Header, missing: list[str]) -> str:
    shown = ", ".join(cell.strip() for cell in header.cells[:4]) or "nothing"
    if len(missing) > len(COLUMNS) // 2:
        return (
            f"{file.name} does not have the columns of a police.uk street file (it begins {shown}): "
            "download the CSV from data.police.uk, or choose the kind of data that it holds. Nothing was changed."
        )
    return (
        f"{file.name} lacks the column{'s' if len(missing) > 1 else ''} {', '.join(missing)} of a police.uk street "
        "file: download the file again with all its columns. Nothing was changed."
    )


def _from_name(name: str) -> tuple[Month | None, str | None]:
    stem = re.sub(r" \(\d+\)$", "", name).rsplit("/", 1)[-1].rsplit(".", 1)[0].lower()
    match = _NAME.fullmatch(stem)
    if match is None or match["kind"] != "street":
        return None, None
    try:
        return Month.parse(match["month"]), match["force"]
    except ValueError:
        raise SourceRefused(
            f"{name} is named after the month {match['month']}, which does not exist: check the file's name.", file=name
        ) from None
