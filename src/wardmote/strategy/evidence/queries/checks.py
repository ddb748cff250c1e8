"""What to look at before a release is accepted: what it changes, what is unlike last year, what fell silent."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from wardmote.access.readers import Reader
from wardmote.analytics.measures import MEASURES
from wardmote.analytics.measures.figures import FiguresRefused, Query
from wardmote.analytics.measures.partner import Restated
from wardmote.analytics.warehouse.manifest import HeldRelease
from wardmote.foundations.periods import Month, Period
from wardmote.partnership.members.queries import partnership_of
from wardmote.strategy.evidence.models import Release
from wardmote.strategy.evidence.rules import (
    Finding,
    MonthRows,
    ReleaseState,
    look_at_month,
    look_at_silence,
    look_at_unplaced,
    look_at_whole,
)
from wardmote.strategy.evidence.rules.restated import ChangedFigure, look_at_figures, look_at_negative

from . import counting, gather_evidence
from .restated import negative_in, restated_by

FIGURES = "figures"
BY_MONTH = "rows_without_lsoa_by_month"
# The months before a month that its areas and categories are compared with.
BEFORE = 12


@dataclass(frozen=True)
class Check:
    """What a check found: the months side by side, and in words what to know and what to look at."""

    months: tuple[MonthRows, ...]
    findings: tuple[Finding, ...]
    # Whether nothing of the data set counts yet, so that there is nothing good to replace.
    is_first: bool

    @property
    def needs_a_look(self) -> bool:
        """Whether anything keeps the release from being accepted unseen."""
        return any(finding.needs_a_look for finding in self.findings)


def check_of(release: Release, *, districts: Sequence[str] = ()) -> Check:
    """Check a release against what counts now; `districts` are the codes in which silence is looked for.

    Without districts, only categories are looked at for silence.
    """
    others = list(Release.objects.filter(is_sample=release.is_sample, state=ReleaseState.ACCEPTED))
    others = [other for other in others if other.digest != release.digest]
    same = [other for other in others if other.dataset == release.dataset]
    changed = restated_by(release, same) if release.kind == FIGURES and same else ()
    months = _months(release, same, changed)
    found = [
        *look_at_whole(
            read=release.rows_read,
            rejected=release.rows_rejected,
            missing_months=release.quality.get("missing_months", []),
        ),
        *(finding for month in months for finding in look_at_month(month)),
        *look_at_unplaced(months),
        *look_at_figures([_in_words(one) for one in changed]),
        *look_at_negative(negative_in(release) if release.kind == FIGURES else ()),
        *_silent(release, others, months, districts),
    ]
    return Check(months, tuple(sorted(found, key=lambda finding: not finding.needs_a_look)), is_first=not same)


def check_for(reader: Reader, release: Release) -> Check:
    """Check a release with the districts of the reader's partnership."""
    if reader.partnership is None:
        return check_of(release)
    return check_of(release, districts=[district.code for district in partnership_of(reader).districts.all()])


def _in_words(one: Restated) -> ChangedFigure:
    period = one.months.first.words() if len(one.months.months) == 1 else one.period
    return ChangedFigure(period, f"{one.measure}, {one.area}", one.before, one.now)


def _months(release: Release, others: Sequence[Release], changed: Sequence[Restated] = ()) -> tuple[MonthRows, ...]:
    """Return each month of the release beside what counts for it now, and for the same month a year before.

    In the first release of a data set only the newest month is held against the year before: its history is what it is.
    """
    rows, unplaced = _by_month(release)
    held: dict[Month, int] = {}
    held_unplaced: dict[Month, int] = {}
    for other in sorted(others, key=lambda other: other.arrival):
        its_rows, its_unplaced = _by_month(other)
        held |= its_rows
        held_unplaced |= its_unplaced
    known, known_unplaced = held | rows, held_unplaced | unplaced
    newest = max(rows, key=lambda month: month.index, default=None)
    restated_in = Counter(month for one in changed for month in one.months)
    return tuple(
        MonthRows(
            month=month,
            rows=rows[month],
            replaced=held.get(month),
            year_before=known.get(month - BEFORE),
            unplaced=unplaced.get(month, 0) if BY_MONTH in release.quality else None,
            unplaced_before=sum(known_unplaced.get(one, 0) for one in _year_before(month)),
            rows_before=sum(known.get(one, 0) for one in _year_before(month)),
            is_history=not others and month != newest,
            restated=restated_in[month],
        )
        for month in sorted(rows, key=lambda month: month.index)
    )


def _year_before(month: Month) -> tuple[Month, ...]:
    return Period(month - BEFORE, month - 1).months


def _by_month(release: Release) -> tuple[dict[Month, int], dict[Month, int]]:
    quality = release.quality
    rows = {Month.parse(month): n for month, n in quality.get("rows_by_month", {}).items()}
    unplaced = {Month.parse(month): n for month, n in quality.get(BY_MONTH, {}).items()}
    return rows, unplaced


def _silent(
    release: Release, others: list[Release], months: Sequence[MonthRows], districts: Sequence[str]
) -> tuple[Finding, ...]:
    """Look for areas and categories that fell silent in the newest month, with the release taken as accepted."""
    if release.kind != "police-uk" or not months:
        return ()
    held = [
        one
        for one in counting([*others, release], if_accepted=release.digest)
        if one.dataset == release.dataset or one.kind == "lookup"
    ]
    month = months[-1].month
    found = look_at_silence("these crime types", _counts_before(held, release, "category", month, ()), month)
    if districts:
        found += look_at_silence("these wards", _counts_before(held, release, "ward", month, districts), month)
    return found


def _counts_before(
    held: Sequence[HeldRelease], release: Release, level: str, month: Month, districts: Sequence[str]
) -> dict[str, list[int]]:
    """Return the monthly counts of the year before, for each area or category without a row in the month."""
    where = {"dataset": (release.dataset,)} | ({"district": tuple(districts)} if districts else {})
    evidence = gather_evidence(is_sample=release.is_sample, held=held)
    try:
        query = Query(by=(level, "month"), where=where, period=Period(month - BEFORE, month))
        records = MEASURES["counts"](evidence, query).records()
    except FiguresRefused:
        return {}
    finally:
        evidence.con.disconnect()
    counts: dict[str, dict[str, int]] = {}
    for record in records:
        if record["count"] is not None:
            name = str(record.get(f"{level}_name") or record[level])
            counts.setdefault(name, {})[str(record["month"])] = int(record["count"])
    quiet = {name: by_month for name, by_month in counts.items() if by_month.get(str(month)) == 0}
    return {name: [n for at, n in by_month.items() if at != str(month)] for name, by_month in quiet.items()}
