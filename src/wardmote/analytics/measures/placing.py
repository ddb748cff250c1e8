"""Which area every LSOA code lies in: the choice among lookups, and the bridge between the LSOAs of 2011 and 2021.

Source of the bridge: Office for National Statistics, LSOA (2011) to LSOA (2021) exact fit lookup. A code of 2011 that
was divided lies in a larger area only when all its successors lie in that one area.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from wardmote.analytics.measures.divided import LEVELS, Part, parts_of
from wardmote.analytics.warehouse.manifest import HeldRelease

_LEVEL_COLUMNS: Final = tuple(f"{level}_{part}" for level in LEVELS for part in ("code", "name"))


@dataclass(frozen=True)
class Lookup:
    """A lookup that is held, with the columns that it fills."""

    held: HeldRelease
    table: Any
    filled: frozenset[str]

    @property
    def edition(self) -> str:
        """Edition of its LSOA codes, empty when it has none."""
        return self.held.editions.get("lsoa", "")

    def has(self, *columns: str) -> bool:
        """Whether it fills all these columns."""
        return self.filled.issuperset(columns)


@dataclass(frozen=True)
class Placed:
    """Areas by LSOA code, partnerships by district, the edition of the incidents' codes, and notes for the reader."""

    areas: Any | None
    partnerships: Any | None
    lookup: str
    edition: str | None
    notes: tuple[str, ...]
    base: Lookup | None = None


def lookups(con: Any, held: Sequence[tuple[HeldRelease, Any]]) -> tuple[Lookup, ...]:
    """Look which columns each lookup fills."""
    return tuple(Lookup(one, table, _filled(con, table)) for one, table in _with_own_codes(held))


def _with_own_codes(held: Sequence[tuple[HeldRelease, Any]]) -> Iterator[tuple[HeldRelease, Any]]:
    """Neighbourhoods are the partnership's own and often have no code: their name stands for it."""
    for one, table in held:
        if "neighbourhood_name" in table.columns:
            code = table.neighbourhood_code.coalesce(table.neighbourhood_name)
            yield one, table.mutate(neighbourhood_code=code)
        else:
            yield one, table


def seen_in(con: Any, incidents: Any) -> Any:
    """Return how many incidents each data set has in each LSOA code, as a small table; those without one are left out.

    Every analysis asks which codes there are and where, several times over: the incidents are read for it once.
    """
    import ibis

    located = with_place_key(incidents.filter(incidents.lsoa_code.notnull()))
    table = located.group_by(["dataset", "lsoa_code", "place_key"]).aggregate(incidents=located.count())
    return ibis.memtable(con.to_pyarrow(table), schema=table.schema())


def with_place_key(incidents: Any) -> Any:
    """Return incidents with what they are placed by: the part of a divided LSOA where that is told, else their LSOA."""
    return incidents if "place_key" in incidents.columns else incidents.mutate(place_key=incidents.lsoa_code)


def place(con: Any, seen: Any, held: Sequence[Lookup], *, wanted: str = "") -> Placed:
    """Choose the lookup for incidents and build one row per LSOA code from it and what extends it.

    `seen` says which codes the incidents have, as `seen_in` returns it.
    It is the one of the data set `wanted`, where that is held; else the one that knows most codes of the incidents.
    """
    coverage = {one.held.release: _covered(con, seen, one) for one in held if _is_base(one)}
    bases = sorted(
        (one for one in held if _is_base(one)),
        key=lambda one: (
            one.held.dataset == wanted,
            coverage[one.held.release],
            _levels(one),
            one.edition,
            one.held.dataset,
        ),
    )
    partnerships = _partnerships(held)
    if not bases:
        return Placed(None, partnerships, "", None, ())
    base = bases[-1]
    areas = _named(_extended(_one_row_per_code(base), held), base, held)
    areas = _bridged(areas, base, held)
    notes = _unplaced(con, seen, areas)
    edition = _edition(con, seen, areas)
    return Placed(areas, partnerships, f"{base.held.dataset} ({base.held.release[:12]})", edition, notes, base)


def divided(con: Any, placed: Placed, held: Sequence[Lookup], people: Any | None) -> tuple[Part, ...]:
    """Return the parts of each LSOA that is divided between larger areas, by the newest residents of their edition.

    `people` are rows of lsoa_code, year, population and edition, as `population` gives them. Without them, without a
    bridge between the editions, or where the bridge calls the change irregular, nothing is divided.
    """
    fit, base = _bridge(held), placed.base
    if fit is None or base is None or people is None:
        return ()
    other, ours, theirs = _sides(base)
    areas: Any = placed.areas
    pairs = fit.table.select(theirs=fit.table[theirs], ours=fit.table[ours], change=_text(fit.table, "change"))
    rows = con.to_pyarrow(pairs.semi_join(_unsure(areas, other), "theirs").distinct()).to_pylist()
    successors: dict[str, list[tuple[str, str | None]]] = {}
    for row in rows:
        successors.setdefault(row["theirs"], []).append((row["ours"], row["change"]))
    codes = sorted({code for found in successors.values() for code, _ in found if code})
    names = ("lsoa_code", *_LEVEL_COLUMNS)
    known = con.to_pyarrow(areas.filter(areas.lsoa_code.isin(codes)).select(*names)).to_pylist() if codes else []
    return parts_of(successors, {row["lsoa_code"]: row for row in known}, _newest_residents(con, people, base, codes))


def _unsure(areas: Any, edition: str) -> Any:
    """The codes of the other edition that no single larger area holds at some level that the lookup knows."""
    import ibis

    lacking = ibis.literal(value=False)
    for level in LEVELS:
        lacking = lacking | areas[f"{level}_code"].isnull()
    return areas.filter((areas.lsoa_editions == edition) & lacking).select(theirs="lsoa_code")


def _newest_residents(con: Any, people: Any, base: Lookup, codes: Sequence[str]) -> dict[str, int]:
    own = people.filter((people.edition == (base.edition or "2021")) & people.lsoa_code.isin(list(codes)))
    rows = con.to_pyarrow(own.select("lsoa_code", "year", "population")).to_pylist() if codes else []
    newest = max((row["year"] for row in rows), default=None)
    return {row["lsoa_code"]: row["population"] for row in rows if row["year"] == newest}


def population(held: Sequence[tuple[HeldRelease, Any]], *, preferred: str | None) -> tuple[Any | None, str | None]:
    """Join the population releases, with the LSOA edition of each row; returns them and the edition used by default.

    The editions stay apart in the column `edition`: most codes belong to both, and their residents would count twice.
    """
    import ibis

    if not held:
        return None, None
    editions = sorted({one.editions.get("lsoa", "") for one, _ in held}, key=lambda e: (e == preferred, e))
    tables = [
        table.select("lsoa_code", "year", "population", edition=ibis.literal(one.editions.get("lsoa", ""), "string"))
        for one, table in held
    ]
    joined = tables[0].union(*tables[1:]) if len(tables) > 1 else tables[0]
    # Two releases with the same year, one of them a later edition of it, count once.
    once = joined.group_by(["lsoa_code", "year", "edition"]).aggregate(population=joined.population.max())
    return once, editions[-1] or None


def known_codes(con: Any, seen: Any, held: Sequence[Lookup]) -> tuple[int, dict[str, int]]:
    """Return how many LSOA codes the incidents have, and how many of them each lookup that can place them knows."""
    codes = seen.lsoa_code.nunique()
    return int(con.to_pyarrow(codes).as_py()), {
        one.held.dataset: _covered(con, seen, one) for one in held if _is_base(one)
    }


def _filled(con: Any, table: Any) -> frozenset[str]:
    counts = con.to_pyarrow(table.aggregate(**{name: table[name].count() for name in table.columns})).to_pylist()[0]
    return frozenset(name for name, count in counts.items() if count)


def _is_base(one: Lookup) -> bool:
    return one.has("lsoa_code") and bool(_levels(one))


def _levels(one: Lookup) -> int:
    return sum(one.has(f"{level}_code") for level in LEVELS)


def _covered(con: Any, seen: Any, one: Lookup) -> int:
    """Count the different LSOA codes of the incidents that a lookup knows."""
    codes = seen.select("lsoa_code").distinct()
    known = one.table.select(known="lsoa_code").distinct()
    return int(con.to_pyarrow(codes.join(known, codes.lsoa_code == known.known).count()).as_py())


def _one_row_per_code(one: Lookup) -> Any:
    # An exact fit lists a merged LSOA once for each LSOA it was made of, with the same larger areas.
    kept = one.table.filter(one.table.lsoa_code.notnull())
    names = ("lsoa_name", *_LEVEL_COLUMNS)
    return kept.group_by("lsoa_code").aggregate(**{name: _text(kept, name).max() for name in names})


def _text(table: Any, name: str) -> Any:
    """A column as text, NULL throughout where the table lacks it."""
    import ibis

    return table[name] if name in table.columns else ibis.null("string")


def _extended(areas: Any, held: Sequence[Lookup]) -> Any:
    """Add the levels that other lookups know by LSOA, ward or district: neighbourhoods, forces."""
    for key, level in (("lsoa", "neighbourhood"), ("ward", "neighbourhood"), ("district", "force")):
        found = [one for one in held if one.has(f"{key}_code", f"{level}_code")]
        if found:
            areas = _with_level(areas, _newest(found, level), key=key, level=level)
    return areas


def _named(areas: Any, base: Lookup, held: Sequence[Lookup]) -> Any:
    """Fill in the names that the base lookup lacks from one that has them: a code means the same area everywhere."""
    for level in ("ward", "district"):
        others = [one for one in held if one is not base and one.has(f"{level}_code", f"{level}_name")]
        if base.has(f"{level}_code") and not base.has(f"{level}_name"):
            for one in sorted(others, key=lambda one: one.held.editions.get(level, ""), reverse=True):
                areas = _with_names(areas, one, level=level)
    return areas


def _with_names(areas: Any, one: Lookup, *, level: str) -> Any:
    code, name = f"{level}_code", f"{level}_name"
    rows = one.table.filter(one.table[name].notnull())
    names = rows.group_by(join_key=rows[code]).aggregate(found_name=rows[name].max())
    joined = areas.left_join(names, areas[code] == names.join_key)
    kept = {column: joined[column] for column in areas.columns if column != name}
    return joined.select(**kept, **{name: joined[name].coalesce(joined.found_name)})


def _newest(found: Sequence[Lookup], level: str) -> Lookup:
    return max(found, key=lambda one: (one.held.editions.get(level, ""), one.held.dataset))


def _with_level(areas: Any, one: Lookup, *, key: str, level: str) -> Any:
    code, name = f"{level}_code", f"{level}_name"
    rows = one.table.filter(one.table[f"{key}_code"].notnull())
    # A ward that several neighbourhoods share lies in none of them.
    found = rows.group_by(join_key=rows[f"{key}_code"]).aggregate(
        kinds=rows[code].nunique(), found_code=rows[code].max(), found_name=_text(rows, name).max()
    )
    sure = found.filter(found.kinds == 1)
    joined = areas.left_join(sure, areas[f"{key}_code"] == sure.join_key)
    return joined.select(
        **{column: joined[column] for column in areas.columns if column not in {code, name}},
        **{code: joined[code].coalesce(joined.found_code), name: joined[name].coalesce(joined.found_name)},
    )


def _partnerships(held: Sequence[Lookup]) -> Any | None:
    found = [one for one in held if one.has("district_code", "partnership_code")]
    if not found:
        return None
    # Only the newest: two editions side by side would make a renamed partnership look like two.
    table = _newest(found, "partnership").table
    kept = table.filter(table.district_code.notnull() & table.partnership_code.notnull())
    return kept.select("district_code", "partnership_code", partnership_name=_text(kept, "partnership_name")).distinct()


def _bridged(areas: Any, base: Lookup, held: Sequence[Lookup]) -> Any:
    """Add the LSOA codes of the other edition, and note for every code the editions it belongs to."""
    import ibis

    fit, edition = _bridge(held), base.edition or "2021"
    if fit is None:
        return areas.mutate(lsoa_editions=ibis.literal(edition, "string"))
    other, ours, theirs = _sides(base)
    names = {"2011": "lsoa_2011_name", "2021": "lsoa_name"}
    pairs = fit.table.select(ours=fit.table[ours], theirs=fit.table[theirs], fit_name=_text(fit.table, names[other]))
    added = _translated(areas, pairs.filter(pairs.theirs.notnull()))
    codes = pairs.filter(pairs.theirs.notnull()).select(shared="theirs").distinct()
    marked = areas.left_join(codes, areas.lsoa_code == codes.shared)
    both = ibis.cases((marked.shared.notnull(), "2011 2021"), else_=edition)
    own = marked.select(*areas.columns, lsoa_editions=both)
    return own.union(added.mutate(lsoa_editions=ibis.literal(other, "string")).select(*own.columns))


def _bridge(held: Sequence[Lookup]) -> Lookup | None:
    return next((one for one in held if one.has("lsoa_code", "lsoa_2011_code")), None)


def _sides(base: Lookup) -> tuple[str, str, str]:
    """Return the edition that the base lookup lacks, and the bridge's columns of its own edition and of that one."""
    if base.edition == "2011":
        return "2021", "lsoa_2011_code", "lsoa_code"
    return "2011", "lsoa_code", "lsoa_2011_code"


def _translated(areas: Any, pairs: Any) -> Any:
    """Place the codes that `areas` lacks through their counterparts, each level only when all counterparts agree."""
    import ibis

    missing = pairs.anti_join(areas, pairs.theirs == areas.lsoa_code)
    # A view of its own: the areas already stand behind `missing`, and Ibis could not tell the two apart.
    known = areas.view()
    found = missing.inner_join(known, missing.ours == known.lsoa_code)
    sums: dict[str, Any] = {"lsoa_name": found.fit_name.max()}
    for name in _LEVEL_COLUMNS:
        sums[name] = found[name].max()
    for level in LEVELS:
        sums[f"{level}_kinds"] = found[f"{level}_code"].nunique()
    grouped = found.group_by("theirs").aggregate(**sums)
    sure = {
        name: ibis.cases((grouped[f"{name.rsplit('_', 1)[0]}_kinds"] == 1, grouped[name]), else_=ibis.null("string"))
        for name in _LEVEL_COLUMNS
    }
    return grouped.select(lsoa_code=grouped.theirs, lsoa_name=grouped.lsoa_name, **sure)


def _edition(con: Any, seen: Any, areas: Any) -> str | None:
    """Say in which edition most LSOA codes of the incidents are."""
    known = _counts_by_edition(con, seen, areas)
    votes = {
        edition: sum(n for text, n in known.items() if edition in text.split())
        for text in known
        for edition in text.split()
    }
    return max(votes, key=lambda edition: (votes[edition], edition)) if votes else None


def _counts_by_edition(con: Any, seen: Any, areas: Any) -> Mapping[str, int]:
    codes = seen.select(seen="lsoa_code").distinct()
    known = codes.inner_join(areas, codes.seen == areas.lsoa_code)
    counts = known.group_by("lsoa_editions").aggregate(n=known.count())
    return {row["lsoa_editions"]: row["n"] for row in con.to_pyarrow(counts).to_pylist()}


def _unplaced(con: Any, seen: Any, areas: Any) -> tuple[str, ...]:
    unknown = seen.anti_join(areas, seen.lsoa_code == areas.lsoa_code)
    lost = int(con.to_pyarrow(unknown.incidents.sum()).as_py() or 0)
    return (f"{lost:,} incidents have an LSOA code that the lookup does not know.",) if lost else ()
