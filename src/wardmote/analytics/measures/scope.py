"""The scope of a question: which incidents, kinds and areas it is about, for counts and residents alike."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from wardmote.analytics.measures.dimensions import KIND, PLACE, check, chosen
from wardmote.analytics.measures.divided import LEVELS, places_of
from wardmote.analytics.measures.evidence import Evidence
from wardmote.analytics.measures.figures import FiguresRefused, Query
from wardmote.analytics.measures.placing import with_place_key
from wardmote.definitions import Problem
from wardmote.foundations.periods import Month, Period

ESTIMATED: Final = tuple(f"{level}_estimated" for level in LEVELS)
YES: Final = True
NO: Final = False


@dataclass(frozen=True)
class Scope:
    """A question made definite.

    `incidents` are those of the chosen data sets and kinds, wherever they lie, each with the `place_key` of its place.
    `places` has one row per LSOA code, and per part of an LSOA that was divided, with `place_key`, `<level>_code`,
    `<level>_name`, `kept` (1 where the question's areas contain it), `covered` (1 where the data cover its district)
    and `estimated` (1 for a part where a level of the question divides its LSOA). `months` are the months that some
    data set in scope holds; `datasets` says which holds which.
    """

    query: Query
    incidents: Any
    places: Any | None
    placed: bool
    months: frozenset[Month]
    period: Period
    notes: tuple[str, ...]
    datasets: Mapping[str, frozenset[Month]]

    @property
    def levels(self) -> tuple[str, ...]:
        """The levels of area that the question names anywhere, the LSOA itself included."""
        return tuple(dict.fromkeys(chosen((*self.query.by, *self.query.where, *self.query.exclude), PLACE)))

    @property
    def areas_asked_about(self) -> Hashable:
        """What `places` depends on: the areas and data sets that the question keeps and leaves out."""
        return _areas_asked_about(self.query)


def scope_of(evidence: Evidence, query: Query) -> Scope:
    """Make a question definite; raises FiguresRefused with a sentence when it cannot be honoured."""
    check(query)
    incidents, places = _kept_incidents(evidence, query), _places(evidence, query)
    datasets = _datasets(evidence, query, incidents, places)
    period, notes = _calendar(datasets, query)
    placed = bool(chosen((*query.by, *query.where, *query.exclude), PLACE))
    return Scope(
        query=query,
        incidents=incidents,
        places=places,
        placed=placed,
        months=frozenset[Month]().union(*datasets.values()),
        period=period,
        notes=notes,
        datasets=datasets,
    )


def problem_named(evidence: Evidence, slug: str) -> Problem:
    """Return a problem of the evidence; raises FiguresRefused when unknown or measured by no category."""
    found = next((one for one in evidence.problems if one.slug == slug), None)
    if found is None:
        raise FiguresRefused(f"There is no problem “{slug}” in use.")
    if not found.police_uk:
        raise FiguresRefused(f"{found.title} cannot be counted here: {found.not_measured}")
    return found


def categories_of(evidence: Evidence, kinds: Mapping[str, tuple[str, ...]]) -> frozenset[str] | None:
    """Return the published categories that a choice of categories and problems means, None where it chooses none."""
    wanted = [frozenset(kinds["category"])] if "category" in kinds else []
    if "problem" in kinds:
        wanted.append(frozenset(name for slug in kinds["problem"] for name in problem_named(evidence, slug).police_uk))
    return frozenset.intersection(*wanted) if wanted else None


def _in_datasets(evidence: Evidence, query: Query) -> Any:
    """The incidents of the data sets that a question names, of all when it names none."""
    named = query.where.get("dataset")
    return with_place_key(evidence.incidents if named is None else evidence.incidents_of(named))


def _seen(evidence: Evidence, query: Query) -> Any:
    """The LSOA codes that the data sets of a question have incidents in, and how many."""
    seen = evidence.seen
    return seen.filter(seen.dataset.isin(query.where["dataset"])) if "dataset" in query.where else seen


def _kept_incidents(evidence: Evidence, query: Query) -> Any:
    table = _in_datasets(evidence, query)
    kept = categories_of(evidence, query.where)
    if kept is not None:
        table = table.filter(table.category.isin(sorted(kept)))
    for name in ("category", "problem"):
        left_out = categories_of(evidence, {name: query.exclude[name]}) if name in query.exclude else None
        if left_out:
            table = table.filter(table.category.notin(sorted(left_out)))
    return table


def refuse_mixed(scope: Scope, *spans: Period) -> None:
    """Refuse a question whose data sets hold different months of these spans: its parts would not be about the same."""
    wanted = {month for span in spans for month in span} & scope.months
    if any(not wanted <= months for months in scope.datasets.values()):
        raise FiguresRefused(
            f"The data sets held ({', '.join(sorted(scope.datasets))}) cover different months, so they cannot be taken "
            "together here: choose one with dataset=NAME, or an area that one of them covers."
        )


def _calendar(datasets: Mapping[str, frozenset[Month]], query: Query) -> tuple[Period, tuple[str, ...]]:
    """Return the period asked for, else all months held, and what to know where not every data set holds them all."""
    somewhere = frozenset[Month]().union(*datasets.values())
    period = query.period or Period(min(somewhere), max(somewhere))
    wanted = sorted(month for month in somewhere if month in period)
    notes = []
    for name, months in sorted(datasets.items()):
        lacking = [month for month in wanted if month not in months]
        if lacking and len(datasets) > 1:
            notes.append(f"{name} does not hold {len(lacking)} of the months counted, the first {lacking[0].words()}.")
    return period, tuple(notes)


# Forces record a few incidents beyond their border: a data set with fewer than these in an area is not about it.
ABOUT_PERCENT = 5


def _datasets(evidence: Evidence, query: Query, incidents: Any, places: Any | None) -> dict[str, frozenset[Month]]:
    """Return the data sets that a question is about with the months they hold."""
    held = _months_by_dataset(evidence, query)
    if places is None or len(held) < 2 or not chosen((*query.where, *query.exclude), PLACE):
        return held
    kept = places.filter(places.kept == 1).select(place="place_key")
    if chosen((*query.where, *query.exclude), KIND):
        there = incidents.inner_join(kept, incidents.place_key == kept.place)
        counted = there.group_by("dataset").aggregate(n=there.count())
    else:
        counted = _seen_there(_seen(evidence, query), kept)
    found = {row["dataset"]: int(row["n"]) for row in evidence.con.to_pyarrow(counted).to_pylist()}
    total = sum(found.values())
    about = {name for name, n in found.items() if n * 100 >= total * ABOUT_PERCENT}
    return {name: months for name, months in held.items() if name in about} or held


def _seen_there(seen: Any, kept: Any) -> Any:
    """Count the incidents of each data set in some LSOAs."""
    there = seen.inner_join(kept, seen.place_key == kept.place)
    return there.group_by("dataset").aggregate(n=there.incidents.sum())


def incidents_within(evidence: Evidence, where: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """Return how many incidents each data set has in some areas, of all kinds in all months held; one question for all.

    Data sets without any are left out. Raises FiguresRefused where the areas are not known.
    """
    places = scope_of(evidence, Query(where=where)).places
    if places is None:
        raise FiguresRefused("A count by data set needs areas to count in.")
    kept = places.filter(places.kept == 1).select(place="place_key")
    rows = evidence.con.to_pyarrow(_seen_there(evidence.seen, kept)).to_pylist()
    return {row["dataset"]: int(row["n"]) for row in rows}


def _months_by_dataset(evidence: Evidence, query: Query) -> dict[str, frozenset[Month]]:
    found: dict[str, frozenset[Month]] = {}
    by_area = bool(chosen((*query.by, *query.where, *query.exclude), PLACE))
    for one in evidence.held:
        if one.kind == "police-uk" and one.dataset in query.where.get("dataset", (one.dataset,)):
            # A month that nobody can place is missing in every area; counted, it would be 0 there.
            months = frozenset(Month.parse(month) for month in (one.placed_months if by_area else one.months))
            found[one.dataset] = found.get(one.dataset, frozenset()) | months
    if not any(found.values()):
        raise FiguresRefused("No release with incidents is held for this question: import one first.")
    return found


def _places(evidence: Evidence, query: Query) -> Any | None:
    levels = chosen((*query.by, *query.where, *query.exclude), PLACE)
    if evidence.areas is None:
        return _places_without_lookup(evidence, levels)
    places = with_partnerships(evidence)
    _refuse_missing_levels(evidence, places, levels)
    for choice in (query.where, query.exclude):
        _refuse_shared_districts(evidence, choice)
    # Which of the parts of a divided LSOA are estimates depends on the levels that the question names anywhere.
    named = tuple(sorted({*chosen((*query.by, *query.where, *query.exclude), PLACE)}))
    return evidence.worked_out_once(
        ("places", _areas_asked_about(query), named), lambda: _marked(evidence, places, query)
    )


def _areas_asked_about(query: Query) -> Hashable:
    names = (*PLACE, "dataset")
    return tuple(
        tuple(sorted((name, tuple(choice[name])) for name in names if name in choice))
        for choice in (query.where, query.exclude)
    )


def _places_without_lookup(evidence: Evidence, levels: tuple[str, ...]) -> Any | None:
    import ibis

    larger = [level for level in levels if level != "lsoa"]
    if larger:
        raise FiguresRefused(f"No lookup says which {larger[0]} an LSOA lies in: import one first.")
    if not levels:
        return None
    located = evidence.incidents.filter(evidence.incidents.lsoa_code.notnull())
    places = located.group_by("lsoa_code").aggregate(lsoa_name=located.lsoa_name.max())
    one = ibis.literal(1, "int64")
    return places.mutate(place_key=places.lsoa_code, kept=one, covered=one, estimated=one - 1)


def with_partnerships(evidence: Evidence) -> Any:
    """Return the areas, every level filled in as far as it is sure: a district of several partnerships has none."""
    return evidence.worked_out_once("areas with partnerships", lambda: _with_partnerships(evidence))


def _with_partnerships(evidence: Evidence) -> Any:
    import ibis

    areas: Any = evidence.areas
    names = [f"{level}_{part}" for level in PLACE for part in ("code", "name")] + ["lsoa_editions"]
    full = areas.select(
        **{name: areas[name] if name in areas.columns else ibis.null("string") for name in names},
        place_key=areas.lsoa_code,
        **dict.fromkeys(ESTIMATED, ibis.literal(0, "int64")),
    )
    if evidence.parts:
        full = full.union(_named_parts(evidence, areas).select(*full.columns))
    if evidence.partnerships is None:
        return full
    pairs = evidence.partnerships
    sure = pairs.group_by(join_key=pairs.district_code).aggregate(
        kinds=pairs.partnership_code.nunique(),
        found_code=pairs.partnership_code.max(),
        found_name=pairs.partnership_name.max(),
    )
    sure = sure.filter(sure.kinds == 1)
    joined = full.left_join(sure, full.district_code == sure.join_key)
    kept = {name: joined[name] for name in full.columns if name not in ("partnership_code", "partnership_name")}
    return joined.select(
        **kept,
        partnership_code=joined.partnership_code.coalesce(joined.found_code),
        partnership_name=joined.partnership_name.coalesce(joined.found_name),
    )


def _named_parts(evidence: Evidence, areas: Any) -> Any:
    """The parts as places, each with the name of the LSOA that it is a part of."""
    parts = places_of(evidence.parts)
    names = areas.group_by(named="lsoa_code").aggregate(lsoa_name=areas.lsoa_name.max())
    joined = parts.left_join(names, parts.lsoa_code == names.named)
    # A district's partnership is filled in afterwards: where districts differ, so may they.
    return joined.mutate(partnership_estimated=joined.partnership_estimated | joined.district_estimated)


def shared_districts(evidence: Evidence) -> dict[str, tuple[str, ...]]:
    """Return the districts that several partnerships share, each with the partnerships' codes and names."""
    if evidence.partnerships is None or evidence.areas is None:
        return {}
    pairs = evidence.partnerships.semi_join(
        evidence.areas, evidence.partnerships.district_code == evidence.areas.district_code
    )
    rows = evidence.con.to_pyarrow(pairs.distinct()).to_pylist()
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(row["district_code"], set()).add(f"{row['partnership_name']} ({row['partnership_code']})")
    return {code: tuple(sorted(names)) for code, names in sorted(found.items()) if len(names) > 1}


def _refuse_shared_districts(evidence: Evidence, choice: Mapping[str, tuple[str, ...]]) -> None:
    wanted = choice.get("partnership", ())
    for district, partnerships in shared_districts(evidence).items() if wanted else ():
        hit = [p for p in partnerships for one in wanted if one in p]
        if hit:
            raise FiguresRefused(
                f"{hit[0]} shares the district {district} with {len(partnerships) - 1} other partnerships, and no "
                "lookup says which LSOA belongs to which: choose the district or wards instead."
            )


def _refuse_missing_levels(evidence: Evidence, places: Any, levels: tuple[str, ...]) -> None:
    if not levels:
        return
    counts = {level: places[f"{level}_code"].count() for level in PLACE}
    table = evidence.worked_out_once("areas of each level", lambda: places.aggregate(**counts))
    found = evidence.con.to_pyarrow(table).to_pylist()[0]
    for level in levels:
        if not found[level]:
            raise FiguresRefused(f"No lookup says which {level} an LSOA lies in: import one first.")


def _marked(evidence: Evidence, places: Any, query: Query) -> Any:
    import ibis

    kept = ibis.literal(YES)
    for level in chosen(query.where, PLACE):
        codes = _codes(evidence, places, level, query.where[level])
        kept = kept & places[f"{level}_code"].isin(codes).fill_null(NO)
    for level in chosen(query.exclude, PLACE):
        codes = _codes(evidence, places, level, query.exclude[level])
        # An LSOA whose ward is unknown may lie in the ward that is to be left out: leave it out too.
        kept = kept & places[f"{level}_code"].notin(codes).fill_null(NO)
    levels = [level for level in chosen((*query.by, *query.where, *query.exclude), PLACE) if level != "lsoa"]
    estimated = ibis.greatest(ibis.literal(0, "int64"), *(places[f"{level}_estimated"] for level in levels))
    places = places.mutate(kept=kept.cast("int64"), estimated=estimated).drop(*ESTIMATED)
    return _with_cover(evidence, places, _seen(evidence, query))


def _codes(evidence: Evidence, places: Any, level: str, values: tuple[str, ...]) -> list[str]:
    """Turn codes or names of areas into codes; refuses a name that no area has or that several have."""
    code, name = places[f"{level}_code"], places[f"{level}_name"]
    found = places.filter(code.isin(values) | name.isin(values)).select(code=code, name=name).distinct()
    rows = evidence.con.to_pyarrow(found).to_pylist()
    codes: list[str] = []
    for value in values:
        hits = sorted({row["code"] for row in rows if value in {row["code"], row["name"]}})
        if len(hits) != 1:
            several = f" but {len(hits)}: {', '.join(hits)}. Use the code." if hits else " in the lookup that is held."
            raise FiguresRefused(f"There is not one {level} “{value}”{several}")
        codes += hits
    return codes


def _with_cover(evidence: Evidence, places: Any, seen: Any) -> Any:
    """Mark the districts that the data cover: half of their LSOAs, or a twentieth of all incidents, in the months held.

    Forces record some incidents beyond their border; a neighbouring district with a few of them has no figures, and
    a zero for its other wards would be false. Districts are told apart so because a file names its force, not them.
    """
    import ibis

    places = places.mutate(unit=places.district_code.coalesce(""))
    units = _seen_by_unit(seen, in_edition(places, evidence.incident_edition))
    everywhere = units.aggregate(everywhere=units.incidents.sum())
    units = units.cross_join(everywhere)
    enough = (units.met * 2 >= units.total) | (units.incidents * 20 >= units.everywhere)
    covered = units.filter(enough).select(covered_unit="unit")
    marked = places.left_join(covered, places.unit == covered.covered_unit)
    flag = ibis.cases((marked.covered_unit.notnull(), 1), else_=0).cast("int64")
    return marked.select(**{name: marked[name] for name in places.columns if name != "unit"}, covered=flag)


def _seen_by_unit(seen: Any, places: Any) -> Any:
    """Count, by district, its LSOAs, those that had an incident in any month held, and the incidents."""
    seen = seen.group_by(seen=seen.lsoa_code).aggregate(incidents=seen.incidents.sum())
    joined = places.left_join(seen, places.lsoa_code == seen.seen)
    return joined.group_by("unit").aggregate(
        total=joined.count(), met=joined.seen.count(), incidents=joined.incidents.sum().fill_null(0)
    )


def in_edition(places: Any, edition: str | None) -> Any:
    """Keep the LSOA codes of one edition, none twice; all of them where the edition is not known."""
    places = places.filter(places.place_key == places.lsoa_code)
    if edition is None:
        return places
    return places.filter(places.lsoa_editions.isnull() | places.lsoa_editions.contains(edition))
