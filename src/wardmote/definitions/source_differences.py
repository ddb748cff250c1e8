"""Why two sources of one thing differ: the usual reasons, which a person chooses from when both are shown."""

from dataclasses import dataclass
from functools import cache

from wardmote.definitions.reading import folder, parse


@dataclass(frozen=True)
class Difference:
    """A usual reason why two sources differ; `words` is the sentence that readers see."""

    code: str
    title: str
    words: str


@cache
def source_differences() -> tuple[Difference, ...]:
    """Return the usual reasons, in the order in which they are asked."""
    name = "source_differences.yaml"
    content = parse(folder().joinpath(name).read_text(encoding="utf-8"), schema="source_differences", name=name)
    return tuple(Difference(**reason) for reason in content["reasons"])
