"""What a chart shows, as plain values; how it looks is decided where it is drawn."""

from dataclasses import dataclass
from decimal import Decimal

Number = int | Decimal


@dataclass(frozen=True)
class Line:
    """One series, a value for each month of its chart; None where nothing is known."""

    name: str
    values: tuple[Number | None, ...]


@dataclass(frozen=True)
class Band:
    """A range for each month of its chart, such as the usual or the expected one; None where there is none."""

    name: str
    lower: tuple[Number | None, ...]
    upper: tuple[Number | None, ...]


@dataclass(frozen=True)
class Mark:
    """A point of the first series to notice: a diamond above its range, a square below it."""

    position: int
    above: bool


@dataclass(frozen=True)
class Break:
    """A change in recording that begins with a month: a dashed upright line with a letter; it may cut the lines."""

    position: int
    letter: str
    cuts: bool


@dataclass(frozen=True)
class LineChart:
    """Monthly values over time from zero; `months` as 2024-01; the first line is strong, a second one dashed.

    The last `ahead` months lie in the future: an upright line marks where they begin.
    """

    unit: str
    months: tuple[str, ...]
    lines: tuple[Line, ...]
    band: Band | None = None
    marks: tuple[Mark, ...] = ()
    breaks: tuple[Break, ...] = ()
    ahead: int = 0

    def __post_init__(self) -> None:
        lengths = {len(line.values) for line in self.lines}
        if self.band:
            lengths |= {len(self.band.lower), len(self.band.upper)}
        if not self.months or lengths != {len(self.months)}:
            raise ValueError("A line chart needs one value for each month in each line and band.")
        if any(not 0 <= mark.position < len(self.months) for mark in self.marks):
            raise ValueError("A mark of a line chart lies outside its months.")
        if not 0 <= self.ahead < len(self.months):
            raise ValueError("A line chart with months to come has months before them.")
        if any(not 0 < one.position < len(self.months) for one in self.breaks):
            raise ValueError("A change in recording lies between two months of a line chart.")


@dataclass(frozen=True)
class Bar:
    """One bar, with the whole interval or none; `text` is the value as printed beside it."""

    label: str
    value: Number
    text: str
    low: Number | None = None
    high: Number | None = None
    emphasised: bool = False


@dataclass(frozen=True)
class Reference:
    """A value to compare all bars with, such as the mean of a group."""

    label: str
    value: Number


@dataclass(frozen=True)
class BarChart:
    """Horizontal bars from zero, with whiskers where an interval is given."""

    unit: str
    bars: tuple[Bar, ...]
    reference: Reference | None = None


@dataclass(frozen=True)
class Panel:
    """One small chart; `text` is the latest value as printed, `remark` where it stands (in range, above range)."""

    title: str
    values: tuple[Number | None, ...]
    text: str
    remark: str = ""
    lower: tuple[Number | None, ...] = ()
    upper: tuple[Number | None, ...] = ()
    marked: bool = False


@dataclass(frozen=True)
class SmallMultiples:
    """Panels side by side over the same months, each with its own scale from zero."""

    months: tuple[str, ...]
    panels: tuple[Panel, ...]


@dataclass(frozen=True)
class DotRow:
    """One question: how many gave each level of its scale, as (level, count); `framed` is the level to mark."""

    label: str
    counts: tuple[tuple[int, int], ...]
    framed: int | None = None


@dataclass(frozen=True)
class DotPlot:
    """A dot for each answer on a scale of whole numbers, a row for each question."""

    unit: str
    lowest: int
    highest: int
    rows: tuple[DotRow, ...]

    def __post_init__(self) -> None:
        if any(not self.lowest <= level <= self.highest for row in self.rows for level, _ in row.counts):
            raise ValueError("A level of a dot plot lies outside its scale.")


@dataclass(frozen=True)
class Curve:
    """One curve through points (across, up), both as percentages of a whole, from left to right."""

    name: str
    points: tuple[tuple[Number, Number], ...]


@dataclass(frozen=True)
class CurveChart:
    """Shares of one whole against shares of another, both axes from 0% to 100%; a second curve is dashed.

    `across` and `up` name the axes; the first curve carries a dot at each of its points.
    """

    across: str
    up: str
    curves: tuple[Curve, ...]

    def __post_init__(self) -> None:
        places = [place for curve in self.curves for point in curve.points for place in point]
        if any(not 0 <= place <= 100 for place in places):
            raise ValueError("A point of a curve lies outside 0% to 100%.")
        if any(list(curve.points) != sorted(curve.points, key=lambda point: point[0]) for curve in self.curves):
            raise ValueError("The points of a curve go from left to right.")
