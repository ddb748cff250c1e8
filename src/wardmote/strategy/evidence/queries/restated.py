"""The figures of a partner's release that those held already give otherwise."""

from collections.abc import Sequence

from wardmote.analytics.measures.partner import Restated, restated
from wardmote.strategy.evidence.models import Release

from . import warehouse


def restated_by(release: Release, held: Sequence[Release]) -> tuple[Restated, ...]:
    """Return the figures of a release that accepted ones of its data set give with another value."""
    con = warehouse().connect()
    try:
        before = [warehouse().table(con, one.digest) for one in sorted(held, key=lambda one: one.arrival)]
        return restated(con, before, warehouse().table(con, release.digest))
    finally:
        con.disconnect()
