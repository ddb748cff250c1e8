"""Areas of England and Wales: their types, and the nine-character codes (GSS) that name them.

Source: Office for National Statistics, Register of Geographic Codes.
"""

import re
from enum import StrEnum
from typing import Final


class AreaType(StrEnum):
    """The kinds of area that figures are made for, from the smallest to the largest."""

    LSOA = "lsoa"
    WARD = "ward"
    NEIGHBOURHOOD = "neighbourhood"
    DISTRICT = "district"
    PARTNERSHIP = "partnership"
    COUNTY = "county"
    FORCE = "force"


# The first three characters of a code say what it names. Forces draw the neighbourhoods, which have no GSS code.
ENTITIES: Final = {
    AreaType.LSOA: ("E01", "W01"),
    AreaType.WARD: ("E05", "W05"),
    AreaType.DISTRICT: ("E06", "E07", "E08", "E09", "W06"),
    AreaType.PARTNERSHIP: ("E22", "W14"),
    AreaType.COUNTY: ("E10", "E11", "E13"),
    AreaType.FORCE: ("E23", "W15"),
}
_CODE: Final = re.compile(r"[EW]\d{8}", re.ASCII)


def is_gss_code(text: str) -> bool:
    """Whether a text has the shape of a code of England or Wales: a letter and eight digits."""
    return _CODE.fullmatch(text) is not None


def area_type(code: str) -> AreaType | None:
    """Say what a code names, or None when it has another shape or names something else."""
    if not is_gss_code(code):
        return None
    return next((kind for kind, entities in ENTITIES.items() if code.startswith(entities)), None)


def names(code: str, kind: AreaType) -> bool:
    """Whether a code can name an area of this type; any code but an empty one can name a neighbourhood."""
    if kind is AreaType.NEIGHBOURHOOD:
        return code.strip() != ""
    return area_type(code) is kind
