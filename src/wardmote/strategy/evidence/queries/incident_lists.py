"""The lists of incidents that a partnership brought, which are nobody else's."""

from datetime import date

from wardmote.analytics.warehouse.manifest import HeldRelease
from wardmote.partnership.members.models import Partnership
from wardmote.strategy.evidence.models import Release

from . import accepted_by, counting

KIND = "incident-records"


def incident_lists(partnership: Partnership, *, until: date | None = None) -> tuple[HeldRelease, ...]:
    """Return the partnership's own lists that count, as accepted by a day, each with its months."""
    return counting(accepted_by(Release.objects.filter(kind=KIND, partnership=partnership), until))
