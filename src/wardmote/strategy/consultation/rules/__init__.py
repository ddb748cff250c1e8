"""How people are asked and reached, when a consultation is too old, and which small counts are hidden."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum


class Method(StrEnum):
    """How people were asked."""

    ONLINE = "online"
    PAPER = "paper"
    FACE_TO_FACE = "face-to-face"
    PHONE = "phone"
    FOCUS_GROUP = "focus-group"
    PUBLIC_MEETING = "public-meeting"
    PANEL = "panel"
    MIXED = "mixed"


METHOD_WORDS = {
    Method.ONLINE: "Online survey",
    Method.PAPER: "Paper survey",
    Method.FACE_TO_FACE: "Face to face",
    Method.PHONE: "By phone",
    Method.FOCUS_GROUP: "Focus groups",
    Method.PUBLIC_MEETING: "Public meeting",
    Method.PANEL: "Residents' panel",
    Method.MIXED: "In more than one way",
}


class Sampling(StrEnum):
    """Who could answer: it decides what an interval around a percentage is worth."""

    SELF_SELECTED = "self-selected"
    INVITED = "invited"
    QUOTA = "quota"
    RANDOM = "random"
    NOT_KNOWN = "not-known"


SAMPLING_WORDS = {
    Sampling.SELF_SELECTED: "Anybody could answer",
    Sampling.INVITED: "People on a list were invited",
    Sampling.QUOTA: "People were asked until each group had its number",
    Sampling.RANDOM: "People were drawn at random",
    Sampling.NOT_KNOWN: "Not known",
}
_NOT_RANDOM = "so the true share can lie further off than the interval says, and nobody can say how far."
SAMPLING_CAVEATS = {
    Sampling.SELF_SELECTED: f"The interval is that of a random sample. Here people chose to answer, {_NOT_RANDOM}",
    Sampling.INVITED: f"The interval is that of a random sample. Here people on a list chose to answer, {_NOT_RANDOM}",
    Sampling.QUOTA: f"The interval is that of a random sample. Here people were found by quota, {_NOT_RANDOM}",
    Sampling.RANDOM: "The interval allows for chance alone, not for those who were drawn and did not answer.",
    Sampling.NOT_KNOWN: f"The interval is that of a random sample. How people were found is not known, {_NOT_RANDOM}",
}


class QuestionKind(StrEnum):
    """What respondents were asked to do with the items."""

    RANKING = "ranking"
    CHOICES = "choices"


KIND_WORDS = {
    QuestionKind.RANKING: "Put the items in order",
    QuestionKind.CHOICES: "Choose some of the items, such as their top three",
}


class Order(StrEnum):
    """By which figure ranked items are ordered."""

    AVERAGE = "average"
    POINTS = "points"


ORDER_WORDS = {
    Order.AVERAGE: "By the average place (best where everybody ranked every item)",
    Order.POINTS: "By Borda's points (best where many left items out)",
}


def is_stale(ended_on: date, as_at: date, *, years: int) -> bool:
    """Whether a consultation ended more than so many years before an assessment's date."""
    return (as_at.year - years, as_at.month, as_at.day) > (ended_on.year, ended_on.month, ended_on.day)


def hidden_places(counts: Sequence[int], *, threshold: int, adds_up: bool) -> frozenset[int]:
    """Return which counts to hide, by their places: those below the threshold, and others that give them away.

    `adds_up` says that the total of all is shown. Then the smallest others are hidden too, until at least two are
    hidden and together they reach the threshold.
    """
    hidden = {at for at, count in enumerate(counts) if 0 < count < threshold}
    if not hidden or not adds_up:
        return frozenset(hidden)
    for at in sorted(range(len(counts)), key=lambda at: (counts[at], at)):
        if len(hidden) > 1 and sum(counts[other] for other in hidden) >= threshold:
            break
        if counts[at]:
            hidden.add(at)
    return frozenset(hidden)


def faults_in(counts: Sequence[Sequence[int]], *, kind: QuestionKind, base: int, most: int) -> list[str]:
    """Return why counts cannot be those of `base` respondents; nothing where they can."""
    if base < 1:
        return ["Enter how many people answered this question."]
    totals = [sum(one) for one in counts]
    if max(totals, default=0) > base:
        return [f"An item has {max(totals)} answers, and {base} people answered. Correct one of them."]
    if kind is QuestionKind.CHOICES and sum(totals) > base * most:
        return [f"{sum(totals)} choices are more than {base} people with {most} each can make. Correct one of them."]
    if kind is QuestionKind.RANKING:
        return _ranking_faults(counts, base)
    return []


def _ranking_faults(counts: Sequence[Sequence[int]], base: int) -> list[str]:
    if any(len(one) > len(counts) for one in counts):
        return [f"There are {len(counts)} items, so each can have counts for up to {len(counts)} places."]
    for place in range(max((len(one) for one in counts), default=0)):
        given = sum(one[place] for one in counts if place < len(one))
        if given > base:
            return [f"Place {place + 1} is given {given} times by {base} people. Correct the counts of that place."]
    return []
