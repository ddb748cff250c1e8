"""The releases a reader may see, which of them count, and the warehouse that holds them."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.conf import settings
from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from wardmote import code_version
from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.analytics.measures.evidence import Evidence, Here, gather
from wardmote.analytics.warehouse.manifest import HeldRelease
from wardmote.analytics.warehouse.store import Warehouse
from wardmote.definitions import Problem, RecordingChange, problems
from wardmote.foundations.periods import Month, rolling_12
from wardmote.partnership.members.queries import partnership_of
from wardmote.strategy.evidence.models import Import, Release, ReleaseVerdict
from wardmote.strategy.evidence.rules import ReleaseMonths, ReleaseState, Verdict, newest_months


def warehouse() -> Warehouse:
    """Return the warehouse in the data folder, on the engine that settings name."""
    return Warehouse(settings.WARDMOTE_DATA, settings.WARDMOTE_ENGINE)


def sees_sample(reader: Reader) -> bool:
    """Whether the reader acts for the fictional sample partnership, which never meets real data."""
    return reader.partnership is not None and partnership_of(reader).is_sample


def releases_for(reader: Reader) -> QuerySet[Release]:
    """Return the releases of the reader's world, sample or real: published ones, and the reader's partnership's own."""
    reader.require(Permission.SEE_EVIDENCE)
    if reader.is_system and reader.partnership is None:
        return Release.objects.all()
    seen = Q(partnership=None) | Q(partnership=reader.partnership)
    return Release.objects.filter(seen, is_sample=sees_sample(reader))


def imports_for(reader: Reader) -> QuerySet[Import]:
    """Return the imports of the reader's partnership, newest first."""
    reader.require(Permission.SEE_EVIDENCE)
    return Import.objects.filter(partnership=partnership_of(reader)).prefetch_related("files", "releases")


def held_releases(*, is_sample: bool, until: date | None = None) -> tuple[HeldRelease, ...]:
    """Return the releases that count today, each with the months for which it is the newest accepted of its dataset.

    With `until` only those count that were accepted by the end of that day.
    """
    return counting(accepted_by(Release.objects.filter(is_sample=is_sample), until))


def accepted_by(releases: QuerySet[Release], until: date | None) -> QuerySet[Release]:
    """Leave out the releases that were accepted after a day; none where no day is given."""
    if until is None:
        return releases
    after = ReleaseVerdict.objects.filter(verdict=Verdict.ACCEPT, given_at__date__gt=until)
    return releases.exclude(id__in=after.values("release_id"))


def months_with_a_year(reader: Reader) -> list[Month]:
    """Return the months that a year can end with, newest first: those with at least a year of data before them."""
    reader.require(Permission.SEE_EVIDENCE)
    held = held_releases(is_sample=partnership_of(reader).is_sample)
    months = sorted({Month.parse(month) for one in held if one.kind == "police-uk" for month in one.placed_months})
    return [month for month in reversed(months) if rolling_12(month).first >= months[0]]


def counting(releases: Iterable[Release], *, if_accepted: str = "") -> tuple[HeldRelease, ...]:
    """Return those of the releases that count, and for which months; one that is not accepted never counts.

    `if_accepted` is the digest of a release to be taken as accepted: what would count then.
    """
    accepted = (one for one in releases if one.state == ReleaseState.ACCEPTED or one.digest == if_accepted)
    ordered = sorted(accepted, key=lambda release: release.arrival)
    months = newest_months(ReleaseMonths(r.digest, r.dataset, tuple(r.manifest["months"])) for r in ordered)
    return tuple(held_as(release, months[release.digest]) for release in ordered if release.digest in months)


def counting_months(release: Release) -> tuple[str, ...]:
    """Return the months for which a release is the newest of its dataset."""
    held = {one.release: one.months for one in held_releases(is_sample=release.is_sample)}
    return held.get(release.digest, ())


def counts_today(release: Release) -> bool:
    """Whether a release is the newest accepted of its dataset, for some month or, where it has none, as a whole."""
    return any(one.release == release.digest for one in held_releases(is_sample=release.is_sample))


def held_as(release: Release, months: tuple[str, ...]) -> HeldRelease:
    """Return a release as the warehouse reads it, with the months of it that are to count."""
    return HeldRelease(
        release=release.digest,
        dataset=release.dataset,
        kind=release.kind,
        months=months,
        editions=release.manifest["editions"],
        is_sample=release.is_sample,
        unplaced=_unplaced(release),
    )


def _unplaced(release: Release) -> tuple[str, ...]:
    rows = release.quality.get("rows_by_month", {})
    without = release.quality.get("rows_without_lsoa_by_month", {})
    return tuple(month for month, n in sorted(rows.items()) if n and without.get(month) == n)


def has_real_releases() -> bool:
    """Whether any release of real data is held, accepted or not."""
    return Release.objects.filter(is_sample=False).exists()


def gather_evidence(
    *,
    is_sample: bool,
    held: Sequence[HeldRelease] | None = None,
    changes: Sequence[RecordingChange] = (),
    known: Iterable[Problem] | None = None,
    lookup: str = "",
) -> Evidence:
    """Return what measures read: the releases that count today or those given, and what is known and chosen here."""
    return gather(
        warehouse(),
        held_releases(is_sample=is_sample) if held is None else held,
        problems=problems(timezone.localdate()) if known is None else tuple(known),
        code_version=code_version(),
        here=Here(tuple(changes), lookup),
    )


def last_month_held(reader: Reader) -> Month | None:
    """Return the newest month of crime data in the reader's world, None where none is held."""
    accepted = releases_for(reader).filter(kind="police-uk", state=ReleaseState.ACCEPTED)
    newest = accepted.aggregate(last=Max("period_to"))["last"]
    return Month.parse(newest) if newest else None


def waiting_releases(reader: Reader) -> QuerySet[Release]:
    """Return the releases that came and count nowhere yet, oldest first: somebody has to look at them."""
    return releases_for(reader).filter(state__in=(ReleaseState.WAITING, ReleaseState.HELD)).order_by("arrival")
