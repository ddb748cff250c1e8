"""The districts most like the partnership's own, by every variable that is held for all whose crime data are held."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.analytics.measures import FiguresRefused
from wardmote.analytics.measures.district_facts import (
    Fact,
    Sums,
    covered_districts,
    denominator_by_district,
    deprived_by_district,
    residents_by_district,
    small_areas_by_district,
)
from wardmote.analytics.measures.enclosed import square_km
from wardmote.analytics.measures.evidence import Evidence
from wardmote.analytics.measures.family import Family, family
from wardmote.analytics.sources.police_uk.publisher import force_in_words
from wardmote.definitions import denominators
from wardmote.foundations.rounding import half_up
from wardmote.partnership.members.queries import partnership_of
from wardmote.strategy.evidence.models import Release

from . import gather_evidence, sees_sample, warehouse
from .boundaries import chosen_lookup

# The code under which the districts of a partnership stand together.
OWN = "own"
STREET = "police-uk-street-"


@dataclass(frozen=True)
class Stated:
    """One variable as a reader sees it: name with year, unit, figures, and titles of the releases."""

    name: str
    unit: str
    fact: Fact
    releases: tuple[str, ...]
    places: int = 0


@dataclass(frozen=True)
class FamilyFound:
    """A family with the names of its candidates, their values by variable, and the forces whose data are held."""

    family: Family
    stated: tuple[Stated, ...]
    values: Mapping[str, Mapping[str, Fraction | None]]
    names: Mapping[str, str]
    forces: tuple[str, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the codes of the neighbours, the nearest first."""
        return tuple(one.code for one in self.family.neighbours)

    @property
    def used(self) -> tuple[Stated, ...]:
        """Return the variables that told districts apart."""
        return tuple(one for one in self.stated if one.name in self.family.used)


def family_for(reader: Reader, size: int) -> FamilyFound | None:
    """Return the `size` districts nearest to the partnership's own; None where no crime data cover those."""
    reader.require(Permission.SEE_EVIDENCE)
    partnership = partnership_of(reader)
    evidence = gather_evidence(is_sample=sees_sample(reader), lookup=chosen_lookup(partnership))
    try:
        names, own = covered_districts(evidence), {one.code for one in partnership.districts.all()}
        # A district of ours that no data cover would make our own sums those of something else.
        if not own or not own <= names.keys():
            return None
        return _found(evidence, names, own, size)
    except FiguresRefused:
        return None
    finally:
        evidence.con.disconnect()


def _found(evidence: Evidence, names: Mapping[str, str], own: set[str], size: int) -> FamilyFound:
    groups = {OWN: sorted(own)} | {code: [code] for code in sorted(names) if code not in own}
    stated = tuple(_stated(evidence, sorted(names)))
    values = {one.name: {code: one.fact.of(codes) for code, codes in groups.items()} for one in stated}
    held = {one.dataset for one in evidence.held if one.dataset.startswith(STREET)}
    forces = tuple(sorted(force_in_words(dataset.removeprefix(STREET)) for dataset in held))
    nearest = family(OWN, values or {"": dict.fromkeys(groups)}, size=size)
    return FamilyFound(nearest, stated, values, names, forces)


def _stated(evidence: Evidence, districts: Sequence[str]) -> Iterator[Stated]:
    """Return every variable of which anything is held."""
    year, people = residents_by_district(evidence)
    if not people:
        return
    counted = _releases(evidence, "population", evidence.population_edition)
    yield Stated(f"Residents, mid-{year}", "residents", Fact(people), counted)
    ground, drawn = _ground(evidence, districts)
    if ground:
        yield Stated(f"Density, mid-{year}", "residents per square kilometre", Fact(people, ground), (*counted, *drawn))
    yield from _deprivation(evidence, districts)
    for slug, known in denominators().known.items():
        of, sums = denominator_by_district(evidence, known)
        if sums:
            name = f"{known.words.capitalize()} per 1,000 residents, {of}"
            read = _releases(evidence, "denominators", None, f"denominator-{slug}")
            yield Stated(name, "per 1,000 residents", Fact(sums, people, times=1000), (*read, *counted))


def _deprivation(evidence: Evidence, districts: Sequence[str]) -> Iterator[Stated]:
    """Return the newest Indices whose small areas are those of the lookup."""
    held = sorted(
        (one for one in evidence.held if one.kind == "deprivation"), key=lambda one: one.dataset, reverse=True
    )
    for one in held:
        lsoas = small_areas_by_district(evidence, one.editions.get("lsoa", ""), districts)
        fact = deprived_by_district(evidence, warehouse().table(evidence.con, one.release), lsoas)
        if fact.tops:
            name = f"Deprivation {one.dataset.removeprefix('deprivation-')}"
            unit = "% of small areas in the most deprived fifth of England"
            yield Stated(name, unit, fact, _titles([one.release]), places=1)
            return


def _ground(evidence: Evidence, districts: Sequence[str]) -> tuple[Sums, tuple[str, ...]]:
    """Return square kilometres by district, from district outlines or else the sum of all small areas'; with titles."""
    found, drawn = _outlined(evidence, {code: [code] for code in districts})
    lacking = [code for code in districts if code not in found]
    lsoas = small_areas_by_district(evidence, evidence.incident_edition or "", lacking) if lacking else {}
    more, more_drawn = _outlined(evidence, {code: sorted(ones) for code, ones in lsoas.items()})
    return found | more, _titles(drawn | more_drawn)


def _outlined(evidence: Evidence, parts: Mapping[str, Sequence[str]]) -> tuple[dict[str, Fraction], set[str]]:
    """Add up the ground of areas whose every part has an outline, and say which releases drew them."""
    wanted, sizes, drawn = {code for codes in parts.values() for code in codes}, dict[str, float](), set[str]()
    for one in evidence.held:
        if one.kind == "boundaries" and wanted - sizes.keys():
            table = warehouse().table(evidence.con, one.release)
            kept = table.filter(table.code.isin(sorted(wanted - sizes.keys()))).select("code", "geometry")
            rows = evidence.con.to_pyarrow(kept).to_pylist()
            sizes |= {row["code"]: square_km(json.loads(row["geometry"])) for row in rows}
            drawn |= {one.release} if rows else set()
    whole = {area: codes for area, codes in parts.items() if codes and all(code in sizes for code in codes)}
    return {area: sum((Fraction(sizes[code]) for code in codes), Fraction(0)) for area, codes in whole.items()}, drawn


def _releases(evidence: Evidence, kind: str, edition: str | None, dataset: str = "") -> tuple[str, ...]:
    held = [one for one in evidence.held if one.kind == kind and dataset in ("", one.dataset)]
    return _titles(one.release for one in held if edition is None or one.editions.get("lsoa") in (None, edition))


def _titles(digests: Iterable[str]) -> tuple[str, ...]:
    named = Release.objects.filter(digest__in=set(digests)).values_list("title", flat=True)
    return tuple(sorted(set(named)))


def kept_family(found: FamilyFound) -> dict[str, object]:
    """Return what a group remembers of how it was found: variables, releases and distances, as plain values."""
    return {
        "variables": [{"name": one.name, "unit": one.unit, "releases": list(one.releases)} for one in found.used],
        "not_used": [one.name for one in found.stated if one not in found.used],
        "distances": {one.code: str(half_up(Fraction(one.distance), 2)) for one in found.family.neighbours},
    }


def why_words(found: FamilyFound) -> str:
    """Say why these districts, as the reason of a group."""
    by = [one.name[0].lower() + one.name[1:] for one in found.used]
    return f"The {len(found.codes)} districts nearest by {'; '.join(by)}."
