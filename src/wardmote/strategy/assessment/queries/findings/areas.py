"""What is known of each ward beside incidents: its small areas and how deprived they are, or what is missing for it."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from wardmote.analytics.measures.deprivation import fifths_by_ward, overall_deciles, ward_lsoas
from wardmote.analytics.warehouse.manifest import HeldRelease
from wardmote.strategy.assessment.queries.frame import Frame
from wardmote.strategy.assessment.queries.scope import AnalysisScope
from wardmote.strategy.evidence.queries import warehouse

KIND: Final = "deprivation"
NOT_HELD: Final = "no Indices of Deprivation are held (add a file of them under Evidence)"
Wards = Mapping[str, Mapping[str, frozenset[str]]]


def areas_of(frame: Frame, scope: AnalysisScope) -> dict[str, Any]:
    """Return the small areas of each ward and their deprivation; empty for a single ward or where none is known."""
    wards = {} if scope.ward else ward_lsoas(frame.evidence, scope.codes)
    if not wards:
        return {}
    return {
        "lsoas": {ward: sorted(lsoas) for ward, lsoas in sorted(wards.items())},
        "deprivation": _deprivation(frame, scope.held, wards),
    }


def _deprivation(frame: Frame, held: Iterable[HeldRelease], wards: Wards) -> dict[str, Any]:
    """Return the newest edition whose small areas are those that the lookup places; what is missing where none is."""
    releases = sorted((one for one in held if one.kind == KIND), key=lambda one: one.dataset, reverse=True)
    if not releases:
        return {"missing": NOT_HELD}
    placed = {edition for lsoas in wards.values() for editions in lsoas.values() for edition in editions}
    fitting = next((one for one in releases if one.editions.get("lsoa") in placed), None)
    return _missing_edition(releases) if fitting is None else _of_release(frame, fitting, wards)


def _missing_edition(releases: Iterable[HeldRelease]) -> dict[str, Any]:
    editions = " and ".join(sorted({one.editions.get("lsoa", "an unknown census") for one in releases}))
    return {
        "missing": f"the Indices of Deprivation that are held are of the LSOAs of {editions}, which no lookup that is "
        "held places in these wards (add the exact fit of 2011 to 2021 LSOAs, or the edition of the other census)"
    }


def _of_release(frame: Frame, release: HeldRelease, wards: Wards) -> dict[str, Any]:
    con, edition = frame.evidence.con, release.editions["lsoa"]
    codes = [code for lsoas in wards.values() for code in lsoas]
    deciles = overall_deciles(con, warehouse().table(con, release.release), codes)
    if not deciles:
        return {"missing": "the Indices of Deprivation that are held know none of these wards' small areas"}
    found = fifths_by_ward(wards, deciles, edition)
    return {
        "missing": "",
        "dataset": release.dataset,
        "release": release.release,
        "edition": release.dataset.removeprefix("deprivation-"),
        "census": edition,
        "wards": {code: {"fifths": list(one.counts), "unknown": one.unknown} for code, one in sorted(found.items())},
    }


def deprivation_releases(areas: Mapping[str, Any], held: Iterable[HeldRelease]) -> tuple[HeldRelease, ...]:
    """Return the release that deprivation was read from."""
    digest = areas.get("deprivation", {}).get("release")
    return tuple(one for one in held if one.release == digest)
