"""The grid of a figure: every combination of time and kind, with how much of it is held and published.

A combination without incidents in months that are held is zero; one without a month that is held is missing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wardmote.analytics.measures.dimensions import KIND, TIME, Bucket, buckets, chosen
from wardmote.analytics.measures.evidence import Evidence
from wardmote.analytics.measures.scope import Scope, categories_of, problem_named
from wardmote.definitions import Effect, RecordingChange, published_categories, recording_changes
from wardmote.foundations.periods import Month


@dataclass(frozen=True)
class Kind:
    """A category, a problem, or both at once: its labels and the published categories that count towards it."""

    labels: tuple[str, ...]
    categories: frozenset[str] | None


@dataclass(frozen=True)
class Cell:
    """One combination of time and kind: the months held out of those it needs, and what is not whole about it."""

    bucket: Bucket
    kind: Kind
    held: tuple[Month, ...]
    status: str


def cells(evidence: Evidence, scope: Scope) -> tuple[Cell, ...]:
    """Return the grid of a scope: time by kind, without categories in months when nobody used them."""
    kinds = kinds_of(evidence, scope)
    spans = buckets(chosen(scope.query.by, TIME), scope.period)
    found = (_cell(bucket, kind, scope) for bucket in spans for kind in kinds)
    return tuple(cell for cell in found if cell is not None)


def kinds_of(evidence: Evidence, scope: Scope) -> tuple[Kind, ...]:
    """Return the categories and problems that a question breaks figures down by; one kind without labels if none."""
    by = chosen(scope.query.by, KIND)
    if not by:
        return (Kind((), categories_of(evidence, scope.query.where)),)
    categories = _observed(evidence, scope) if "category" in by else []
    if by == ("category",):
        return tuple(Kind((name,), frozenset({name})) for name in categories)
    slugs = scope.query.where.get("problem") or [one.slug for one in evidence.problems if one.police_uk]
    problems = [problem_named(evidence, slug) for slug in slugs]
    if "category" not in by:
        return tuple(Kind((one.slug,), frozenset(one.police_uk)) for one in problems)
    pairs = ((name, one) for name in categories for one in problems if name in one.police_uk)
    return tuple(Kind((name, one.slug), frozenset({name})) for name, one in pairs)


def changes_within(
    changes: Iterable[RecordingChange], categories: frozenset[str] | None, months: Sequence[Month]
) -> tuple[RecordingChange, ...]:
    """Return the changes in recording that touch some categories (None: all of them) and fall inside some months.

    A sum over all categories is not touched where they were only renamed or divided among themselves.
    """
    if not months:
        return ()
    inside = (c for c in changes if months[0] < Month.parse(c.month) <= months[-1])
    return tuple(c for c in inside if _touches(c, categories))


def _touches(change: RecordingChange, categories: frozenset[str] | None) -> bool:
    return change.effect is not Effect.DERIVED if categories is None else change.touches(categories)


def _observed(evidence: Evidence, scope: Scope) -> list[str]:
    asked = scope.query.where.get("category")
    if asked and "problem" not in scope.query.where:
        return sorted(asked)
    months = [month.index for month in scope.months]
    table = scope.incidents.filter(scope.incidents.month_index.isin(months))
    rows = evidence.con.to_pyarrow(table.select("category").distinct()).to_pylist()
    return sorted(row["category"] for row in rows)


def _cell(bucket: Bucket, kind: Kind, scope: Scope) -> Cell | None:
    published = [month for month in bucket.months if _published(kind, month)]
    if not published and chosen(scope.query.by, KIND)[:1] == ("category",):
        return None
    held = tuple(month for month in bucket.asked if month in scope.months)
    counted = tuple(month for month in held if month in published)
    return Cell(bucket, kind, counted, _status(bucket, held=len(held), published=len(published), counted=len(counted)))


def _status(bucket: Bucket, *, held: int, published: int, counted: int) -> str:
    whole = len(bucket.months)
    if counted == whole:
        return ""
    if not held:
        return f"missing: no release holds {bucket.period.words()}"
    if not published:
        return "missing: data.police.uk did not publish it separately then"
    if not counted:
        return "missing: published in other months than those held"
    cause = "" if published == whole else ", it was published separately for part of the time"
    return f"incomplete: {counted} of {whole} months{cause}"


def _published(kind: Kind, month: Month) -> bool:
    """Whether the kind was published in a month, no part of it hidden in a category that is not its own."""
    if kind.categories is None:
        return True
    return bool(_used(month, kind.categories)) and not any(
        str(month) < change.month and _hidden_before(change, kind.categories) for change in recording_changes()
    )


def _hidden_before(change: RecordingChange, categories: frozenset[str]) -> bool:
    return not categories & set(change.before) and bool(categories & set(change.after))


def _used(month: Month, categories: Iterable[str]) -> set[str]:
    """Keep the categories that were in use in a month; one that the register does not know counts as always in use."""
    dates = {one.name: one for one in published_categories()}
    return {
        name
        for name in categories
        if name not in dates
        or (dates[name].first_month <= str(month) and str(month) <= (dates[name].last_month or str(month)))
    }
