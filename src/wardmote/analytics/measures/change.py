"""Change: the last twelve months on the twelve before, with an interval, a verdict in words, and what spoils it.

Sources: the conventions of Kent's board report of November 2012 (percentages for counts, points for percentages);
interval.py for the statistics.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Final

from wardmote.analytics.measures.cells import Kind, changes_within
from wardmote.analytics.measures.counts import provenance
from wardmote.analytics.measures.dimensions import KIND, PLACE, TIME, chosen, columns, ordered
from wardmote.analytics.measures.evidence import Evidence
from wardmote.analytics.measures.figures import Column, Figures, FiguresRefused, Query, Value
from wardmote.analytics.measures.interval import Interval, dispersion, interval
from wardmote.analytics.measures.located import Located, located_by_month
from wardmote.analytics.measures.scope import Scope, refuse_mixed, scope_of
from wardmote.analytics.measures.tally import Tallied, Tally, tally
from wardmote.analytics.measures.words import SMALL_BASE, Verdict, change_sentence, percent_change, verdict
from wardmote.definitions import Effect, RecordingChange
from wardmote.foundations.periods import Period, before
from wardmote.foundations.rounding import half_up, percentage_points

YEAR: Final = 12
# Noise is estimated from five years at most: older months tell of another time.
HISTORY_YEARS: Final = 5
# In an undisturbed stretch of Leicestershire's files the share of rows without LSOA lies between 0 and 1.2% a month.
# A move of 1.5 points is beyond that, and by itself shifts a located count by about 1.5%: as much as many real changes.
LOCATED_LIMIT: Final = Fraction(3, 2)
PLACES: Final = 6
# How the reason of a comparison begins that a harmful change in recording forbids.
BROKEN: Final = "change in recording"
# One comparison in twenty without a real change is called clear by chance.
MANY: Final = 20
COLUMNS: Final = (
    Column("previous", "Before", "integer", "incidents"),
    Column("current", "Now", "integer", "incidents"),
    Column("difference", "Difference", "integer", "incidents"),
    Column("percent", "Change", "decimal", "%", decimals=1),
    Column("low", "Change, lower end", "decimal", "%", decimals=1),
    Column("high", "Change, upper end", "decimal", "%", decimals=1),
    Column("phi", "Dispersion of the monthly counts", "decimal", "", decimals=2),
    Column("verdict", "Verdict", "text"),
    Column("words", "In words", "text"),
    Column("warning", "Warning", "text"),
    Column("whole_force", "Whole force, in words", "text"),
    Column("reason", "Why there is no percentage", "text"),
)


@dataclass(frozen=True)
class Compared:
    """The two stretches of time that a change compares."""

    previous: Period
    current: Period


@dataclass(frozen=True)
class Change:
    """A change worked out: two counts, the interval of their ratio, its name, and why there is no percentage."""

    previous: int | None
    current: int | None
    ratio: Interval | None
    phi: float | None
    verdict: Verdict
    reason: str


def change(evidence: Evidence, query: Query) -> Figures:
    """Compare a period with the one before it: by default the last twelve months held with the twelve before.

    A period of up to a year is compared with the same months a year earlier, a longer one with as many months before.
    Rows: labels and COLUMNS; ends of the 95% interval in per cent, `percent` None from a base below 20. A change across
    a missing month or a harmful change in recording is None with a reason. Raises FiguresRefused.
    """
    if chosen(query.by, TIME):
        raise FiguresRefused("A change compares two periods, so it cannot be broken down by time as well.")
    scope = scope_of(evidence, query)
    spans = _spans(query.period or Period(scope.period.last - (YEAR - 1), scope.period.last))
    refuse_mixed(scope, spans.previous, spans.current)
    history = _history_period(spans, scope)
    told = tally(evidence, replace(query, period=Period(spans.previous.first, spans.current.last)))
    monthly = tally(evidence, replace(query, by=("month", *query.by), period=history))
    series = _series(monthly)
    located = located_by_month(evidence, monthly.scope) if monthly.scope.placed else {}
    known = evidence.recording_changes
    rows = tuple(_row(monthly, ones, spans, located.get(key[0], {}), changes=known) for key, ones in series.items())
    heads = (*columns(query.by), *COLUMNS)
    more = {"period": str(spans.current), "previous_period": str(spans.previous), "history": str(history)}
    return Figures("change", heads, rows, _notes(told, rows, spans), provenance(evidence, query, **more))


def worked_change(series: Mapping[Any, int | None], spans: Compared, *, broken: str = "") -> Change:
    """Work out a change from monthly counts by month (None or absent where a month is missing)."""
    previous, current = (_sum(series, span) for span in (spans.previous, spans.current))
    if broken:
        return Change(previous, current, None, None, Verdict.UNKNOWN, f"{BROKEN}: {broken.removesuffix('.')}")
    missing = [month for span in (spans.previous, spans.current) for month in span if series.get(month) is None]
    if missing:
        return Change(previous, current, None, None, Verdict.UNKNOWN, f"no count is held for {missing[0].words()}")
    spread = dispersion(_years(series, spans.current))
    if spread is None or previous is None or current is None:
        return Change(previous, current, None, None, Verdict.UNKNOWN, "")
    ratio = interval(previous, current, spread)
    called = Verdict.NONE if ratio is None else verdict(ratio)
    return Change(previous, current, ratio, spread.phi, called, "" if previous else "there were none before")


def _spans(current: Period) -> Compared:
    if current.length > YEAR:
        return Compared(before(current), current)
    return Compared(Period(current.first - YEAR, current.last - YEAR), current)


def _history_period(spans: Compared, scope: Scope) -> Period:
    """Whole years back from the end of the period, as far as data are held, two periods at the least."""
    first = min(scope.months, default=spans.previous.first)
    earliest = max(first, spans.current.last - (HISTORY_YEARS * YEAR - 1))
    return Period(min(earliest, spans.previous.first), spans.current.last)


def _series(monthly: Tally) -> dict[tuple[Any, ...], list[Tallied]]:
    found: dict[tuple[Any, ...], list[Tallied]] = {}
    for one in monthly.counts:
        found.setdefault((one.kind, one.place), []).append(one)
    return found


def _years(series: Mapping[Any, int | None], current: Period) -> list[list[int]]:
    """Cut the history into whole years back from the end of the period, up to the first month that is missing."""
    years: list[list[int]] = []
    end = current.last
    while len(years) < HISTORY_YEARS:
        counts = [series.get(month) for month in Period(end - (YEAR - 1), end)]
        if None in counts:
            break
        years.append([count for count in counts if count is not None])
        end = end - YEAR
    return years


def _sum(series: Mapping[Any, int | None], span: Period) -> int | None:
    counts = [series.get(month) for month in span]
    return None if None in counts else sum(count for count in counts if count is not None)


def _row(
    monthly: Tally,
    ones: Sequence[Tallied],
    spans: Compared,
    located: Mapping[Any, Located],
    *,
    changes: Sequence[RecordingChange],
) -> tuple[Value, ...]:
    kind = ones[0].cell.kind
    broken = _broken(kind, spans, changes)
    series = _comparable({one.cell.bucket.months[0]: one.count for one in ones}, kind, spans, changes)
    found = worked_change(series, spans, broken=broken)
    subject = _subject(monthly, ones[0])
    warning, whole = _spoiled(located, spans, subject=_kind_words(monthly, ones[0]), broken=broken)
    head = monthly.labels(ones[0])[1:]
    return (*head, *_numbers(found), str(found.verdict), _words(subject, found, spans), warning, whole, found.reason)


def _comparable(
    series: Mapping[Any, int | None], kind: Kind, spans: Compared, changes: Sequence[RecordingChange]
) -> Mapping[Any, int | None]:
    """Forget the history before a harmful change in recording: it counted something else."""
    breaks = [c.month for c in changes_within(changes, kind.categories, sorted(series)) if not _harmless(c, kind)]
    since = max(breaks, default="")
    return {month: count for month, count in series.items() if month >= spans.previous.first or str(month) >= since}


def _harmless(one: RecordingChange, kind: Kind) -> bool:
    return one.effect is not Effect.BREAK if kind.categories is None else one.harmless_for(kind.categories)


def _broken(kind: Kind, spans: Compared, changes: Sequence[RecordingChange]) -> str:
    months = (spans.previous.first, spans.current.last)
    return " ".join(c.words for c in changes_within(changes, kind.categories, months) if not _harmless(c, kind))


def _numbers(found: Change) -> tuple[Value, ...]:
    previous, current = found.previous, found.current
    if previous is None or current is None:
        return (previous, current, None, None, None, None, None)
    if found.reason.startswith(BROKEN):
        # What was counted before is not what is counted now: their difference would be no change.
        return (previous, current, None, None, None, None, None)
    exact = None if previous < SMALL_BASE or found.reason else percent_change(previous, current)
    low = None if found.ratio is None else half_up(_as_percent(found.ratio.low), PLACES)
    high = None if found.ratio is None or found.ratio.high is None else half_up(_as_percent(found.ratio.high), PLACES)
    phi = None if found.phi is None else half_up(Fraction(found.phi), PLACES)
    return (previous, current, current - previous, None if exact is None else half_up(exact, PLACES), low, high, phi)


def _as_percent(ratio: float) -> Fraction:
    return (Fraction(ratio) - 1) * 100


def _words(subject: str, found: Change, spans: Compared) -> str:
    if found.previous is None or found.current is None or found.reason.startswith(BROKEN):
        return f"{subject}: no comparison, {found.reason}"
    return change_sentence(subject, (found.previous, found.current), (spans.previous, spans.current), found.verdict)


def _subject(monthly: Tally, one: Tallied) -> str:
    words = _kind_words(monthly, one)
    levels = chosen(ordered(monthly.scope.query.by), PLACE)
    places = [monthly.names.get((level, code)) or code for level, code in zip(levels, one.place, strict=True)]
    return f"{words} in {', '.join(places)}" if places else words


def _kind_words(monthly: Tally, one: Tallied) -> str:
    names = chosen(ordered(monthly.scope.query.by), KIND)
    labels = [monthly.names.get((name, label), label) for name, label in zip(names, one.kind, strict=True)]
    where = monthly.scope.query.where
    asked = [monthly.names.get((name, value), value) for name in KIND for value in where.get(name, ())]
    return ", ".join(labels or asked) or "All incidents"


def _spoiled(located: Mapping[Any, Located], spans: Compared, *, subject: str, broken: str) -> tuple[str, str]:
    """Warn when the share of incidents without LSOA moved, and give the whole force's change beside the area's."""
    shares = [_without(located, span) for span in (spans.previous, spans.current)]
    if shares[0] is None or shares[1] is None or abs(shares[1] - shares[0]) <= LOCATED_LIMIT:
        return "", ""
    whole = worked_change({month: one.total for month, one in located.items()}, spans, broken=broken)
    moved = percentage_points(shares[1] - shares[0])
    warning = (
        f"Incidents without LSOA went from {half_up(shares[0], 1)}% to {half_up(shares[1], 1)}% ({moved}): part of "
        "this change may come from placing more or fewer incidents."
    )
    return warning, _words(f"{subject} in the whole force", whole, spans)


def _without(located: Mapping[Any, Located], span: Period) -> Fraction | None:
    ones = [located[month] for month in span if month in located]
    total = sum(one.total for one in ones)
    return Fraction(100 * sum(one.without_lsoa for one in ones), total) if total else None


def _notes(told: Tally, rows: Sequence[tuple[Value, ...]], spans: Compared) -> tuple[str, ...]:
    notes = [
        f"{spans.current.words()} compared with {spans.previous.words()}.",
        "The interval holds the real change 95 times in 100, given how much the months vary. A change is clear when "
        "the interval leaves out no change.",
    ]
    if len(rows) >= MANY:
        by_chance = half_up(Fraction(len(rows), 20))
        notes.append(f"{len(rows)} changes stand here: about {by_chance} of them may look clear by chance alone.")
    return (*told.notes, *notes)
