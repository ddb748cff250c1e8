"""What a problem profile is made of, what it lacks, and when a partner's answer is late."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from . import Confidence


class Item(StrEnum):
    """What a sentence of the profile is about: the key finding, or one item of the evidence."""

    FINDING = "finding"
    CHANGE = "change"
    WHEN = "when"
    USUAL = "usual"
    WHERE = "where"
    SHARE = "share"
    RATE = "rate"
    HARM = "harm"
    HOTSPOTS = "hotspots"
    CONCENTRATION = "concentration"
    COMPARISON = "comparison"
    SEASON = "season"
    FORECAST = "forecast"
    HOURS = "hours"
    REPEATS = "repeats"
    NEAR_REPEATS = "near-repeats"


ITEM_WORDS = {
    Item.FINDING: "Key finding",
    Item.CHANGE: "Change",
    Item.WHEN: "When",
    Item.USUAL: "Out of the ordinary",
    Item.WHERE: "Where",
    Item.SHARE: "Share of everything recorded",
    Item.RATE: "Compared with the residents",
    Item.HARM: "Harm",
    Item.HOTSPOTS: "Hotspots",
    Item.CONCENTRATION: "Concentration",
    Item.COMPARISON: "Compared with other areas",
    Item.SEASON: "Season",
    Item.FORECAST: "What to expect",
    Item.HOURS: "Hours and weekdays",
    Item.REPEATS: "Repeats",
    Item.NEAR_REPEATS: "Near repeats",
}


class Side(StrEnum):
    """A side of the problem analysis triangle (Clarke and Eck, Crime analysis for problem solvers, step 8)."""

    VICTIM = "victim"
    OFFENDER = "offender"
    PLACE = "place"


SIDE_WORDS = {Side.VICTIM: "Victim", Side.OFFENDER: "Offender", Side.PLACE: "Place"}
SIDE_QUESTIONS = {
    Side.VICTIM: "Who or what is harmed, how often the same, and what makes it easy?",
    Side.OFFENDER: "Who does it and why, as a group: never a person?",
    Side.PLACE: "What kind of place is it, who looks after it, and what lets it happen there?",
}


class Relation(StrEnum):
    """How two problems of one assessment hang together."""

    SAME_PEOPLE = "same-people"
    SAME_PLACES = "same-places"
    DRIVES = "drives"
    SAME_RESPONSE = "same-response"


# As the problem that the link was written on says it, and as the other one does.
RELATION_WORDS = {
    Relation.SAME_PEOPLE: ("Concerns the same people as", "Concerns the same people as"),
    Relation.SAME_PLACES: ("Happens in the same places as", "Happens in the same places as"),
    Relation.DRIVES: ("Drives", "Is driven by"),
    Relation.SAME_RESPONSE: ("Is met by the same response as", "Is met by the same response as"),
}


class VoiceGroup(StrEnum):
    """Who told the partnership what a figure cannot (Kingston 2024 named those who live, work, study and visit)."""

    RESIDENTS = "residents"
    VISITORS = "visitors"
    VICTIMS = "victims"
    SERVICES = "services"
    PROFESSIONALS = "professionals"


VOICE_WORDS = {
    VoiceGroup.RESIDENTS: "People who live here",
    VoiceGroup.VISITORS: "People who work, study or visit here",
    VoiceGroup.VICTIMS: "People who were harmed",
    VoiceGroup.SERVICES: "Services",
    VoiceGroup.PROFESSIONALS: "Professionals",
}


class ProfileState(StrEnum):
    """How far a profile has come."""

    NOT_STARTED = "not started"
    INCOMPLETE = "incomplete"
    COMPLETE = "complete"


class QuestionState(StrEnum):
    """Where a question to a partner stands."""

    WAITING = "waiting"
    ANSWERED = "answered"
    ACCEPTED = "accepted"


NOT_TESTED: Final = "Suspected, not tested"
NO_FINDING: Final = "the key finding"
NO_REASON: Final = "a likely reason for the change"
NO_VOICE: Final = "what people who live here, services or professionals told us"
# Words that end with a full stop without ending a sentence.
_SHORT: Final = re.compile(r"\b(?:e\.g|i\.e|etc|approx|no|nos|st|dr|mr|mrs|ms|p|pp|cf|vs)\.$", re.IGNORECASE)
_END: Final = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s|$)")


def sentences_in(text: str) -> int:
    """Return how many sentences a text has: a full stop in a number or after a short word ends none."""
    return sum(_in_line(line.strip()) for line in text.splitlines() if line.strip())


def _in_line(line: str) -> int:
    ends = [found.end() for found in _END.finditer(line) if not _SHORT.search(line[: found.end()])]
    return len(ends) + (1 if not ends or line[ends[-1] :].strip() else 0)


def refusal_of_finding(text: str, *, most: int) -> str:
    """Return why a text cannot be the key finding; empty where it can."""
    found = sentences_in(text)
    if found <= most:
        return ""
    return f"Say the key finding in {_words(most)} sentences at most. This has {found}: move the rest to the evidence."


def _words(number: int) -> str:
    return {1: "one", 2: "two", 3: "three"}.get(number, str(number))


@dataclass(frozen=True)
class Written:
    """What stands in a profile, so far as it decides what is missing."""

    finding: bool = False
    sides: Collection[Side] = ()
    reasons: int = 0
    voices: int = 0
    other: bool = False
    needs_reason: bool = False

    @property
    def is_anything(self) -> bool:
        """Whether somebody wrote something."""
        return bool(self.finding or self.sides or self.reasons or self.voices or self.other)


def missing_parts(written: Written) -> tuple[str, ...]:
    """Return what a profile lacks, in the words that follow “missing”."""
    sides = [f"the {SIDE_WORDS[side].lower()} side" for side in Side if side not in written.sides]
    return (
        *([] if written.finding else [NO_FINDING]),
        *sides,
        *([NO_REASON] if written.needs_reason and not written.reasons else []),
        *([] if written.voices else [NO_VOICE]),
    )


def state_of(written: Written) -> ProfileState:
    """Return how far a profile has come; it is complete when nothing that it has to have is missing."""
    if not written.is_anything:
        return ProfileState.NOT_STARTED
    return ProfileState.INCOMPLETE if missing_parts(written) else ProfileState.COMPLETE


def refusal_of_reason(confidence: Confidence, evidence: str) -> str:
    """Return why a likely reason cannot be put like this: what nobody tested is not sure; empty where it can."""
    if evidence.strip() or confidence is not Confidence.HIGH:
        return ""
    return "Say what the evidence is, or choose that you are less sure: what nobody tested is not highly likely."


def refusal_of_percentage(values: Mapping[str, object]) -> str:
    """Return why the percentage of a link cannot stand: it needs its base, and a base its percentage."""
    has_percentage, has_base = values.get("percentage") is not None, bool(values.get("base"))
    if has_percentage and not has_base:
        return "Say what the percentage is of, for example “of 212 people arrested for theft from shops in 2025/26”."
    if has_base and not has_percentage:
        return "Enter the percentage, or leave out what it is of."
    return ""


def question_state(*, has_paragraph: bool, is_accepted: bool, is_returned: bool) -> QuestionState:
    """Return where a question stands, told by its newest paragraph."""
    if not has_paragraph or is_returned:
        return QuestionState.WAITING
    return QuestionState.ACCEPTED if is_accepted else QuestionState.ANSWERED


def signed_words(post: str, on: date, *, keyed_by: str = "", keyed_on: date | None = None) -> str:
    """Return under which post and when a paragraph was signed; and where it came on paper, who keyed it and when."""
    words = f"Signed: {post}, {on:%-d %B %Y}."
    return f"{words} On paper, keyed by {keyed_by}, {keyed_on:%-d %B %Y}." if keyed_by and keyed_on else words


def is_overdue(state: QuestionState, due_on: date, *, today: date) -> bool:
    """Whether a question should have been answered by now; the last day counts."""
    return state is QuestionState.WAITING and due_on < today
