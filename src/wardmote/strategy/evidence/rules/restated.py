"""What a partner changed in figures that are held already: which of them, and by how much."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from wardmote.foundations.rounding import signed_percentage

from . import MOVED, Finding

# As many as a reader takes in at once; the others are counted.
MOST_NAMED = 3
ALL = Fraction(1)


@dataclass(frozen=True)
class ChangedFigure:
    """A figure held already that came with another value, in words; a value is None where it is missing."""

    period: str
    what: str
    before: Decimal | None
    now: Decimal | None

    @property
    def moved(self) -> Fraction:
        """By what part of the earlier value it moved; all of it where one of the two is missing or was 0."""
        if self.before is None or self.now is None or not self.before:
            return ALL
        return abs(Fraction(self.now) - Fraction(self.before)) / abs(Fraction(self.before))

    @property
    def words(self) -> str:
        """What it was and is."""
        by = ""
        if self.before and self.now is not None:
            by = (
                f" ({signed_percentage(100 * (Fraction(self.now) - Fraction(self.before)) / Fraction(self.before), 1)})"
            )
        return f"{self.what}: {_value(self.now)} now, {_value(self.before)} before{by}"


def look_at_figures(changed: Sequence[ChangedFigure]) -> tuple[Finding, ...]:
    """Return for each period the figures that were changed, the most moved first.

    It needs a look where one moved by a quarter or more, as the rows of a month do, or went missing or came.
    """
    periods = dict.fromkeys(one.period for one in changed)
    return tuple(_of_period(period, [one for one in changed if one.period == period]) for period in periods)


def look_at_negative(found: Sequence[tuple[str, str, str, Decimal]]) -> tuple[Finding, ...]:
    """Return one finding where figures (period, area, measure, value) are below nothing: no count can be."""
    if not found:
        return ()
    period, area, measure, value = found[0]
    which = f"{measure}, {area}, {period}: {_value(value)}"
    if len(found) > 1:
        return (Finding(f"{len(found):,} figures are below 0, the first of them {which}. A count cannot be."),)
    return (Finding(f"A figure is below 0: {which}. A count cannot be."),)


def _of_period(period: str, changed: Sequence[ChangedFigure]) -> Finding:
    most = sorted(changed, key=lambda one: -one.moved)
    named = "; ".join(one.words for one in most[:MOST_NAMED])
    more = len(most) - MOST_NAMED
    rest = f"; and {more:,} more" if more > 0 else ""
    return Finding(
        f"{period}, which we hold already, has other figures. {named}{rest}.", needs_a_look=most[0].moved >= MOVED
    )


def _value(value: Decimal | None) -> str:
    return "missing" if value is None else f"{value.normalize():,f}"
