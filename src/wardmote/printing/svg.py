"""The few SVG elements that our charts need, written as text: presentation attributes only, never a style or script."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

Width = Literal["wide", "narrow"]

INK = "#14212b"
SLATE = "#4a5763"
TEAL = "#0b6068"
PALE = "#9fc1c1"
ACCENT = "#a63d0a"
LINE = "#c4cecd"
BAND = "#cfe3e1"
FONT = "Public Sans, DejaVu Sans, sans-serif"


@dataclass(frozen=True)
class Titled:
    """What a drawing is called and what it shows, and the start of its ids, unique on its page."""

    title: str
    description: str
    ident: str


def number(value: float) -> str:
    """A coordinate with one decimal at most."""
    return f"{value:.1f}".removesuffix(".0")


def element(name: str, attributes: dict[str, str | float], *children: str) -> str:
    """One element; underscores of attribute names become hyphens; children are markup already."""
    written = "".join(
        f' {key.replace("_", "-")}="{escape(value) if isinstance(value, str) else number(value)}"'
        for key, value in attributes.items()
    )
    return f"<{name}{written}>{''.join(children)}</{name}>" if children else f"<{name}{written}/>"


def text(words: str, x: float, y: float, **attributes: str | float) -> str:
    """Words at a point, escaped; 13 high and slate unless told otherwise."""
    return element("text", {"x": x, "y": y, "font_size": 13.0, "fill": SLATE, **attributes}, escape(words))


def line(start: tuple[float, float], end: tuple[float, float], **attributes: str | float) -> str:
    """A straight line."""
    drawn: dict[str, str | float] = {"x1": start[0], "y1": start[1], "x2": end[0], "y2": end[1], "stroke": LINE}
    return element("line", {**drawn, **attributes})


def rectangle(corner: tuple[float, float], size: tuple[float, float], **attributes: str | float) -> str:
    """A rectangle from its upper left corner."""
    return element("rect", {"x": corner[0], "y": corner[1], "width": size[0], "height": size[1], **attributes})


def path(points: Iterable[tuple[float, float]], *, closed: bool = False) -> str:
    """The `d` of a path through points."""
    drawn = "L".join(f"{number(x)} {number(y)}" for x, y in points)
    return f"M{drawn}Z" if closed else f"M{drawn}"


def diamond(x: float, y: float, size: float = 5.5) -> str:
    """The mark of a value above its range."""
    corners = ((x, y - size), (x + size, y), (x, y + size), (x - size, y))
    return element("path", {"d": path(corners, closed=True), "fill": ACCENT, "stroke": "#ffffff", "stroke_width": 1.2})


def square(x: float, y: float, size: float = 4.2) -> str:
    """The mark of a value below its range."""
    return rectangle(
        (x - size, y - size), (2 * size, 2 * size), fill=ACCENT, stroke="#ffffff", stroke_width=1.2
    )  # fmt: skip


def drawing(titled: Titled, size: tuple[float, float], parts: Sequence[str]) -> str:
    """A whole SVG that assistive technology reads as one image with a name and a description."""
    name, description = f"{titled.ident}-title", f"{titled.ident}-desc"
    return element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {number(size[0])} {number(size[1])}",
            "role": "img",
            "aria_labelledby": f"{name} {description}",
            "font_family": FONT,
        },
        element("title", {"id": name}, escape(titled.title) or " "),
        element("desc", {"id": description}, escape(titled.description) or " "),
        *parts,
    )


def wrapped(words: str, *, room: float, size: float, lines: int = 2) -> tuple[str, ...]:
    """Words broken to fit a width, estimated at 0.56 of the height a letter; the last line takes the rest."""
    letters = max(int(room / (size * 0.56)), 6)
    result: list[str] = []
    for word in words.split():
        if result and (len(f"{result[-1]} {word}") <= letters or len(result) == lines):
            result[-1] = f"{result[-1]} {word}"
        else:
            result.append(word)
    return tuple(_shortened(row, letters + 4) for row in result)


def _shortened(row: str, letters: int) -> str:
    return row if len(row) <= letters else f"{row[: letters - 1].rstrip()}…"
