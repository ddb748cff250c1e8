"""Area names matched with the codes of the lookups held; a name that two areas bear is not matched."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from wardmote.analytics.sources.figures.records import Figure
from wardmote.analytics.warehouse.manifest import HeldRelease
from wardmote.analytics.warehouse.store import Warehouse

_LEVELS: Final = ("ward", "district", "partnership", "force", "lsoa")
GIVEN: Final = "code given"


@dataclass(frozen=True)
class Areas:
    """The codes that lookups give to names, and the names that they give to codes."""

    codes: dict[str, frozenset[str]]
    names: dict[str, frozenset[str]]
    source: str

    def code_of(self, figure: Figure) -> tuple[str | None, str | None]:
        """Return a figure's code and how it was found: given, matched by name, or None and why not."""
        if figure.area_code:
            return figure.area_code, GIVEN
        found = self.codes.get(_folded(figure.area), frozenset())
        if len(found) == 1:
            return next(iter(found)), f"name matched in {self.source}"
        return None, "several areas of this name" if found else None

    def disagree(self, figure: Figure) -> bool:
        """Whether a figure gives both code and name, and no lookup knows them as one area."""
        known = self.names.get(figure.area_code or "", frozenset())
        return bool(known) and figure.area != figure.area_code and _folded(figure.area) not in known


def areas_of(warehouse: Warehouse, checks: Sequence[HeldRelease]) -> Areas:
    """Gather names and codes of the lookups held."""
    lookups = [held for held in checks if held.kind == "lookup"]
    codes: dict[str, set[str]] = defaultdict(set)
    names: dict[str, set[str]] = defaultdict(set)
    for held in lookups:
        for code, name in _pairs(warehouse, held):
            codes[_folded(name)].add(code)
            names[code].add(_folded(name))
    return Areas(_frozen(codes), _frozen(names), ", ".join(sorted({held.dataset for held in lookups})))


def _pairs(warehouse: Warehouse, held: HeldRelease) -> Iterable[tuple[str, str]]:
    import pyarrow.parquet as pq

    columns = [f"{level}_{part}" for level in _LEVELS for part in ("code", "name")]
    table = pq.read_table(warehouse.rows_path(held.release), columns=columns)
    for level in _LEVELS:
        pairs = table.select([f"{level}_code", f"{level}_name"]).group_by([f"{level}_code", f"{level}_name"])
        for row in pairs.aggregate([]).to_pylist():
            if row[f"{level}_code"] and row[f"{level}_name"]:
                yield row[f"{level}_code"], row[f"{level}_name"]


def _folded(name: str) -> str:
    return " ".join(name.replace("&", " and ").casefold().split())


def _frozen(found: dict[str, set[str]]) -> dict[str, frozenset[str]]:
    return {key: frozenset(values) for key, values in found.items()}
