"""What a crime of each kind costs, by offence subgroup of the Home Office, as far as a public source prints it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from wardmote.definitions.reading import folder, parse

_NOT_ALPHANUMERIC: Final = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class CrimeCosts:
    """Pounds for one crime by folded subgroup, the year of the prices, where they come from, and what is not known."""

    pounds: Mapping[str, int]
    price_year: str
    source: str
    checker: str
    not_known: tuple[str, ...]
    version: int

    def cost_of(self, subgroup: str) -> int | None:
        """Return the pounds of one crime of a subgroup, None where no cost is published here."""
        return self.pounds.get(_fold(subgroup))


@cache
def crime_costs() -> CrimeCosts:
    """Return the register of costs."""
    name = "crime_costs.yaml"
    content = parse(folder().joinpath(name).read_text(encoding="utf-8"), schema="crime_costs", name=name)
    return CrimeCosts(
        pounds={_fold(name): one["pounds"] for one in content["costs"] for name in one["subgroups"]},
        price_year=content["price_year"],
        source=content["source"],
        checker=content["checker"],
        not_known=tuple(content["not_known"]),
        version=content["version"],
    )


def _fold(name: str) -> str:
    return _NOT_ALPHANUMERIC.sub("", name.lower())
