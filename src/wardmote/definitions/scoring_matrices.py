"""Scoring matrices: the questions that a panel answers for every problem, and how the answers become a total."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from wardmote.definitions.reading import DefinitionError, read_folder

_PLAIN_SUM: Final = {"code": "score", "label": "Score", "use": "addend", "total": "sum"}
# How many groups of factors (2: two or more) and of addends (1: one or more) each way of combining needs.
_WANTED: Final = {"weighted_sum": (0, 1), "product_of_groups": (2, 0), "product_plus_offset": (2, 1)}


@dataclass(frozen=True)
class Criterion:
    """One question of a matrix; `levels` says in words what each score from `minimum` to `maximum` means.

    `current_work` is “with” or “without”: whether to score as things are, or as if today's work were not in place.
    `filled_by` names the measure that answers it (volume_band, harm_band …), and is empty where people answer.
    """

    code: str
    label: str
    question: str
    minimum: int
    maximum: int
    weight: float
    direction: str
    current_work: str
    levels: Mapping[int, str]
    evidence_wanted: tuple[str, ...]
    group: str = ""
    filled_by: str = ""


@dataclass(frozen=True)
class Group:
    """Criteria that count together: as a factor, as an addend, or apart from the total on a second axis.

    Its own total is their weighted sum, or that as a share of the most that is possible (`mean_share`).
    """

    code: str
    label: str
    use: str
    total: str


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
    groups: tuple[Group, ...] = ()

    def of_group(self, code: str) -> tuple[Criterion, ...]:
        """The criteria of one group."""
        return tuple(criterion for criterion in self.criteria if criterion.group == code)

    @property
    def counted(self) -> tuple[Criterion, ...]:
        """The criteria that the total is made of: all but those of a second axis."""
        apart = {group.code for group in self.groups if group.use == "second_axis"}
        return tuple(criterion for criterion in self.criteria if criterion.group not in apart)


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
    groups = tuple(Group(**item) for item in content.get("groups", [_PLAIN_SUM]))
    criteria = tuple(_criterion(item, groups) for item in content["criteria"])
    codes = [item.code for item in criteria]
    if len(set(codes)) < len(codes) or not set(content["tie_order"]) <= set(codes):
        raise DefinitionError(f"{content['slug']}: codes of criteria must differ, and the tie order must use them.")
    _check_groups(content, groups, criteria)
    return Matrix(
        **{
            **content,
            "criteria": criteria,
            "groups": groups,
            "tie_order": tuple(content["tie_order"]),
            "review_on": dt.date.fromisoformat(content["review_on"]),
        }
    )


@cache
def _matrices() -> Mapping[str, Matrix]:
    return {content["slug"]: matrix_from(content) for content in read_folder("matrices", schema="matrix")}


def _check_groups(content: Mapping[str, Any], groups: tuple[Group, ...], criteria: tuple[Criterion, ...]) -> None:
    uses = Counter(group.use for group in groups)
    factors, addends = _WANTED[content["combine"]]
    if (min(uses["factor"], 2), min(uses["addend"], 1)) != (factors, addends):
        raise DefinitionError(f"{content['slug']}: its groups do not fit the way they are combined.")
    if {group.code for group in groups} != {criterion.group for criterion in criteria}:
        raise DefinitionError(f"{content['slug']}: every criterion needs a group, and every group a criterion.")


def _criterion(content: Mapping[str, Any], groups: tuple[Group, ...]) -> Criterion:
    # Where a matrix names no groups all its criteria are one.
    group = content.get("group") or (groups[0].code if len(groups) == 1 else "")
    levels = {int(score): words for score, words in content["levels"].items()}
    if sorted(levels) != list(range(content["minimum"], content["maximum"] + 1)):
        raise DefinitionError(f"{content['code']}: every score needs its description, and no other.")
    if content.get("filled_by") and (content["minimum"], content["maximum"]) != (1, 5):
        raise DefinitionError(f"{content['code']}: a measure answers on a scale from 1 to 5 alone.")
    wanted = tuple(content["evidence_wanted"])
    return Criterion(**{**content, "levels": MappingProxyType(levels), "evidence_wanted": wanted, "group": group})
