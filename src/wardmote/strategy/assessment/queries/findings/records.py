"""What a partnership's own list of incidents tells of a problem: hours, repeats, near repeats; or that none is held."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from wardmote.analytics.measures.incident_records import IncidentRecord, incident_records
from wardmote.analytics.warehouse.manifest import HeldRelease
from wardmote.definitions import all_problems
from wardmote.foundations.periods import Month, Period
from wardmote.foundations.rounding import with_thousands
from wardmote.strategy.assessment.queries.frame import Frame
from wardmote.strategy.assessment.queries.scope import AnalysisScope, held_until
from wardmote.strategy.evidence.queries import warehouse

from .hours import hours_of
from .near_repeats import near_repeats_of
from .repeats import repeats_of

Content = Mapping[str, Any]
NOT_HELD: Final = (
    "Hours, repeat victims and locations, and near repeats: nothing can be said, for no list of single incidents is "
    "held. The open files of police.uk have months, no victims, and places that were moved to nearby points."
)


@dataclass(frozen=True)
class IncidentList:
    """The incidents of a problem, of the period and of the time before it, and the months held."""

    releases: tuple[HeldRelease, ...]
    records: tuple[IncidentRecord, ...]
    months: tuple[Month, ...]


def add_records(problems: Sequence[dict[str, Any]], frame: Frame, scope: AnalysisScope) -> None:
    """Put what the lists of incidents tell beside each measured problem that has one; of the districts as a whole."""
    if scope.ward:
        return
    lists = held_until(scope.lists, frame.period.last)
    for problem in problems:
        own = tuple(one for one in lists if _problem_of(one) == problem["slug"])
        if problem["measured"] and own:
            found = _records_of(_read(frame, own), frame.period)
            if found:
                problem["records"] = found


def _problem_of(release: HeldRelease) -> str:
    """Return the problem that a list is of, the end of its data set's name: incidents-PARTNERSHIP-PROBLEM."""
    slugs = sorted(all_problems(), key=len, reverse=True)
    return next((slug for slug in slugs if release.dataset.endswith(f"-{slug}")), "")


def _read(frame: Frame, releases: tuple[HeldRelease, ...]) -> IncidentList:
    con, store = frame.evidence.con, warehouse()
    records = incident_records(con, [(store.table(con, one.release), one.months) for one in releases])
    months = sorted({Month.parse(month) for one in releases for month in one.months})
    return IncidentList(releases, records, tuple(months))


def _records_of(found: IncidentList, period: Period) -> dict[str, Any]:
    """Return what a list tells of the year; empty where it has no incident of it."""
    first, last = period.first.first_day.toordinal(), period.last.last_day.toordinal()
    within = [one for one in found.records if first <= one.day <= last]
    if not within:
        return {}
    return {
        "releases": [[one.dataset, one.release] for one in found.releases],
        "count": len(within),
        "first": str(found.months[0]),
        "months": sum(month in period for month in found.months),
        "hours": hours_of(within),
        "repeats": repeats_of(found.records, first=first, last=last, begins=found.months[0].first_day.toordinal()),
        "near": near_repeats_of(within),
    }


def records_releases(problems: Iterable[Content], scope: AnalysisScope) -> tuple[HeldRelease, ...]:
    """Return the lists that some problem of an analysis was told from."""
    read = {digest for one in problems for _, digest in (one.get("records") or {}).get("releases", ())}
    return tuple(one for one in scope.lists if one.release in read)


def covered_words(found: Content, period: Content) -> str:
    """Say how many incidents the list has and, where it lacks months of the year, how many it covers."""
    of = "" if found["months"] == 12 else f" It covers {found['months']} of the 12 months."
    return f"The list has {with_thousands(found['count'])} incidents in the {period['words']}.{of}"
