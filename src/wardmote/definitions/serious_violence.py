"""What a partnership counts as serious violence: its definition in words, and each listed offence with its test."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from wardmote.definitions.reading import DefinitionError, folder, parse


class ScopeTest(StrEnum):
    """What decides whether an offence of a kind is in scope."""

    ANY_AGE = "any-age"
    AGE_OR_SETTING = "age-or-setting"
    DURING = "during"
    COUNTY_LINES = "county-lines"


@dataclass(frozen=True)
class ViolentKind:
    """A kind of offence of the definition, with its Home Office codes and its test."""

    slug: str
    title: str
    test: ScopeTest
    codes: tuple[str, ...]


@dataclass(frozen=True)
class SeriousViolence:
    """The definition: `under` is the age below which anybody is in scope, `core_settings` those in scope at any age."""

    words: str
    extended_words: str
    read_as: str
    source: str
    checker: str
    version: int
    under: int
    settings: Mapping[str, str]
    core_settings: frozenset[str]
    kinds: tuple[ViolentKind, ...]

    def kind_of(self, code: str) -> ViolentKind | None:
        """Return the kind of a Home Office code, or of codes that a table joins (`1/4.1/4.2`); None if unlisted."""
        parts = {part.strip().upper() for part in code.split("/")}
        return next((kind for kind in self.kinds if parts <= set(kind.codes)), None)


@cache
def serious_violence() -> SeriousViolence:
    """Return the definition; raises DefinitionError where a code stands in two kinds."""
    name = "serious_violence.yaml"
    content = parse(folder().joinpath(name).read_text(encoding="utf-8"), schema="serious_violence", name=name)
    kinds = tuple(
        ViolentKind(one["slug"], one["title"], ScopeTest(one["test"]), tuple(one["codes"])) for one in content["kinds"]
    )
    codes = [code for kind in kinds for code in kind.codes]
    if len(codes) != len(set(codes)):
        raise DefinitionError(f"{name}: a code stands in two kinds, so that two tests would decide about it.")
    told = {
        key: content[key] for key in ("words", "extended_words", "read_as", "source", "checker", "version", "under")
    }
    return SeriousViolence(
        **told,
        settings={one["slug"]: one["title"] for one in content["settings"]},
        core_settings=frozenset(one["slug"] for one in content["settings"] if one["is_core"]),
        kinds=kinds,
    )
