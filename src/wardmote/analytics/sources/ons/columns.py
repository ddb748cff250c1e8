"""Headers of geographical tables, `LSOA21CD` or `LSOA 2021 Code`: which area, of which year, code or name.

Source: the Code History Database and Open Geography portal of the Office for National Statistics (naming of fields).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from wardmote.analytics.sources.headers import fold

# How publishers write each kind of area, folded.
_LEVELS: Final = {
    "lsoa": ("lsoa",),
    "ward": ("wd", "ward", "electoralward"),
    "neighbourhood": ("neighbourhood", "neighborhood"),
    "district": ("lad", "ltla", "district", "localauthority", "localauthoritydistrict"),
    "partnership": ("csp", "partnership", "communitysafetypartnership"),
    "force": ("pfa", "force", "policeforcearea"),
}
_BY_WORD: Final = {word: level for level, words in _LEVELS.items() for word in words}
_PATTERN: Final = re.compile(
    rf"(?P<word>{'|'.join(sorted(_BY_WORD, key=len, reverse=True))})(?P<year>(?:20)?\d\d)?(?P<part>cd|code|nm|name)?"
)
LEVELS: Final = tuple(_LEVELS)


@dataclass(frozen=True)
class AreaColumn:
    """What a column holds: the kind of area, the year of its boundaries (None when unstated), `code` or `name`."""

    level: str
    edition: str | None
    part: str


def area_column(header: str) -> AreaColumn | None:
    """Read a header; None when it does not name an area. `neighbourhood` alone is the neighbourhood's name."""
    match = _PATTERN.fullmatch(fold(header))
    if match is None:
        return None
    level = _BY_WORD[match["word"]]
    if match["part"] is None and level != "neighbourhood":
        return None
    year = match["year"]
    part = "code" if match["part"] in ("cd", "code") else "name"
    return AreaColumn(level, year if year is None or len(year) == 4 else f"20{year}", part)


def area_columns(headers: Sequence[str]) -> dict[int, AreaColumn]:
    """Return the columns that name areas, by their position."""
    read = ((number, area_column(header)) for number, header in enumerate(headers))
    return {number: column for number, column in read if column is not None}


def code_position(columns: dict[int, AreaColumn], level: str, part: str = "code") -> int | None:
    """Return the position of the code (or name) of a kind of area, the newest edition where there are several."""
    places = [
        (column.edition or "", number)
        for number, column in columns.items()
        if (column.level, column.part) == (level, part)
    ]
    return max(places)[1] if places else None
