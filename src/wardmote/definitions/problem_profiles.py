"""What a problem profile has to say: how long its key finding may be, and which changes need a reason."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from wardmote.definitions.reading import folder, parse


@dataclass(frozen=True)
class ProfileRule:
    """The rule, as problem_profile.yaml states it."""

    most_sentences: int
    reason_percent: int
    reason_verdicts: frozenset[str]
    review_on: dt.date
    version: int

    def needs_reason(self, change: Mapping[str, Any]) -> bool:
        """Whether a change, as the analysis holds it, is so large or so clear that its reason has to be given."""
        percent = change.get("percent")
        is_large = percent is not None and abs(Decimal(str(percent))) >= self.reason_percent
        return is_large or change.get("verdict") in self.reason_verdicts


@cache
def profile_rule() -> ProfileRule:
    """Return what a problem profile has to say."""
    name = "problem_profile.yaml"
    content = parse(folder().joinpath(name).read_text(encoding="utf-8"), schema="problem_profile", name=name)
    return ProfileRule(
        most_sentences=content["most_sentences_of_the_finding"],
        reason_percent=content["reason_required"]["percent"],
        reason_verdicts=frozenset(content["reason_required"]["verdicts"]),
        review_on=dt.date.fromisoformat(content["review_on"]),
        version=content["version"],
    )
