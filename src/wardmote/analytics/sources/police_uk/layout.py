"""The columns of police.uk files (street, outcomes, stop and search), however typed, and what a file name says.

Source: https://data.police.uk/about/ (columns of the CSV downloads).
"""

import re
from dataclasses import dataclass
from typing import Final

from wardmote.analytics.sources.headers import Header, fold, read_header
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
OUTCOME_COLUMNS: Final = {
    **{published: ours for published, ours in COLUMNS.items() if ours not in ("category", "outcome", "context")},
    "Outcome type": "outcome",
}
STOP_COLUMNS: Final = {
    "Type": "type",
    "Date": "date",
    "Part of a policing operation": "operation",
    "Policing operation": "operation_name",
    "Latitude": "latitude",
    "Longitude": "longitude",
    "Gender": "gender",
    "Age range": "age_range",
    "Self-defined ethnicity": "self_defined_ethnicity",
    "Officer-defined ethnicity": "officer_defined_ethnicity",
    "Legislation": "legislation",
    "Object of search": "object",
    "Outcome": "outcome",
    "Outcome linked to object of search": "outcome_linked",
    "Removal of more than just outer clothing": "more_than_outer_clothing",
}
_BY_FOLDED: Final = {fold(published): ours for published, ours in COLUMNS.items()}
_NAME: Final = re.compile(r"(?P<month>\d{4}-\d{2})-(?P<force>[a-z0-9-]+?)-(?P<kind>street|outcomes|stop-and-search)$")
STREET, OUTCOMES, STOPS = "street", "outcomes", "stop-and-search"
KINDS_IN_WORDS: Final = {
    STREET: "a street-level crime file",
    OUTCOMES: "an outcomes file",
    STOPS: "a stop and search file",
}
COLUMNS_OF: Final = {STREET: COLUMNS, OUTCOMES: OUTCOME_COLUMNS, STOPS: STOP_COLUMNS}


@dataclass(frozen=True)
class PoliceFile:
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
    """Return which kind a police.uk file is when it is not a street file: outcomes, stop and search; else None."""
    folded = set(read_header(file.head).folded)
    if {"outcometype", "crimeid"} <= folded and "crimetype" not in folded:
        return OUTCOMES
    if {"objectofsearch", "legislation"} <= folded:
        return STOPS
    return None


def kind_in_name(name: str) -> str | None:
    """Return the kind that a police.uk file's name ends with, None for other names."""
    stem = name.lower().removesuffix(".csv")
    return next((kind for kind in COLUMNS_OF if stem.endswith(f"-{kind}")), None)


def is_street_header(header: Header) -> bool:
    """Say whether a header line has every column of a street file."""
    return set(_BY_FOLDED) <= set(header.folded)


def recognise(file: InputFile, kind: str = STREET) -> PoliceFile:
    """Match a file's header with the columns of its kind; raises SourceRefused naming what is missing or doubled."""
    wanted = COLUMNS_OF[kind]
    by_folded = {fold(published): ours for published, ours in wanted.items()}
    header = read_header(file.head)
    columns = tuple(by_folded.get(folded) for folded in header.folded)
    doubled = [name for name in header.doubled() if name]
    if doubled and set(by_folded) & set(header.folded):
        raise SourceRefused(
            f"{file.name} has the column “{doubled[0]}” twice: remove one. Nothing was changed.",
            file=file.name,
            line=1,
            column=doubled[0],
        )
    missing = [published for published, ours in wanted.items() if ours not in columns]
    if missing:
        raise SourceRefused(_missing(file, header, missing, kind), file=file.name, line=1, column=missing[0])
    month, force = _from_name(file.name, kind)
    return PoliceFile(file, columns, header, month, force)


def _missing(file: InputFile, header: Header, missing: list[str], kind: str) -> str:
    shown = ", ".join(cell.strip() for cell in header.cells[:4]) or "nothing"
    words = KINDS_IN_WORDS[kind].replace("a street-level crime file", "a police.uk street file")
    if len(missing) > len(COLUMNS_OF[kind]) // 2:
        return (
            f"{file.name} does not have the columns of {words} (it begins {shown}): "
            "download the CSV from data.police.uk, or choose the kind of data that it holds. Nothing was changed."
        )
    return (
        f"{file.name} lacks the column{'s' if len(missing) > 1 else ''} {', '.join(missing)} of {words}: "
        "download the file again with all its columns. Nothing was changed."
    )


def _from_name(name: str, kind: str) -> tuple[Month | None, str | None]:
    stem = re.sub(r" \(\d+\)$", "", name).rsplit("/", 1)[-1].rsplit(".", 1)[0].lower()
    match = _NAME.fullmatch(stem)
    if match is None or match["kind"] != kind:
        return None, None
    try:
        return Month.parse(match["month"]), match["force"]
    except ValueError:
        raise SourceRefused(
            f"{name} is named after the month {match['month']}, which does not exist: check the file's name.", file=name
        ) from None
