"""The shape of the pages of two sources."""

from collections.abc import Mapping, Sequence
from typing import Any

from wardmote.definitions import Difference, Problem
from wardmote.foundations.rounding import with_thousands
from wardmote.strategy.evidence.models import SourcePair
from wardmote.strategy.evidence.queries.own_problems import problem_for
from wardmote.strategy.evidence.queries.pairs import Beside, SideBySide
from wardmote.strategy.evidence.rules.pairs import Chosen

OPEN_WORDS = "data.police.uk"
PUBLISHED = {Chosen.OPEN: OPEN_WORDS, Chosen.PARTNER: "The partner's own"}


def pair_row(pair: SourcePair, known: Mapping[str, Problem]) -> dict[str, Any]:
    """Return a row of the list; `known` are the partnership's problems."""
    title = known[pair.problem].title
    return {"pair": pair, "title": title, "published": PUBLISHED[Chosen(pair.chosen)]}


def side_by_side_page(pair: SourcePair, found: SideBySide, reasons: Sequence[Difference]) -> dict[str, Any]:
    """Return what the page of two sources shows."""
    supplier = found.supplier or "The partner"
    return {
        "pair": pair,
        "title": problem_for(pair.partnership, pair.problem).title,
        "supplier": supplier,
        "published": supplier if pair.chosen == Chosen.PARTNER else OPEN_WORDS,
        "summary": _summary(found, supplier, problem_for(pair.partnership, pair.problem)),
        "reasons": reasons,
        "rows": [_row(row) for row in found.rows],
        "releases": [digest[:12] for digest in found.releases],
    }


def _summary(found: SideBySide, supplier: str, problem: Problem) -> str:
    if not problem.police_uk:
        return f"{OPEN_WORDS} publishes nothing of it: the figure of {supplier} stands alone."
    if found.gap is None:
        return "No period is held by both sources yet."
    gap = found.gap.words
    return (
        f"Over the periods that both hold, {OPEN_WORDS} shows {with_thousands(found.open_total)} incidents and "
        f"{supplier} {with_thousands(found.partner_total)}: {gap}."
    )


def _row(row: Beside) -> dict[str, str]:
    return {
        "words": row.words,
        "open": "not held" if row.open_count is None else with_thousands(row.open_count),
        "partner": f"missing: {row.missing}" if row.partner_count is None else with_thousands(row.partner_count),
        "gap": row.gap.words if row.gap else "",
    }
