"""A report is a list of these blocks and nothing else, so that the page, the PDF and the data file say the same."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from wardmote.printing.charts import Chart

# A working paper is neither: a score sheet to fill in, the record of a session.
Status = Literal["draft", "issued", "working"]
# Ids that begin with report- are given by the printers, so that a page never has one twice.
_ANCHOR = re.compile(r"[a-z][a-z0-9-]*")


class ReportError(ValueError):
    """A report that must not be printed: a number without a source, a picture without words, a broken outline."""


@dataclass(frozen=True)
class FigureRef:
    """A number as printed; `key` names the `FigureSource` of the same report that says where it comes from."""

    text: str
    key: str


@dataclass(frozen=True)
class Strong:
    """Words that carry weight in their sentence."""

    text: str


@dataclass(frozen=True)
class Link:
    """Words that lead to another page; `url` is http(s), a path of this site or an anchor of this page."""

    text: str
    url: str

    def __post_init__(self) -> None:
        if not self.url.startswith(("https://", "http://", "/", "#")):
            raise ReportError(f"The link “{self.text}” must start with https://, http://, / or #.")


Inline = str | FigureRef | Strong | Link
Inlines = tuple[Inline, ...]


@dataclass(frozen=True)
class Heading:
    """A heading of level 2 to 4 (the title of the report is level 1); `anchor` is unique in the report."""

    text: str
    level: int
    anchor: str


@dataclass(frozen=True)
class Paragraph:
    """Running text."""

    content: Inlines


@dataclass(frozen=True)
class Bullets:
    """A list whose order does not matter."""

    items: tuple[Inlines, ...]


@dataclass(frozen=True)
class Inset:
    """A remark set apart from the text around it."""

    content: Inlines


@dataclass(frozen=True)
class Warning:
    """Something the reader must not overlook."""

    content: Inlines


@dataclass(frozen=True)
class Column:
    """A column of a table; `numeric` ones are aligned to the right."""

    title: str
    numeric: bool = False


@dataclass(frozen=True)
class Table:
    """A table with a caption; the first cell of a row names the row unless `row_headers` is false."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Inlines, ...], ...]
    note: str = ""
    row_headers: bool = True
    small_counts: str = ""
    """Of a table with counts: whether small ones are shown in full or hidden."""

    def __post_init__(self) -> None:
        if not self.caption.strip():
            raise ReportError("Every table needs a caption.")
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ReportError(f"Every row of “{self.caption}” needs {len(self.columns)} cells.")


@dataclass(frozen=True)
class Tile:
    """One headline number with its name above and a remark below."""

    label: str
    value: Inlines
    note: str = ""


@dataclass(frozen=True)
class Tiles:
    """Headline numbers side by side."""

    items: tuple[Tile, ...]


@dataclass(frozen=True)
class Facts:
    """Names and their values, one a line."""

    rows: tuple[tuple[str, Inlines], ...]


@dataclass(frozen=True)
class Picture:
    """A chart or map, what it shows in words, where it comes from, and its numbers as a table."""

    title: str
    subtitle: str
    chart: Chart
    description: str
    source: str
    table: Table

    def __post_init__(self) -> None:
        if not self.title.strip() or not self.description.strip():
            raise ReportError("Every picture needs a title and a description for those who cannot see it.")


Block = Heading | Paragraph | Bullets | Inset | Warning | Table | Tiles | Facts | Picture


@dataclass(frozen=True)
class FigureSource:
    """Where a printed number comes from: measure, parameters, releases by digest, population, period and area.

    Numbers of one `group` come from one question and differ only in which row they are: paper lists the group once.
    """

    key: str
    title: str
    value: str
    unit: str
    measure: str
    parameters: Mapping[str, str]
    releases: tuple[tuple[str, str], ...]
    population: str
    period: str
    area: str
    code_version: str
    notes: tuple[str, ...] = ()
    group: str = ""


@dataclass(frozen=True)
class Issue:
    """What the first page says of an issue: number, issuer (post and agency), day, what it replaces, who approved.

    It is no part of the report: the data file knows nothing of it.
    """

    number: int
    by: str
    on: date
    replaces: str = ""
    approved: str = ""


@dataclass(frozen=True, kw_only=True)
class Report:
    """A whole document; refuses to exist with a number that has no source or an outline that is broken."""

    title: str
    caption: str
    partnership: str
    status: Status
    as_at: date
    blocks: tuple[Block, ...]
    figures: tuple[FigureSource, ...]
    is_sample: bool
    language: str = "en-GB"

    def __post_init__(self) -> None:
        _check_title(self)
        _check_outline(tuple(block for block in self.blocks if isinstance(block, Heading)))
        _check_figures(self)

    def figure(self, key: str) -> FigureSource:
        """The source of one number. Raises KeyError for a key that the report does not have."""
        return {source.key: source for source in self.figures}[key]


def _check_title(report: Report) -> None:
    if not report.title.strip():
        raise ReportError("A report needs a title.")


def _check_outline(headings: tuple[Heading, ...]) -> None:
    above = 1
    for heading in headings:
        if not 2 <= heading.level <= min(above + 1, 4):
            raise ReportError(f"The heading “{heading.text}” skips a level: {heading.level} after {above}.")
        above = heading.level
        if not _ANCHOR.fullmatch(heading.anchor) or heading.anchor.startswith("report-"):
            raise ReportError(f"“{heading.anchor}” is no anchor: use small letters, digits and hyphens, not report-…")
    repeated = _repeated(heading.anchor for heading in headings)
    if repeated:
        raise ReportError(f"Headings share the anchor {repeated}.")


def _check_figures(report: Report) -> None:
    keys = [source.key for source in report.figures]
    repeated = _repeated(iter(keys))
    if repeated:
        raise ReportError(f"Two figures share the key {repeated}.")
    missing = sorted({ref.key for ref in figure_refs(report.blocks)} - set(keys))
    if missing:
        raise ReportError(f"These numbers have no source: {', '.join(missing)}.")


def _repeated(names: Iterator[str]) -> str:
    return ", ".join(sorted(name for name, count in Counter(names).items() if count > 1))


def figure_refs(blocks: tuple[Block, ...]) -> tuple[FigureRef, ...]:
    """Every clickable number of the blocks, in reading order, repeats included."""
    return tuple(
        item for block in blocks for content in contents(block) for item in content if isinstance(item, FigureRef)
    )


def contents(block: Block) -> tuple[Inlines, ...]:
    """The runs of text in a block, in reading order; those of a picture are the cells of its table."""
    match block:
        case Paragraph(content) | Inset(content) | Warning(content):
            return (content,)
        case Bullets(items):
            return items
        case Table(rows=rows):
            return tuple(cell for row in rows for cell in row)
        case Tiles(items):
            return tuple(tile.value for tile in items)
        case Facts(rows):
            return tuple(value for _, value in rows)
        case Picture(table=table):
            return contents(table)
        case _:
            return ()


def plain(content: Inlines) -> str:
    """The words of a run of text without their marks."""
    return "".join(item if isinstance(item, str) else item.text for item in content)
