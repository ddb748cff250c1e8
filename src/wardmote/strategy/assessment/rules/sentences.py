"""The numbers in a sentence: which figures they quote, and which of them no longer say what the figures say.

A sentence is never rewritten. What it quoted is kept beside it, and compared with the figures of a later analysis.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import groupby
from typing import Final

from wardmote.foundations.rounding import MINUS, half_up, signed, with_thousands

_MONTHS: Final = "January|February|March|April|May|June|July|August|September|October|November|December"
_NUMBER: Final = re.compile(
    r"(?<![\w.,/£$€-])(?P<sign>[−+-])?(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<decimals>\.\d+)?"
    r"(?P<unit>\s?%|\s?per ?cent\b|\s?percentage points?\b|(?:\s\w+)?\s(?:per|for each|for every|in every)\s1,?000\b)?"
    r"(?![\w/]|,\d|\.\d|-\d)"
)
# What looks like a number and is none: the day and year of a date, a year, the thousand of a rate, a number of months.
_DATE: Final = re.compile(rf"\b(?:\d{{1,2}}\s)?(?:{_MONTHS})\s\d{{4}}\b|\b\d{{1,2}}\s(?:{_MONTHS})\b")
_BASE: Final = re.compile(r"\b(?:per|each|every)\s1(?:,?000|0,?000|00,?000)\b")
_SPAN: Final = re.compile(r"\b\d+\s(?:months?|years?|days?|weeks?|hours?|minutes?)\b|\baged?\s\d+\b")
# How sure an interval is belongs to the method; no figure says it.
_LEVEL: Final = re.compile(r"\b\d+%\s(?:interval|range)s?\b")
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


class Kind(StrEnum):
    """What kind of number a figure is; a number of a sentence quotes figures of its own kind alone."""

    COUNT = "count"
    SHARE = "share"
    CHANGE = "change"  # per cent, with a direction
    DIFFERENCE = "difference"
    RATE = "rate"


@dataclass(frozen=True)
class Figure:
    """A figure of an evidence item: its key in the analysis, its value, and what it is in words.

    `of` is the month or place that it is about, empty where it is about the whole.
    """

    key: str
    kind: Kind
    value: Decimal
    name: str
    of: str = ""


@dataclass(frozen=True)
class NumberSaid:
    """A number in a sentence: where it stands, its value as written, and its unit.

    `bare` is what is read as the number: with its per cent sign, without “per 1,000 residents”.
    """

    start: int
    end: int
    text: str
    value: Decimal
    places: int
    unit: str
    is_signed: bool
    bare: str


@dataclass(frozen=True)
class Quote:
    """A figure that a sentence quoted when it was saved: the number as written, and the figure's value then.

    `is_sure` is false where several months or places have that number and the sentence names none of them.
    """

    said: str
    key: str
    value: str
    name: str
    is_sure: bool = True


@dataclass(frozen=True)
class Stale:
    """A number of a sentence that no figure bears out any more; `now` is empty where the figure is gone."""

    said: str
    now: str
    name: str

    @property
    def words(self) -> str:
        """What the reader is told."""
        if not self.now:
            return f"The sentence says {self.said} ({self.name}); the analysis no longer has that figure."
        return f"The sentence says {self.said} ({self.name}); the figure is now {self.now}."


def numbers_in(text: str) -> tuple[NumberSaid, ...]:
    """Return the numbers of a text in their order.

    Dates, years, lengths of time, the level of an interval and the base of a rate are none.
    """
    passed_over = [found.span() for rule in (_DATE, _SPAN, _LEVEL) for found in rule.finditer(text)]
    found = (_number(match) for match in _NUMBER.finditer(text))
    return tuple(
        one
        for one in found
        if not any(start <= one.start < end for start, end in passed_over) and not _is_base(text, one)
    )


def _number(match: re.Match[str]) -> NumberSaid:
    decimals = match["decimals"] or ""
    value = Decimal(match["digits"].replace(",", "") + decimals)
    unit = _unit((match["unit"] or "").strip())
    is_negative = match["sign"] in (MINUS, "-")
    return NumberSaid(
        start=match.start(),
        end=match.end(),
        text=match.group(),
        value=-value if is_negative else value,
        places=max(len(decimals) - 1, 0),
        unit=unit,
        is_signed=bool(match["sign"]),
        bare=match.group() if unit == "percent" else f"{match['sign'] or ''}{match['digits']}{decimals}",
    )


def _unit(words: str) -> str:
    if words.startswith("percentage"):
        return "points"
    if words == "%" or words.startswith("per c"):
        return "percent"
    return "rate" if words else ""


def _is_base(text: str, number: NumberSaid) -> bool:
    return any(found.start() < number.start < found.end() for found in _BASE.finditer(text))


def _may_be_a_year(number: NumberSaid) -> bool:
    is_plain = not number.unit and not number.places and not number.is_signed and "," not in number.text
    return is_plain and _FIRST_YEAR <= number.value < _LAST_YEAR


def bears_out(number: NumberSaid, figure: Figure) -> bool:
    """Whether a figure, rounded as the number is written, says what the number says.

    A change or difference may be told without its sign (“fell by 21%”); a rate is told by its unit or by its decimals,
    so that a whole number is not taken for one by chance.
    """
    if not _same_kind(number, figure.kind):
        return False
    value = half_up(figure.value, number.places)
    if figure.kind in (Kind.CHANGE, Kind.DIFFERENCE) and not number.is_signed:
        return abs(value) == number.value
    return value == number.value


def _same_kind(number: NumberSaid, kind: Kind) -> bool:
    match kind:
        case Kind.COUNT | Kind.DIFFERENCE:
            return not number.unit and not number.places
        case Kind.RATE:
            return number.unit == "rate" or (not number.unit and number.places > 0)
        case Kind.SHARE | Kind.CHANGE:
            return number.unit == "percent"


def quotes_in(text: str, figures: Collection[Figure]) -> tuple[Quote, ...]:
    """Return the figures that the numbers of a sentence quote.

    Of figures that are equal, those of a month or place that the sentence names count, else the first that is about
    the whole, else all of them.
    """
    return tuple(quote for number in numbers_in(text) for quote in _quotes(text, number, figures))


def _quotes(text: str, number: NumberSaid, figures: Collection[Figure]) -> list[Quote]:
    equal = [figure for figure in figures if bears_out(number, figure)]
    named = [figure for figure in equal if figure.of and figure.of in text]
    whole = [figure for figure in equal if not figure.of]
    chosen, is_sure = named or whole[:1] or equal, bool(named or whole or len(equal) == 1)
    return [Quote(number.text, figure.key, str(figure.value), figure.name, is_sure) for figure in chosen]


def untraced_in(text: str, quotes: Iterable[Quote]) -> tuple[str, ...]:
    """Return the numbers of a sentence that quoted no figure; one that can be a year is taken for a year."""
    known = {quote.said for quote in quotes}
    return tuple(
        dict.fromkeys(
            number.text for number in numbers_in(text) if number.text not in known and not _may_be_a_year(number)
        )
    )


def stale_in(quotes: Iterable[Quote], figures: Mapping[str, Figure]) -> tuple[Stale, ...]:
    """Return the numbers that their figure does not bear out any more, with the figure as it is now.

    Where several figures could have been meant, a number is flagged when none of them bears it out.
    """
    return tuple(_stale_numbers(quotes, figures))


def _stale_numbers(quotes: Iterable[Quote], figures: Mapping[str, Figure]) -> Iterator[Stale]:
    for said, group in groupby(quotes, key=lambda quote: quote.said):
        (number,) = numbers_in(said)
        known = list(group)
        wrong = [quote for quote in known if not _still_holds(number, figures.get(quote.key))]
        if wrong and (wrong[0].is_sure or len(wrong) == len(known)):
            now = figures.get(wrong[0].key)
            yield Stale(said, printed_as(number, now) if now else "", wrong[0].name)


def _still_holds(number: NumberSaid, figure: Figure | None) -> bool:
    return figure is not None and bears_out(number, figure)


def printed_as(number: NumberSaid, figure: Figure) -> str:
    """Return a figure in the form in which a number is written, with its sign where it has a direction."""
    match figure.kind:
        case Kind.CHANGE:
            return f"{signed(figure.value, number.places)}%"
        case Kind.DIFFERENCE:
            return signed(figure.value, number.places)
        case Kind.SHARE:
            return f"{with_thousands(figure.value, number.places)}%"
        case Kind.COUNT | Kind.RATE:
            return with_thousands(figure.value, number.places)
