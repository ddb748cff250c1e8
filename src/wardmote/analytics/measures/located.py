"""How many incidents of each month have no LSOA: what spoils the figures of areas when it moves."""

from collections.abc import Mapping
from dataclasses import dataclass

from wardmote.analytics.measures.cells import kinds_of
from wardmote.analytics.measures.dimensions import KIND, chosen
from wardmote.analytics.measures.evidence import Evidence
from wardmote.analytics.measures.scope import Scope
from wardmote.analytics.measures.tally import with_labels
from wardmote.foundations.periods import Month


@dataclass(frozen=True)
class Located:
    """The incidents of a month wherever they lie, and those among them without LSOA."""

    total: int
    without_lsoa: int


def located_by_month(evidence: Evidence, scope: Scope) -> Mapping[tuple[str, ...], Mapping[Month, Located]]:
    """Count incidents with and without LSOA by kind and month held, over the whole force.

    A month without any incident of the kind is there with zero, so that it counts as held.
    """
    kinds = kinds_of(evidence, scope)
    names = chosen(scope.query.by, KIND)
    pairs = [(name, *kind.labels) for kind in kinds for name in sorted(kind.categories or ())] if names else []
    table = with_labels(scope.incidents, pairs, on="category", names=names)
    keys = [f"k_{name}" for name in KIND if name in names]
    grouped = table.group_by(["month_index", *keys]).aggregate(
        total=table.count(), without=table.lsoa_code.isnull().cast("int64").sum()
    )
    found = {kind.labels: dict.fromkeys(sorted(scope.months), Located(0, 0)) for kind in kinds}
    for row in evidence.con.to_pyarrow(grouped).to_pylist():
        month = Month.from_index(row["month_index"])
        labels = tuple(row[key] for key in keys)
        if month in scope.months and labels in found:
            found[labels][month] = Located(row["total"], row["without"])
    return found
