"""Whether an offence is serious violence by the local definition, tested for the victim's age and the setting.

Source: definitions/serious_violence.yaml (Safer Kingston Partnership Plan 2024-29, after the London Violence
Reduction Unit).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from wardmote.definitions import ScopeTest, SeriousViolence, ViolentKind, serious_violence

COUNTY_LINES: Final = "county-lines"


class Scope(StrEnum):
    """Where an offence stands."""

    CORE = "in scope"
    EXTENDED = "extended scope"
    OUT = "not in scope"
    UNKNOWN = "cannot be told"


@dataclass(frozen=True)
class ScopeDecision:
    """Where an offence stands, and why."""

    scope: Scope
    reason: str


def in_scope(offence: str, age: int | None, setting: str | None, *, during: str = "") -> ScopeDecision:
    """Decide whether an offence counts, with the reason.

    `offence` is a Home Office code, or codes that a table joins; `age` that of the victim in years and `setting` a slug
    of the definition, each None where nobody knows. `during` is the code of the offence that the damage was done
    during.
    """
    definition = serious_violence()
    kind = definition.kind_of(offence)
    if kind is None:
        return ScopeDecision(Scope.OUT, f"{offence} is not an offence of the definition.")
    match kind.test:
        case ScopeTest.ANY_AGE:
            return ScopeDecision(Scope.CORE, "Sexual violence is in scope whatever the age and the setting.")
        case ScopeTest.DURING:
            return _during(during, age, setting)
        case ScopeTest.COUNTY_LINES:
            return _county_lines(setting)
    return _by_age_or_setting(definition, kind, age, setting)


def _by_age_or_setting(
    definition: SeriousViolence, kind: ViolentKind, age: int | None, setting: str | None
) -> ScopeDecision:
    if setting in definition.core_settings:
        return ScopeDecision(Scope.CORE, f"{kind.title} as {definition.settings[setting]} is in scope at any age.")
    if age is None:
        either = f"Under {definition.under} it is in scope, else in extended scope: the age is not known."
        return ScopeDecision(Scope.UNKNOWN, either)
    if age < definition.under:
        return ScopeDecision(Scope.CORE, f"The victim is under {definition.under}.")
    if setting is None:
        reason = f"The victim is {definition.under} or over: in scope if domestic abuse; the setting is not known."
        return ScopeDecision(Scope.UNKNOWN, reason)
    where = definition.settings.get(setting, setting)
    return ScopeDecision(Scope.EXTENDED, f"The victim is {definition.under} or over ({where}).")


def _during(during: str, age: int | None, setting: str | None) -> ScopeDecision:
    if not during:
        reason = (
            "Damage counts only if it was done during an offence that is in scope, which its own code does not tell."
        )
        return ScopeDecision(Scope.UNKNOWN, reason)
    kind = serious_violence().kind_of(during)
    if kind is None or kind.test is ScopeTest.DURING:
        return ScopeDecision(Scope.OUT, f"It was done during {during}, which is not an offence of the definition.")
    found = in_scope(during, age, setting)
    return ScopeDecision(found.scope, f"Done during {during}. {found.reason}")


def _county_lines(setting: str | None) -> ScopeDecision:
    if setting is None:
        return ScopeDecision(Scope.UNKNOWN, "Only county lines count, and the setting is not known.")
    if setting == COUNTY_LINES:
        return ScopeDecision(Scope.EXTENDED, "Serious violence or its threat is inherent in county lines.")
    return ScopeDecision(Scope.OUT, "Drug trafficking counts in county lines alone.")
