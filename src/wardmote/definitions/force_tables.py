"""The offence groups of the tables by police force area, and what has to be said when forces are compared."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from wardmote.definitions.reading import folder, parse

_NOT_ALPHANUMERIC: Final = re.compile(r"[^a-z0-9]+")
_NOT_NAME: Final = re.compile(r"\[[^]]*\]|\(excluding\s+fraud\)", re.IGNORECASE)


@dataclass(frozen=True)
class OffenceGroup:
    """A group of the tables: the group that it is part of, and the problem that counts the same; either may be ""."""

    slug: str
    title: str
    within: str
    problem: str


@dataclass(frozen=True)
class ForceTables:
    """Every group in the order of the tables, and sentences on what is not comparable."""

    groups: tuple[OffenceGroup, ...]
    not_comparable: tuple[str, ...]
    version: int
    _by_name: Mapping[str, str]

    def group_called(self, heading: str) -> str | None:
        """Return the slug of the group that a heading names, notes in brackets aside; None where it names none."""
        return self._by_name.get(_fold(_NOT_NAME.sub("", heading)))


def _fold(name: str) -> str:
    return _NOT_ALPHANUMERIC.sub("", name.lower())


@cache
def force_tables() -> ForceTables:
    """Return the definition; raises DefinitionError where the file breaks its schema."""
    name = "force_tables.yaml"
    found = parse(folder().joinpath(name).read_text(encoding="utf-8"), schema="force_tables", name=name)
    groups = tuple(OffenceGroup(one["slug"], one["title"], one["within"], one["problem"]) for one in found["groups"])
    names = {_fold(given): one["slug"] for one in found["groups"] for given in one["names"]}
    return ForceTables(groups, tuple(found["not_comparable"]), found["version"], names)
