"""A family: the areas most like one's own by stated variables, with how far each is away.

Source: nearest neighbours by standardised variables, the usual way of finding comparator authorities (CIPFA, Nearest
Neighbours model; Home Office, Most Similar Groups); Everitt and others (2011), Cluster Analysis, 5th edition, chapter
3, for standardising and for distance. The formula, an example and the limits are in docs/methods/family.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import sqrt
from typing import Final

# With one variable a family would be a ranking by it.
FEWEST_VARIABLES: Final = 2
SIZE: Final = 8

Values = Mapping[str, Fraction | None]


class Alike(StrEnum):
    """How near a neighbour is, beside two candidates taken at random."""

    CLOSE = "close"
    NEARER = "nearer than most"
    FAR = "no nearer than two taken at random"


@dataclass(frozen=True)
class Neighbour:
    """A candidate by code: its squared distance, exact, how near that is, and the variable in which it differs most."""

    code: str
    squared: Fraction
    alike: Alike
    differs_most: str

    @property
    def distance(self) -> float:
        """Return the distance in standard deviations."""
        return sqrt(self.squared)


@dataclass(frozen=True)
class Family:
    """The nearest candidates in order, and by which variables.

    `missing` has each variable that some candidate lacks, with the codes that lack it; `equal` those that are the same
    for all and so tell nobody apart. There are no neighbours by fewer than two variables.
    """

    neighbours: tuple[Neighbour, ...]
    used: tuple[str, ...]
    missing: Mapping[str, tuple[str, ...]]
    equal: tuple[str, ...]


def family(own: str, variables: Mapping[str, Values], *, size: int = SIZE) -> Family:
    """Return the `size` candidates nearest to `own`, or as many as there are; equal distances stand in order of code.

    `variables` gives by name the value of every candidate by code, `own` among them, None where it is not known; only
    variables that all have are used. z = (value - mean) / deviation over the candidates; squared distance = sum of
    squared differences of z. Raises ValueError where `own` is no candidate or `size` is below 1.
    """
    codes = sorted({code for values in variables.values() for code in values})
    if own not in codes or size < 1:
        raise ValueError("A family needs an own area among the candidates, and at least one neighbour.")
    missing = {name: _lacking(values, codes) for name, values in variables.items()}
    known = {name: _known(values) for name, values in variables.items() if not missing[name]}
    variances = {name: _variance(values) for name, values in known.items()}
    used = tuple(name for name, variance in variances.items() if variance)
    lacking = {name: lacks for name, lacks in missing.items() if lacks}
    equal = tuple(name for name, variance in variances.items() if not variance)
    if len(used) < FEWEST_VARIABLES:
        return Family((), used, lacking, equal)
    apart = {
        code: {name: (known[name][code] - known[name][own]) ** 2 / variances[name] for name in used}
        for code in codes
        if code != own
    }
    found = sorted((_neighbour(code, squares, len(codes)) for code, squares in apart.items()), key=_nearest_first)
    return Family(tuple(found[:size]), used, lacking, equal)


def _lacking(values: Values, codes: list[str]) -> tuple[str, ...]:
    return tuple(code for code in codes if values.get(code) is None)


def _known(values: Values) -> dict[str, Fraction]:
    return {code: value for code, value in values.items() if value is not None}


def _variance(values: Mapping[str, Fraction]) -> Fraction:
    number = len(values)
    mean = sum(values.values(), Fraction(0)) / number
    return sum(((value - mean) ** 2 for value in values.values()), Fraction(0)) / number


def _neighbour(code: str, squares: Mapping[str, Fraction], candidates: int) -> Neighbour:
    squared = sum(squares.values(), Fraction(0))
    # The mean squared difference of z between two different ones of n is 2n / (n - 1), for every variable.
    usual = Fraction(2 * candidates * len(squares), candidates - 1)
    return Neighbour(code, squared, _alike(squared / usual), max(squares, key=lambda name: squares[name]))


def _alike(part: Fraction) -> Alike:
    """Name a distance: close up to half of the usual one, so up to a quarter of its square."""
    if part <= Fraction(1, 4):
        return Alike.CLOSE
    return Alike.NEARER if part < 1 else Alike.FAR


def _nearest_first(one: Neighbour) -> tuple[Fraction, str]:
    return one.squared, one.code
