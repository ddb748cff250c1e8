"""What is in an extract: counts of some problems by month and by ward, for a year and the year before it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.analytics.measures import MEASURES
from wardmote.analytics.measures.evidence import Evidence
from wardmote.analytics.measures.figures import FiguresRefused, Query
from wardmote.analytics.warehouse.manifest import HeldRelease
from wardmote.foundations.periods import Month, Period, before, rolling_12
from wardmote.partnership.members.models import Partnership
from wardmote.partnership.members.queries import partnership_of
from wardmote.strategy.evidence.models import Extract, Release

from . import gather_evidence, held_as, held_releases
from .boundaries import chosen_lookup
from .changes import changes_known
from .own_problems import every_problem


class ExtractRefused(Exception):
    """These figures cannot be extracted; the text says why."""


@dataclass(frozen=True)
class Extracted:
    """The figures of an extract: by problem, rows of (label, count now, count before), None where missing."""

    period: Period
    by_ward: Mapping[str, Sequence[tuple[str, int | None, int | None]]]
    by_month: Mapping[str, Sequence[tuple[str, int | None, int | None]]]
    notes: tuple[str, ...]
    sources: tuple[Release, ...]


def extracts_of(reader: Reader) -> QuerySet[Extract]:
    """Return what was issued by the reader's partnership, newest first."""
    reader.require(Permission.IMPORT_EVIDENCE)
    return Extract.objects.filter(partnership=partnership_of(reader)).select_related("agency", "partnership")


def counted_for(partnership: Partnership) -> tuple[HeldRelease, ...]:
    """Return the releases that an extract made today is counted from."""
    return tuple(one for one in held_releases(is_sample=partnership.is_sample) if one.kind in ("police-uk", "lookup"))


def counted_then(extract: Extract) -> tuple[HeldRelease, ...]:
    """Return the releases that an extract was counted from."""
    rows = {release.digest: release for release in Release.objects.filter(digest__in=dict(extract.releases))}
    return tuple(held_as(rows[digest], tuple(months)) for digest, months in extract.releases)


def extracted(partnership: Partnership, slugs: Sequence[str], last: Month, *, held: Sequence[HeldRelease]) -> Extracted:
    """Count the problems of a partnership for the year to a month from these releases; raises ExtractRefused."""
    evidence = gather_evidence(
        is_sample=partnership.is_sample,
        held=held,
        changes=changes_known(partnership),
        known=every_problem(partnership).values(),
        lookup=chosen_lookup(partnership),
    )
    try:
        return _extracted(evidence, partnership, tuple(slugs), rolling_12(last))
    except FiguresRefused as refusal:
        raise ExtractRefused(str(refusal)) from refusal
    finally:
        evidence.con.disconnect()


def _extracted(evidence: Evidence, partnership: Partnership, slugs: tuple[str, ...], period: Period) -> Extracted:
    districts = tuple(district.code for district in partnership.districts.all())
    wards = _paired(evidence, "ward", {"district": districts, "problem": slugs}, period)
    months = _paired(evidence, "month", {"district": districts, "problem": slugs}, period)
    digests = [one.release for one in evidence.held]
    return Extracted(
        period=period,
        by_ward=wards[0],
        by_month=months[0],
        notes=tuple(dict.fromkeys((*months[1], *wards[1]))),
        sources=tuple(Release.objects.filter(digest__in=digests).order_by("kind", "dataset", "arrival")),
    )


Rows = dict[str, list[tuple[str, int | None, int | None]]]


def _paired(
    evidence: Evidence, level: str, where: Mapping[str, tuple[str, ...]], period: Period
) -> tuple[Rows, tuple[str, ...]]:
    """Return counts of a period by problem, each beside that of the year before, and what to know of them."""
    now, then = (
        MEASURES["counts"](evidence, Query(by=("problem", level), where=where, period=span))
        for span in (period, before(period))
    )
    earlier = {(row["problem"], _year_on(level, row[level])): _whole(row["count"]) for row in then.records()}
    found: Rows = {}
    for row in now.records():
        title = str(row["problem_name"])
        found.setdefault(title, []).append(
            (_label(level, row), _whole(row["count"]), earlier.get((row["problem"], row[level])))
        )
    return found, now.notes


def _year_on(level: str, label: object) -> object:
    return str(Month.parse(str(label)) + 12) if level == "month" else label


def _label(level: str, row: Mapping[str, Any]) -> str:
    return Month.parse(str(row["month"])).words() if level == "month" else str(row["ward_name"] or row["ward"])


def _whole(value: object) -> int | None:
    return None if value is None else int(str(value))
