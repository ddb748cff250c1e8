"""Two sources of one thing: which of them a partnership publishes, and how far apart they are."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from wardmote.foundations.rounding import half_up, with_thousands


class Chosen(StrEnum):
    """Which of two sources is the figure that a partnership publishes."""

    OPEN = "open"
    PARTNER = "partner"


@dataclass(frozen=True)
class Gap:
    """How far a partner's count lies from the open one: the difference, and in per cent of the open one."""

    difference: int
    percent: Decimal | None

    @property
    def words(self) -> str:
        """The gap for a reader: “24 more (2.0% more)”, “the same”."""
        if not self.difference:
            return "the same"
        than = "more" if self.difference > 0 else "fewer"
        size = f"{with_thousands(abs(self.difference))} {than}"
        return size if self.percent is None else f"{size} ({with_thousands(abs(self.percent), 1)}%)"


def gap_between(open_count: int | None, partner_count: int | None) -> Gap | None:
    """Return the gap from the open count to the partner's, None where either is missing."""
    if open_count is None or partner_count is None:
        return None
    difference = partner_count - open_count
    return Gap(difference, half_up(Fraction(100 * difference, open_count), 1) if open_count else None)
