"""Scoring matrices: the questions that a panel answers for every problem, and how the answers become a total."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from wardmote.definitions.reading import DefinitionError, read_folder


@dataclass(frozen=True)
class Criterion:
    """One question of a matrix; `levels` says in words what each score from `minimum` to `maximum` means."""

    code: str
    label: str
    question: str
    minimum: int
    maximum: int
    weight: float
    direction: str
    levels: Mapping[int, str]
    evidence_wanted: tuple[str, ...]


@dataclass(frozen=True)
class Matrix:
    """A scoring matrix: its criteria, how they combine, and the order of criteria that decides a tie."""

    slug: str
    title: str
    description: str
    why_it_matters: str
    source: str
    scale: str
    levels_source: str
    combine: str
    tie_order: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    author: str
    checker: str
    review_on: dt.date
    version: int


def matrices() -> tuple[Matrix, ...]:
    """Return every scoring matrix that is shipped, in the order of their slugs."""
    return tuple(_matrices().values())


def matrix(slug: str) -> Matrix:
    """Return one matrix by its slug; raises DefinitionError when there is none."""
    try:
        return _matrices()[slug]
    except KeyError as error:
        raise DefinitionError(f"There is no scoring matrix “{slug}”.") from error


def matrix_from(content: Mapping[str, Any]) -> Matrix:
    """Build a matrix from checked content; raises DefinitionError when levels or tie order do not fit the criteria."""
    criteria = tuple(_criterion(item) for item in content["criteria"])
    codes = [item.code for item in criteria]
    if len(set(codes)) < len(codes) or not set(content["tie_order"]) <= set(codes):
        raise DefinitionError(f"{content['slug']}: codes of criteria must differ, and the tie order must use them.")
    return Matrix(
        **{
            **content,
            "criteria": criteria,
            "tie_order": tuple(content["tie_order"]),
            "review_on": dt.date.fromisoformat(content["review_on"]),
        }
    )


@cache
def _matrices() -> Mapping[str, Matrix]:
    return {content["slug"]: matrix_from(content) for content in read_folder("matrices", schema="matrix")}


def _criterion(content: Mapping[str, Any]) -> Criterion:
    levels = {int(score): words for score, words in content["levels"].items()}
    if sorted(levels) != list(range(content["minimum"], content["maximum"] + 1)):
        raise DefinitionError(f"{content['code']}: every score needs its description, and no other.")
    wanted = tuple(content["evidence_wanted"])
    return Criterion(**{**content, "levels": MappingProxyType(levels), "evidence_wanted": wanted})
