"""What a partnership's own places can be made of: the wards and small areas of its districts, in one stated edition."""

from collections.abc import Iterable
from dataclasses import dataclass

from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.analytics.measures.areas import SmallArea, lookup_editions, small_areas_within
from wardmote.partnership.members.models import Place
from wardmote.partnership.members.queries import partnership_of

from . import gather_evidence, sees_sample
from .boundaries import chosen_lookup


@dataclass(frozen=True)
class Ground:
    """The small areas of the partnership's districts, the lookup that names them, and the editions of its codes."""

    areas: tuple[SmallArea, ...]
    lookup: str
    lsoa_edition: str
    ward_edition: str

    def wards(self) -> dict[str, tuple[str, tuple[str, ...]]]:
        """Return name and LSOA codes of each ward by its code."""
        found: dict[str, tuple[str, list[str]]] = {}
        for area in self.areas:
            if area.ward_code:
                found.setdefault(area.ward_code, (area.ward_name, []))[1].append(area.code)
        return {code: (name, tuple(codes)) for code, (name, codes) in found.items()}


def ground_of(reader: Reader) -> Ground:
    """Return what the places of the reader's partnership can be made of today."""
    reader.require(Permission.SEE_EVIDENCE)
    codes = tuple(district.code for district in partnership_of(reader).districts.all())
    evidence = gather_evidence(is_sample=sees_sample(reader), lookup=chosen_lookup(partnership_of(reader)))
    try:
        editions = lookup_editions(evidence)
        areas = small_areas_within(evidence, codes)
        return Ground(areas, evidence.lookup, editions.get("lsoa", ""), editions.get("ward", ""))
    finally:
        evidence.con.disconnect()


def places_of(reader: Reader) -> list[Place]:
    """Return the places of the reader's partnership."""
    reader.require(Permission.SEE_EVIDENCE)
    return list(partnership_of(reader).places.all())


def taken_by(places: Iterable[Place], codes: Iterable[str], *, but: Place | None) -> dict[str, str]:
    """Return, for each code that another place has already, the name of that place."""
    owner = {code: place.name for place in places if place != but for code in place.lsoa_codes}
    return {code: owner[code] for code in codes if code in owner}
