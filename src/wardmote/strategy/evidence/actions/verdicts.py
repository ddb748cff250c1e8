"""Accepting a release, holding it back, asking its supplier, setting it aside: each with who, when and why."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.audit.actions import record
from wardmote.definitions import release_kind
from wardmote.jobs.actions import ask_for
from wardmote.strategy.evidence.models import Release, ReleaseVerdict
from wardmote.strategy.evidence.queries import sees_sample
from wardmote.strategy.evidence.queries.checks import check_for
from wardmote.strategy.evidence.rules import MAY_BE_GIVEN, STATE_AFTER, FigureStatus, ReleaseState, Verdict


class VerdictRefused(Exception):
    """The release cannot be moved on in this way; the text says why and what to do."""


@transaction.atomic
def give_verdict(reader: Reader, release: Release, verdict: Verdict, words: str) -> ReleaseVerdict:
    """Hold a release back, ask its supplier, or set it aside; keeps who did it, when and why.

    Issued documents stay as they are. Raises VerdictRefused where no reason is given, or where the release has moved
    on meanwhile.
    """
    if not words.strip():
        raise VerdictRefused("Say why, so that a colleague understands it next month.")
    given = _move(reader, release, verdict, words)
    record(reader, verdict, kind="release", key=release.digest, changed=["state"])
    return given


@transaction.atomic
def accept(
    reader: Reader, release: Release, *, status: FigureStatus | None = None, caveat: str = "", words: str = ""
) -> None:
    """Let a release count, saying whether its figures are final and what their readers must know."""
    _move(reader, release, Verdict.ACCEPT, words)
    release.status = status or usual_status(release)
    release.caveat = caveat.strip()
    release.save(update_fields=["status", "caveat"])
    record(reader, Verdict.ACCEPT, kind="release", key=release.digest, changed=["caveat", "state", "status"])


def usual_status(release: Release) -> FigureStatus:
    """Return whether figures are final where nobody has said so: as their own rows say, or as their kind is.

    Figures by month change later, and those of a year where their kind is revised; a lookup, a population or a boundary
    is published once.
    """
    said = set(release.quality.get("figures_by_status", {})) - {"unavailable"}
    if said == {FigureStatus.VALIDATED}:
        return FigureStatus.VALIDATED
    revised = release.period_to and release_kind(release.kind).status == FigureStatus.PROVISIONAL
    return FigureStatus.PROVISIONAL if release.manifest["months"] or revised else FigureStatus.VALIDATED


def _move(reader: Reader, release: Release, verdict: Verdict, words: str) -> ReleaseVerdict:
    reader.require(Permission.IMPORT_EVIDENCE)
    locked = Release.objects.select_for_update().get(id=release.id)
    if not reader.is_system and locked.is_sample != sees_sample(reader):
        raise VerdictRefused("This release belongs to another site's evidence.")
    if verdict not in MAY_BE_GIVEN[ReleaseState(locked.state)]:
        raise VerdictRefused("Somebody has decided about this release since you opened the page. Look where it stands.")
    locked.state = release.state = STATE_AFTER[verdict]
    locked.save(update_fields=["state"])
    return ReleaseVerdict.objects.create(
        release=locked, verdict=verdict, words=words.strip(), given_at=timezone.now(), given_by_key=reader.key
    )


@transaction.atomic
def accept_by_hand(
    reader: Reader, release: Release, *, status: FigureStatus | None = None, caveat: str = "", words: str = ""
) -> None:
    """Accept a release as a person does on its page, and let the worker complete the checks that waited for it."""
    accept(reader, release, status=status, caveat=caveat, words=words)
    if "lsoa_2011" in release.manifest["editions"]:
        ask_for("complete-checks", reader=reader, arguments={"release": release.digest})


def accept_plain(reader: Reader, releases: Iterable[Release]) -> tuple[int, int]:
    """Accept those waiting releases whose check finds nothing to look at; returns how many, and how many still wait."""
    reader.require(Permission.IMPORT_EVIDENCE)
    waiting = [release for release in releases if release.state == ReleaseState.WAITING]
    plain = [release for release in waiting if not check_for(reader, release).needs_a_look]
    for release in plain:
        accept_by_hand(reader, release)
    return len(plain), len(waiting) - len(plain)
