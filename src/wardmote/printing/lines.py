"""Draws monthly values over time, with their usual range behind them and unusual points marked by shape."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from wardmote.printing.chart_kinds import Band, LineChart, Number
from wardmote.printing.scales import Scale, month_ticks, month_words, scale, written
from wardmote.printing.svg import (
    ACCENT,
    BAND,
    INK,
    LINE,
    SLATE,
    TEAL,
    Titled,
    Width,
    diamond,
    drawing,
    element,
    line,
    path,
    rectangle,
    square,
    text,
)  # fmt: skip

Point = tuple[float, float]
_T = TypeVar("_T")
_STROKES = ((TEAL, 2.2, ""), (ACCENT, 1.8, "6 4"), (SLATE, 1.8, "2 3"))


@dataclass(frozen=True)
class _Frame:
    """Where the plot stands in the drawing, and the two scales."""

    left: float
    right: float
    top: float
    bottom: float
    vertical: Scale
    months: tuple[str, ...]
    narrow: bool

    def x(self, place: int) -> float:
        return self.left + (self.right - self.left) * place / max(len(self.months) - 1, 1)

    def points(self, values: Sequence[Number | None]) -> tuple[Point | None, ...]:
        return tuple(
            None if value is None else (self.x(place), self.vertical.at(value)) for place, value in enumerate(values)
        )


def draw_lines(chart: LineChart, titled: Titled, width: Width) -> str:
    """The chart as SVG; the narrow one carries its legend below instead of beside."""
    frame = _frame(chart, narrow=width == "narrow")
    parts = [
        text(chart.unit, 0, 14),
        *_axes(frame),
        *_band(chart, frame),
        *_breaks(chart, frame),
        *_ahead(chart, frame),
        *_series(chart, frame),
        *_marks(chart, frame),
    ]
    legend = list(_legend(chart, frame)) if frame.narrow else list(_end_labels(chart, frame))
    height = frame.bottom + 30 + (20 * _legend_rows(chart) if frame.narrow else 0)
    return drawing(titled, (300 if frame.narrow else 760, height), [*parts, *legend])


def _frame(chart: LineChart, *, narrow: bool) -> _Frame:
    bottom = 196.0 if narrow else 270.0
    values = [value for series in chart.lines for value in series.values]
    if chart.band:
        values += [*chart.band.lower, *chart.band.upper]
    vertical = scale(values, start=bottom, end=28.0, ticks=3)
    labels = max(len(written(tick)) for tick in vertical.ticks())
    left = 12.0 + 7.6 * labels
    return _Frame(left, 292.0 if narrow else 640.0, 28.0, bottom, vertical, chart.months, narrow)


def _axes(frame: _Frame) -> Iterator[str]:
    for tick in frame.vertical.ticks():
        y = frame.vertical.at(tick)
        yield line((frame.left, y), (frame.right, y), stroke=SLATE if tick == 0 else "#dfe6e5")
        yield text(written(tick), frame.left - 7, y + 4.5, text_anchor="end")
    for place, words in month_ticks(frame.months, most=3 if frame.narrow else 7):
        x = frame.x(place)
        yield line((x, frame.bottom), (x, frame.bottom + 5), stroke=SLATE)
        # A label at the very edge leans inwards, so that it is not cut off.
        anchor = "end" if x > frame.right - 24 else "start" if x < frame.left + 10 and frame.narrow else "middle"
        yield text(words, x, frame.bottom + 20, text_anchor=anchor)


def _band(chart: LineChart, frame: _Frame) -> Iterator[str]:
    if not chart.band:
        return
    pairs = zip(frame.points(chart.band.lower), frame.points(chart.band.upper), strict=True)
    for run in _runs([None if low is None or high is None else (low, high) for low, high in pairs]):
        outline = [high for _, high in run] + [low for low, _ in reversed(run)]
        yield element("path", {"d": path(outline, closed=True), "fill": BAND})


def _series(chart: LineChart, frame: _Frame) -> Iterator[str]:
    for place, series in reversed(list(enumerate(chart.lines))):
        look: dict[str, str | float] = {"fill": "none", "stroke_linejoin": "round", **_stroke(place)}
        for run in _cut_runs(chart, frame.points(series.values)):
            if len(run) == 1:
                yield element("circle", {"cx": run[0][0], "cy": run[0][1], "r": 2.4, "fill": str(look["stroke"])})
            else:
                yield element("path", {"d": path(run), **look})


def _cut_runs(chart: LineChart, points: Sequence[Point | None]) -> Iterator[list[Point]]:
    """Unbroken stretches of a line: a change in recording that cuts ends one and begins another."""
    ends = [0, *sorted(one.position for one in chart.breaks if one.cuts), len(points)]
    for start, end in pairwise(ends):
        yield from _runs(points[start:end])


def _breaks(chart: LineChart, frame: _Frame) -> Iterator[str]:
    """An upright line before the first month that was recorded otherwise, with its letter at the top."""
    for one in chart.breaks:
        x = frame.x(one.position) - (frame.x(1) - frame.x(0)) / 2
        yield line((x, frame.top), (x, frame.bottom), stroke=SLATE, stroke_width=1.2, stroke_dasharray="3 3")
        yield text(one.letter, x, frame.top - 4, text_anchor="middle", fill=INK, font_weight="bold")


def _ahead(chart: LineChart, frame: _Frame) -> Iterator[str]:
    """A dotted upright line between what happened and what is expected, with a word at its foot."""
    if not chart.ahead:
        return
    x = (frame.x(len(chart.months) - chart.ahead) + frame.x(len(chart.months) - chart.ahead - 1)) / 2
    yield line((x, frame.top), (x, frame.bottom), stroke=INK, stroke_width=1.2, stroke_dasharray="1 4")
    yield text("forecast", x + 5, frame.top + 10, fill=INK, font_size=12.0)


def _stroke(place: int) -> dict[str, str | float]:
    # A second series differs by its dashes as well as by its colour.
    colour, width, dashes = _STROKES[min(place, len(_STROKES) - 1)]
    return {"stroke": colour, "stroke_width": width, **({"stroke_dasharray": dashes} if dashes else {})}


def _marks(chart: LineChart, frame: _Frame) -> Iterator[str]:
    places = frame.points(chart.lines[0].values)
    for mark in chart.marks:
        point = places[mark.position]
        if point:
            yield diamond(*point) if mark.above else square(*point)


def _runs(points: Sequence[_T | None]) -> Iterator[list[_T]]:
    """Unbroken stretches, so that a missing month shows as a gap."""
    run: list[_T] = []
    for point in points:
        if point is not None:
            run.append(point)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _end_labels(chart: LineChart, frame: _Frame) -> Iterator[str]:
    """Beside the last month: the latest value of each line, then the range, kept from overlapping."""
    below = frame.top - 10
    for y, rows in sorted(_labels_at(chart, frame), key=lambda label: label[0]):
        start = max(y - 2, below + 16)
        for place, (words, look) in enumerate(rows):
            yield text(words, frame.right + 9, start + 15 * place, **look)
        below = start + 15 * (len(rows) - 1)


Look = dict[str, str | float]
Labels = list[tuple[str, Look]]


def _labels_at(chart: LineChart, frame: _Frame) -> Iterator[tuple[float, Labels]]:
    small: Look = {"font_size": 12.0}
    for place, series in enumerate(chart.lines):
        value = series.values[-1]
        # Beside the end stands what is expected there; what happened ends where the forecast begins.
        if value is not None:
            name = month_words(chart.months[-1]) if len(chart.lines) == 1 else series.name
            look: Look = {"font_size": 14.0, "font_weight": "bold", "fill": str(_stroke(place)["stroke"])}
            yield frame.vertical.at(value), [(written(value), look), (name, small)]
    if chart.band and (ends := _band_ends(chart.band)):
        low, high = ends
        y = (frame.vertical.at(low) + frame.vertical.at(high)) / 2
        yield y + 22, [(chart.band.name, small), (f"{written(low)}–{written(high)}", small)]


def _band_ends(band: Band) -> tuple[Number, Number] | None:
    low, high = band.lower[-1], band.upper[-1]
    return None if low is None or high is None else (low, high)


def _legend_rows(chart: LineChart) -> int:
    return len(chart.lines) + (1 if chart.band else 0) + len({mark.above for mark in chart.marks})


def _legend(chart: LineChart, frame: _Frame) -> Iterator[str]:
    rows: list[tuple[str, str]] = []
    for place, series in enumerate(chart.lines):
        sample = element("path", {"d": "M0 0L22 0", "fill": "none", **_stroke(place)})
        rows.append((sample, f"{series.name}: {_latest(chart, series.values)}"))
    if chart.band:
        ends = _band_ends(chart.band)
        known = f": {written(ends[0])}–{written(ends[1])}" if ends else ""
        rows.append((rectangle((0, -6), (22, 12), fill=BAND, stroke=LINE), f"{chart.band.name}{known}"))
    for above in sorted({mark.above for mark in chart.marks}, reverse=True):
        rows.append((diamond(11, 0) if above else square(11, 0), "above the range" if above else "below the range"))
    for place, (sample, words) in enumerate(rows):
        y = frame.bottom + 42 + 20 * place
        yield element("g", {"transform": f"translate(2 {y - 4:g})"}, sample)
        yield text(words, 32, y, fill=INK)


def _latest(chart: LineChart, values: Sequence[Number | None]) -> str:
    """The last value with its month; of a line that ends where the forecast begins, the one before."""
    at = len(values) - 1
    if chart.ahead and values[at] is None:
        at -= chart.ahead
    value = values[at]
    return f"{'no figure' if value is None else written(value)} in {month_words(chart.months[at])}"
