"""Kinds of partnership and agency, and when an appointment counts."""

from datetime import date
from enum import StrEnum


class PartnershipKind(StrEnum):
    """The kinds of council area a partnership serves."""

    DISTRICT = "district"
    UNITARY = "unitary"
    COUNTY = "county"


class Sector(StrEnum):
    """The sectors of the responsible authorities (Crime and Disorder Act 1998, section 5) and of other partners."""

    COUNCIL = "council"
    POLICE = "police"
    FIRE = "fire"
    PROBATION = "probation"
    HEALTH = "health"
    OTHER = "other"


SECTOR_WORDS = {
    Sector.COUNCIL: "Council",
    Sector.POLICE: "Police",
    Sector.FIRE: "Fire and rescue",
    Sector.PROBATION: "Probation",
    Sector.HEALTH: "Health",
    Sector.OTHER: "Other partner",
}


def is_current(starts_on: date, ends_on: date | None, *, today: date) -> bool:
    """Whether an appointment counts today; its last day counts."""
    return starts_on <= today and (ends_on is None or today <= ends_on)
