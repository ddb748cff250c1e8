"""The register as pages show it: each source with what is due of it, and the gaps with those that are overdue."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.foundations.periods import Month
from wardmote.partnership.members.queries import partnership_of
from wardmote.strategy.evidence.models import EvidenceGap, Release, Supply
from wardmote.strategy.evidence.rules import ReleaseState
from wardmote.strategy.evidence.rules.supplies import Due, DueState, GapState, Refresh, due_of

from . import releases_for


@dataclass(frozen=True)
class SupplyDue:
    """A source beside what is due of it, the last month held, and the last day somebody asked."""

    supply: Supply
    due: Due
    held_to: Month | None
    last_chased_on: date | None


def supplies_due(reader: Reader, *, today: date) -> list[SupplyDue]:
    """Return the sources of the reader's partnership, the most pressing first."""
    reader.require(Permission.SEE_EVIDENCE)
    releases = list(releases_for(reader))
    supplies = partnership_of(reader).supplies.select_related("supplier").prefetch_related("chases")
    found = [_supply_due(supply, releases, today) for supply in supplies]
    pressing = [DueState.LATE, DueState.WAITING, DueState.DUE, DueState.NOT_YET, DueState.ARRIVED]
    return sorted(found, key=lambda one: (pressing.index(one.due.state), one.supply.title))


def _supply_due(supply: Supply, releases: list[Release], today: date) -> SupplyDue:
    own = [release for release in releases if supply.dataset and release.dataset == supply.dataset]
    held = _last(release for release in own if release.state == ReleaseState.ACCEPTED)
    waiting = _last(release for release in own if release.state in (ReleaseState.WAITING, ReleaseState.HELD))
    due = due_of(Refresh(supply.refresh), supply.lag_days, held_to=held, waiting_to=waiting, today=today)
    chased = max((chase.chased_on for chase in supply.chases.all()), default=None)
    return SupplyDue(supply, due, held, chased)


def _last(releases: Iterable[Release]) -> Month | None:
    months = [month for release in releases for month in release.manifest["months"]]
    return Month.parse(max(months)) if months else None


def gaps_for(reader: Reader) -> list[EvidenceGap]:
    """Return what the reader's partnership does not know, open ones first, soonest due first."""
    reader.require(Permission.SEE_EVIDENCE)
    gaps = partnership_of(reader).evidence_gaps.all()
    return sorted(gaps, key=lambda gap: (gap.state != GapState.OPEN, gap.due_on, gap.question))
