"""What a document has to contain: each part with what it asks, who demands it, and whether its wording is sure."""

import datetime as dt
from dataclasses import dataclass
from functools import cache

from wardmote.definitions.reading import read_folder


@dataclass(frozen=True)
class RequiredPart:
    """One part: `kind` is law, guidance or local; `filled_from` says what fills it, empty where a person does."""

    code: str
    title: str
    asks: str
    kind: str
    source: str
    wording_confirmed: bool
    filled_from: str
    only_two_tier: bool


@dataclass(frozen=True)
class RequiredContents:
    """The parts of one kind of document, in the order in which they are printed."""

    slug: str
    title: str
    source: str
    author: str
    checker: str
    review_on: dt.date
    version: int
    parts: tuple[RequiredPart, ...]


@cache
def required_contents(slug: str) -> RequiredContents:
    """Return what a kind of document has to contain; raises KeyError for a slug that no file defines."""
    found = {one["slug"]: one for one in read_folder("contents", schema="contents")}[slug]
    parts = tuple(RequiredPart(**part) for part in found["parts"])
    return RequiredContents(**{**found, "review_on": dt.date.fromisoformat(found["review_on"]), "parts": parts})
