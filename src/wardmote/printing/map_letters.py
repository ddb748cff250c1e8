"""Where on an area of a map a letter stands: in the middle of its widest part, so that it lies inside the outline."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from wardmote.printing.svg import INK, text

Point = tuple[int, int]


def letter_on(letter: str, rings: Sequence[Sequence[Point]], grid: int) -> str:
    """The letter in the middle of an area, with a white edge so that it can be read on every shade."""
    x, y = middle(rings)
    return text(
        letter, x / grid, y / grid + 4.5, font_size=13, font_weight="bold", fill=INK, text_anchor="middle",
        stroke="#ffffff", stroke_width=3, paint_order="stroke",
    )  # fmt: skip


def middle(rings: Sequence[Sequence[Point]]) -> tuple[float, float]:
    """Return the middle of the widest stretch inside the outline, of some level lines across its tallest part."""
    tallest = max(rings, key=lambda ring: max(y for _, y in ring) - min(y for _, y in ring))
    top, bottom = min(y for _, y in tallest), max(y for _, y in tallest)
    # Between whole numbers, so that a line never runs through a corner or along an edge.
    levels = [int(top + (bottom - top) * step / 8) + 0.5 for step in range(2, 7)]
    stretches = [(right - left, (left + right) / 2, level) for level in levels for left, right in _inside(rings, level)]
    if not stretches:
        return tallest[0]
    _, x, y = max(stretches)
    return x, y


def _inside(rings: Sequence[Sequence[Point]], level: float) -> Iterator[tuple[float, float]]:
    """Give the stretches of a level line that lie inside."""
    crossed = sorted(
        x + (level - y) * (to_x - x) / (to_y - y)
        for ring in rings
        for (x, y), (to_x, to_y) in pairwise(ring)
        if (y < level) != (to_y < level)
    )
    yield from zip(crossed[::2], crossed[1::2], strict=False)
