"""Kinds of partnership and agency, and when an appointment counts."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from wardmote.foundations.working_days import clear_working_days_before, working_day_before


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


def kind_of(district_codes: Iterable[str]) -> PartnershipKind:
    """Return what kind of partnership covers these districts: E07 are districts of a county, the rest are unitary."""
    return (
        PartnershipKind.DISTRICT if any(code.startswith("E07") for code in district_codes) else PartnershipKind.UNITARY
    )


class SeatState(StrEnum):
    """Whether somebody holds a seat; an empty seat is an answer, not a blank."""

    HELD = "held"
    VACANT = "vacant"
    TO_BE_CONFIRMED = "to-be-confirmed"


SEAT_WORDS = {
    SeatState.HELD: "Held",
    SeatState.VACANT: "Vacant",
    SeatState.TO_BE_CONFIRMED: "To be confirmed",
}
# The responsible authorities of an area (Crime and Disorder Act 1998, section 5(1)); none of them may be missing.
RESPONSIBLE_AUTHORITIES = (Sector.COUNCIL, Sector.POLICE, Sector.FIRE, Sector.PROBATION, Sector.HEALTH)


class KeyDate(StrEnum):
    """The dates that a partnership's year is made of, in the order in which they come."""

    DATA_CUT_OFF = "data-cut-off"
    SCORING_DAY = "scoring-day"
    PAPERS_OUT = "papers-out"
    APPROVAL = "approval"
    BOARD = "board"


KEY_DATE_WORDS = {
    KeyDate.DATA_CUT_OFF: "Data cut-off",
    KeyDate.SCORING_DAY: "Scoring day",
    KeyDate.PAPERS_OUT: "Papers out",
    KeyDate.APPROVAL: "Board approves the assessment",
    KeyDate.BOARD: "Board meets",
}
# Each of these leads to the next; other meetings of the board lie anywhere.
IN_ORDER = (KeyDate.DATA_CUT_OFF, KeyDate.SCORING_DAY, KeyDate.PAPERS_OUT, KeyDate.APPROVAL)
# Council practice that partnerships follow by convention (Local Government Act 1972, section 100B).
CLEAR_DAYS_BEFORE_A_MEETING = 5
# Judgement, changed by whoever sets up the year: writing up the scores takes some weeks, gathering the data some more.
WEEKS_FROM_SCORING_TO_PAPERS = 4
WEEKS_FROM_CUT_OFF_TO_SCORING = 6


@dataclass(frozen=True)
class PlannedDate:
    """A date of the year; `worked_back` when it was reckoned from another and not given."""

    kind: KeyDate
    on: date
    worked_back: bool = False


def work_back(approval: date, holidays: Container[date]) -> tuple[PlannedDate, ...]:
    """Return papers out, scoring day and data cut-off for the day on which the board approves the assessment."""
    papers = clear_working_days_before(approval, CLEAR_DAYS_BEFORE_A_MEETING, holidays)
    scoring = working_day_before(papers - timedelta(weeks=WEEKS_FROM_SCORING_TO_PAPERS), holidays)
    cut_off = working_day_before(scoring - timedelta(weeks=WEEKS_FROM_CUT_OFF_TO_SCORING), holidays)
    return (
        PlannedDate(KeyDate.DATA_CUT_OFF, cut_off, worked_back=True),
        PlannedDate(KeyDate.SCORING_DAY, scoring, worked_back=True),
        PlannedDate(KeyDate.PAPERS_OUT, papers, worked_back=True),
        PlannedDate(KeyDate.APPROVAL, approval),
    )


def out_of_order(kind: KeyDate, on: date, others: Mapping[KeyDate, date]) -> KeyDate | None:
    """Return the date of the year that a new day for `kind` would overtake, or None; two may fall on one day."""
    if kind not in IN_ORDER:
        return None
    at = IN_ORDER.index(kind)
    late = (other for other in IN_ORDER[:at] if other in others and others[other] > on)
    early = (other for other in IN_ORDER[at + 1 :] if other in others and others[other] < on)
    return next(late, None) or next(early, None)


def against_words(kind: KeyDate, against: KeyDate) -> str:
    """Return what to do where a day for `kind` would overtake another date of the year."""
    if IN_ORDER.index(kind) < IN_ORDER.index(against):
        return "choose that day or an earlier one, or move the other date first."
    return "choose that day or a later one, or move the other date first."
