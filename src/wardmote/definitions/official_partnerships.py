"""The official list of Community Safety Partnerships, with the districts that each covers and its police force area.

Source: Office for National Statistics, Local Authority District to Community Safety Partnerships to Police Force Areas
(December 2024) Lookup in England and Wales.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from wardmote.definitions.reading import folder, parse

FILE = "partnerships.yaml"


@dataclass(frozen=True)
class OfficialPartnership:
    """A partnership as the Office for National Statistics lists it; `districts` are (code, name) pairs."""

    code: str
    name: str
    force: str
    districts: tuple[tuple[str, str], ...]

    @property
    def is_part_of_a_district(self) -> bool:
        """Whether another partnership shares its district: figures by district then cover more than this one."""
        mine = {code for code, _ in self.districts}
        return any(mine & {code for code, _ in other.districts} for other in official_partnerships() if other != self)


@cache
def official_partnerships() -> tuple[OfficialPartnership, ...]:
    """Return every partnership of England and Wales, by name."""
    return tuple(
        OfficialPartnership(one["code"], one["name"], one["force"], tuple(one["districts"].items()))
        for one in _content()["partnerships"]
    )


def official_edition() -> str:
    """Return the date that the list stands for, in words."""
    return str(_content()["edition"])


def official_partnership(code: str) -> OfficialPartnership | None:
    """Return the partnership with this code, None where the list has none."""
    return next((one for one in official_partnerships() if one.code == code), None)


def partnerships_called(text: str) -> tuple[OfficialPartnership, ...]:
    """Return the partnerships whose name, code, district or force contains every word, best match first."""
    words = text.casefold().split()
    found = [one for one in official_partnerships() if words and all(word in _searched(one) for word in words)]
    return tuple(sorted(found, key=lambda one: (not one.name.casefold().startswith(words[0]), one.name)))


def _searched(one: OfficialPartnership) -> str:
    names = (one.name, one.code, one.force, *(name for _, name in one.districts), *(code for code, _ in one.districts))
    return " ".join(names).casefold()


@cache
def _content() -> Mapping[str, Any]:
    text = folder().joinpath(FILE).read_text(encoding="utf-8")
    return parse(text, schema="partnerships", name=FILE)
