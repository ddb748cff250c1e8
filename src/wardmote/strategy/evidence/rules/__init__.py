"""Which release counts for which month, what to look at before it does, and who may move it on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from wardmote.foundations.periods import Month
from wardmote.foundations.rounding import signed_percentage, with_thousands


class ReleaseState(StrEnum):
    """Where a release stands; only an accepted one counts."""

    WAITING = "waiting"
    HELD = "held"
    ACCEPTED = "accepted"
    SET_ASIDE = "set-aside"


# Kinds of data that belong to the partnership that brought them; all others are published for everyone.
OWN_KINDS = frozenset({"figures", "last-plan", "harm-weights", "incident-records"})


class Verdict(StrEnum):
    """What a person makes of a release; asking the supplier holds it back meanwhile."""

    ACCEPT = "accept"
    HOLD = "hold"
    ASK = "ask"
    SET_ASIDE = "set-aside"


STATE_AFTER = {
    Verdict.ACCEPT: ReleaseState.ACCEPTED,
    Verdict.HOLD: ReleaseState.HELD,
    Verdict.ASK: ReleaseState.HELD,
    Verdict.SET_ASIDE: ReleaseState.SET_ASIDE,
}
MAY_BE_GIVEN: dict[ReleaseState, tuple[Verdict, ...]] = {
    ReleaseState.WAITING: (Verdict.ACCEPT, Verdict.HOLD, Verdict.ASK, Verdict.SET_ASIDE),
    # A second question may follow the first.
    ReleaseState.HELD: (Verdict.ACCEPT, Verdict.ASK, Verdict.SET_ASIDE),
    # What was accepted and proves wrong is set aside; the figures it replaced count again.
    ReleaseState.ACCEPTED: (Verdict.SET_ASIDE,),
    ReleaseState.SET_ASIDE: (Verdict.ACCEPT,),
}


class Acceptance(StrEnum):
    """When what an import makes is accepted: later by a person, at once where nothing needs a look, or at once."""

    LATER = "later"
    IF_PLAIN = "if-plain"
    AT_ONCE = "at-once"


class FigureStatus(StrEnum):
    """Whether a publisher may still change the figures of a release."""

    PROVISIONAL = "provisional"
    VALIDATED = "validated"


STATUS_WORDS = {
    FigureStatus.PROVISIONAL: "Provisional: the publisher may still change these figures",
    FigureStatus.VALIDATED: "Final: the publisher has validated these figures",
}


@dataclass(frozen=True)
class Finding:
    """Something that a check found; one that needs a look keeps a release from being accepted unseen."""

    words: str
    needs_a_look: bool = True


@dataclass(frozen=True)
class MonthRows:
    """One month of a release: its rows, those that count for it now, those of the same month a year before.

    Rows are None where none are held. `unplaced` and `unplaced_before` are rows without a small area: in this month,
    and in the twelve months before it, with `rows_before` all rows of those. `unplaced` is None where the data name no
    small areas.
    """

    month: Month
    rows: int
    replaced: int | None = None
    year_before: int | None = None
    unplaced: int | None = None
    unplaced_before: int = 0
    rows_before: int = 0
    # An older month of the first release of a data set: shown, and not looked at.
    is_history: bool = False
    # Figures of the month that came with another value than the one held.
    restated: int = 0

    @property
    def is_unplaced(self) -> bool:
        """Whether none of its rows has a small area."""
        return bool(self.rows) and self.unplaced == self.rows


@dataclass(frozen=True)
class ReleaseMonths:
    """A release as the choice sees it: its key, its dataset, the months it holds, in order of arrival."""

    release: str
    dataset: str
    months: tuple[str, ...]


def newest_months(releases: Iterable[ReleaseMonths]) -> dict[str, tuple[str, ...]]:
    """Return the months for which each release is the newest of its dataset; releases come oldest first.

    A release without months (a lookup, a population) counts whole until a newer one of its dataset arrives; it is then
    left out of the answer, as is a monthly release whose every month has been replaced.
    """
    owner: dict[tuple[str, str], str] = {}
    for release in releases:
        for month in release.months or ("",):
            owner[(release.dataset, month)] = release.release
    kept: dict[str, list[str]] = {}
    for (_, month), key in owner.items():
        kept.setdefault(key, []).append(month)
    return {key: tuple(sorted(m for m in months if m)) for key, months in kept.items()}


# A month that a quarter of its rows left or joined is looked at before it replaces the one that counts.
MOVED = Fraction(1, 4)
# A third more or fewer than the same month last year: more than one partnership's year brings, less than a month that
# came half empty.
UNLIKE_LAST_YEAR = Fraction(1, 3)
# … and by more than chance moves two counts apart: three standard deviations of their difference, root of their sum.
DEVIATIONS = 3
# Percentage points by which the share without a small area may rise on the twelve months before.
MORE_UNPLACED = 2
# Below this a month without a row is chance: with 7 expected, one month in exp(7), about 1,100, has none.
SILENT_BELOW = 7
# Of the rows read; more could not be used than a stray line or two.
REJECTED = Fraction(1, 100)


def look_at_unplaced(months: Sequence[MonthRows]) -> tuple[Finding, ...]:
    """Return one finding for all months, in their order, of which no row has a small area."""
    found = [one.month for one in months if one.is_unplaced]
    if not found:
        return ()
    words = found[0].words() if len(found) == 1 else f"{found[0].words()} to {found[-1].words()}, {len(found)} months"
    return (Finding(f"{words}: no row has a small area, so none counts in any ward or district."),)


def look_at_month(found: MonthRows) -> tuple[Finding, ...]:
    """Return what is unlike the rows that count for the month now, unlike last year, or placed worse than before."""
    if found.is_history:
        return ()
    return tuple(one for one in (_moved(found), _unlike_last_year(found), _more_unplaced(found)) if one)


def _moved(found: MonthRows) -> Finding | None:
    before = found.replaced
    if before is None or before == found.rows:
        return None
    needs_a_look = abs(found.rows - before) >= MOVED * before
    return Finding(
        f"{found.month.words()}, which we hold already, changed: {_rows(found.rows)} now, {before:,} before"
        f"{_by(found.rows, before)}.",
        needs_a_look=needs_a_look,
    )


def _unlike_last_year(found: MonthRows) -> Finding | None:
    before = found.year_before
    if found.replaced is not None or not before:
        return None
    apart = abs(found.rows - before)
    if apart < UNLIKE_LAST_YEAR * before or apart**2 <= DEVIATIONS**2 * (found.rows + before):
        return None
    return Finding(
        f"{found.month.words()} has {_rows(found.rows)}; {(found.month - 12).words()} had {before:,}"
        f"{_by(found.rows, before)}."
    )


def _more_unplaced(found: MonthRows) -> Finding | None:
    if found.unplaced is None:
        return None
    if not found.rows or not found.rows_before or found.is_unplaced:
        return None
    now = Fraction(100 * found.unplaced, found.rows)
    before = Fraction(100 * found.unplaced_before, found.rows_before)
    if now - before < MORE_UNPLACED:
        return None
    return Finding(
        f"{found.month.words()}: {with_thousands(now, 1)}% of rows have no small area. In the 12 months before it was "
        f"{with_thousands(before, 1)}%, a rise of {with_thousands(now - before, 1)} percentage points."
    )


def look_at_silence(level: str, counts: Mapping[str, Sequence[int]], month: Month) -> tuple[Finding, ...]:
    """Return the areas or categories without a row in a month that had many in each of the months before.

    `counts` gives, for each name, its rows in the months before; only names without a row in `month` are given.
    """
    silent = sorted(name for name, before in counts.items() if before and sum(before) >= SILENT_BELOW * len(before))
    if not silent:
        return ()
    return (Finding(f"{month.words()} has no row at all for {level}: {', '.join(silent)}."),)


def look_at_whole(*, read: int, rejected: int, missing_months: Sequence[str]) -> tuple[Finding, ...]:
    """Return what concerns a release as a whole: rows that could not be used, months that are missing in between."""
    found = []
    if rejected > REJECTED * read:
        found.append(Finding(f"More than 1 row in 100 could not be used: {rejected:,} of {read:,}."))
    elif rejected:
        found.append(Finding(f"{_rows(rejected)} of {read:,} could not be used.", needs_a_look=False))
    if missing_months:
        months = ", ".join(Month.parse(month).words() for month in missing_months)
        found.append(Finding(f"Missing between the first and the last month: {months}."))
    return tuple(found)


def _rows(rows: int) -> str:
    return "1 row" if rows == 1 else f"{rows:,} rows"


def _by(now: int, before: int) -> str:
    return f" ({signed_percentage(Fraction(100 * (now - before), before), 1)})" if before else ""


def question_to_supplier(title: str, findings: Sequence[Finding]) -> str:
    """Return a question that is ready to send: what we received, what we noticed, what we need to know."""
    noticed = [finding.words for finding in findings if finding.needs_a_look] or [finding.words for finding in findings]
    lines = [f"We have received “{title}”. Before we use it, please look at this:"]
    lines += [f"- {words}" for words in noticed] or ["- "]
    lines.append(
        "Is that what happened, or did the recording, the system or the file change? If the file, please send it again."
    )
    return "\n".join(lines)
