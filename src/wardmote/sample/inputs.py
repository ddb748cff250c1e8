"""What the sample's assessments rest on beside figures: needs assessments, learning from reviews, services and gaps."""

from datetime import date
from typing import Final

from wardmote.access.readers import Reader
from wardmote.strategy.assessment.actions.inputs import (
    GivenLearning,
    GivenNeeds,
    GivenProvision,
    copy_forward,
    finish_learning,
    keep_learning,
    keep_needs,
    keep_provision,
)
from wardmote.strategy.assessment.models import Assessment
from wardmote.strategy.assessment.rules.inputs import ReviewKind

NEEDS: Final = (
    GivenNeeds(
        "Drug and alcohol needs assessment",
        "Ashcombe Vale public health",
        date(2025, 3, 14),
        "Some 610 adults need treatment for opiates or crack, and half of them are in none (page 22). Ambulance calls "
        "for alcohol fall on Friday and Saturday nights within half a mile of the market square (page 31).",
        date(2028, 3, 31),
        "https://ashcombe.example/drug-and-alcohol-needs-2025",
    ),
    GivenNeeds(
        "Joint strategic needs assessment",
        "Ashcombe Vale health and wellbeing board",
        date(2023, 6, 20),
        "One child in six lives in a household with abuse, alcohol or mental ill health (chapter 4).",
        date(2026, 6, 30),
    ),
)
LEARNING: Final = (
    GivenLearning(
        ReviewKind.ABUSE_RELATED_DEATH,
        "Review 1 of 2024",
        "Every agency asks about abuse at the first contact after a separation, and notes the answer.",
        "Domestic abuse lead, Ashcombe Vale Council",
        date(2026, 12, 31),
        "domestic-abuse",
    ),
    GivenLearning(
        ReviewKind.ADULT_SAFEGUARDING,
        "Review 3 of 2025",
        "Housing and police tell each other of a home taken over by others within two working days.",
        "Neighbourhood manager, Ashcombe Vale Council",
        date(2027, 3, 31),
        "drug-offences",
    ),
    GivenLearning(
        ReviewKind.ASB_CASE,
        "Review 2 of 2025",
        "Whoever reports for the third time in six months hears back within one working day.",
        "Anti-social behaviour lead, Ashcombe Vale Council",
        date(2026, 9, 30),
        "anti-social-behaviour",
    ),
)
FINISHED: Final = "The call centre marks third reports since June; 9 in 10 were answered in time by September."
FINISHED_ON: Final = date(2026, 9, 24)
PROVISION: Final = (
    GivenProvision(
        "Safety of the home after a burglary",
        "burglary",
        "Safer homes",
        "Ashcombe Vale Council",
        "visits",
        420,
        388,
        "year to March 2026",
        "contract report of May 2026",
        "Visited homes were burgled again half as often as others.",
    ),
    GivenProvision(
        "A safe place to stay after abuse",
        "domestic-abuse",
        "Refuge and dispersed homes",
        "Hollin House (charity)",
        "households",
        34,
        47,
        "year to March 2026",
        "contract report of May 2026",
        "Most move on to a home of their own within five months.",
        "More asked than there was room for: on most days somebody was turned away. No home is suitable for "
        "a wheelchair.",
    ),
    GivenProvision(
        "Treatment for opiates and crack",
        "drug-offences",
        "Turning Tide",
        "Ashcombe Integrated Care Board",
        "places",
        340,
        312,
        "year to March 2026",
        "national drug treatment monitoring, local extract",
        "One in three who began left free of the drug.",
        "Half of those in need are not reached.",
    ),
    GivenProvision(
        "Help for shop workers after abuse",
        "shoplifting",
        gap="Nobody offers it. Eleven shops asked the town centre team for it in the year to March 2026.",
    ),
)


def put_down_inputs(analyst: Reader, assessment: Assessment, *, has_earlier: bool) -> None:
    """Put down what an assessment rests on: needs the first year; the second takes them over and adds the rest."""
    if not has_earlier:
        for needs in NEEDS:
            keep_needs(analyst, assessment, needs)
        return
    copy_forward(analyst, assessment)
    for learning in LEARNING:
        kept = keep_learning(analyst, assessment, learning)
    finish_learning(analyst, kept, FINISHED, FINISHED_ON)
    for provision in PROVISION:
        keep_provision(analyst, assessment, provision)
