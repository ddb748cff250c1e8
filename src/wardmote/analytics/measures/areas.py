"""Finding a partnership or district in the lookups held, by its name or its code."""

from dataclasses import dataclass
from typing import Any

from wardmote.analytics.measures.evidence import Evidence


@dataclass(frozen=True)
class NamedArea:
    """A partnership or district with the districts it covers, as (code, name)."""

    name: str
    districts: tuple[tuple[str, str], ...]


def named_area(evidence: Evidence, name: str) -> NamedArea | None:
    """Return the partnership, else the district, with this code or name (capitals do not matter); None if unknown."""
    wanted = name.strip().casefold()
    names = known_districts(evidence)
    pairs = [] if evidence.partnerships is None else evidence.con.to_pyarrow(evidence.partnerships).to_pylist()
    hits = [row for row in pairs if wanted in (row["partnership_code"].casefold(), row["partnership_name"].casefold())]
    if hits:
        codes = sorted({row["district_code"] for row in hits})
        return NamedArea(hits[0]["partnership_name"], tuple((code, names.get(code, code)) for code in codes))
    found = next((code for code, title in sorted(names.items()) if wanted in (code.casefold(), title.casefold())), None)
    return NamedArea(names[found], ((found, names[found]),)) if found else None


def known_partnerships(evidence: Evidence) -> tuple[str, ...]:
    """Return the codes of the partnerships that the lookups held know, in order."""
    if evidence.partnerships is None:
        return ()
    rows = evidence.con.to_pyarrow(evidence.partnerships.select("partnership_code").distinct()).to_pylist()
    return tuple(sorted(row["partnership_code"] for row in rows))


def known_districts(evidence: Evidence) -> dict[str, str]:
    """Return the name of each district that the lookup knows, by code."""
    if evidence.areas is None:
        return {}
    table = evidence.areas.select("district_code", "district_name").distinct()
    rows: list[dict[str, Any]] = evidence.con.to_pyarrow(table).to_pylist()
    return {row["district_code"]: row["district_name"] or row["district_code"] for row in rows if row["district_code"]}


def areas_within(evidence: Evidence, level: str, districts: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return code and name of every ward or LSOA in some districts, by name; none where no lookup knows them.

    `level` is "ward" or "lsoa".
    """
    if evidence.areas is None or f"{level}_code" not in evidence.areas.columns:
        return ()
    within = evidence.areas.filter(evidence.areas.district_code.isin(list(districts)))
    table = within.select(code=f"{level}_code", name=f"{level}_name").distinct()
    rows: list[dict[str, Any]] = evidence.con.to_pyarrow(table).to_pylist()
    found = [(row["code"], row["name"] or row["code"]) for row in rows if row["code"]]
    return tuple(sorted(found, key=lambda pair: (pair[1], pair[0])))


@dataclass(frozen=True)
class SmallArea:
    """An LSOA with the ward that it lies in; ward code and name are empty where no lookup knows them."""

    code: str
    name: str
    ward_code: str
    ward_name: str


def small_areas_within(evidence: Evidence, districts: tuple[str, ...]) -> tuple[SmallArea, ...]:
    """Return the LSOAs of some districts, by ward and name; none where no lookup knows the districts."""
    if evidence.areas is None:
        return ()
    columns = ("lsoa_code", "lsoa_name", "ward_code", "ward_name")
    within = evidence.areas.filter(evidence.areas.district_code.isin(list(districts))).select(*columns)
    rows: list[dict[str, Any]] = evidence.con.to_pyarrow(within.distinct()).to_pylist()
    found = [SmallArea(*(row[column] or "" for column in columns)) for row in rows]
    return tuple(sorted(found, key=lambda one: (one.ward_name, one.ward_code, one.name, one.code)))


def lookup_editions(evidence: Evidence) -> dict[str, str]:
    """Return the edition of each kind of area in the lookup that placed the incidents, such as ward: 2024."""
    for one in evidence.held:
        if evidence.lookup == f"{one.dataset} ({one.release[:12]})":
            return dict(one.editions)
    return {}
