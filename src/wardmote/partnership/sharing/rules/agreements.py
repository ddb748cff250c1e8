"""When an information sharing agreement is in force between two agencies, and which classes of field it covers.

Sources: Crime and Disorder Act 1998, s.115 (a power to disclose) and s.17A (a duty to share depersonalised
information); Police, Crime, Sentencing and Courts Act 2022, s.16 (never patient information, nor personal information
of a health or social care authority).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class Purpose(StrEnum):
    """Why somebody opens a record; it comes from what the record stands in, and nobody invents one."""

    ASB_CASE = "asb-case"
    MARAC = "marac"
    RISK_PANEL = "risk-panel"
    CASE_REVIEW = "case-review"
    DEATH_REVIEW = "death-review"
    QUARTERLY_RETURN = "quarterly-return"
    SUBJECT_ACCESS = "subject-access"
    AUDIT = "audit"
    RETENTION = "retention"


class FieldClass(StrEnum):
    """What kind of fact a field holds; agreements cover classes, not fields."""

    IDENTITY = "identity"
    CONTACT = "contact and location"
    NARRATIVE = "narrative"
    RISK = "risk"
    HEALTH = "health"
    CRIMINAL = "criminal"
    CHILD = "child"
    EVIDENCE = "evidence file"
    MINUTES = "minutes"
    THIRD_PARTY = "third party"
    STATISTIC = "statistic"


class Gateway(StrEnum):
    """The law by which information may pass."""

    CRIME_AND_DISORDER = "Crime and Disorder Act 1998, section 115"
    DEPERSONALISED = "Crime and Disorder Act 1998, section 17A"
    SERIOUS_VIOLENCE = "Police, Crime, Sentencing and Courts Act 2022, section 16"
    OTHER = "another power"


@dataclass(frozen=True)
class Party:
    """An agency that is to sign: the day it signed, None while it has not, and the first day it is out again."""

    agency: UUID
    signed_on: date | None = None
    left_on: date | None = None
    # Section 16 opens nothing personal of a health or social care authority.
    is_health_or_care: bool = False

    def is_in_on(self, day: date) -> bool:
        """Whether the agency had signed by a day and had not left."""
        return self.signed_on is not None and self.signed_on <= day and (self.left_on is None or day < self.left_on)


@dataclass(frozen=True)
class Agreement:
    """One version of an agreement. A review date that has passed warns; it ends nothing.

    In force from `starts_on` to the day before `ends_on`, and not from `suspended_on`.
    """

    key: UUID
    version: int
    parties: tuple[Party, ...]
    kinds: frozenset[str]
    purposes: frozenset[Purpose]
    classes: frozenset[FieldClass]
    gateway: Gateway
    starts_on: date
    ends_on: date
    suspended_on: date | None = None
    tells_of_existence: bool = False

    def party(self, agency: UUID) -> Party | None:
        """Return an agency as a party, None where it is none."""
        return next((one for one in self.parties if one.agency == agency), None)

    def is_in_force(self, holder: UUID, reader: UUID, on: date) -> bool:
        """Whether both agencies are bound by it on a day."""
        both = [self.party(agency) for agency in (holder, reader)]
        runs = self.starts_on <= on < self.ends_on and (self.suspended_on is None or on < self.suspended_on)
        return runs and all(one is not None and one.is_in_on(on) for one in both)

    def opens(self, holder: UUID) -> frozenset[FieldClass]:
        """Return the classes of field that the law lets the holder give under this agreement."""
        if self.gateway is Gateway.DEPERSONALISED:
            return self.classes & {FieldClass.STATISTIC}
        if self.gateway is not Gateway.SERIOUS_VIOLENCE:
            return self.classes
        party = self.party(holder)
        if party is None or party.is_health_or_care:
            return self.classes & {FieldClass.STATISTIC}
        return self.classes - {FieldClass.HEALTH}


def covered_classes(
    agreements: Iterable[Agreement], *, holder: UUID, reader: UUID, kind: str, purpose: Purpose, on: date
) -> frozenset[FieldClass]:
    """Return every class of field that some agreement in force lets a reader's agency have of a kind of record."""
    found = [
        one.opens(holder)
        for one in agreements
        if kind in one.kinds and purpose in one.purposes and one.is_in_force(holder, reader, on)
    ]
    return frozenset().union(*found)
