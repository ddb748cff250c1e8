"""What else an assessment rests on: when a needs assessment is old, kinds of review, how use of services is said."""

from datetime import date
from enum import StrEnum

from wardmote.foundations.rounding import with_thousands

from .cycles import months_later

MONTHS_IN_A_YEAR = 12


class ReviewKind(StrEnum):
    """The kinds of review that recommend something to partnerships."""

    ABUSE_RELATED_DEATH = "abuse-related-death"
    CHILD_SAFEGUARDING = "child-safeguarding"
    ADULT_SAFEGUARDING = "adult-safeguarding"
    ASB_CASE = "asb-case"
    OFFENSIVE_WEAPONS = "offensive-weapons"
    OTHER = "other"


REVIEW_WORDS = {
    ReviewKind.ABUSE_RELATED_DEATH: "Domestic homicide (abuse related death) review",
    ReviewKind.CHILD_SAFEGUARDING: "Child safeguarding practice review",
    ReviewKind.ADULT_SAFEGUARDING: "Safeguarding adults review",
    ReviewKind.ASB_CASE: "Anti-social behaviour case review",
    ReviewKind.OFFENSIVE_WEAPONS: "Offensive weapons homicide review",
    ReviewKind.OTHER: "Another review",
}


class LearningState(StrEnum):
    """Whether a recommendation has been carried out."""

    OPEN = "open"
    DONE = "done"


def why_old(dated_on: date, review_on: date | None, *, as_at: date, years: int) -> str:
    """Return in a sentence why a needs assessment is old on a day; empty where it is not.

    One of 31 March 2023 is 3 years old on 31 March 2026, and more than that from the day after.
    """
    if review_on is not None and review_on < as_at:
        return f"Old: its own review date, {review_on:%-d %B %Y}, had passed."
    if months_later(dated_on, years * MONTHS_IN_A_YEAR) < as_at:
        return f"Old: more than {years} years."
    return ""


def said_count(count: int, *, threshold: int, rounding: int) -> str:
    """Return a count of people as it may be printed: none, fewer than the threshold, or rounded where that is asked.

    Under a threshold of 10 and rounding to 5, 0 is 0, 7 is “fewer than 10”, 31 is “about 30”.
    """
    if 0 < count < threshold:
        return f"fewer than {threshold}"
    if rounding > 1 and count:
        return f"about {with_thousands((count + rounding // 2) // rounding * rounding)}"
    return with_thousands(count)


def use_words(taken_up: str, capacity: int | None, counted_as: str) -> str:
    """Return the use of a service in words, and how much it could take, where that is known."""
    if capacity is None:
        return f"{taken_up} {counted_as}" if taken_up else ""
    if not taken_up:
        return f"room for {with_thousands(capacity)} {counted_as}, use not known"
    return f"{taken_up} {counted_as}, with room for {with_thousands(capacity)}"
