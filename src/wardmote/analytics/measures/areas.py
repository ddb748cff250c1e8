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
    names = _district_names(evidence)
    pairs = [] if evidence.partnerships is None else evidence.con.to_pyarrow(evidence.partnerships).to_pylist()
    hits = [row for row in pairs if wanted in (row["partnership_code"].casefold(), row["partnership_name"].casefold())]
    if hits:
        codes = sorted({row["district_code"] for row in hits})
        return NamedArea(hits[0]["partnership_name"], tuple((code, names.get(code, code)) for code in codes))
    found = next((code for code, title in sorted(names.items()) if wanted in (code.casefold(), title.casefold())), None)
    return NamedArea(names[found], ((found, names[found]),)) if found else None


def _district_names(evidence: Evidence) -> dict[str, str]:
    if evidence.areas is None:
        return {}
    table = evidence.areas.select("district_code", "district_name").distinct()
    rows: list[dict[str, Any]] = evidence.con.to_pyarrow(table).to_pylist()
    return {row["district_code"]: row["district_name"] or row["district_code"] for row in rows if row["district_code"]}
