"""What the fictional partnership thinks: its panel of each problem, its analyst's notes, its board's decisions."""

from dataclasses import dataclass
from typing import Final

from wardmote.strategy.assessment.rules import Confidence, Outcome, Presence

from .accounts import COUNCIL, FIRE, HEALTH, POLICE, PROBATION

MATRIX: Final = "kingston-2011"
SECOND_MATRIX: Final = "kingston-2024"
TOP: Final = 5
BOARD: Final = "Ashcombe Vale Community Safety Board"


@dataclass(frozen=True)
class View:
    """How the panel sees a problem, each from 1 to 5: what the scorers' own scores vary around.

    `volume` and `trend` are used only where the figures cannot say; elsewhere they come from the figures.
    """

    harm: int
    voice: int  # what residents and partners say
    police: int  # its place in the police control strategy
    spark: int  # how much other crime or fear it causes
    outlook: int
    missed: int  # how far the last plan's targets were missed
    known: int
    position: int
    volume: int = 3
    trend: int = 3


VIEWS: Final = {
    "anti-social-behaviour": View(2, 5, 4, 4, 3, 4, 3, 4),
    "bicycle-theft": View(1, 2, 1, 1, 3, 3, 3, 2),
    "burglary": View(3, 4, 3, 3, 2, 1, 4, 4),
    "criminal-damage-and-arson": View(2, 3, 2, 3, 3, 3, 3, 3),
    "domestic-abuse": View(5, 4, 5, 4, 3, 4, 3, 3, 4, 3),
    "drug-offences": View(3, 4, 4, 5, 4, 3, 2, 3),
    "hate-crime": View(4, 2, 2, 2, 3, 3, 2, 3, 2, 3),
    "possession-of-weapons": View(4, 3, 4, 4, 3, 3, 3, 3),
    "public-order": View(2, 3, 2, 3, 3, 3, 4, 3),
    "reoffending": View(3, 2, 3, 4, 3, 3, 2, 3, 3, 3),
    "road-safety": View(4, 4, 2, 2, 3, 3, 4, 2, 3, 3),
    "robbery": View(4, 3, 4, 4, 3, 2, 4, 3),
    "shoplifting": View(2, 4, 4, 3, 5, 5, 3, 3),
    "theft-from-the-person": View(2, 2, 2, 2, 3, 2, 3, 2),
    "vehicle-crime": View(2, 3, 2, 2, 3, 3, 4, 2),
    "violence-and-sexual-offences": View(5, 4, 5, 4, 3, 3, 3, 3),
}
# The plan before this one looked at fewer problems.
EARLIER_PROBLEMS: Final = (
    "anti-social-behaviour",
    "burglary",
    "domestic-abuse",
    "drug-offences",
    "robbery",
    "shoplifting",
    "vehicle-crime",
    "violence-and-sexual-offences",
)

NOTES: Final = {
    "shoplifting": (
        "The rise is real and is in the town centre: six shops there make most of the reports. Two of them began to "
        "report every theft in the autumn, so part of it is better reporting. Staff tell us that the abuse worries "
        "them more than the loss."
    ),
    "burglary": (
        "The fall began when the property marking scheme reached the west of the district. It is seen in every "
        "neighbourhood, which speaks for the scheme. The offender who was sentenced in the same month may also explain "
        "part of it."
    ),
    "domestic-abuse": (
        "The published police figures cannot show domestic abuse. Referrals to the support service are the best "
        "measure that we have; they depend on how many places the service has, so a flat line is not good news by "
        "itself."
    ),
}


@dataclass(frozen=True)
class Decided:
    """What the board made of a problem, and why."""

    outcome: Outcome
    reason: str


DECISIONS: Final = {
    "violence-and-sexual-offences": Decided(
        Outcome.PRIORITY,
        "The most harm of all that we assessed and the largest number of victims. Every agency has a part in it.",
    ),
    "domestic-abuse": Decided(
        Outcome.PRIORITY,
        "Serious harm, mostly hidden from the police figures. The duty to provide support in safe accommodation stays.",
    ),
    "anti-social-behaviour": Decided(
        Outcome.PRIORITY,
        "Named by more residents than anything else, in every neighbourhood. The tools lie with the council and the "
        "police together.",
    ),
    "shoplifting": Decided(
        Outcome.PRIORITY,
        "The one clear rise of the year, and shop workers bear the abuse that comes with it.",
    ),
    "drug-offences": Decided(
        Outcome.CROSS_CUTTING,
        "It drives violence, thefts from shops and anti-social behaviour, so it is dealt with inside each of them.",
    ),
    "hate-crime": Decided(
        Outcome.PRIORITY,
        "Ranked low because few cases are reported. Voluntary groups tell us that most victims do not report. The "
        "board chose it so that reporting centres can open, and will look at the numbers again in a year.",
    ),
    "burglary": Decided(
        Outcome.MONITORING,
        "It has clearly fallen. Property marking goes on; the board looks at the figures each quarter.",
    ),
    "road-safety": Decided(
        Outcome.COMMUNICATION,
        "Residents name it often, and the county road safety partnership leads on it. We say what is being done.",
    ),
}
# What was proposed, where the board decided otherwise.
PROPOSED_OTHERWISE: Final = {
    "hate-crime": (Outcome.MONITORING, "Ranked low, and few cases are reported: too little to plan with."),
}
EARLIER_DECISIONS: Final = {
    "violence-and-sexual-offences": Decided(
        Outcome.PRIORITY, "The most harm and the most victims of all that was assessed."
    ),
    "domestic-abuse": Decided(Outcome.PRIORITY, "Serious harm that is mostly hidden from the police figures."),
    "anti-social-behaviour": Decided(Outcome.PRIORITY, "Named first by residents in every neighbourhood."),
    "burglary": Decided(Outcome.PRIORITY, "Residents fear it, and property marking has worked elsewhere."),
}


@dataclass(frozen=True)
class AgreedOn:
    """How sure the panel was of the score it agreed on, and why it did."""

    confidence: Confidence
    reason: str


AGREED: Final = {
    "violence-and-sexual-offences": AgreedOn(Confidence.HIGH, "Police and health figures point the same way."),
    "domestic-abuse": AgreedOn(Confidence.LOW, "Mostly hidden from the figures; services see more than the police do."),
    "anti-social-behaviour": AgreedOn(
        Confidence.MEDIUM, "Residents and patrols agree; the counts miss what nobody reports."
    ),
    "shoplifting": AgreedOn(Confidence.MEDIUM, "A real rise, part of it better reporting by two shops."),
    "drug-offences": AgreedOn(Confidence.LOW, "The count follows police activity, so the panel relied on services."),
    "hate-crime": AgreedOn(Confidence.LOW, "Few cases are reported; voluntary groups know of many more."),
}
ATTENDANCE: Final = {
    COUNCIL: (Presence.RUNS, "Community safety manager, chair"),
    POLICE: (Presence.ROOM, ""),
    FIRE: (Presence.REMOTE, ""),
    HEALTH: (Presence.ROOM, ""),
    PROBATION: (Presence.ABSENT, ""),
}

# What the partnership wrote of each required part, by its code; what is not here is declared a gap.
PARTS: Final = {
    "why": (
        "The fall in burglary began with the work on sheds and alley gates in the northern wards; the officers who led "
        "it are fairly sure that it is the reason. Shoplifting rose everywhere in the region, so that a local reason "
        "is unlikely.\n\nMore drug offences were found because more searches were made. Whether there is more drug "
        "use, nobody can say from these figures."
    ),
    "what-to-prioritise": (
        "The responsible authorities put first what is marked as a priority under the decisions, each with its reason. "
        "Problems without a decision are looked at again when the board next meets."
    ),
    "last-plan": (
        "Of nine commitments in last year's plan, five were carried out, three in part, and one was stopped: the "
        "mobile camera in the town centre, for lack of money."
    ),
    "services": (
        "The burglary service reaches every victim within a week. Nobody offers help to shop workers after abuse: a "
        "need without a service. The use of services is the providers' own count."
    ),
    "needs-assessments": (
        "Two needs assessments were used. The findings that bear on crime and disorder stand beside each."
    ),
}
GAP: Final = "The reviews of the year were not gathered in time for this assessment."
GAP_OWNER: Final = "Safeguarding lead, Ashcombe Vale Council"
PRESENT: Final = (
    "Chief executive (chair)\nSuperintendent, police\nGroup manager, fire and rescue\nHead of probation delivery unit"
)
ABSENT: Final = "Health: the seat is vacant"
