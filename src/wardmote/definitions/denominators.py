"""What can be divided by beside residents, and which problem is divided by what where the numbers are held."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from wardmote.definitions.reading import DefinitionError, folder, parse


@dataclass(frozen=True)
class Denominator:
    """Something that rates are worked out by: its slug, the words that stand behind a number, and what is counted."""

    slug: str
    words: str
    means: str


@dataclass(frozen=True)
class Denominators:
    """Every denominator by slug, and by problem the one it is divided by; a problem not named has residents alone."""

    known: Mapping[str, Denominator]
    problems: Mapping[str, str]

    def of(self, problem: str) -> Denominator | None:
        """Return what a problem is divided by beside residents."""
        return self.known.get(self.problems.get(problem, ""))


@cache
def denominators() -> Denominators:
    """Return the register; raises DefinitionError where a problem is divided by what is not defined."""
    name = "denominators.yaml"
    content = parse(folder().joinpath(name).read_text(encoding="utf-8"), schema="denominators", name=name)
    known = {one["slug"]: Denominator(**one) for one in content["denominators"]}
    for problem, slug in content["problems"].items():
        if slug not in known:
            raise DefinitionError(f"{name}: {problem} is divided by “{slug}”, which is not defined.")
    return Denominators(known, content["problems"])
