"""The editions of boundaries that figures can be counted by, and which of them a partnership chose."""

from dataclasses import dataclass

from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.analytics.measures.placing import known_codes, lookups
from wardmote.partnership.members.models import Partnership
from wardmote.partnership.members.queries import partnership_of
from wardmote.strategy.evidence.models import BoundaryChoice, Release

from . import gather_evidence, held_releases, sees_sample, warehouse

LEVEL_WORDS = {"lsoa": "LSOA", "lsoa_2011": "LSOA of", "force": "police force area"}


@dataclass(frozen=True)
class Edition:
    """An edition: the lookup's data set and title, the editions of its levels, and how many codes of ours it knows."""

    dataset: str
    title: str
    levels: tuple[tuple[str, str], ...]
    known: int
    of: int
    is_used: bool
    is_chosen: bool


def chosen_lookup(partnership: Partnership) -> str:
    """Return the data set of the lookup that a partnership chose, empty where it left the choice to us."""
    choice = BoundaryChoice.objects.filter(partnership=partnership).first()
    return choice.dataset if choice else ""


def editions_of(reader: Reader) -> tuple[Edition, ...]:
    """Return the editions that are held, the one in use first, with how much of the crime data each can place."""
    reader.require(Permission.SEE_EVIDENCE)
    chosen = chosen_lookup(partnership_of(reader))
    held = held_releases(is_sample=sees_sample(reader))
    evidence = gather_evidence(is_sample=sees_sample(reader), held=held, lookup=chosen)
    try:
        tables = [(one, warehouse().table(evidence.con, one.release)) for one in held if one.kind == "lookup"]
        of, known = known_codes(evidence.con, evidence.seen, lookups(evidence.con, tables))
    finally:
        evidence.con.disconnect()
    titles = dict(Release.objects.filter(kind="lookup").values_list("dataset", "title"))
    levels = {
        one.dataset: tuple((LEVEL_WORDS.get(level, level), edition) for level, edition in sorted(one.editions.items()))
        for one in held
    }
    used = evidence.lookup.partition(" (")[0]
    found = [
        Edition(name, titles[name], levels[name], count, of, name == used, name == chosen)
        for name, count in known.items()
        # One without wards and districts, such as that of a partnership's own places, is no edition to count by.
        if {"ward", "district"} & set(dict(levels[name]))
    ]
    return tuple(sorted(found, key=lambda one: (not one.is_used, -one.known, one.dataset)))
