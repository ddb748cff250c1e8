"""The rate of a problem by what is at risk of it: burglary by households, where these are held."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from wardmote.analytics.measures.evidence import divided_by
from wardmote.analytics.measures.figures import FiguresRefused
from wardmote.definitions import denominators
from wardmote.foundations.rounding import with_thousands
from wardmote.strategy.assessment.queries.frame import Frame

Content = Mapping[str, Any]


def frames_at_risk(frame: Frame) -> dict[str, Frame]:
    """Return, by problem, the questions about it whose rates are divided by what is at risk; where that is held."""
    by_slug: dict[str, Frame | None] = {}
    for slug in frame.slugs:
        known = denominators().of(slug)
        if known and known.slug not in by_slug:
            evidence = divided_by(frame.evidence, known)
            by_slug[known.slug] = replace(frame, evidence=evidence) if evidence else None
    found = {slug: by_slug[known.slug] for slug in frame.slugs if (known := denominators().of(slug))}
    return {slug: one for slug, one in found.items() if one is not None}


def add_at_risk(problems: Sequence[dict[str, Any]], frames: Mapping[str, Frame]) -> None:
    """Put the rate by what is at risk beside each measured problem; where none is held, residents stand alone."""
    for problem in problems:
        one = frames.get(problem["slug"])
        if problem["measured"] and one is not None:
            problem["at_risk"] = _at_risk(replace(one, slugs=(problem["slug"],)), problem["slug"])


def _at_risk(frame: Frame, slug: str) -> dict[str, Any]:
    try:
        (row,) = frame.ask("rates", "problem").records()
    except FiguresRefused:
        return {}
    known = denominators().of(slug)
    if row["rate"] is None or known is None:
        return {}
    return {
        "dataset": f"denominator-{known.slug}",
        "words": frame.evidence.divided_by,
        "count": row["count"],
        "value": row["population"],
        "year": row["population_year"],
        "rate": str(row["rate"]),
    }


def at_risk_unit(problem: Content) -> str:
    """Return what the rate is per."""
    return f"per 1,000 {problem['at_risk']['words']}"


def at_risk_words(problem: Content) -> str:
    """Say the rate by what is at risk, with how many there are and of which year."""
    found = problem.get("at_risk") or {}
    if not found:
        return ""
    return (
        f"Divided by what is at risk, that is {with_thousands(Decimal(found['rate']), 1)} incidents "
        f"{at_risk_unit(problem)}, counting {with_thousands(found['value'])} of them in {found['year']}."
    )
