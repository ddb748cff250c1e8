"""Which category of data.police.uk an offence of the Home Office belongs to, and which category has no weight."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from wardmote.definitions.reading import folder, parse

_NOT_ALPHANUMERIC: Final = re.compile(r"[^a-z0-9]+")


def category_of(group: str, subgroup: str) -> str | None:
    """Return the category of an offence by its group and subgroup; None where no place has it, or it is unknown."""
    if is_nowhere(group):
        return None
    return _categories().get(_fold(subgroup))


def is_nowhere(group: str) -> bool:
    """Say whether offences of a group are recorded nationally, so that no place has them."""
    return _fold(group) in {_fold(name) for name in _register()["nowhere"]["groups"]}


def categories_without_weight() -> Mapping[str, str]:
    """Return the categories that no index of offences can weigh, each with the reason."""
    return {one["category"]: one["words"] for one in _register()["no_weight"]}


@cache
def _categories() -> Mapping[str, str]:
    return {_fold(name): one["category"] for one in _register()["subgroups"] for name in one["names"]}


def _fold(name: str) -> str:
    return _NOT_ALPHANUMERIC.sub("", name.lower())


@cache
def _register() -> Mapping[str, Any]:
    name = "offence_categories.yaml"
    return parse(folder().joinpath(name).read_text(encoding="utf-8"), schema="offence_categories", name=name)
