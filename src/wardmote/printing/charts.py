"""Every picture a report can hold, and the one function that draws it as SVG."""

from wardmote.printing.chart_kinds import (
    Band,
    Bar,
    BarChart,
    Line,
    LineChart,
    Mark,
    Number,
    Panel,
    Reference,
    SmallMultiples,
)
from wardmote.printing.maps import Area, AreaMap

Chart = LineChart | BarChart | SmallMultiples | AreaMap

__all__ = [
    "Area",
    "AreaMap",
    "Band",
    "Bar",
    "BarChart",
    "Chart",
    "Line",
    "LineChart",
    "Mark",
    "Number",
    "Panel",
    "Reference",
    "SmallMultiples",
]
