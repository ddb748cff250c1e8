"""Draws how a panel's scores lie: a row for each question, a dot for each score, a frame round what was agreed."""

from collections.abc import Iterator
from dataclasses import dataclass

from wardmote.printing.chart_kinds import DotPlot, DotRow
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
    rectangle,
    text,
    wrapped,
)

_HEAD = 44.0
_IN_A_ROW = 4


@dataclass(frozen=True)
class _Frame:
    full: float
    start: float
    step: float
    size: float
    radius: float
    above: float
    lowest: int

    def at(self, level: int) -> float:
        return self.start + self.step * (level - self.lowest + 0.5)


def draw_dots(chart: DotPlot, titled: Titled, width: Width) -> str:
    """The chart as SVG; in the narrow one each question stands above its dots."""
    frame = _frame(chart, narrow=width == "narrow")
    levels = range(chart.lowest, chart.highest + 1)
    unit = wrapped(chart.unit, room=frame.full, size=13.0)
    parts = [text(words, 0, 14 + 16 * place) for place, words in enumerate(unit)]
    top = _HEAD + 16 * (len(unit) - 1)
    parts += [text(str(one), frame.at(one), top - 8, text_anchor="middle", font_weight="bold") for one in levels]
    for row in chart.rows:
        parts += _row(row, frame, top)
        top += _height(row, frame)
    return drawing(titled, (frame.full, top + 4), parts)


def _frame(chart: DotPlot, *, narrow: bool) -> _Frame:
    full, start, size, radius = (300.0, 0.0, 12.5, 5.0) if narrow else (760.0, 270.0, 15.0, 7.0)
    step = (full - start) / (chart.highest - chart.lowest + 1)
    return _Frame(full, start, step, size, radius, 22.0 if narrow else 0.0, chart.lowest)


def _label(row: DotRow, frame: _Frame) -> tuple[str, ...]:
    room = frame.full if frame.above else frame.start - 14
    return wrapped(row.label, room=room, size=frame.size, lines=1 if frame.above else 3)


def _height(row: DotRow, frame: _Frame) -> float:
    most = max((count for _, count in row.counts), default=0)
    rows = max(1, -(-most // _IN_A_ROW))
    dots = 16 + rows * frame.radius * 2.5
    return frame.above + max(dots, 0 if frame.above else 12 + frame.size * 1.15 * len(_label(row, frame)))


def _row(row: DotRow, frame: _Frame, top: float) -> Iterator[str]:
    height = _height(row, frame)
    yield line((0, top), (frame.full, top))
    words = _label(row, frame)
    first = top + 15 if frame.above else top + height / 2 + frame.size * (0.36 - 1.15 * (len(words) - 1) / 2)
    for place, one in enumerate(words):
        yield text(one, 0, first + place * frame.size * 1.15, font_size=frame.size, fill=INK)
    upper, middle = top + frame.above, top + frame.above + (height - frame.above) / 2
    for level, count in row.counts:
        x = frame.at(level)
        if not count:
            yield element("circle", {"cx": x, "cy": middle, "r": 1.5, "fill": SLATE})
        yield from _dots(x, middle, count, frame)
    if row.framed is not None:
        corner = (frame.at(row.framed) - frame.step / 2 + 3, upper + 4)
        size = (frame.step - 6, height - frame.above - 8)
        yield rectangle(corner, size, fill="none", stroke=ACCENT, stroke_width=2.6, rx=4.0)


def _dots(x: float, middle: float, count: int, frame: _Frame) -> Iterator[str]:
    rows = [min(_IN_A_ROW, count - start) for start in range(0, count, _IN_A_ROW)]
    gap = frame.radius * 2.3
    for place, dots in enumerate(rows):
        y = middle + gap * (place - (len(rows) - 1) / 2)
        for dot in range(dots):
            yield element("circle", {"cx": x + gap * (dot - (dots - 1) / 2), "cy": y, "r": frame.radius, "fill": TEAL})
