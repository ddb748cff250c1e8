"""Counts: how many incidents, by any dimensions at once; zero where none were recorded, missing where none are held."""

from collections.abc import Mapping
from typing import Any

from wardmote.analytics.measures.dimensions import columns
from wardmote.analytics.measures.evidence import Evidence
from wardmote.analytics.measures.figures import Column, Figures, Query
from wardmote.analytics.measures.tally import Tallied, Tally, tally

HELD = (
    Column("months_held", "Months held", "integer", "months"),
    Column("months_needed", "Months needed", "integer", "months"),
    Column("status", "Status", "text"),
)


ESTIMATED = Column("estimated", "Of them shared by estimate", "integer", "incidents")


def counts(evidence: Evidence, query: Query) -> Figures:
    """Count incidents. Rows: labels, count (incidents), months held, months needed, status.

    `status` is empty for a whole figure, begins with “incomplete” where months are wanting, and with “missing” where
    the count is None. Where LSOAs were divided between the areas, `estimated` after the count says how many of the
    incidents are a share of them. Raises FiguresRefused.
    """
    found = tally(evidence, query)
    rows = tuple(
        (
            *found.labels(one),
            one.count,
            *estimated(found, one),
            len(one.cell.held),
            len(one.cell.bucket.months),
            one.cell.status,
        )
        for one in found.counts
    )
    count = Column("count", "Incidents", "integer", "incidents")
    heads = (*columns(query.by), count, *((ESTIMATED,) if found.rests_on_estimates else ()), *HELD)
    return Figures("counts", heads, rows, found.notes, provenance(evidence, query, period=str(found.scope.period)))


def estimated(found: Tally, one: Tallied) -> tuple[int | None, ...]:
    """Return the cell of `ESTIMATED` where a table has that column: where some figure of it rests on an estimate."""
    if not found.rests_on_estimates:
        return ()
    return (None if one.count is None else one.estimated,)


def provenance(evidence: Evidence, query: Query, **more: Any) -> Mapping[str, Any]:
    """Return where figures come from, as plain values: releases, lookup, the parameters of the question, the code."""
    return {
        "releases": tuple((one.dataset, one.release) for one in evidence.held),
        "is_sample": any(one.is_sample for one in evidence.held),
        "lookup": evidence.lookup,
        "lsoa_edition": evidence.incident_edition or "",
        "code_version": evidence.code_version,
        "parameters": {
            "by": query.by,
            "where": {name: tuple(values) for name, values in sorted(query.where.items())},
            "exclude": {name: tuple(values) for name, values in sorted(query.exclude.items())},
            "period": str(query.period) if query.period else "",
            "per": query.per,
        },
        **more,
    }
