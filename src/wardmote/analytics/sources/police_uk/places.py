"""When a pair of coordinates is a place in Britain, no place, or a mistake: one rule for both readers."""

import math
import re
from typing import Final

# Degrees that hold Great Britain, Northern Ireland and their islands, with a little sea.
WEST, EAST, SOUTH, NORTH = -9.0, 2.1, 49.5, 61.1
# Digits with at most one point; no exponent, no thousands separator, no digits of other scripts.
_NUMBER: Final = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)", re.ASCII)


class NotAPlace(ValueError):
    """Coordinates that cannot be right; `column` names the cell, the message says why."""

    def __init__(self, column: str, reason: str, *, shape: str = "") -> None:
        super().__init__(reason)
        self.column = column
        self.shape = shape


def in_britain(longitude: float, latitude: float) -> bool:
    """Say whether a point lies in the box around Britain."""
    return WEST <= longitude <= EAST and SOUTH <= latitude <= NORTH


def micro(degrees: float) -> int:
    """Return whole millionths of a degree, halves away from zero as the engine rounds."""
    scaled = degrees * 1e6
    whole = math.trunc(scaled)
    return whole + int(math.copysign(1, scaled)) if abs(scaled - whole) >= 0.5 else whole


def place(longitude: str, latitude: str) -> tuple[float | None, float | None, bool]:
    """Return longitude, latitude and whether the file gave a place outside Britain; None where there is no location.

    Raises NotAPlace for one coordinate without the other, text, degrees beyond the globe, and the two swapped.
    """
    if not longitude and not latitude:
        return None, None, False
    if not longitude or not latitude:
        raise NotAPlace("Longitude" if not longitude else "Latitude", "one coordinate without the other")
    x, y = _number(longitude, "Longitude"), _number(latitude, "Latitude")
    if abs(x) > 180 or abs(y) > 90:
        raise NotAPlace(
            "Longitude", f"“{longitude[:20]}”, “{latitude[:20]}” are no degrees: are they eastings?", shape="eastings"
        )
    if in_britain(x, y):
        return x, y, False
    if in_britain(y, x):
        raise NotAPlace("Longitude", "longitude and latitude are swapped", shape="swapped")
    return None, None, True


def _number(text: str, column: str) -> float:
    if not _NUMBER.fullmatch(text):
        raise NotAPlace(column, f"“{text[:40]}” is not a coordinate")
    return float(text)
