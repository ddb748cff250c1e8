"""Draws areas shaded by class from GeoJSON, on an integer grid so that neighbours keep their shared edges."""

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from wardmote.printing.map_letters import letter_on
from wardmote.printing.maps import Area, AreaMap
from wardmote.printing.svg import INK, SLATE, Titled, Width, drawing, element, line, rectangle, text, wrapped

SHADES = ("#e6f0ee", "#b5d5d2", "#74aeb0", "#2f7d84", "#0e4a52")
# The grid is finer than a printed line: ten steps to one unit of the drawing.
_GRID = 10

Position = tuple[float, float]
Ring = Sequence[Position]


@dataclass(frozen=True)
class _Projection:
    """Longitude and latitude to grid: east-west shrunk by the cosine of the middle latitude, north up."""

    west: float
    north: float
    squeeze: float
    factor: float
    shift: float

    def __call__(self, position: Position) -> tuple[int, int]:
        x = (position[0] - self.west) * self.squeeze * self.factor + self.shift
        y = (self.north - position[1]) * self.factor
        return round(x * _GRID), round(y * _GRID)


def draw_map(chart: AreaMap, titled: Titled, width: Width) -> str:
    """The map with its legend below, in a row when wide and as a list when narrow."""
    narrow = width == "narrow"
    full, tallest = (300.0, 340.0) if narrow else (760.0, 560.0)
    rings = {area.code: _rings(area) for area in chart.areas}
    places = [position for parts in rings.values() for ring in parts for position in ring]
    project, height = _fit(places, full, tallest)
    hatch = f"{titled.ident}-hatch"
    shapes = [*_shapes(chart, rings, project, hatch), *_outlines(chart, rings, project)]
    legend = list(_legend(chart, hatch, height + 26, narrow=narrow))
    letters = [
        letter_on(area.letter, [[project(place) for place in ring] for ring in rings[area.code]], _GRID)
        for area in chart.areas
        if area.letter
    ]
    parts = [_hatch(hatch), element("g", {"transform": f"scale({1 / _GRID:g})"}, *shapes), *letters, *legend]
    return drawing(titled, (full, height + 26 + _legend_height(chart, narrow=narrow)), parts)


def _rings(area: Area) -> tuple[Ring, ...]:
    shape: dict[str, Any] = json.loads(area.geometry)
    if shape.get("type") not in ("Polygon", "MultiPolygon"):
        raise ValueError(f"The outline of {area.code} is not a polygon but {shape.get('type')}.")
    polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
    return tuple([(place[0], place[1]) for place in ring] for polygon in polygons for ring in polygon)


def _fit(places: Sequence[Position], full: float, tallest: float) -> tuple[_Projection, float]:
    if not places:
        return _Projection(0, 0, 1, 1, 0), 0.0
    west, east = min(x for x, _ in places), max(x for x, _ in places)
    south, north = min(y for _, y in places), max(y for _, y in places)
    squeeze = math.cos(math.radians((south + north) / 2))
    across, down = max((east - west) * squeeze, 1e-9), max(north - south, 1e-9)
    # Two units are kept free on every side for the outlines.
    factor = min((full - 4) / across, (tallest - 4) / down)
    shift = (full - across * factor) / 2
    return _Projection(west, north + 2 / factor, squeeze, factor, shift), down * factor + 4


def _drawn(parts: Iterable[Ring], project: _Projection) -> str:
    return "".join(_ring([project(position) for position in ring]) for ring in parts)


def _ring(points: list[tuple[int, int]]) -> str:
    kept = [point for place, point in enumerate(points) if place == 0 or point != points[place - 1]]
    if len(kept) < 4:
        return ""
    (x, y), steps = kept[0], []
    for following_x, following_y in kept[1:-1]:
        steps.append(f"{following_x - x} {following_y - y}")
        x, y = following_x, following_y
    return f"M{kept[0][0]} {kept[0][1]}l{' '.join(steps)}z"


def _shapes(
    chart: AreaMap, rings: dict[str, tuple[Ring, ...]], project: _Projection, hatch: str
) -> Iterator[str]:  # fmt: skip
    for place in (None, *range(len(chart.classes))):
        drawn = [_shape(area, chart, _drawn(rings[area.code], project)) for area in chart.areas if area.place == place]
        if drawn:
            fill = f"url(#{hatch})" if place is None else shade(place, len(chart.classes))
            # The lightest class has an edge of its own, or it would melt into the paper.
            edge = "#8fa3a5" if place in (None, 0) else "#ffffff"
            look: dict[str, str | float] = {
                "fill": fill,
                "fill_rule": "evenodd",
                "stroke": edge,
                "stroke_width": 7.0,
                "stroke_linejoin": "round",
            }
            yield element("g", look, *drawn)


def _shape(area: Area, chart: AreaMap, drawn: str) -> str:
    meaning = chart.missing if area.place is None else chart.classes[area.place]
    return element("path", {"d": drawn}, element("title", {}, escape(f"{area.name}: {meaning}")))


def _outlines(chart: AreaMap, rings: dict[str, tuple[Ring, ...]], project: _Projection) -> Iterator[str]:
    for area in chart.areas:
        if area.outlined:
            look: dict[str, str | float] = {
                "fill": "none",
                "stroke": INK,
                "stroke_width": 22.0,
                "stroke_linejoin": "round",
            }
            yield element("path", {"d": _drawn(rings[area.code], project), **look})


def shade(place: int, classes: int) -> str:
    """The colour of a class: the whole range is used however few classes there are."""
    if classes == 1:
        return SHADES[2]
    return SHADES[round(place * (len(SHADES) - 1) / (classes - 1))]


def _hatch(ident: str) -> str:
    ground = rectangle((0, 0), (60, 60), fill="#ffffff")
    stripe = line((0, 60), (60, 0), stroke="#8fa3a5", stroke_width=7.0)
    look: dict[str, str | float] = {"id": ident, "width": 60.0, "height": 60.0, "patternUnits": "userSpaceOnUse"}
    return element("defs", {}, element("pattern", look, ground, stripe))


@dataclass(frozen=True)
class _Key:
    fill: str
    words: str
    outlined: bool = False


def _keys(chart: AreaMap) -> tuple[_Key, ...]:
    keys = [_Key(shade(place, len(chart.classes)), words) for place, words in enumerate(chart.classes)]
    if any(area.place is None for area in chart.areas):
        keys.append(_Key("", chart.missing))
    if chart.outline and any(area.outlined for area in chart.areas):
        keys.append(_Key("#ffffff", chart.outline, outlined=True))
    return tuple(keys)


def _legend_height(chart: AreaMap, *, narrow: bool) -> float:
    return 22.0 * len(_keys(chart)) + 10 if narrow else 62.0


def _legend(chart: AreaMap, hatch: str, top: float, *, narrow: bool) -> Iterator[str]:
    yield text(chart.legend, 0, top, font_weight="bold", fill=INK)
    keys = _keys(chart)
    for place, key in enumerate(keys):
        if narrow:
            yield from _key(key, hatch, (0, top + 10 + 22 * place), (34, 14))
            yield text(key.words, 42, top + 22 + 22 * place, fill=INK)
        else:
            room = 760.0 / len(keys)
            yield from _key(key, hatch, (room * place, top + 10), (room - 4, 15))
            for row, words in enumerate(wrapped(key.words, room=room - 6, size=12.5)):
                yield text(words, room * place, top + 41 + 15 * row, font_size=12.5, fill=INK)


def _key(key: _Key, hatch: str, corner: tuple[float, float], size: tuple[float, float]) -> Iterator[str]:
    if key.fill:
        edge: dict[str, str | float] = (
            {"stroke": INK, "stroke_width": 2.4} if key.outlined else {"stroke": SLATE, "stroke_width": 0.6}
        )
        yield rectangle(corner, size, fill=key.fill, **edge)
        return
    # The pattern is made for the grid of the map, ten times finer than the drawing.
    box = rectangle((0, 0), (size[0] * _GRID, size[1] * _GRID), fill=f"url(#{hatch})", stroke=SLATE, stroke_width=6.0)
    yield element("g", {"transform": f"translate({corner[0]:g} {corner[1]:g}) scale({1 / _GRID:g})"}, box)
