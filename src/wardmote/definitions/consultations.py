"""When a consultation is too old, and when a group of respondents is clearly under-represented."""

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from wardmote.definitions.reading import folder, parse


@dataclass(frozen=True)
class ConsultationRule:
    """The rule, as consultations.yaml states it; `ratio` is of the population's share."""

    stale_after_years: int
    ratio: Fraction
    words: str
    smallest_base: int
    source: str
    checker: str
    review_on: dt.date


@cache
def consultation_rule() -> ConsultationRule:
    """Return the rule that consultations are held against."""
    name = "consultations.yaml"
    content = parse(folder().joinpath(name).read_text(encoding="utf-8"), schema="consultations", name=name)
    under = content["under_represented"]
    return ConsultationRule(
        stale_after_years=content["stale_after_years"],
        ratio=Fraction(under["ratio"]),
        words=under["words"],
        smallest_base=under["smallest_base"],
        source=content["source"],
        checker=content["checker"],
        review_on=dt.date.fromisoformat(content["review_on"]),
    )
