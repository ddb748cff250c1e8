"""Prints a report as HTML with GOV.UK's classes, for a page of this site: all escaped, no style attribute."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from itertools import count

from wardmote.printing.blocks import (
    Block,
    Bullets,
    Facts,
    FigureRef,
    Heading,
    Inline,
    Inlines,
    Inset,
    Link,
    Paragraph,
    Picture,
    Report,
    Strong,
    Table,
    Tiles,
    Warning,
)  # fmt: skip
from wardmote.printing.charts import AreaMap, Titled, draw
from wardmote.printing.dates import words

SENTENCE_LENGTH = 24
STATES = {"draft": ("Draft", "grey"), "issued": ("Issued", "green"), "working": ("Working paper", "grey")}

FigureUrl = Callable[[str], str] | None


@dataclass
class _Page:
    """What the blocks of one page share: where numbers lead, and a counter that keeps ids apart."""

    figure_url: FigureUrl
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def ident(self, kind: str) -> str:
        """A new id; headings may not begin with `report-`, so it is unique."""
        return f"report-{kind}-{next(self.numbers)}"


def render(report: Report, *, figure_url: FigureUrl) -> str:
    """The body of the report; `figure_url` gives the address of a source by its key, None leaves plain text."""
    page = _Page(figure_url)
    body = "\n".join(_block(block, page) for block in report.blocks)
    return f'<div class="wm-report" lang="{escape(report.language)}">\n{_status(report)}\n{body}\n</div>'


def render_blocks(blocks: Iterable[Block], *, figure_url: FigureUrl) -> str:
    """Some blocks of a report, for a page that shows a part of it."""
    page = _Page(figure_url)
    body = "\n".join(_block(block, page) for block in blocks)
    return f'<div class="wm-report">\n{body}\n</div>'


def render_contents(report: Report) -> str:
    """Links to the headings of the second level, as a list for the side of the page."""
    items = "".join(
        f'<li><a class="govuk-link" href="#{escape(block.anchor)}">{escape(block.text)}</a></li>'
        for block in report.blocks
        if isinstance(block, Heading) and block.level == 2
    )
    return (
        f'<nav aria-label="Contents"><h2 class="govuk-heading-s">Contents</h2><ol class="govuk-list">{items}</ol></nav>'
    )


def _status(report: Report) -> str:
    words_of, colour = STATES[report.status]
    state = f'<strong class="govuk-tag govuk-tag--{colour}">{words_of}</strong>'
    return f'<p class="wm-status">{state} As at {words(report.as_at)}</p>'


def _block(block: Block, page: _Page) -> str:
    match block:
        case Heading():
            return _heading(block)
        case Table():
            return _table(block, page)
        case Tiles():
            return _tiles(block, page)
        case Facts():
            return _facts(block, page)
        case Picture():
            return _picture(block, page)
        case _:
            return _prose(block, page)


def _prose(block: Paragraph | Bullets | Inset | Warning, page: _Page) -> str:
    match block:
        case Paragraph(content):
            return f'<p class="govuk-body">{_inlines(content, page)}</p>'
        case Bullets(items):
            rows = "".join(f"<li>{_inlines(item, page)}</li>" for item in items)
            return f'<ul class="govuk-list govuk-list--bullet">{rows}</ul>'
        case Inset(content):
            return f'<div class="govuk-inset-text">{_inlines(content, page)}</div>'
        case Warning(content):
            return (
                '<div class="govuk-warning-text"><span class="govuk-warning-text__icon" aria-hidden="true">!</span>'
                '<strong class="govuk-warning-text__text"><span class="govuk-visually-hidden">Warning</span> '
                f"{_inlines(content, page)}</strong></div>"
            )


def _heading(block: Heading) -> str:
    size = {2: "m", 3: "m", 4: "s"}[block.level]
    name = f"h{block.level}"
    return f'<{name} class="govuk-heading-{size}" id="{escape(block.anchor)}">{escape(block.text)}</{name}>'


def _inlines(content: Inlines, page: _Page) -> str:
    return "".join(_inline(item, page) for item in content)


def _inline(item: Inline, page: _Page) -> str:
    match item:
        case str():
            return escape(item)
        case Strong(text):
            return f"<strong>{escape(text)}</strong>"
        case Link(text, url):
            return f'<a class="govuk-link" href="{escape(url)}">{escape(text)}</a>'
        case FigureRef(text, key):
            if page.figure_url is None:
                return escape(text)
            # A number never breaks; a sentence has to, or a narrow page would scroll sideways.
            kind = "wm-number" if len(text) < SENTENCE_LENGTH else "govuk-link"
            return f'<a class="{kind}" href="{escape(page.figure_url(key))}">{escape(text)}</a>'


def _tiles(block: Tiles, page: _Page) -> str:
    items = "".join(
        f'<li class="wm-tile"><p class="wm-tile__label">{escape(tile.label)}</p>'
        f'<p class="wm-tile__value">{_inlines(tile.value, page)}</p>'
        + (f'<p class="wm-tile__note">{escape(tile.note)}</p>' if tile.note else "")
        + "</li>"
        for tile in block.items
    )
    return f'<ul class="wm-tiles">{items}</ul>'


def _facts(block: Facts, page: _Page) -> str:
    rows = "".join(
        f'<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">{escape(name)}</dt>'
        f'<dd class="govuk-summary-list__value">{_inlines(value, page)}</dd></div>'
        for name, value in block.rows
    )
    return f'<dl class="govuk-summary-list">{rows}</dl>'


def _table(block: Table, page: _Page) -> str:
    caption = page.ident("caption")
    head = "".join(_header(column.title, "col", numeric=column.numeric) for column in block.columns)
    body = "".join(f'<tr class="govuk-table__row">{_cells(row, block, page)}</tr>' for row in block.rows)
    note = f'<p class="wm-table__note">{escape(block.note)}</p>' if block.note else ""
    return (
        # A wide table scrolls inside this region, which the keyboard can reach.
        f'<div class="wm-scroll" role="region" aria-labelledby="{caption}" tabindex="0"><table class="govuk-table">'
        f'<caption class="govuk-table__caption govuk-table__caption--s" id="{caption}">'
        f"{escape(block.caption)}</caption>"
        f'<thead class="govuk-table__head"><tr class="govuk-table__row">{head}</tr></thead>'
        f'<tbody class="govuk-table__body">{body}</tbody></table></div>{note}'
    )


def _header(inner: str, scope: str, *, numeric: bool, escaped: bool = False) -> str:
    classes = "govuk-table__header govuk-table__header--numeric" if numeric else "govuk-table__header"
    return f'<th scope="{scope}" class="{classes}">{inner if escaped else escape(inner)}</th>'


def _cells(row: tuple[Inlines, ...], block: Table, page: _Page) -> str:
    cells = []
    for place, (column, content) in enumerate(zip(block.columns, row, strict=True)):
        inner = _inlines(content, page)
        if place == 0 and block.row_headers:
            cells.append(_header(inner, "row", numeric=column.numeric, escaped=True))
        else:
            classes = "govuk-table__cell govuk-table__cell--numeric" if column.numeric else "govuk-table__cell"
            cells.append(f'<td class="{classes}">{inner}</td>')
    return "".join(cells)


def _picture(block: Picture, page: _Page) -> str:
    ident = page.ident("picture")
    kind = " wm-drawing--map" if isinstance(block.chart, AreaMap) else ""
    wide = draw(block.chart, Titled(block.title, block.description, f"{ident}-wide"), width="wide")
    narrow = draw(block.chart, Titled(block.title, block.description, f"{ident}-narrow"), width="narrow")
    subtitle = f'<span class="wm-figure__subtitle">{escape(block.subtitle)}</span>' if block.subtitle else ""
    source = f'<p class="wm-figure__source">Source: {escape(block.source)}</p>' if block.source else ""
    return (
        f'<figure class="wm-figure"><figcaption class="wm-figure__caption">'
        f'<span class="wm-figure__title">{escape(block.title)}</span>{subtitle}</figcaption>'
        f'<div class="wm-drawings"><div class="wm-drawing--wide{kind}">{wide}</div>'
        f'<div class="wm-drawing--narrow">{narrow}</div></div>{source}'
        '<details class="govuk-details"><summary class="govuk-details__summary">'
        '<span class="govuk-details__summary-text">See these figures as a table</span></summary>'
        f'<div class="govuk-details__text">{_table(block.table, page)}</div></details></figure>'
    )
