"""The boundaries that a map of the partnership can be drawn with: of the same areas as the figures, or none.

An area's code changes when its boundary does, so a boundary file fits exactly where it holds every code of the figures.
"""

from typing import Any

from wardmote.analytics.measures.evidence import Evidence
from wardmote.strategy.evidence.queries import warehouse


def boundaries_for(evidence: Evidence, codes: set[str]) -> list[dict[str, str]] | None:
    """Return code, name, geometry and release of exactly these areas, or None where no boundaries know them all."""
    found: dict[str, dict[str, str]] = {}
    for release in evidence.held:
        if release.kind == "boundaries":
            # The first release that knows an area draws it, so that no more are cited than are used.
            found = _known(evidence, release.release, codes - set(found)) | found
    return [found[code] for code in sorted(codes)] if codes and codes <= set(found) else None


def _known(evidence: Evidence, release: str, codes: set[str]) -> dict[str, dict[str, str]]:
    table = warehouse().table(evidence.con, release)
    kept = table.filter(table.code.isin(sorted(codes))).select("code", "name", "geometry")
    rows: list[dict[str, Any]] = evidence.con.to_pyarrow(kept).to_pylist()
    return {
        row["code"]: {
            "code": row["code"],
            "name": row["name"] or "",
            "geometry": row["geometry"],
            "release": release,
        }
        for row in rows
    }


def map_words(level: str, place_level: str) -> str:
    """Return what a map's reader has to know about its areas; empty where map and table show the same ones."""
    if not level:
        return "There is no map: no boundaries are held for these areas."
    if level == place_level:
        return ""
    return (
        "The map shows small areas (LSOAs) and the table wards, because the ward boundaries held are of another "
        "edition than the lookup that places the incidents."
    )
