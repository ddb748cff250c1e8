"""LSOA codes of a release against a lookup that is held: two censuses mixed, names that disagree, areas outside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from wardmote.analytics.sources.police_uk.quality import Summary
from wardmote.analytics.sources.request import ReadRequest
from wardmote.analytics.warehouse.manifest import JSON, HeldRelease
from wardmote.analytics.warehouse.store import Warehouse

_NO_LOOKUP: Final = "not checked: no lookup of LSOAs of 2011 to LSOAs of 2021 is held"
_UNCHECKED: Final[Mapping[str, JSON]] = {
    "lsoa_codes_only_2011": None,
    "lsoa_codes_only_2021": None,
    "rows_with_lsoa_only_2011": None,
    "rows_with_lsoa_only_2021": None,
    "lsoa_codes_in_neither": None,
    "lsoa_names_that_differ": None,
    "lsoa_check": _NO_LOOKUP,
}


@dataclass(frozen=True)
class _Censuses:
    of_2011: Mapping[str, str]
    of_2021: Mapping[str, str]


# LSOA code, name as published, number of rows.
Lsoas = Sequence[tuple[str, str | None, int]]


def against_lookups(con: Any, request: ReadRequest, summary: Summary) -> dict[str, JSON]:
    """Compare codes and names with the newest exact-fit lookup held; None with the reason where there is none."""
    return _compared(con, request.warehouse, request.checks, summary.lsoas)


def recheck(warehouse: Warehouse, release: str, checks: Sequence[HeldRelease]) -> dict[str, JSON]:
    """Compare a release made before its lookup was held; the same figures, from the rows that it keeps."""
    con = warehouse.connect()
    try:
        table = warehouse.table(con, release)
        located = table.filter(table.lsoa_code.notnull())
        found = located.group_by(["lsoa_code", "lsoa_name"]).aggregate(n=located.count())
        lsoas = [(row["lsoa_code"], row["lsoa_name"], row["n"]) for row in con.to_pyarrow(found).to_pylist()]
        return _compared(con, warehouse, checks, lsoas)
    finally:
        con.disconnect()


def is_bridge(held: HeldRelease) -> bool:
    """Whether a release says which LSOAs of 2011 became which of 2021."""
    return held.kind == "lookup" and "lsoa_2011" in held.editions


def _compared(con: Any, warehouse: Warehouse, checks: Sequence[HeldRelease], lsoas: Lsoas) -> dict[str, JSON]:
    held = next((one for one in checks if is_bridge(one)), None)
    if held is None:
        return dict(_UNCHECKED)
    censuses = _censuses(con, warehouse, held)
    rows: dict[str, int] = {}
    for code, _, number in lsoas:
        rows[code] = rows.get(code, 0) + number
    old = {code for code in rows if code in censuses.of_2011 and code not in censuses.of_2021}
    new = {code for code in rows if code in censuses.of_2021 and code not in censuses.of_2011}
    return {
        "lsoa_codes_only_2011": len(old),
        "lsoa_codes_only_2021": len(new),
        "rows_with_lsoa_only_2011": sum(rows[code] for code in old),
        "rows_with_lsoa_only_2021": sum(rows[code] for code in new),
        "lsoa_codes_in_neither": sum(code not in censuses.of_2011 and code not in censuses.of_2021 for code in rows),
        "lsoa_names_that_differ": len(_differing(lsoas, censuses)),
        "lsoa_check": f"against {held.dataset}, release {held.release[:12]}",
    }


def _censuses(con: Any, warehouse: Warehouse, held: HeldRelease) -> _Censuses:
    table = warehouse.table(con, held.release)
    columns = table.select("lsoa_2011_code", "lsoa_2011_name", "lsoa_code", "lsoa_name").to_pyarrow().to_pylist()
    return _Censuses(
        {row["lsoa_2011_code"]: row["lsoa_2011_name"] for row in columns if row["lsoa_2011_code"]},
        {row["lsoa_code"]: row["lsoa_name"] for row in columns if row["lsoa_code"]},
    )


def _differing(lsoas: Lsoas, censuses: _Censuses) -> set[str]:
    """Return the codes of which a row bears a name that neither census gave that code."""
    return {
        code
        for code, name, _ in lsoas
        if name
        and (code in censuses.of_2011 or code in censuses.of_2021)
        and name not in (censuses.of_2011.get(code), censuses.of_2021.get(code))
    }
