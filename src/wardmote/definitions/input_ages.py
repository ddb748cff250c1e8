"""From which age a needs assessment is marked as old, where an assessment rests on it."""

from dataclasses import dataclass
from functools import cache

from wardmote.definitions.reading import folder, parse


@dataclass(frozen=True)
class InputAges:
    """The rule, as input_ages.yaml states it; `words` is what the page says."""

    needs_assessment_years: int
    words: str


@cache
def input_ages() -> InputAges:
    """Return the rule."""
    name = "input_ages.yaml"
    content = parse(folder().joinpath(name).read_text(encoding="utf-8"), schema="input_ages", name=name)
    return InputAges(content["needs_assessment_years"], content["words"])
