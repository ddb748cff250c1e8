"""Published versions, what they were printed as, and whether everything stored is still what it was."""

import json
from datetime import date
from typing import Any

from django.db.models import Max, OuterRef, Prefetch, QuerySet, Subquery
from django.utils import timezone

from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.analytics.measures.areas import named_area
from wardmote.definitions import narrowest, problems
from wardmote.partnership.documents.queries import FileDiffers, read_stored
from wardmote.partnership.members.models import Partnership
from wardmote.partnership.members.queries import COMMAND_LINE, partnership_named, partnership_of, service_reader
from wardmote.strategy.assessment.queries.scope import AnalysisRefused, AnalysisScope
from wardmote.strategy.evidence.models import Release
from wardmote.strategy.evidence.queries import gather_evidence, held_releases, warehouse
from wardmote.strategy.publishing.models import PublishedVersion, PublishedWard, VersionNotice
from wardmote.strategy.publishing.rules import NoticeKind, kinds_open

# The frozen page cannot know its own number: its links to figures hold this, and the address is put in when shown.
FIGURE_PLACEHOLDER = "/figure-of-this-version/"
ALL_CRIME = "all-crime"
MOST_WARDS = 50


def published_versions() -> QuerySet[PublishedVersion]:
    """Return every issued version with its notices, newest first; anyone may see them."""
    notices = Prefetch("notices", VersionNotice.objects.select_related("successor"))
    return PublishedVersion.objects.select_related("partnership").prefetch_related(notices).order_by("-issued_at")


def versions_for(reader: Reader) -> QuerySet[PublishedVersion]:
    """Return the versions of the reader's partnership, for those who may issue."""
    reader.require(Permission.PUBLISH)
    return published_versions().filter(partnership=partnership_of(reader))


def open_to(version: PublishedVersion) -> frozenset[NoticeKind]:
    """Return the kinds of notice that a version can still get."""
    return kinds_open(NoticeKind(notice.kind) for notice in version.notices.all())


def current_versions() -> QuerySet[PublishedVersion]:
    """Return the versions that nothing has taken the place of, newest first."""
    return published_versions().filter(notices__isnull=True).order_by("-number")


def latest_version(partnership: str) -> PublishedVersion:
    """Return the newest version that stands, else the newest under its notice, or raise PublishedVersion.DoesNotExist.

    An address that somebody printed leads to what became of the document, not to "page not found".
    """
    issued = published_versions().filter(partnership__slug=partnership).order_by("-number")
    found = current_versions().filter(partnership__slug=partnership).first() or issued.first()
    if found is None:
        raise PublishedVersion.DoesNotExist
    return found


def newest_versions() -> list[PublishedVersion]:
    """Return the newest version that stands of each partnership, by the partnership's name."""
    later = current_versions().filter(partnership=OuterRef("partnership")).order_by("-number")
    found = published_versions().filter(number=Subquery(later.values("number")[:1]))
    return list(found.order_by("partnership__name"))


def newer_than(version: PublishedVersion) -> PublishedVersion | None:
    """Return the newest later version of the partnership that stands, if there is one."""
    later = current_versions().filter(partnership=version.partnership, number__gt=version.number)
    return later.first()


def published_version(partnership: str, number: int) -> PublishedVersion:
    """Return one issued version by its partnership's slug and its number, or raise PublishedVersion.DoesNotExist."""
    return published_versions().get(partnership__slug=partnership, number=number)


def ward_of(version: PublishedVersion, code: str) -> PublishedWard:
    """Return a ward of an issued version by its code, or raise PublishedWard.DoesNotExist."""
    return version.wards.get(code=code)


def current_wards() -> QuerySet[PublishedWard]:
    """Return the wards of the newest version that stands of each partnership, by name."""
    newest = current_versions().filter(partnership=OuterRef("version__partnership")).order_by("-number")
    stands = Subquery(newest.values("number")[:1])
    return PublishedWard.objects.filter(version__number=stands).select_related("version__partnership").order_by("name")


def wards_named(words: str) -> list[PublishedWard]:
    """Return the wards whose name contains the words, at most MOST_WARDS; nothing about the search is kept."""
    return list(current_wards().filter(name__icontains=words.strip())[:MOST_WARDS]) if words.strip() else []


def next_number(partnership: Partnership) -> int:
    """Return the number that the partnership's next version will have, as far as can be known before it is issued."""
    last = PublishedVersion.objects.filter(partnership=partnership).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def analysis_of_version(version: PublishedVersion) -> dict[str, Any]:
    """Return the analysis that the version's numbers were taken from."""
    analysis: dict[str, Any] = json.loads(read_stored(version.analysis_sha256))
    return analysis


def verify_stored() -> tuple[int, tuple[str, ...]]:
    """Re-hash every release and printed file; return how many were checked and the names of those that differ."""
    checked, different = 0, []
    store = warehouse()
    for release in Release.objects.order_by("dataset", "arrival"):
        checked += len(release.file_hashes)
        found = store.verify(release.digest, expected=release.file_hashes)
        different += [f"releases/{release.digest}/{name}" for name in found]
    for version in PublishedVersion.objects.order_by("partnership", "number").prefetch_related("wards"):
        wards = [sha256 for ward in version.wards.all() for sha256 in (ward.html_sha256, ward.pdf_sha256)]
        for sha256 in (*version.hashes, *wards):
            checked += 1
            try:
                read_stored(sha256)
            except FileDiffers as differs:
                different.append(str(differs))
    return checked, tuple(dict.fromkeys(different))


def scope_named(name: str, *, as_at: date) -> AnalysisScope:
    """Return the scope of a partnership set up here, or of one that a lookup held knows by name or code."""
    partnership = partnership_named(service_reader(COMMAND_LINE), name)
    if partnership:
        return _scope_of_partnership(partnership, as_at)
    held = held_releases(is_sample=False)
    evidence = gather_evidence(is_sample=False, held=held)
    try:
        found = named_area(evidence, name)
    finally:
        evidence.con.disconnect()
    if found is None:
        raise AnalysisRefused(
            f"{name} is neither a partnership set up here nor a partnership or district in a lookup that is held. "
            "Import the lookup of partnerships first, or check the name."
        )
    return AnalysisScope(found.name, found.districts, as_at, _measurable(), held, is_sample=False)


def every_partnership(*, as_at: date) -> AnalysisScope:
    """Return the scope that all partnerships which a lookup held knows have in common: all but name and districts."""
    return AnalysisScope("", (), as_at, _measurable(), held_releases(is_sample=False), is_sample=False)


def _scope_of_partnership(partnership: Partnership, as_at: date) -> AnalysisScope:
    return AnalysisScope(
        partnership=partnership.name,
        districts=tuple((district.code, district.name) for district in partnership.districts.all()),
        as_at=as_at,
        problems=_measurable(),
        held=held_releases(is_sample=partnership.is_sample),
        is_sample=partnership.is_sample,
    )


def _measurable() -> tuple[str, ...]:
    """Return all crime and the problems it is made of, without the roll-ups between them."""
    return (ALL_CRIME, *(problem.slug for problem in narrowest(problems(timezone.localdate()))))
