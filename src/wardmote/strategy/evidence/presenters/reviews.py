"""The shape of the page of incidents that look wrong."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from wardmote.foundations.periods import Month
from wardmote.foundations.rounding import with_thousands
from wardmote.strategy.evidence.queries.reviews import Looked
from wardmote.strategy.evidence.rules.reviews import RESULT_WORDS, ReviewResult


def check_cards(looked: Sequence[Looked], posts: Mapping[UUID, str]) -> list[dict[str, Any]]:
    """Return a card for each check, those that found something first."""
    cards = [_card(one, posts) for one in looked]
    return sorted(cards, key=lambda card: not card["rows"])


def _card(one: Looked, posts: Mapping[UUID, str]) -> dict[str, Any]:
    found, review = one.found, one.review
    months = [f"{Month.parse(month).words()}: {with_thousands(n)}" for month, n in found.by_month.items()]
    reviewed = ""
    if review:
        day = f"{review.reviewed_at:%-d %B %Y}"
        reviewed = (
            f"{RESULT_WORDS[ReviewResult(review.result)]}. {review.words} ({posts[review.reviewed_by_key]}, {day})"
        )
    return {
        "code": found.check.code,
        "title": found.check.title,
        "means": found.check.means,
        "rows": found.rows,
        "count": f"{with_thousands(found.rows)} of {with_thousands(found.of)} rows",
        "months": "; ".join(months),
        "examples": found.examples,
        "reviewed": reviewed,
        "state": "Nothing found" if not found.rows else "Looked into" if review else "To look into",
        "colour": "green" if not found.rows or review else "yellow",
    }
