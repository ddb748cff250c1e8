"""What the sample partnership approved before it used this site: two audits of three years, then yearly assessments."""

from datetime import date
from typing import Final

from wardmote.access.readers import Reader
from wardmote.strategy.assessment.actions.cycles import GivenEarlier, choose_cycle, put_down_earlier
from wardmote.strategy.assessment.rules.cycles import CycleKind

BODY: Final = "Ashcombe Vale Crime and Disorder Reduction Partnership"
EARLIER: Final = (
    GivenEarlier(
        CycleKind.THREE_YEAR_AUDIT,
        "Crime and disorder audit 2001",
        date(1998, 4, 1),
        date(2001, 3, 31),
        date(2001, 12, 6),
        BODY,
        "Council archive, box CS 4",
        "Crime and disorder reduction strategy 2002 to 2005",
    ),
    GivenEarlier(
        CycleKind.THREE_YEAR_AUDIT,
        "Crime, disorder and drugs audit 2004",
        date(2001, 4, 1),
        date(2004, 3, 31),
        date(2004, 12, 2),
        BODY,
        "Council archive, box CS 9",
        "Community safety strategy 2005 to 2008",
    ),
    GivenEarlier(
        CycleKind.YEARLY,
        "Strategic assessment 2024",
        date(2023, 10, 1),
        date(2024, 9, 30),
        date(2024, 11, 14),
        "Community Safety Board",
        "Minutes of the board, item 6",
        "Community safety plan 2024 to 2029",
    ),
)


def put_down_history(analyst: Reader) -> None:
    """Put down the cycles and the earlier assessments."""
    choose_cycle(analyst, CycleKind.THREE_YEAR_AUDIT, date(1998, 7, 1))
    choose_cycle(analyst, CycleKind.YEARLY, date(2007, 8, 1))
    for earlier in EARLIER:
        put_down_earlier(analyst, earlier)
