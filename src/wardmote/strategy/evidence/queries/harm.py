"""What harm and severity are worked out from: weights of offences, and the tables of offences that count."""

from dataclasses import dataclass
from datetime import date

from wardmote.analytics.warehouse.manifest import HeldRelease
from wardmote.partnership.members.models import Partnership
from wardmote.strategy.evidence.models import Release
from wardmote.strategy.evidence.rules import ReleaseState

from . import accepted_by, counting, held_as

WEIGHTS, SEVERITY, OFFENCES = "harm-weights", "severity-weights", "offence-counts"


@dataclass(frozen=True)
class HarmReleases:
    """The newest weights of harm and of severity, None where none are held, with titles; and the tables of offences."""

    weights: HeldRelease | None = None
    title: str = ""
    severity: HeldRelease | None = None
    severity_title: str = ""
    offences: tuple[HeldRelease, ...] = ()


def harm_releases(partnership: Partnership, *, until: date | None = None) -> HarmReleases:
    """Return what a partnership's harm is estimated from, as accepted by a day."""
    accepted = Release.objects.filter(state=ReleaseState.ACCEPTED)
    weights = accepted_by(accepted.filter(kind=WEIGHTS, partnership=partnership), until).order_by("arrival").last()
    shared = accepted.filter(kind=SEVERITY, is_sample=partnership.is_sample)
    severity = accepted_by(shared, until).order_by("arrival").last()
    tables = Release.objects.filter(kind=OFFENCES, is_sample=partnership.is_sample)
    return HarmReleases(*_with_title(weights), *_with_title(severity), offences=counting(accepted_by(tables, until)))


def _with_title(release: Release | None) -> tuple[HeldRelease | None, str]:
    return (None, "") if release is None else (held_as(release, ()), release.title)
