"""The sample partnership's seats, its year and its register of sources, through the same actions that people use."""

from datetime import date
from typing import Final

from wardmote.access.readers import Reader
from wardmote.definitions import Effect
from wardmote.foundations.periods import Month
from wardmote.partnership.members.actions.first_day import GivenSeat, fill_seat, plan_year
from wardmote.partnership.members.queries import agencies_of
from wardmote.partnership.members.rules import SeatState, Sector
from wardmote.strategy.evidence.actions.changes import GivenChange, keep_change
from wardmote.strategy.evidence.actions.register import (
    GivenGap,
    GivenSupply,
    grade_supply,
    keep_supply,
    mark_unavailable,
    note_chase,
    raise_gap,
)
from wardmote.strategy.evidence.rules.supplies import Refresh, Reliability, Sureness

from .accounts import COUNCIL, FIRE, HEALTH, POLICE, PROBATION

SEATS: Final = (
    GivenSeat(
        Sector.COUNCIL, COUNCIL, "Chief executive (chair)", SeatState.HELD, "Ottoline Braskham", date(2024, 5, 13)
    ),
    GivenSeat(Sector.POLICE, POLICE, "Superintendent", SeatState.HELD, "Gethin Marlowe", date(2025, 9, 1)),
    GivenSeat(Sector.FIRE, FIRE, "Group manager", SeatState.HELD, "Philippa Stroud-Ames", date(2023, 4, 3)),
    GivenSeat(Sector.PROBATION, PROBATION, "Head of delivery unit", SeatState.HELD, "Maud Verrinder", date(2023, 4, 3)),
    GivenSeat(Sector.HEALTH, HEALTH, "Director of place", SeatState.VACANT, since=date(2026, 6, 30)),
    GivenSeat(Sector.OTHER, "Ashcombe Voluntary Action", "Chair", SeatState.TO_BE_CONFIRMED),
)
APPROVAL: Final = date(2027, 2, 18)
BOARDS: Final = (date(2026, 12, 10), date(2027, 6, 17), date(2027, 9, 16))
GAPS: Final = (
    GivenGap(
        "How many repeat victims of burglary are there?",
        "Whether to offer security work to every victim or to repeat victims alone.",
        "Analyst, Ashcombe Constabulary",
        date(2027, 1, 15),
    ),
    GivenGap(
        "How many assaults does the emergency department see that the police never hear of?",
        "Whether the fall in violence is a fall in violence.",
        "Public health consultant, Ashcombe Integrated Care Board",
        date(2027, 1, 29),
    ),
)

CHANGE: Final = GivenChange(
    Month(2025, 4),
    "",
    ("public-order",),
    "In April 2025 the force began to record offences against shop workers as public order offences.",
    "Letter of the force's crime registrar, 3 March 2025",
    Effect.CARE,
)


def set_up_year(manager: Reader, analyst: Reader) -> None:
    """Fill the seats, plan the year, and put down who supplies what and what is not known."""
    for seat in SEATS:
        fill_seat(manager, seat)
    plan_year(manager, APPROVAL, BOARDS)
    agencies = {agency.name: agency for agency in agencies_of(analyst)}
    crime = GivenSupply(
        "Street crime (data.police.uk)",
        agencies[POLICE],
        "police-uk-street-ashcombe",
        "The whole force; anti-social behaviour included, fraud not.",
        Refresh.MONTHLY,
        60,
    )
    kept = keep_supply(analyst, crime)
    grade_supply(
        analyst, kept, Reliability.RELIABLE, Sureness.HIGH, "Its total agrees with the force's own to 1 in 100."
    )
    fires = GivenSupply(
        "Deliberate fires", agencies[FIRE], "", "The district, buildings and open land.", Refresh.QUARTERLY, 45
    )
    kept = keep_supply(analyst, fires)
    note_chase(analyst, kept, "Asked the prevention lead; the new system goes live in December.")
    mark_unavailable(analyst, kept, "The fire service moves to another recording system", date(2027, 1, 31))
    for gap in GAPS:
        raise_gap(analyst, gap)
    keep_change(analyst, CHANGE)
