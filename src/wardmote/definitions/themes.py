"""Themed profiles: which problems and data answer a theme, and what is missing without each, with who could give it."""

from dataclasses import dataclass
from functools import cache

from wardmote.definitions.reading import read_folder
from wardmote.definitions.taxonomy import problem

NOTHING, ROADS, PROBLEM = "nothing", "roads", "problem:"


@dataclass(frozen=True)
class Need:
    """Data that a theme needs: what they tell, who could give them, and what meets the need.

    `met_by` is `problem:SLUG` where figures of that problem do, `roads` where road casualties do, and `nothing` where
    no figure that can be read here does.
    """

    what: str
    tells: str
    giver: str
    met_by: str


@dataclass(frozen=True)
class Theme:
    """A theme: `problems` are about it, `wider` are published ones of which it is a part that nobody can tell apart."""

    slug: str
    title: str
    why_it_matters: str
    statute: str
    problems: tuple[str, ...]
    wider: tuple[str, ...]
    reads_roads: bool
    is_needs_assessment: bool
    needs: tuple[Need, ...]
    source: str
    author: str
    checker: str
    review_on: str
    version: int


@cache
def themes() -> tuple[Theme, ...]:
    """Return the themes in the order of their titles; raises DefinitionError where one names a problem that is none."""
    found = [
        Theme(
            **{
                **content,
                "problems": tuple(problem(slug).slug for slug in content["problems"]),
                "wider": tuple(problem(slug).slug for slug in content["wider"]),
                "needs": tuple(Need(**need) for need in content["needs"]),
            }
        )
        for content in read_folder("themes", schema="theme")
    ]
    return tuple(sorted(found, key=lambda one: one.title))
