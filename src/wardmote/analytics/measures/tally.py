"""Counting: incidents by any of time, kind and place at once, on the full grid, with what could not be placed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from wardmote.analytics.measures.cells import Cell, cells, changes_within
from wardmote.analytics.measures.dimensions import KIND, PLACE, TIME, chosen, ordered
from wardmote.analytics.measures.evidence import Evidence
from wardmote.analytics.measures.figures import Query, Value
from wardmote.analytics.measures.scope import NO, YES, Scope, scope_of, shared_districts
from wardmote.foundations.periods import Month
from wardmote.foundations.rounding import half_up, with_thousands


@dataclass(frozen=True)
class Tallied:
    """One count: its time and kind (in `cell`), its place codes, and the incidents, None where nothing is held.

    `estimated` of the incidents are of LSOAs divided between the areas asked for, and here as a share of them.
    """

    cell: Cell
    place: tuple[str, ...]
    count: int | None
    estimated: int = 0

    @property
    def time(self) -> tuple[str, ...]:
        """Labels of its time."""
        return self.cell.bucket.labels

    @property
    def kind(self) -> tuple[str, ...]:
        """Labels of its kind."""
        return self.cell.kind.labels


@dataclass(frozen=True)
class Tally:
    """Every count of a question, the names of its areas by level and code, and notes on what it leaves out."""

    scope: Scope
    counts: tuple[Tallied, ...]
    names: Mapping[tuple[str, str], str]
    notes: tuple[str, ...]

    @cached_property
    def rests_on_estimates(self) -> bool:
        """Whether some count contains a share of a divided LSOA; asked for every row."""
        return any(one.estimated for one in self.counts)

    @cached_property
    def _heads(self) -> tuple[tuple[str, bool], ...]:
        """The dimensions in order, each with whether a name stands beside its code; asked for every row."""
        return tuple((name, name in PLACE or name == "problem") for name in ordered(self.scope.query.by))

    def labels(self, one: Tallied) -> tuple[Value, ...]:
        """Return the leading values of a row: labels of time and kind, codes and names of areas."""
        found: list[Value] = []
        for (name, has_name), label in zip(self._heads, (*one.time, *one.kind, *one.place), strict=True):
            found.append(label)
            if has_name:
                found.append(self.names.get((name, label), ""))
        return tuple(found)


def tally(evidence: Evidence, query: Query) -> Tally:
    """Count the incidents of a question; raises FiguresRefused when its scope cannot be honoured."""
    scope = scope_of(evidence, query)
    grid = cells(evidence, scope)
    places, names = place_keys(evidence, scope)
    found = _counted(evidence, scope, grid)
    counts = tuple(_tallied(cell, place, found) for cell in grid for place in places)
    titles = {("problem", one.slug): one.title for one in evidence.problems}
    return Tally(scope, counts, {**names, **titles}, (*scope.notes, *_notes(evidence, scope, grid)))


def place_keys(evidence: Evidence, scope: Scope) -> tuple[Sequence[tuple[str, ...]], dict[tuple[str, str], str]]:
    """Return the areas that a question has rows for, as tuples of codes in order, and the names of all of them."""
    levels = chosen(scope.query.by, PLACE)
    if not levels:
        return [()], {}
    table = listed_places(evidence, scope)
    columns = [f"{level}_{part}" for level in levels for part in ("code", "name")]
    rows = evidence.con.to_pyarrow(table.select(*columns).distinct()).to_pylist()
    names = {(level, row[f"{level}_code"]): row[f"{level}_name"] or "" for row in rows for level in levels}
    return sorted({tuple(row[f"{level}_code"] for level in levels) for row in rows}), names


def listed_places(evidence: Evidence, scope: Scope) -> Any:
    """Return the LSOAs whose areas are listed and counted: inside the question's areas, known at each level asked for.

    Where the question names no area, only districts that the data cover; where it does, it gets what it names.
    """
    levels = chosen(scope.query.by, PLACE)
    return evidence.worked_out_once(
        ("listed", scope.areas_asked_about, levels), lambda: _listed_places(evidence, scope)
    )


def _listed_places(evidence: Evidence, scope: Scope) -> Any:
    table = scope.places
    assert table is not None, "a question about places always has a table of them"  # noqa: S101 narrowing for mypy
    table = table.filter(table.kept == 1)
    if not chosen(scope.query.where, PLACE):
        table = table.filter(table.covered == 1)
    for level in chosen(scope.query.by, PLACE):
        table = table.filter(table[f"{level}_code"].notnull())
    if "lsoa" in scope.query.by and evidence.incident_edition is not None:
        seen = evidence.seen.select("lsoa_code").distinct()
        native = table.lsoa_editions.contains(evidence.incident_edition) | (table.place_key != table.lsoa_code)
        observed = table.semi_join(seen, table.lsoa_code == seen.lsoa_code)
        return table.filter(native).union(observed).distinct()
    return table


def rows_in_scope(evidence: Evidence, scope: Scope, months: Sequence[Month]) -> Any:
    """Return the incidents of a question in some months, with its areas' codes where it is about areas."""
    table = scope.incidents.filter(scope.incidents.month_index.isin(sorted({month.index for month in months})))
    if not scope.placed:
        return table
    places = listed_places(evidence, scope)
    codes = places.select(
        place="place_key",
        estimated="estimated",
        **{f"k_{level}": f"{level}_code" for level in chosen(scope.query.by, PLACE)},
    )
    return table.inner_join(codes, table.place_key == codes.place)


def _tallied(cell: Cell, place: tuple[str, ...], found: Mapping[tuple[str, ...], tuple[int, int]]) -> Tallied:
    if not cell.held:
        return Tallied(cell, place, None)
    return Tallied(cell, place, *found.get((*cell.bucket.labels, *cell.kind.labels, *place), (0, 0)))


def _counted(evidence: Evidence, scope: Scope, grid: Sequence[Cell]) -> dict[tuple[str, ...], tuple[int, int]]:
    """Count incidents, and those of them that are a share, on the engine: join months to times and categories to kinds.

    Combinations that nobody saw are absent.
    """
    table = rows_in_scope(evidence, scope, sorted({month for cell in grid for month in cell.held}))
    by = scope.query.by
    table = with_labels(table, _times(grid), on="month_index", names=chosen(by, TIME))
    table = with_labels(table, _kinds(grid), on="category", names=chosen(by, KIND))
    keys = [f"k_{name}" for name in ordered(by)]
    sums = {"n": table.count(), "estimated": table.estimated.sum() if scope.placed else table.count() * 0}
    counted = table.group_by(keys).aggregate(**sums) if keys else table.aggregate(**sums)
    rows = evidence.con.to_pyarrow(counted).to_pylist()
    return {tuple(row[key] for key in keys): (row["n"], row["estimated"] or 0) for row in rows}


def with_labels(table: Any, pairs: Sequence[tuple[Any, ...]], *, on: str, names: tuple[str, ...]) -> Any:
    """Join labels to rows; a month in several rolling years, or a category of several problems, counts in each."""
    if not names:
        return table
    labels = _memtable(sorted(set(pairs)), ("label_key", *(f"k_{name}" for name in names)), number=on == "month_index")
    return table.inner_join(labels, table[on] == labels.label_key).drop("label_key")


def _memtable(rows: Sequence[tuple[Any, ...]], names: Sequence[str], *, number: bool) -> Any:
    """A small table of text, its first column whole numbers on request; through Arrow, since a list needs pandas."""
    import ibis
    import pyarrow as pa

    types = [pa.int64() if number and at == 0 else pa.string() for at in range(len(names))]
    arrays = [pa.array([row[at] for row in rows], type=kind) for at, kind in enumerate(types)]
    return ibis.memtable(pa.table(arrays, names=list(names)))


def _times(grid: Sequence[Cell]) -> list[tuple[Any, ...]]:
    return [(month.index, *cell.bucket.labels) for cell in grid for month in cell.held]


def _kinds(grid: Sequence[Cell]) -> list[tuple[Any, ...]]:
    return [(name, *kind.labels) for kind in {cell.kind for cell in grid} for name in sorted(kind.categories or ())]


def _notes(evidence: Evidence, scope: Scope, grid: Sequence[Cell]) -> tuple[str, ...]:
    known, span = evidence.recording_changes, _span(grid)
    kinds = {cell.kind.categories for cell in grid}
    changes = {change for categories in kinds for change in changes_within(known, categories, span)}
    notes = [f"Change in recording: {change.words}" for change in sorted(changes, key=lambda c: (c.month, c.words))]
    if "problem" in scope.query.by:
        notes.append("Problems overlap: a problem such as all crime contains others, so the rows must not be added up.")
    return (*notes, *_place_notes(evidence, scope, grid))


def _span(grid: Sequence[Cell]) -> tuple[Month, ...]:
    """Return the first and the last month of a grid; nothing where it has none."""
    months = [month for cell in grid for month in cell.bucket.months]
    return (min(months), max(months)) if months else ()


def _place_notes(evidence: Evidence, scope: Scope, grid: Sequence[Cell]) -> tuple[str, ...]:
    if not scope.placed:
        return ()
    months = tuple(sorted({month for cell in grid for month in cell.held}))
    # Questions that differ in what they break down by alone leave out the same incidents.
    about = ("whereabouts", frozenset(scope.query.where.items()), frozenset(scope.query.exclude.items()))
    found = evidence.told_once((*about, scope.levels, months), lambda: _whereabouts(evidence, scope, months))
    notes = [*evidence.notes, *_lost_notes(found)]
    if "partnership" in scope.query.by:
        covered = _covered_districts(evidence, scope)
        notes += [
            f"District {district} lies in {len(several)} partnerships ({', '.join(several)}), and no lookup says which "
            "LSOA belongs to which: its incidents are left unallocated."
            for district, several in shared_districts(evidence).items()
            if district in covered
        ]
    return tuple(notes)


def _covered_districts(evidence: Evidence, scope: Scope) -> set[str]:
    places: Any = scope.places
    rows = evidence.con.to_pyarrow(places.filter(places.covered == 1).select("district_code").distinct()).to_pylist()
    return {row["district_code"] for row in rows}


def _lost_notes(found: Mapping[str, int]) -> list[str]:
    notes = []
    total = found["total"]
    for key, words in (
        ("without_lsoa", "have no LSOA and cannot be placed in an area"),
        ("without_area", "lie in an LSOA whose larger area the lookup does not give"),
        ("outside", "lie in districts that the data held hardly cover"),
    ):
        if found[key]:
            share = half_up(_percent(found[key], total), 1)
            notes.append(
                f"{with_thousands(found[key])} of {with_thousands(total)} incidents ({share}%) {words}: figures for "
                "areas leave them out, figures for the whole force contain them."
            )
    if found["shared"]:
        notes.append(
            f"{with_thousands(found['shared'])} of {with_thousands(total)} incidents "
            f"({half_up(_percent(found['shared'], total), 1)}%) are of LSOAs that were divided between areas, and are "
            "shared among them in proportion to residents: these areas' figures rest in part on an estimate."
        )
    if found["thin"]:
        notes.append("The data held hardly cover some of the areas asked for: their figures are too small.")
    return notes


def _percent(part: int, whole: int) -> Any:
    from fractions import Fraction

    return Fraction(100 * part, whole)


def _whereabouts(evidence: Evidence, scope: Scope, months: Sequence[Month]) -> dict[str, int]:
    """Count the incidents of the kinds and months asked for, wherever they lie, by whether they could be placed."""
    import ibis

    table = scope.incidents.filter(scope.incidents.month_index.isin([month.index for month in months]))
    places = scope.places
    assert places is not None, "only asked about places"  # noqa: S101 narrowing for mypy
    known = ibis.literal(YES)
    for level in scope.levels:
        known = known & places[f"{level}_code"].notnull()
    flags = places.select(
        place="place_key", known=known.cast("int64"), covered="covered", kept="kept", estimated="estimated"
    )
    joined = table.left_join(flags, table.place_key == flags.place)
    no_lsoa = joined.lsoa_code.isnull()
    outside = (joined.known == 1) & (joined.covered == 0)
    names = bool(chosen(scope.query.where, PLACE))
    sums = joined.aggregate(
        total=joined.count(),
        without_lsoa=no_lsoa.cast("int64").sum(),
        without_area=(~no_lsoa & (joined.known.fill_null(0) == 0)).cast("int64").sum(),
        outside=(outside & ~ibis.literal(names)).fill_null(NO).cast("int64").sum(),
        shared=((joined.estimated == 1) & (joined.kept == 1)).fill_null(NO).cast("int64").sum(),
        thin=(outside & ibis.literal(names) & (joined.kept == 1)).fill_null(NO).cast("int64").sum(),
    )
    return {key: value or 0 for key, value in evidence.con.to_pyarrow(sums).to_pylist()[0].items()}
