"""Draws curves of one share against another on a square from 0% to 100%, told apart by dashes as well as colour."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wardmote.printing.chart_kinds import Curve, CurveChart, Number
from wardmote.printing.svg import (
    ACCENT,
    INK,
    SLATE,
    TEAL,
    Titled,
    Width,
    drawing,
    element,
    line,
    path,
    text,
    wrapped,
)

_TICKS = (0, 20, 40, 60, 80, 100)
_STROKES = ((TEAL, 2.2, ""), (ACCENT, 1.8, "6 4"), (SLATE, 1.8, "2 3"))


@dataclass(frozen=True)
class _Square:
    """Where the plot stands in the drawing: its left and upper edge, and how long a side is."""

    left: float
    top: float
    side: float
    narrow: bool

    def at(self, across: Number, up: Number) -> tuple[float, float]:
        side = self.side
        return self.left + side * float(across) / 100, self.top + side * (100 - float(up)) / 100


def draw_curves(chart: CurveChart, titled: Titled, width: Width) -> str:
    """The chart as SVG; the wide one carries its legend beside the square, the narrow one below."""
    narrow = width == "narrow"
    square = _Square(48.0, 28.0, 232.0 if narrow else 300.0, narrow)
    legend, below = _legend(chart, square)
    parts = [text(chart.up, 0, 14), *_axes(chart, square), *_curves(chart.curves, square), *legend]
    bottom = square.top + square.side + 46
    return drawing(titled, (300, below) if narrow else (760, bottom), parts)


def _axes(chart: CurveChart, square: _Square) -> Iterator[str]:
    for tick in _TICKS:
        (left, y), (right, _) = square.at(0, tick), square.at(100, tick)
        yield line((left, y), (right, y), stroke=SLATE if tick == 0 else "#dfe6e5")
        yield text(f"{tick}%", left - 7, y + 4.5, text_anchor="end")
        x, foot = square.at(tick, 0)
        yield line((x, foot), (x, foot + 5), stroke=SLATE)
        yield text(f"{tick}%", x, foot + 20, text_anchor="middle")
    x, foot = square.at(50, 0)
    # On a narrow drawing the words are wider than the square.
    yield text(chart.across, 150 if square.narrow else x, foot + 38, text_anchor="middle")


def _curves(curves: Sequence[Curve], square: _Square) -> Iterator[str]:
    for place, curve in reversed(list(enumerate(curves))):
        points = [square.at(*point) for point in curve.points]
        if points:
            yield element("path", {"d": path(points), "fill": "none", "stroke_linejoin": "round", **_stroke(place)})
        if place == 0:
            yield from (element("circle", {"cx": x, "cy": y, "r": 2.4, "fill": TEAL}) for x, y in points)


def _stroke(place: int) -> dict[str, str | float]:
    colour, width, dashes = _STROKES[min(place, len(_STROKES) - 1)]
    return {"stroke": colour, "stroke_width": width, **({"stroke_dasharray": dashes} if dashes else {})}


def _legend(chart: CurveChart, square: _Square) -> tuple[list[str], float]:
    """A sample of each line with its name, and where the last ends."""
    left, y = (2.0, square.top + square.side + 66) if square.narrow else (square.left + square.side + 40, 60.0)
    parts: list[str] = []
    for place, curve in enumerate(chart.curves):
        sample = element("path", {"d": "M0 0L26 0", "fill": "none", **_stroke(place)})
        parts.append(element("g", {"transform": f"translate({left:g} {y - 4:g})"}, sample))
        for words in wrapped(curve.name, room=264 if square.narrow else 330, size=13.0):
            parts.append(text(words, left + 34, y, fill=INK))
            y += 17
        y += 5
    return parts, y - 8
