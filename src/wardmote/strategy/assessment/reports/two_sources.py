"""What a report says where a problem has two sources: both counts, the gap and its reasons, and which is published."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from wardmote.foundations.rounding import signed_percentage, with_thousands
from wardmote.printing.blocks import Block, Bullets, Inline, Paragraph, Tile

from .numbers import NOT_AVAILABLE, count, ref

Content = Mapping[str, Any]
OPEN = "data.police.uk"


def is_partners(problem: Content) -> bool:
    """Whether the figure we publish of a problem is a partner's own."""
    return bool(problem.get("two_sources", {}).get("is_published"))


def published_tiles(problem: Content, analysis: Content) -> tuple[Tile, Tile]:
    """Return the partner's count and its change, which stand first where they are what we publish."""
    given = problem["two_sources"]
    about = f"{analysis['period']['words']}, {given['supplier']}"
    return (
        Tile("Incidents", (published_count(problem),), about),
        Tile("Change", (published_change(problem),), f"on the {analysis['before']['words']}, {given['supplier']}"),
    )


def published_count(problem: Content) -> Inline:
    """Return the partner's count of the year."""
    value = problem["two_sources"]["count"]
    return NOT_AVAILABLE if value is None else ref(with_thousands(value), problem, "published")


def published_change(problem: Content) -> Inline:
    """Return the change of the partner's count on the year before."""
    percent = problem["two_sources"]["percent"]
    if percent is None:
        return NOT_AVAILABLE
    return ref(signed_percentage(Decimal(percent)), problem, "published_change")


def two_sources_blocks(problem: Content) -> list[Block]:
    """Return both counts with the gap and its reasons; nothing where a problem has one source."""
    given = problem.get("two_sources")
    if not given:
        return []
    blocks: list[Block] = [Paragraph(_both(problem, given))]
    if given["words"]:
        blocks.append(Paragraph((f"By {given['supplier']}: {given['words']}.",)))
    reasons = [(words,) for words in given["reasons"]] + ([(given["note"],)] if given["note"] else [])
    return [*blocks, Bullets(tuple(reasons))] if reasons else blocks


def _both(problem: Content, given: Content) -> tuple[Inline, ...]:
    published = given["supplier"] if given["is_published"] else OPEN
    first: tuple[Inline, ...] = (f"Two sources: {OPEN} shows ", count(problem, "count"))
    if given["count"] is None:
        return (*first, f"; {given['supplier']} gives no figure for the year ({given['missing']}).")
    gap = f": {given['gap']}" if given["gap"] else ""
    said = f" ({given['measure']}){gap}. The figure we publish is that of {published}: {_sentence(given['why'])}"
    return (*first, f" and {given['supplier']} ", published_count(problem), said)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
