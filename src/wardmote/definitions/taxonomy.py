"""Problems: what a partnership assesses, each with a stable name, dates and the categories that measure it.

Sources: data.police.uk crime categories; Home Office offence groups; the glossaries of the plans named in each file.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from wardmote.definitions.reading import DefinitionError, folder, parse, read_folder


@dataclass(frozen=True)
class Problem:
    """A problem, for example burglary.

    `police_uk` holds every published category that counts towards it: its own and those of the problems it comprises.
    It is empty where data.police.uk cannot measure the problem; `not_measured` then says why and where to look.
    """

    slug: str
    title: str
    description: str
    why_it_matters: str
    parent: str | None
    comprises: tuple[str, ...]
    police_uk: tuple[str, ...]
    home_office: tuple[str, ...]
    asb: tuple[str, ...]
    valid_from: dt.date
    valid_to: dt.date | None
    sensitive: bool
    not_measured: str
    source: str
    author: str
    checker: str
    review_on: dt.date
    version: int
    police_generated: bool = False
    """Whether the count follows what the police look for, as with drugs and weapons: a rise reads “more found”."""
    police_generated_source: str = ""

    def valid_on(self, day: dt.date) -> bool:
        """Whether the definition was in use on a day; both ends count."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class PublishedCategory:
    """A category as data.police.uk prints it, with the first and last month (`2013-04`) it was used in."""

    name: str
    first_month: str
    last_month: str | None


class Effect(StrEnum):
    """What a change in recording does to a comparison across it."""

    DERIVED = "derived"  # worked out from the categories that it renamed or divided
    CARE = "care"
    BREAK = "break"


@dataclass(frozen=True)
class RecordingChange:
    """A month from which some categories were renamed or divided (`before` became `after`), or recorded otherwise."""

    month: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    words: str
    effect: Effect = Effect.DERIVED

    def touches(self, categories: Iterable[str]) -> bool:
        """Whether a sum of these categories contains any part of the change."""
        return bool({*self.before, *self.after} & set(categories))

    def harmless_for(self, categories: Iterable[str]) -> bool:
        """Whether a sum of these categories can be compared across it: of a division it contains all parts or none."""
        if self.effect is not Effect.DERIVED:
            return self.effect is Effect.CARE or not self.touches(categories)
        return {*self.before, *self.after} <= set(categories) or not self.touches(categories)


def problems(at: dt.date) -> tuple[Problem, ...]:
    """Return the problems whose definition was in use on a day, in the order of their slugs."""
    return tuple(found for found in all_problems().values() if found.valid_on(at))


def narrowest(chosen: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems that published categories measure and that comprise no other such problem: no overlaps."""
    kept = tuple(chosen)
    measured = {one.slug for one in kept if one.police_uk}
    return tuple(one for one in kept if one.police_uk and not measured & set(one.comprises))


def problem(slug: str) -> Problem:
    """Return one problem by its slug, whatever its dates; raises DefinitionError when there is none."""
    try:
        return all_problems()[slug]
    except KeyError as error:
        raise DefinitionError(f"There is no problem “{slug}”.") from error


@cache
def all_problems() -> Mapping[str, Problem]:
    """Return every problem that was ever defined, by slug."""
    raw = {content["slug"]: content for content in read_folder("problems", schema="problem")}
    return {slug: _problem(content, raw) for slug, content in raw.items()}


def roll_up(counts: Mapping[str, int], slug: str) -> int | None:
    """Add up a problem from counts of the problems it comprises.

    `counts` holds counts of cases by slug. Returns the problem's own count where it is given, the sum over what it
    comprises otherwise, and None where any part is missing: a missing part is never counted as zero.
    """
    if slug in counts:
        return counts[slug]
    parts = [roll_up(counts, part) for part in problem(slug).comprises]
    return None if not parts or None in parts else sum(part for part in parts if part is not None)


@cache
def published_categories() -> tuple[PublishedCategory, ...]:
    """Return the categories of data.police.uk with the months they were used in."""
    return tuple(PublishedCategory(**item) for item in _register()["categories"])


@cache
def recording_changes() -> tuple[RecordingChange, ...]:
    """Return the months in which data.police.uk renamed or divided categories, oldest first."""
    return tuple(
        RecordingChange(item["month"], tuple(item["before"]), tuple(item["after"]), item["words"])
        for item in _register()["changes"]
    )


@cache
def _register() -> Mapping[str, Any]:
    name = "police_uk_categories.yaml"
    return parse(folder().joinpath(name).read_text(encoding="utf-8"), schema="categories", name=name)


def _problem(content: Mapping[str, Any], raw: Mapping[str, Mapping[str, Any]]) -> Problem:
    lists = {key: tuple(content[key]) for key in ("comprises", "home_office", "asb")}
    dates = {key: dt.date.fromisoformat(content[key]) for key in ("valid_from", "review_on")}
    ends = content["valid_to"] and dt.date.fromisoformat(content["valid_to"])
    categories = tuple(sorted(_categories(content["slug"], raw, ())))
    return Problem(**{**content, **lists, **dates, "valid_to": ends, "police_uk": categories})


def _categories(slug: str, raw: Mapping[str, Mapping[str, Any]], path: tuple[str, ...]) -> set[str]:
    if slug in path or slug not in raw:
        raise DefinitionError(f"{' > '.join((*path, slug))}: a problem comprises itself or one that is not defined.")
    parts = (_categories(part, raw, (*path, slug)) for part in raw[slug]["comprises"])
    return set(raw[slug]["police_uk"]).union(*parts)
