"""Every picture a report can hold, and the one function that draws it as SVG."""

from wardmote.printing.chart_kinds import (
    Band,
    Bar,
    BarChart,
    Break,
    Curve,
    CurveChart,
    DotPlot,
    DotRow,
    Line,
    LineChart,
    Mark,
    Number,
    Panel,
    Reference,
    SmallMultiples,
)
from wardmote.printing.maps import Area, AreaMap
from wardmote.printing.svg import Titled, Width

Chart = LineChart | BarChart | SmallMultiples | AreaMap | DotPlot | CurveChart

__all__ = [
    "Area",
    "AreaMap",
    "Band",
    "Bar",
    "BarChart",
    "Break",
    "Chart",
    "Curve",
    "CurveChart",
    "DotPlot",
    "DotRow",
    "Line",
    "LineChart",
    "Mark",
    "Number",
    "Panel",
    "Reference",
    "SmallMultiples",
    "Titled",
    "draw",
]


def draw(chart: Chart, titled: Titled, *, width: Width) -> str:
    """The chart as SVG text, for a wide place or a narrow one; `titled` names it and must be unique on its page."""
    from wardmote.printing.bars import draw_bars
    from wardmote.printing.curves import draw_curves
    from wardmote.printing.dots import draw_dots
    from wardmote.printing.lines import draw_lines
    from wardmote.printing.map_drawing import draw_map
    from wardmote.printing.multiples import draw_multiples

    match chart:
        case LineChart():
            return draw_lines(chart, titled, width)
        case BarChart():
            return draw_bars(chart, titled, width)
        case SmallMultiples():
            return draw_multiples(chart, titled, width)
        case AreaMap():
            return draw_map(chart, titled, width)
        case DotPlot():
            return draw_dots(chart, titled, width)
        case CurveChart():
            return draw_curves(chart, titled, width)
