"""The page of each statistic, as docs/methods has it: what it says, its formula, source, example and limits."""

import re
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Any, Final

# In an installed package the pages lie beside the code; in a checkout they lie in docs/methods.
_PACKAGED: Final = Path(__file__).parent.parent / "methods"
_CHECKOUT: Final = Path(__file__).parents[3] / "docs" / "methods"
_CLASSES: Final = {
    "heading_open": "govuk-heading-m",
    "paragraph_open": "govuk-body",
    "bullet_list_open": "govuk-list govuk-list--bullet",
    "ordered_list_open": "govuk-list govuk-list--number",
    "table_open": "govuk-table",
    "th_open": "govuk-table__header",
    "td_open": "govuk-table__cell",
    "tr_open": "govuk-table__row",
    "link_open": "govuk-link",
}


@dataclass(frozen=True)
class MethodPage:
    """A page: its slug in the address, its title, the question it answers, and its text as HTML."""

    slug: str
    title: str
    question: str
    html: str


@cache
def method_pages() -> dict[str, MethodPage]:
    """Return every page by slug, in the order of the list in the README beside them."""
    folder = _PACKAGED if _PACKAGED.exists() else _CHECKOUT
    listed = re.findall(r"^\| \[[^]]+\]\(([a-z-]+)\.md\) \| (.+?) \|$", (folder / "README.md").read_text("utf-8"), re.M)
    return {slug: _page(slug, question, (folder / f"{slug}.md").read_text("utf-8")) for slug, question in listed}


def _page(slug: str, question: str, text: str) -> MethodPage:
    title, _, body = text.partition("\n")
    return MethodPage(slug, title.removeprefix("# ").strip(), question, _html(body))


def _html(text: str) -> str:
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    reader.add_render_rule("fence", _example)
    tokens = reader.parse(re.sub(r"\]\(([a-z-]+)\.md\)", r"](../\1/)", text))
    for token in (part for outer in tokens for part in (outer, *(outer.children or ()))):
        _dress(token)
    rendered: str = reader.renderer.render(tokens, reader.options, {})
    return rendered


def _dress(token: Any) -> None:
    """Give a part of the page the look that it has everywhere else; a list keeps its lines together."""
    if token.type in _CLASSES:
        token.attrJoin("class", _CLASSES[token.type])


def _example(_renderer: Any, tokens: Any, at: int, _options: Any, _env: Any) -> str:
    """Show the numbers of an example in a box of their own, which scrolls where the screen is narrow."""
    box = '<div class="wm-scroll" tabindex="0" role="region" aria-label="Numbers of the example">'
    return f'{box}<pre class="wm-code">{escape(tokens[at].content)}</pre></div>'
