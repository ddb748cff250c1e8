"""Draws small charts side by side, each with its own scale from zero, to see many series at a glance."""

from collections.abc import Iterator
from html import escape

from wardmote.printing.chart_kinds import Number, Panel, SmallMultiples
from wardmote.printing.scales import month_words, scale
from wardmote.printing.svg import (
    ACCENT,
    BAND,
    INK,
    SLATE,
    TEAL,
    Titled,
    Width,
    diamond,
    drawing,
    element,
    line,
    path,
    text,
    wrapped,
)  # fmt: skip

_PLOT = 52.0


def draw_multiples(chart: SmallMultiples, titled: Titled, width: Width) -> str:
    """The panels as SVG: four in a row when wide, two when narrow."""
    columns, full = (2, 300.0) if width == "narrow" else (4, 760.0)
    gap = 14.0 if width == "narrow" else 22.0
    room = (full - gap * (columns - 1)) / columns
    titles = [wrapped(panel.title, room=room, size=13, lines=2) for panel in chart.panels]
    head = 17.0 * max((len(rows) for rows in titles), default=1)
    height = head + _PLOT + 44
    parts: list[str] = []
    for place, panel in enumerate(chart.panels):
        x, y = (place % columns) * (room + gap), (place // columns) * height
        drawn = [*_title(titles[place]), *_panel(panel, room, head)]
        parts.append(element("g", {"transform": f"translate({x:.1f} {y:.1f})"}, *drawn))
    rows = -(-len(chart.panels) // columns)
    months = f"{month_words(chart.months[0])} to {month_words(chart.months[-1])}"
    parts.append(text(months, 0, rows * height + 8, font_size=12.0))
    return drawing(titled, (full, rows * height + 16), parts)


def _title(rows: tuple[str, ...]) -> Iterator[str]:
    for place, words in enumerate(rows):
        yield text(words, 0, 13 + 16.0 * place, font_weight="bold", fill=INK)


def _panel(panel: Panel, room: float, head: float) -> Iterator[str]:
    bottom = head + _PLOT + 4
    vertical = scale([*panel.values, *panel.upper], start=bottom, end=head + 4)

    def places(values: tuple[Number | None, ...]) -> list[tuple[float, float]]:
        step = (room - 8) / max(len(values) - 1, 1)
        return [(step * place, vertical.at(value)) for place, value in enumerate(values) if value is not None]

    if panel.lower and panel.upper:
        outline = places(panel.upper) + places(panel.lower)[::-1]
        yield element("path", {"d": path(outline, closed=True), "fill": BAND}) if outline else ""
    points = places(panel.values)
    if points:
        yield element("path", {"d": path(points), "fill": "none", "stroke": TEAL, "stroke_width": 1.8})
        yield diamond(*points[-1]) if panel.marked else element(
            "circle", {"cx": points[-1][0], "cy": points[-1][1], "r": 3.6, "fill": TEAL}
        )  # fmt: skip
    yield line((0, bottom), (room - 8, bottom), stroke=SLATE)
    yield _value(panel, bottom + 18)


def _value(panel: Panel, y: float) -> str:
    colour = ACCENT if panel.marked else INK
    value = element("tspan", {"font_weight": "bold", "font_size": 14.0, "fill": colour}, escape(panel.text))
    remark = element("tspan", {"dx": 5.0, "fill": colour if panel.marked else SLATE}, escape(panel.remark) or " ")
    return element("text", {"x": 0, "y": y, "font_size": 12.5}, value, remark)
