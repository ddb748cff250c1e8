"""Evidence: the incidents, areas, partnerships and population that a measure reads, gathered from held releases."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeVar

import wardmote.analytics.measures.divided as divided  # noqa: PLR0402  naming the package would make a cycle
import wardmote.analytics.measures.placing as placing  # noqa: PLR0402  naming the package would make a cycle
from wardmote.analytics.warehouse.manifest import HeldRelease
from wardmote.analytics.warehouse.store import Warehouse, together
from wardmote.definitions import Denominator, Problem, RecordingChange, recording_changes

_SEEN: Final = "seen"
Told = TypeVar("Told")


@dataclass(frozen=True)
class Evidence:
    """What measures read.

    `incidents` has the canonical columns plus dataset and release; `areas` one row per `lsoa_code` with the code and
    name of every larger area; `partnerships` pairs of district and partnership; `population` rows of lsoa_code, year,
    population. `incident_edition` and `population_edition` are the LSOA editions ("2011", "2021") the two are coded in,
    None when unknown; `areas.lsoa_editions`, where there is one, lists the editions a code belongs to. `lookup` says
    in words which lookup placed the incidents. `parts` are the parts of LSOAs that were divided between larger areas;
    where some incident lies in one, `incidents.place_key` says in which.
    """

    con: Any
    incidents: Any
    areas: Any | None
    partnerships: Any | None
    population: Any | None
    problems: tuple[Problem, ...]
    held: tuple[HeldRelease, ...]
    code_version: str
    lookup: str = ""
    incident_edition: str | None = None
    population_edition: str | None = None
    notes: tuple[str, ...] = ()
    parts: tuple[divided.Part, ...] = ()
    changes: tuple[RecordingChange, ...] = ()
    """Changes in recording that are known of these data, beside those that the publisher made everywhere."""
    by_dataset: Mapping[str, Any] = field(default_factory=dict)
    """The incidents of each data set by themselves, so that a question about one does not name the files of all."""
    denominators: Mapping[str, tuple[Any, str | None]] = field(default_factory=dict)
    """What can be divided by beside residents, by slug: rows of lsoa_code, year, population, and their edition."""
    divided_by: str = "residents"
    """What `population` counts, in words."""
    _kept: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def worked_out_once(self, key: Hashable, table: Callable[[], Any]) -> Any:
        """Return a small table that the engine worked out when the first question about `key` was asked.

        An analysis asks a dozen questions about the same areas, and to write that table into each of their statements
        again takes longer than to count.
        """
        if key not in self._kept:
            self._kept[key] = _worked_out(self.con, table())
        return self._kept[key]

    def told_once(self, key: Hashable, ask: Callable[[], Told]) -> Told:
        """Return plain values that were asked for when the first question about `key` was."""
        if key not in self._kept:
            self._kept[key] = ask()
        found: Told = self._kept[key]
        return found

    @property
    def seen(self) -> Any:
        """How many incidents each data set has in each LSOA code, as a small table."""
        if _SEEN not in self._kept:
            self.keep(_SEEN, placing.seen_in(self.con, self.incidents))
        return self._kept[_SEEN]

    def keep(self, key: Hashable, table: Any) -> None:
        """Keep a small table that was worked out before a question asked for it."""
        self._kept[key] = table

    def incidents_of(self, datasets: Sequence[str]) -> Any:
        """Return the incidents of some data sets."""
        if self.by_dataset and self.by_dataset.keys() >= set(datasets):
            return together([self.by_dataset[name] for name in sorted(set(datasets))])
        return self.incidents.filter(self.incidents.dataset.isin(datasets))

    @property
    def recording_changes(self) -> tuple[RecordingChange, ...]:
        """Every change in recording that a figure may cross, the publisher's and those known here."""
        return (*recording_changes(), *self.changes)


def _worked_out(con: Any, table: Any | None) -> Any | None:
    """Work a small table out once: every question would join the lookups again, which takes longer than counting."""
    import ibis

    return None if table is None else ibis.memtable(con.to_pyarrow(table), schema=table.schema())


@dataclass(frozen=True)
class Here:
    """What one partnership knows and chose of its own: changes in recording, and the data set of its lookup."""

    changes: tuple[RecordingChange, ...] = ()
    lookup: str = ""


NOTHING_OWN = Here()


def anew(evidence: Evidence, warehouse: Warehouse) -> Evidence:
    """Return the same evidence on a connection of its own, without the small tables that earlier questions left.

    For many partnerships in turn: nothing is gathered again, and what was worked out for one goes with its connection
    before it fills the memory.
    """
    con = warehouse.connect()
    by_dataset = warehouse.incidents_by_dataset(con, evidence.held)
    by_dataset, _ = _shared_out(con, by_dataset, evidence.seen, evidence.parts)
    fresh = replace(evidence, con=con, incidents=together(list(by_dataset.values())), by_dataset=by_dataset)
    fresh.keep(_SEEN, evidence.seen)
    return fresh


def gather(
    warehouse: Warehouse,
    held: Sequence[HeldRelease],
    *,
    problems: Sequence[Problem],
    code_version: str,
    con: Any = None,
    here: Here = NOTHING_OWN,
) -> Evidence:
    """Collect the evidence that some releases hold, on a new connection unless one is given.

    Of several lookups it takes the one chosen here, or the one that knows most LSOA codes of the incidents;
    codes of 2011 that a newer lookup lacks are placed through the exact fit of 2011 to 2021, and what still cannot
    be placed is counted in `notes`.
    """
    con = con or warehouse.connect()
    by_dataset = warehouse.incidents_by_dataset(con, held)
    incidents = together(list(by_dataset.values()))
    seen = placing.seen_in(con, incidents)
    lookups = placing.lookups(con, [(one, warehouse.table(con, one.release)) for one in held if one.kind == "lookup"])
    people = [(one, warehouse.table(con, one.release)) for one in held if one.kind == "population"]
    placed = placing.place(con, seen, lookups, wanted=here.lookup)
    population, population_edition = placing.population(people, preferred=placed.edition)
    placed = replace(placed, areas=_worked_out(con, placed.areas))
    population = _worked_out(con, population)
    by_dataset, parts = _shared_out(con, by_dataset, seen, placing.divided(con, placed, lookups, population))
    incidents = together(list(by_dataset.values())) if parts else incidents
    evidence = Evidence(
        con=con,
        incidents=incidents,
        areas=placed.areas,
        partnerships=_worked_out(con, placed.partnerships),
        population=population,
        problems=tuple(problems),
        held=tuple(held),
        code_version=code_version,
        lookup=placed.lookup,
        incident_edition=placed.edition,
        population_edition=population_edition,
        notes=placed.notes,
        parts=parts,
        changes=here.changes,
        by_dataset=by_dataset,
        denominators=_denominators(warehouse, con, held),
    )
    evidence.keep(_SEEN, placing.seen_in(con, incidents) if parts else seen)
    return evidence


def _shared_out(
    con: Any, by_dataset: dict[str, Any], seen: Any, parts: Sequence[divided.Part]
) -> tuple[dict[str, Any], tuple[divided.Part, ...]]:
    """Share the incidents of divided LSOAs among their parts, data set by data set; return the parts that have some.

    Where any has some, every data set gets `place_key`; where none has, the tables are returned as they are.
    """
    codes = sorted({part.whole for part in parts})
    if not codes:
        return by_dataset, ()
    there = seen.filter(seen.lsoa_code.isin(codes)).select("dataset", "lsoa_code").distinct()
    pairs = {(row["dataset"], row["lsoa_code"]) for row in con.to_pyarrow(there).to_pylist()}
    if not pairs:
        return by_dataset, ()
    shared = {
        name: divided.shared_out(con, table, [part for part in parts if (name, part.whole) in pairs])[0]
        for name, table in by_dataset.items()
    }
    keyed = {name: placing.with_place_key(table) for name, table in shared.items()}
    met = {code for _, code in pairs}
    return keyed, tuple(part for part in parts if part.whole in met)


def _denominators(warehouse: Warehouse, con: Any, held: Sequence[HeldRelease]) -> dict[str, tuple[Any, str | None]]:
    """Return the tables that rates can be divided by, each in the shape of a population; one release has one."""
    found: dict[str, tuple[Any, str | None]] = {}
    for one in held:
        if one.kind == "denominators":
            table = warehouse.table(con, one.release)
            rows = table.select("lsoa_code", "year", population="value")
            found[one.dataset.removeprefix("denominator-")] = _worked_out(con, rows), one.editions.get("lsoa")
    return found


def divided_by(evidence: Evidence, denominator: Denominator) -> Evidence | None:
    """Return the evidence whose rates are divided by another thing than residents; None where it is not held."""
    held = evidence.denominators.get(denominator.slug)
    if held is None:
        return None
    table, edition = held
    found = replace(evidence, population=table, population_edition=edition, divided_by=denominator.words)
    found.keep(_SEEN, evidence.seen)
    return found
