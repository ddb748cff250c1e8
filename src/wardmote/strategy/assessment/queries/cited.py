"""The releases that an analysis cites, each with what a reader is told of it."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from wardmote.analytics.measures.evidence import Evidence
from wardmote.analytics.warehouse.manifest import HeldRelease
from wardmote.strategy.evidence.models import Release

# Lookups and populations place and divide every figure.
PLACING: Final = ("lookup", "population", "denominators")


def sources_of(
    evidence: Evidence, dataset: str, areas: Sequence[Mapping[str, str]], paired: Sequence[HeldRelease]
) -> list[dict[str, Any]]:
    """Return what is cited: the force's releases, lookups and populations, boundaries drawn, partners' figures."""
    drawn = {area["release"] for area in areas}
    cited = [r for r in evidence.held if r.release in drawn or r.dataset == dataset or r.kind in PLACING]
    cited += paired
    rows = {release.digest: release for release in Release.objects.filter(digest__in=[r.release for r in cited])}
    return [_source(held, rows[held.release]) for held in sorted(cited, key=lambda r: (r.kind, r.dataset, r.release))]


def _source(held: HeldRelease, row: Release) -> dict[str, Any]:
    return {
        "dataset": held.dataset,
        "release": held.release,
        "kind": held.kind,
        "months": list(held.months),
        "editions": dict(held.editions),
        "title": row.title,
        "publisher": row.publisher,
        "licence": row.manifest["licence"],
        "attribution": row.manifest["attribution"],
        "status": row.status,
        "caveat": row.caveat,
    }
