"""A ranking beside the one before it: who moved, how clearly, by which criteria, and whether its firm places held."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

MOST_NAMED: Final = 3
Points = Mapping[str, Fraction | None]


@dataclass(frozen=True)
class Ranked:
    """A problem in one ranking: its rank, None where it has none, and its points by criterion.

    `best` and `worst` are the places it takes in nine of ten draws, `firmness` what the stress test made of it.
    """

    slug: str
    title: str
    rank: int | None
    points: Points
    firmness: str = ""
    best: int = 0
    worst: int = 0


@dataclass(frozen=True)
class Move:
    """A problem in two rankings; `then` or `now` is None where it was not assessed."""

    title: str
    then: Ranked | None
    now: Ranked | None

    @property
    def places(self) -> int | None:
        """How many places it went up; None where one of the ranks is not known."""
        if not (self.then and self.now and self.then.rank and self.now.rank):
            return None
        return self.then.rank - self.now.rank

    @property
    def is_clear(self) -> bool:
        """Whether its place now lies beyond those that the earlier ranking left open."""
        if not self.places or self.then is None or self.now is None or self.now.rank is None or not self.then.best:
            return False
        return not self.then.best <= self.now.rank <= self.then.worst

    @property
    def words(self) -> str:
        """What became of it, in a few words."""
        if self.then is None:
            return "not assessed then"
        if self.now is None:
            return "no longer assessed"
        if self.places is None:
            return "cannot be compared: not ranked in both"
        if not self.places:
            return "same place"
        way = "up" if self.places > 0 else "down"
        clear = "a clear move" if self.is_clear else "within what the earlier ranking left open"
        return f"{way} {abs(self.places)}, {clear}"

    @property
    def moved_by(self) -> tuple[tuple[str, Fraction, Fraction], ...]:
        """The criteria whose points differ most, with the points then and now; at most three."""
        if self.then is None or self.now is None:
            return ()
        then, now = self.then.points, self.now.points
        both = [
            (name, was, has) for name, has in now.items() if (was := then.get(name)) is not None and has is not None
        ]
        moved = [one for one in both if one[1] != one[2]]
        return tuple(sorted(moved, key=lambda one: -abs(one[2] - one[1]))[:MOST_NAMED])


@dataclass(frozen=True)
class Held:
    """How many problems of a firmness are among the first now, of those that are ranked in both."""

    firmness: str
    among_first: tuple[str, ...]
    not_among_first: tuple[str, ...]


def moves_between(before: Sequence[Ranked], now: Sequence[Ranked]) -> tuple[Move, ...]:
    """Return every problem of two rankings, in the order of the new one; those no longer assessed come last."""
    then = {one.slug: one for one in before}
    kept = {one.slug for one in now}
    gone = sorted((one for one in before if one.slug not in kept), key=lambda one: one.title)
    return (
        *(Move(one.title, then.get(one.slug), one) for one in now),
        *(Move(one.title, one, None) for one in gone),
    )


def held_places(moves: Sequence[Move], *, firmness: str, top: int) -> Held:
    """Return which problems that were so firm before are among the first `top` now, by title."""
    judged = [move for move in moves if move.places is not None and move.then and move.then.firmness == firmness]
    inside = [move.title for move in judged if move.now and move.now.rank and move.now.rank <= top]
    outside = [move.title for move in judged if move.title not in inside]
    return Held(firmness, tuple(sorted(inside)), tuple(sorted(outside)))
