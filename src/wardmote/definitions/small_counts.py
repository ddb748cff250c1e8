"""The small-count rule: below which count a figure is hidden, on which themes more is, and what is open already."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from wardmote.definitions.reading import folder, parse


@dataclass(frozen=True)
class Opened:
    """A kind of data whose publisher has opened the counts at the same grain; `words` is what the page says."""

    kind: str
    words: str
    source: str


@dataclass(frozen=True)
class SmallCountRule:
    """The rule, as small_counts.yaml states it."""

    threshold: int
    rounding: int
    sensitive_threshold: int
    sensitive_rounding: int
    sensitive_themes: frozenset[str]
    smallest_base: int
    hidden: str
    hidden_words: str
    protected_words: str
    open_licences: frozenset[str]
    opened: tuple[Opened, ...]
    review_on: dt.date
    version: int

    def is_sensitive(self, problem: str) -> bool:
        """Whether a problem, by its slug, is one of the sensitive themes."""
        return problem in self.sensitive_themes

    def is_open(self, licence: str) -> bool:
        """Whether rows under this licence may be given to anyone."""
        return licence in self.open_licences

    def opened_by(self, kind: str, licence: str) -> Opened | None:
        """Return why counts of a kind of data are shown in full, None where they are not."""
        if not self.is_open(licence):
            return None
        return next((one for one in self.opened if one.kind == kind), None)

    def why_in_full(self, sources: Iterable[tuple[str, str]]) -> tuple[str, ...] | None:
        """Return the sentences for sources of (kind, licence); None as soon as one of them is not open already."""
        found = [self.opened_by(kind, licence) for kind, licence in sources]
        words = tuple(dict.fromkeys(one.words for one in found if one))
        return words if found and all(found) else None


@cache
def small_counts() -> SmallCountRule:
    """Return the small-count rule."""
    name = "small_counts.yaml"
    content = parse(folder().joinpath(name).read_text(encoding="utf-8"), schema="small_counts", name=name)
    sensitive = content["sensitive"]
    return SmallCountRule(
        threshold=content["threshold"],
        rounding=content["rounding"],
        sensitive_threshold=sensitive["threshold"],
        sensitive_rounding=sensitive["rounding"],
        sensitive_themes=frozenset(sensitive["themes"]),
        smallest_base=content["smallest_base_of_a_percentage"],
        hidden=content["hidden"],
        hidden_words=content["hidden_words"],
        protected_words=content["protected_words"],
        open_licences=frozenset(content["open_licences"]),
        opened=tuple(Opened(**one) for one in content["opened"]),
        review_on=dt.date.fromisoformat(content["review_on"]),
        version=content["version"],
    )
