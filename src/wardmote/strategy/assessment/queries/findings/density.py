"""How densely incidents of the last year lie: a smooth map of each problem, in multiples of the average."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from wardmote.analytics.measures.density import Lattice, bandwidth_for, densities
from wardmote.foundations.rounding import half_up

from .hexes import Pointed
from .rate_hotspots import FEWEST_INCIDENTS

Content = Mapping[str, Any]
# Lower ends of the classes, as multiples of the average of the whole ground.
MULTIPLES: Final = (2, 5, 10, 20)
_SQUARE_KM: Final = 1_000_000


def add_density(problems: Sequence[dict[str, Any]], given: tuple[Sequence[str], Pointed] | None) -> dict[str, Any]:
    """Put the density beside each problem with incidents enough; return what they all share.

    `given` are the names of the areas of the ground, in order, and the points; None where neither is looked for.
    """
    if given is None:
        return {}
    names, pointed = given
    chosen = [one for one in problems if _placed(one, pointed) >= FEWEST_INCIDENTS]
    if not chosen:
        return {}
    lattice = Lattice(bandwidth_for(pointed.ground.box, pointed.spacing))
    for problem, found in zip(chosen, _found(chosen, pointed, names, lattice), strict=True):
        problem["density"] = found
    square_km = _text(pointed.ground.square_metres / _SQUARE_KM)
    return {"bandwidth_metres": lattice.bandwidth, "multiples": list(MULTIPLES), "square_km": square_km}


def _found(
    chosen: Sequence[Content], pointed: Pointed, names: Sequence[str], lattice: Lattice
) -> Iterator[dict[str, Any]]:
    """Give what is kept of each problem; all share the squares, and which squares each point reaches."""
    import numpy as np

    places = np.array(list(pointed.places.values()))
    weights = np.array([[pointed.counts[one["slug"]].at.get(point, 0) for one in chosen] for point in pointed.places])
    squares = lattice.near(places)
    # Rounded, so that the last digits of a sum of floats decide nothing.
    found = np.round(densities(lattice.middles(squares), places, weights, lattice.bandwidth), 6)
    means = weights.sum(axis=0) * _SQUARE_KM / pointed.ground.square_metres
    classes = (found[:, :, None] >= means[None, :, None] * np.array(MULTIPLES)).sum(axis=2)
    dense = np.flatnonzero(classes.any(axis=1))
    inside = pointed.ground.areas_at(map(tuple, lattice.middles(squares[dense]).tolist()))
    kept = [at for at, area in zip(dense.tolist(), inside, strict=True) if area is not None]
    places_of, called = squares[kept].tolist(), [names[area] for area in inside if area is not None]
    for column in range(len(chosen)):
        own = classes[kept, column].tolist()
        squared = ((*pair, place) for pair, place in zip(places_of, own, strict=True) if place)
        named = zip(called, found[kept, column].tolist(), own, strict=True)
        yield {
            "counted": int(weights[:, column].sum()),
            "mean": _text(means[column]),
            "runs": list(_runs(squared)),
            "highest": _highest((name, value) for name, value, place in named if place),
        }


def _placed(problem: Content, pointed: Pointed) -> int:
    counts = pointed.counts.get(problem["slug"])
    return sum(counts.at.values()) if counts else 0


def _text(value: float) -> str:
    return str(half_up(Fraction(value), 3))


def _runs(squares: Iterator[tuple[int, int, int]]) -> Iterator[list[int]]:
    """Return runs of squares of one class along a row: row, first column, last column, class."""
    run: list[int] = []
    for column, row, place in sorted(squares, key=lambda one: (one[1], one[0])):
        if run and run[0] == row and run[2] == column - 1 and run[3] == place:
            run[2] = column
            continue
        if run:
            yield run
        run = [row, column, column, place]
    if run:
        yield run


def _highest(found: Iterator[tuple[str, float]]) -> dict[str, str]:
    """Return the highest density of each area that has ground above the lowest class, by name."""
    highest: dict[str, float] = {}
    for name, value in found:
        highest[name] = max(value, highest.get(name, 0.0))
    return {name: _text(value) for name, value in sorted(highest.items())}
