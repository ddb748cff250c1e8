"""Incidents of LSOAs that were divided between larger areas, shared among the parts in proportion to their residents.

Sources: Office for National Statistics, LSOA (2011) to LSOA (2021) exact fit lookup; W. G. Madow and L. H. Madow
(1944), On the theory of systematic sampling, I, Annals of Mathematical Statistics 15. See docs/methods/places.md.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

LEVELS: Final = ("ward", "neighbourhood", "district", "partnership", "force")
IRREGULAR: Final = "X"
# Months start far apart in the sequence, so that what one rounds up the next does not round up too.
MONTH_STEP: Final = 101
# Rows that agree in all of these are alike in every figure: their order does not matter.
_ORDER: Final = ("category", "location", "longitude_micro", "latitude_micro", "crime_id", "outcome", "file")


@dataclass(frozen=True)
class Part:
    """One part of a divided LSOA: those of its incidents whose place in the sequence lies in `low` <= x < `high`.

    `total` is the residents of all parts; `areas` the codes and names of the larger areas; `differs` the levels at
    which the parts of this LSOA lie in different areas, so that a figure of such a level rests on an estimate.
    """

    whole: str
    code: str
    low: int
    high: int
    total: int
    areas: Mapping[str, str | None]
    differs: frozenset[str]

    @property
    def key(self) -> str:
        """What stands for the part where a place is looked up: no LSOA code has a stroke."""
        return f"{self.whole}/{self.code}"


def step_of(total: int) -> int:
    """Return the step through `total` places: the first from the golden section on without a common divisor."""
    step = (math.isqrt(5 * total * total) - total) // 2
    while math.gcd(step, total) != 1:
        step += 1
    return step


def place_in_sequence(rank: int, month_index: int, total: int) -> int:
    """Return x, 0 <= x < total, of the incident of a rank (from 0) in its LSOA and month; `total` in a row meet all."""
    return (rank + month_index * MONTH_STEP) * step_of(total) % total


def parts_of(
    successors: Mapping[str, Sequence[tuple[str, str | None]]],
    areas: Mapping[str, Mapping[str, str | None]],
    residents: Mapping[str, int],
) -> tuple[Part, ...]:
    """Divide LSOAs whose successors lie in different areas; those that cannot be divided by this rule are left out.

    `successors` gives for each LSOA its successors, each with the change code; `areas` the larger areas of a successor,
    `residents` its residents. Left out are LSOAs whose successors agree at every level (nothing to estimate), irregular
    ones (a successor holds streets of several) and those of which some successor has no figure of residents.
    """
    found: list[Part] = []
    for whole, pairs in sorted(successors.items()):
        codes = sorted({code for code, _ in pairs})
        regular = all(change != IRREGULAR for _, change in pairs)
        known = all(code in areas and code in residents for code in codes)
        if len(codes) > 1 and regular and known and any(residents[code] for code in codes):
            found += _divided(whole, codes, areas, residents)
    return tuple(found)


def _divided(
    whole: str, codes: Sequence[str], areas: Mapping[str, Mapping[str, str | None]], residents: Mapping[str, int]
) -> list[Part]:
    differs = frozenset(level for level in LEVELS if len({areas[code].get(f"{level}_code") for code in codes}) > 1)
    total, low, found = sum(residents[code] for code in codes), 0, []
    for code in codes if differs else ():
        high = low + residents[code]
        found.append(Part(whole, code, low, high, total, areas[code], differs))
        low = high
    return found


def shared_out(con: Any, incidents: Any, parts: Sequence[Part]) -> tuple[Any, tuple[Part, ...]]:
    """Return the incidents with `place_key` (the part for one of a divided LSOA, else its code), and the parts used.

    Every incident is in exactly one place, so sums over all parts are the published counts. Which part depends on
    nothing but the published rows of its data set, LSOA and month. Where no incident is concerned the table is returned
    as it is, without the column, and no parts.
    """
    import ibis

    used = _used(con, incidents, parts)
    codes = sorted({part.whole for part in used})
    if not codes:
        return incidents, ()
    placed = _ranked(incidents.filter(incidents.lsoa_code.isin(codes))).inner_join(_table(used), "lsoa_code")
    at = ((placed.rank_in_month + placed.month_index * MONTH_STEP) * placed.step) % placed.total
    inside = placed.filter((at >= placed.low) & (at < placed.high)).select(*incidents.columns, "place_key")
    # Worked out once: every question would rank them again.
    shared = ibis.memtable(con.to_pyarrow(inside), schema=inside.schema())
    others = incidents.filter(incidents.lsoa_code.isnull() | incidents.lsoa_code.notin(codes))
    return others.mutate(place_key=others.lsoa_code).union(shared), used


def _used(con: Any, incidents: Any, parts: Sequence[Part]) -> tuple[Part, ...]:
    """The parts of LSOAs that had an incident: of all of England and Wales a force has a handful."""
    codes = sorted({part.whole for part in parts})
    if not codes:
        return ()
    seen = incidents.filter(incidents.lsoa_code.isin(codes)).select("lsoa_code").distinct()
    found = {row["lsoa_code"] for row in con.to_pyarrow(seen).to_pylist()}
    return tuple(part for part in parts if part.whole in found)


def _ranked(table: Any) -> Any:
    import ibis

    order = [table[name].asc(nulls_first=True) for name in _ORDER if name in table.columns]
    within = ibis.window(group_by=["dataset", "lsoa_code", "month_index"], order_by=order)
    return table.mutate(rank_in_month=ibis.row_number().over(within))


def _table(parts: Sequence[Part]) -> Any:
    """The parts as a table: LSOA code, key, place in the sequence."""
    import ibis
    import pyarrow as pa

    numbers = ("low", "high", "total")
    columns = {
        "lsoa_code": pa.array([part.whole for part in parts], pa.string()),
        "place_key": pa.array([part.key for part in parts], pa.string()),
        "step": pa.array([step_of(part.total) for part in parts], pa.int64()),
        **{name: pa.array([getattr(part, name) for part in parts], pa.int64()) for name in numbers},
    }
    return ibis.memtable(pa.table(columns))


def places_of(parts: Sequence[Part]) -> Any:
    """Return the parts as places: one row each with key, LSOA, larger areas, and 1 for each level that is estimated."""
    import ibis
    import pyarrow as pa

    columns: dict[str, Any] = {
        "place_key": pa.array([part.key for part in parts], pa.string()),
        "lsoa_code": pa.array([part.whole for part in parts], pa.string()),
        "lsoa_editions": pa.array([None] * len(parts), pa.string()),
    }
    for level in LEVELS:
        for name in (f"{level}_code", f"{level}_name"):
            columns[name] = pa.array([part.areas.get(name) for part in parts], pa.string())
        flags: list[int] = [int(level in part.differs) for part in parts]
        columns[f"{level}_estimated"] = pa.array(flags, pa.int64())
    return ibis.memtable(pa.table(columns))
