"""What the codes of road casualty files mean: severities, road users, who is a child, and how recording changed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from wardmote.definitions.reading import folder, parse

_NOT_ALPHANUMERIC: Final = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class RoadCasualtyTerms:
    """The register: titles by slug, slugs by code or folded label, ages, and what is said of recording."""

    severities: Mapping[str, str]
    road_users: Mapping[str, str]
    severity_by: Mapping[str, str]
    road_user_by: Mapping[str, str]
    child_under: int
    child_bands: frozenset[str]
    unknown_ages: frozenset[str]
    limit_points: int
    recording_words: str
    provisional_words: str
    version: int

    def severity_of(self, text: str) -> str | None:
        """Return the severity that a code or label means, None where it is unknown."""
        return self.severity_by.get(_fold(text))

    def road_user_of(self, text: str) -> str | None:
        """Return the road user that a code or label means, None where it is unknown."""
        return self.road_user_by.get(_fold(text))

    def is_child(self, *, age: str = "", band: str = "") -> bool | None:
        """Say whether a casualty is a child by age, else by band (code or label); None where neither tells."""
        if age.isdecimal():
            return int(age) < self.child_under
        return None if band in self.unknown_ages else _fold(band) in self.child_bands


@cache
def road_casualty_terms() -> RoadCasualtyTerms:
    """Return the register of road casualties."""
    name = "road_casualties.yaml"
    content = parse(folder().joinpath(name).read_text(encoding="utf-8"), schema="road_casualties", name=name)
    children = content["children"]
    return RoadCasualtyTerms(
        severities={one["slug"]: one["title"] for one in content["severities"]},
        road_users={one["slug"]: one["title"] for one in content["road_users"]},
        severity_by=_by_text(content["severities"]),
        road_user_by=_by_text(content["road_users"]),
        child_under=children["under"],
        child_bands=frozenset(_fold(text) for text in (*children["bands"], *children["labels"])),
        unknown_ages=frozenset(children["unknown"]),
        limit_points=content["recording"]["limit_points"],
        recording_words=content["recording"]["words"],
        provisional_words=content["provisional_words"],
        version=content["version"],
    )


def _by_text(kinds: list[dict[str, Any]]) -> dict[str, str]:
    return {_fold(text): one["slug"] for one in kinds for text in (*one["codes"], *one["labels"])}


def _fold(text: str) -> str:
    # A code may be -1, and 0-5 is not 05.
    return text.strip() if text.strip().lstrip("-").isdecimal() else _NOT_ALPHANUMERIC.sub(" ", text.lower()).strip()
