"""How scores become a total: a weighted sum, a product of groups, or a product of groups plus an offset.

Works on exact fractions and on arrays of draws alike, so that a ranking and its stress test cannot combine differently.
"""

from collections.abc import Mapping
from fractions import Fraction
from math import prod
from typing import Any

from wardmote.definitions import Criterion, Group, Matrix


def combined(matrix: Matrix, weights: Mapping[str, Any], values: Mapping[str, Any]) -> Any:
    """Return the total: the product of the groups that are factors, plus the groups that are addends.

    `weights` and `values` are by criterion; values are turned so that higher raises priority, and none is missing.
    """
    factors = [_group_total(matrix, group, weights, values) for group in matrix.groups if group.use == "factor"]
    addends = [_group_total(matrix, group, weights, values) for group in matrix.groups if group.use == "addend"]
    return sum(addends, start=prod(factors) if factors else 0)


def share_in_group(matrix: Matrix, criterion: Criterion, weights: Mapping[str, Any], value: Any) -> Any:
    """Return what one criterion adds to the total of its group."""
    part = weights[criterion.code] * value
    group = next(group for group in matrix.groups if group.code == criterion.group)
    return part / _most(matrix, group, weights) if group.total == "mean_share" else part


def extremes(matrix: Matrix, weights: Mapping[str, Fraction]) -> tuple[Fraction, Fraction]:
    """Return the least and the greatest total that a matrix can give."""
    least = {one.code: Fraction(one.minimum) for one in matrix.criteria}
    most = {one.code: Fraction(one.maximum) for one in matrix.criteria}
    return combined(matrix, weights, least), combined(matrix, weights, most)


def _group_total(matrix: Matrix, group: Group, weights: Mapping[str, Any], values: Mapping[str, Any]) -> Any:
    return sum(share_in_group(matrix, one, weights, values[one.code]) for one in matrix.of_group(group.code))


def _most(matrix: Matrix, group: Group, weights: Mapping[str, Any]) -> Any:
    return sum(weights[one.code] * one.maximum for one in matrix.of_group(group.code))
