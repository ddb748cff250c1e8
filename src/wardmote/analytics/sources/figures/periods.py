"""Periods as suppliers write them: months, quarters, financial and calendar years; never guessed where two fit."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from wardmote.analytics.sources.workbooks import CellValue
from wardmote.foundations.periods import MONTH_NAMES, Month, Period, financial_year, financial_year_period, quarter

EARLIEST: Final = 1950
_SHORT: Final = {name[:3].lower(): number for number, name in enumerate(MONTH_NAMES, start=1)}
_MONTH_WORD: Final = r"(?P<word>[A-Za-z]{3,9})\.?"
_SPLIT: Final = r"[\s\-/.,']+"


@dataclass(frozen=True)
class FigurePeriod:
    """A period as it is kept: `2024-01`, `2024 Q1`, `2024/25 Q1`, `2024/25`, `2024`, `year to 2024-09`."""

    text: str
    kind: str
    period: Period


class PeriodFault(ValueError):
    """A text that is no period; `ask` when it could be two, and only a person can say which."""

    def __init__(self, reason: str, *, ask: bool = False) -> None:
        super().__init__(reason)
        self.ask = ask


def parse_period(value: CellValue, *, date_order: str = "", kind: str = "") -> FigurePeriod:
    """Read a cell as a period; `kind` says which kinds are meant, and makes a date stand for its month or year."""
    found = _of_cell(value, date_order=date_order, kind=kind)
    if found.period.first.year < EARLIEST:
        raise PeriodFault(f"{found.text} lies before {EARLIEST}")
    if kind and found.kind != kind:
        raise PeriodFault(f"“{found.text}” is a {found.kind}, not a {kind}")
    return found


def heading_period(
    value: CellValue, parts: tuple[CellValue, ...], *, date_order: str = "", kind: str = ""
) -> FigurePeriod:
    """Read a heading as a period; of several rows joined the lowest may be one alone, under words that are none.

    So "Call-outs / Jan 2026" is January 2026; "2025 / Jan 2026" is two periods, and refused.
    """
    try:
        return parse_period(value, date_order=date_order, kind=kind)
    except PeriodFault as fault:
        if fault.ask or len(parts) < 2 or any(_reads(one) for one in parts[:-1]) or not _reads(parts[-1]):
            raise
    return parse_period(parts[-1], date_order=date_order, kind=kind)


def _reads(value: CellValue) -> bool:
    try:
        parse_period(value)
    except PeriodFault as fault:
        return fault.ask
    return True


def of_month(month: Month, kind: str) -> FigurePeriod:
    """Return the period of a kind that holds a month."""
    if kind == "quarter":
        first = Month(month.year, (month.number - 1) // 3 * 3 + 1)
        return FigurePeriod(quarter(month), kind, Period(first, first + 2))
    if kind == "financial year":
        return _financial(financial_year(month))
    if kind == "financial quarter":
        first = Month(month.year, (month.number - 1) // 3 * 3 + 1)
        return _financial_quarter(financial_year(month), ((first.number - 4) % 12) // 3 + 1)
    if kind == "calendar year":
        return _calendar(month.year)
    if kind == "year to":
        return _year_to(month)
    return FigurePeriod(str(month), "month", Period(month, month))


def _of_cell(value: CellValue, *, date_order: str, kind: str) -> FigurePeriod:
    if isinstance(value, dt.datetime | dt.date):
        return of_month(Month(value.year, value.month), kind)
    if isinstance(value, float) and value.is_integer():
        value = str(int(value))
    if isinstance(value, bool) or not isinstance(value, str):
        raise PeriodFault(f"“{str(value)[:40]}” is not a period")
    return _of_text(" ".join(value.split()), date_order=date_order, kind=kind)


def _of_text(text: str, *, date_order: str, kind: str) -> FigurePeriod:
    if not text:
        raise PeriodFault("no period")
    day = _day(text, date_order)
    if day is not None:
        return of_month(Month.of(day), kind)
    for pattern, make in _FORMS:
        match = pattern.fullmatch(text)
        if match:
            return make(match, kind)
    raise PeriodFault(f"“{text[:40]}” is not a period; write it like 2024-01, 2024 Q1, 2024/25 or 2024")


def _day(text: str, order: str) -> dt.date | None:
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})([T ][\d:.+Z]+)?", text, re.ASCII)
    if iso:
        return _date(int(iso[1]), int(iso[2]), int(iso[3]), text)
    match = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{2}|\d{4})", text, re.ASCII)
    if match is None:
        return None
    if len(match[3]) == 2:
        raise PeriodFault(f"“{text}” has a year of two digits")
    first, second = int(match[1]), int(match[2])
    if not order and first <= 12 and second <= 12 and first != second:
        raise PeriodFault(f"“{text}” can be two days: say whether the day or the month comes first", ask=True)
    day_first = order == "day first" or (not order and first > 12) or (not order and first == second)
    return _date(int(match[3]), second if day_first else first, first if day_first else second, text)


def _date(year: int, month: int, day: int, text: str) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise PeriodFault(f"“{text}” is a day that does not exist") from None


def _month(year: str, number: int, text: str) -> Month:
    if len(year) != 4:
        raise PeriodFault(f"“{text}” has a year of two digits")
    try:
        return Month(int(year), number)
    except ValueError:
        raise PeriodFault(f"“{text}” is a month that does not exist") from None


def _named(match: re.Match[str], kind: str) -> FigurePeriod:
    return of_month(_month(match["year"], _number_of(match), match[0]), kind)


def _number_of(match: re.Match[str]) -> int:
    word = match["word"].lower()
    number = _SHORT.get(word[:3], 0)
    if not number or not MONTH_NAMES[number - 1].lower().startswith(word):
        raise PeriodFault(f"“{match[0][:40]}” is not a period")
    return number


def _two_numbers(match: re.Match[str], kind: str) -> FigurePeriod:
    """Read 2011-12: a month by its hyphen, a financial year by its second half; both fit until 2011-12."""
    year, sign, second = int(match[1]), match[2], int(match[3])
    follows, is_month = (year + 1) % 100 == second, 1 <= second <= 12
    if kind in ("financial year", "month"):
        follows, is_month = follows and kind == "financial year", is_month and kind == "month"
    elif sign == "/":
        is_month = is_month and not follows
    if follows and is_month:
        raise PeriodFault(f"“{match[0]}” can be a month or a financial year: say which kind of period it is", ask=True)
    if follows:
        return _financial(f"{year}/{second:02}")
    return of_month(_month(match[1], second, match[0]), "")


def _financial(label: str) -> FigurePeriod:
    return FigurePeriod(label, "financial year", financial_year_period(label))


def _long_financial(match: re.Match[str], kind: str) -> FigurePeriod:
    first, second = match["first"], match["second"]
    if (int(first) + 1) % 100 != int(second) % 100 or (len(second) == 4 and int(second) != int(first) + 1):
        raise PeriodFault(f"“{match[0]}” is not a financial year: its years do not follow each other")
    return _financial(f"{first}/{second[-2:]}")


def _financial_quarter(label: str, number: int) -> FigurePeriod:
    first = financial_year_period(label).first + 3 * (number - 1)
    return FigurePeriod(f"{label} Q{number}", "financial quarter", Period(first, first + 2))


def _quarter_of_financial(match: re.Match[str], kind: str) -> FigurePeriod:
    return _financial_quarter(_long_financial(match, kind).text, int(match["quarter"]))


def _quarter(match: re.Match[str], kind: str) -> FigurePeriod:
    return of_month(Month(int(match["year"]), int(match["quarter"]) * 3 - 2), "quarter")


def _calendar(year: int) -> FigurePeriod:
    return FigurePeriod(str(year), "calendar year", Period(Month(year, 1), Month(year, 12)))


def _year_to(month: Month) -> FigurePeriod:
    return FigurePeriod(f"year to {month}", "year to", Period(month - 11, month))


def _month_of_financial(match: re.Match[str], kind: str) -> FigurePeriod:
    """Read a month's name below its financial year: January of 2024/25 is January 2025."""
    year = _long_financial(match, kind).period
    number = _number_of(match)
    return of_month(next(month for month in year if month.number == number), kind)


def _named_year_to(match: re.Match[str], kind: str) -> FigurePeriod:
    return _year_to(_named(match, "").period.first)


_FINANCIAL: Final = r"(?P<first>\d{4}) ?[-/–] ?(?P<second>\d{2}|\d{4})"
_FORMS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str], FigurePeriod]], ...]] = tuple(
    (re.compile(pattern, re.ASCII | re.IGNORECASE), make)
    for pattern, make in (
        (r"(\d{4})([-/–])(\d{2})", _two_numbers),
        (rf"(?:FY ?)?{_FINANCIAL}", _long_financial),
        (r"(?P<year>\d{4})", lambda match, kind: _calendar(int(match["year"]))),
        (r"(\d{4})(\d{2})", lambda match, kind: of_month(_month(match[1], int(match[2]), match[0]), kind)),
        (r"(\d{1,2})[-/](\d{4})", lambda match, kind: of_month(_month(match[2], int(match[1]), match[0]), kind)),
        (rf"{_MONTH_WORD}{_SPLIT}(?P<year>\d{{4}}|\d{{2}})", _named),
        (rf"(?P<year>\d{{4}}){_SPLIT}{_MONTH_WORD}", _named),
        (rf"(?:YE|year (?:to|ending|ended))[: ]+(?:\d{{1,2}} )?{_MONTH_WORD} (?P<year>\d{{4}})", _named_year_to),
        (r"year to (\d{4})-(\d{2})", lambda match, kind: _year_to(_month(match[1], int(match[2]), match[0]))),
        (rf"{_FINANCIAL}{_SPLIT}{_MONTH_WORD}", _month_of_financial),
        (r"(?P<year>\d{4})(?: / |[ -])?Q(?P<quarter>[1-4])", _quarter),
        (r"Q(?P<quarter>[1-4])[ -](?P<year>\d{4})", _quarter),
        (rf"{_FINANCIAL}(?: / |[ -])?Q(?P<quarter>[1-4])", _quarter_of_financial),
        (rf"Q(?P<quarter>[1-4])[ -]{_FINANCIAL}", _quarter_of_financial),
    )
)
