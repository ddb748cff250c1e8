"""Published versions, what they were printed as, and whether everything stored is still what it was."""

import json
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from wardmote.analytics.measures.areas import named_area
from wardmote.definitions import narrowest, problems
from wardmote.partnership.documents.queries import FileDiffers, read_stored
from wardmote.partnership.members.models import Partnership
from wardmote.partnership.members.queries import COMMAND_LINE, partnership_named, service_reader
from wardmote.strategy.assessment.queries.scope import AnalysisRefused, AnalysisScope
from wardmote.strategy.evidence.models import Release
from wardmote.strategy.evidence.queries import gather_evidence, held_releases, warehouse

from .models import PublishedVersion

# The frozen page cannot know its own number: its links to figures hold this, and the address is put in when shown.
FIGURE_PLACEHOLDER = "/figure-of-this-version/"
ALL_CRIME = "all-crime"


def published_versions() -> QuerySet[PublishedVersion]:
    """Return every issued version, newest first; anyone may see them."""
    return PublishedVersion.objects.select_related("partnership").order_by("-issued_at")


def published_version(partnership: str, number: int) -> PublishedVersion:
    """Return one issued version by its partnership's slug and its number, or raise PublishedVersion.DoesNotExist."""
    return published_versions().get(partnership__slug=partnership, number=number)


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
    for version in PublishedVersion.objects.order_by("partnership", "number"):
        for sha256 in (version.data_sha256, version.html_sha256, version.pdf_sha256, version.analysis_sha256):
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
    found = named_area(gather_evidence(is_sample=False, held=held), name)
    if found is None:
        raise AnalysisRefused(
            f"{name} is neither a partnership set up here nor a partnership or district in a lookup that is held. "
            "Import the lookup of partnerships first, or check the name."
        )
    return AnalysisScope(found.name, found.districts, as_at, _measurable(), held, is_sample=False)


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
