"""What harm is estimated from: the partnership's own weights, and the tables of offences that count."""

from dataclasses import dataclass
from datetime import date

from wardmote.analytics.warehouse.manifest import HeldRelease
from wardmote.partnership.members.models import Partnership
from wardmote.strategy.evidence.models import Release
from wardmote.strategy.evidence.rules import ReleaseState

from . import accepted_by, counting, held_as

WEIGHTS, OFFENCES = "harm-weights", "offence-counts"


@dataclass(frozen=True)
class HarmReleases:
    """The newest weights, None where none are held, with their title; and the tables of offences."""

    weights: HeldRelease | None = None
    title: str = ""
    offences: tuple[HeldRelease, ...] = ()


def harm_releases(partnership: Partnership, *, until: date | None = None) -> HarmReleases:
    """Return what a partnership's harm is estimated from, as accepted by a day."""
    own = Release.objects.filter(kind=WEIGHTS, partnership=partnership, state=ReleaseState.ACCEPTED)
    weights = accepted_by(own, until).order_by("arrival").last()
    tables = Release.objects.filter(kind=OFFENCES, is_sample=partnership.is_sample)
    return HarmReleases(
        None if weights is None else held_as(weights, ()),
        "" if weights is None else weights.title,
        counting(accepted_by(tables, until)),
    )
