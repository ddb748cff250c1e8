"""Incidents counted at each point where their publisher puts them; those that have no point are counted apart."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wardmote.analytics.measures.cells import kinds_of
from wardmote.analytics.measures.dimensions import KIND, chosen
from wardmote.analytics.measures.evidence import Evidence
from wardmote.analytics.measures.figures import Query
from wardmote.analytics.measures.scope import scope_of
from wardmote.analytics.measures.tally import listed_places, with_labels

# Longitude and latitude in whole millionths of a degree (WGS84).
Point = tuple[int, int]


@dataclass(frozen=True)
class PointCounts:
    """The incidents of one kind: at each point inside the areas asked about, and without a point in the whole data set.

    Nobody knows where the latter lie, so that they are counted wherever they were recorded.
    """

    at: Mapping[Point, int]
    without_point: int


def counts_at_points(evidence: Evidence, query: Query) -> dict[tuple[str, ...], PointCounts]:
    """Count the incidents of a period by point, for each combination of the kinds that the question is broken down by.

    The question names a period and areas; a kind without incidents has no points. Raises FiguresRefused.
    """
    scope = scope_of(evidence, query)
    kinds, names = kinds_of(evidence, scope), chosen(query.by, KIND)
    months = [month.index for month in scope.period if month in scope.months]
    table = scope.incidents.filter(scope.incidents.month_index.isin(months))
    pairs = [(name, *kind.labels) for kind in kinds for name in sorted(kind.categories or ())] if names else []
    labelled = with_labels(table, pairs, on="category", names=names)
    keys = [f"k_{name}" for name in KIND if name in names]
    found: dict[tuple[str, ...], tuple[dict[Point, int], int]] = {kind.labels: ({}, 0) for kind in kinds}
    for row in evidence.con.to_pyarrow(_grouped(labelled, listed_places(evidence, scope), keys)).to_pylist():
        labels = tuple(row[key] for key in keys)
        at, without = found[labels]
        if row["longitude_micro"] is None:
            found[labels] = (at, without + row["n"])
        else:
            at[row["longitude_micro"], row["latitude_micro"]] = row["n"]
    return {labels: PointCounts(at, without) for labels, (at, without) in found.items()}


def _grouped(table: Any, places: Any, keys: list[str]) -> Any:
    """Count by kind and point what lies inside the areas, or has no point."""
    inside = places.select(place="place_key").distinct()
    joined = table.left_join(inside, table.place_key == inside.place)
    kept = joined.filter(joined.place.notnull() | joined.longitude_micro.isnull())
    columns = [*keys, "longitude_micro", "latitude_micro"]
    return kept.group_by(columns).aggregate(n=kept.count())
