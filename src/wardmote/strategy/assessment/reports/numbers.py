"""Numbers as they are printed: rounded once, with their unit, each leading to where it comes from."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from wardmote.definitions import small_counts
from wardmote.foundations.rounding import signed, signed_percentage, with_thousands
from wardmote.printing.blocks import FigureRef, Inline, Link, Paragraph

NOT_AVAILABLE = "n/a"
HIDDEN = small_counts().hidden

Content = Mapping[str, Any]


def ref(text: str, problem: Content, what: str) -> FigureRef:
    """Return a number of a problem that can be clicked."""
    return FigureRef(text, f"{problem['slug']}.{what}")


def absent(problem: Content, what: str) -> str:
    """Return what stands in the place of a figure that is not there: hidden by the small-count rule, or n/a."""
    return HIDDEN if f"{problem['slug']}.{what}" in problem.get("hidden", ()) else NOT_AVAILABLE


def count(problem: Content, what: str) -> Inline:
    """Return a count of incidents, of the period ("count") or of the one before ("before")."""
    value = problem["rate"].get("count") if what == "count" else problem["change"].get("previous")
    return absent(problem, what) if value is None else ref(with_thousands(int(value)), problem, what)


def rate(problem: Content) -> Inline:
    """Return the rate per 1,000 residents, or n/a."""
    value = problem["rate"].get("rate")
    return absent(problem, "rate") if value is None else ref(with_thousands(Decimal(value), 1), problem, "rate")


def share(problem: Content) -> Inline:
    """Return the share of everything recorded, or n/a."""
    value = problem["share"].get("share")
    return absent(problem, "share") if value is None else ref(f"{with_thousands(Decimal(value), 1)}%", problem, "share")


def change(problem: Content) -> Inline:
    """Return the change on the year before: a percentage, or the difference where the base is small."""
    found = problem["change"]
    if found.get("percent") is not None:
        return ref(signed_percentage(Decimal(found["percent"])), problem, "change")
    if found.get("difference") is None or found["verdict"] == "cannot say":
        return absent(problem, "change")
    # From a base below 20 a percentage would mislead: the difference in incidents stands in its place.
    return ref(f"{signed(found['difference'])} incidents", problem, "change")


def method_paragraph(title: str, slug: str) -> Paragraph:
    """Return where a section's method is explained: a link on a page, the name of that page on paper."""
    return Paragraph(("How it is worked out: ", Link(title, f"/methods/{slug}/"), "."))
