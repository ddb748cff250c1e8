"""Draws horizontal bars from zero, with their intervals as whiskers and a value to compare them with."""

from collections.abc import Iterator
from dataclasses import dataclass

from wardmote.printing.chart_kinds import Bar, BarChart
from wardmote.printing.scales import Scale, scale, written
from wardmote.printing.svg import ACCENT, INK, PALE, SLATE, TEAL, Titled, Width, drawing, line, rectangle, text, wrapped

_TOP = 48.0


@dataclass(frozen=True)
class _Frame:
    label_width: float
    plot: Scale
    full: float
    size: float
    rows: tuple[tuple[str, ...], ...]

    def height(self, place: int) -> float:
        return max(31.0, 12.0 + self.size * 1.15 * len(self.rows[place]))

    def top(self, place: int) -> float:
        return _TOP + sum(self.height(before) for before in range(place))


def draw_bars(chart: BarChart, titled: Titled, width: Width) -> str:
    """The chart as SVG; in the narrow one long labels break into more lines."""
    frame = _frame(chart, narrow=width == "narrow")
    bottom = frame.top(len(chart.bars))
    parts = [text(chart.unit, 0, 14), *_axis(frame, bottom)]
    for place, bar in enumerate(chart.bars):
        parts += _bar(bar, frame, place)
    parts += _reference(chart, frame, bottom)
    return drawing(titled, (frame.full, bottom + (28 if chart.reference else 8)), parts)


def _frame(chart: BarChart, *, narrow: bool) -> _Frame:
    full, size = (300.0, 12.5) if narrow else (760.0, 14.0)
    longest = max((len(bar.label) for bar in chart.bars), default=0)
    label_width = min(96.0 if narrow else 250.0, 12 + longest * size * 0.56)
    values = [value for bar in chart.bars for value in (bar.value, bar.high)]
    if chart.reference:
        values.append(chart.reference.value)
    value_width = 16 + max((len(bar.text) for bar in chart.bars), default=0) * size * 0.6
    plot = scale(values, start=label_width, end=full - value_width, ticks=3 if narrow else 5)
    rows = tuple(wrapped(bar.label, room=label_width - 10, size=size, lines=3) for bar in chart.bars)
    return _Frame(label_width, plot, full, size, rows)


def _axis(frame: _Frame, bottom: float) -> Iterator[str]:
    for tick in frame.plot.ticks():
        x = frame.plot.at(tick)
        yield text(written(tick), x, _TOP - 8, text_anchor="middle", font_size=12.5)
        yield line((x, _TOP - 2), (x, bottom), stroke=SLATE if tick == 0 else "#dfe6e5")


def _bar(bar: Bar, frame: _Frame, place: int) -> Iterator[str]:
    top, height = frame.top(place), frame.height(place)
    middle = top + height / 2
    weight = "bold" if bar.emphasised else "normal"
    lines = frame.rows[place]
    for row, words in enumerate(lines):
        y = middle + frame.size * (0.36 + 1.15 * (row - (len(lines) - 1) / 2))
        yield text(
            words, frame.label_width - 8, y, text_anchor="end", font_size=frame.size, font_weight=weight, fill=INK
        )
    end = frame.plot.at(max(bar.value, 0))
    # The emphasised bar is darker and its words are bold: it stands out in black and white too.
    yield rectangle(
        (frame.plot.start, middle - 9), (end - frame.plot.start, 18), fill=TEAL if bar.emphasised else PALE
    )  # fmt: skip
    yield from _whiskers(bar, frame, middle)
    yield text(
        bar.text, frame.full, middle + 5, text_anchor="end", font_size=frame.size, font_weight=weight, fill=INK
    )  # fmt: skip


def _whiskers(bar: Bar, frame: _Frame, middle: float) -> Iterator[str]:
    if bar.low is None or bar.high is None:
        return
    low, high = frame.plot.at(bar.low), frame.plot.at(bar.high)
    look: dict[str, str | float] = {"stroke": INK, "stroke_width": 1.4}
    # A white line beneath keeps the whisker visible on the dark bar.
    yield line((low, middle), (high, middle), stroke="#ffffff", stroke_width=3.4)
    yield line((low, middle), (high, middle), **look)
    for x in (low, high):
        yield line((x, middle - 5), (x, middle + 5), **look)


def _reference(chart: BarChart, frame: _Frame, bottom: float) -> Iterator[str]:
    if not chart.reference:
        return
    x = frame.plot.at(chart.reference.value)
    yield line((x, _TOP - 2), (x, bottom + 4), stroke=ACCENT, stroke_width=1.8, stroke_dasharray="5 3")
    words = f"{chart.reference.label} {written(chart.reference.value)}"
    anchor = "end" if x > frame.full * 0.72 else "middle"
    yield text(words, x, bottom + 20, text_anchor=anchor, font_weight="bold", fill=ACCENT)
