"""What is odd in the figures of a partner's release: those held otherwise already, and those below nothing."""

from collections.abc import Sequence
from decimal import Decimal

from wardmote.analytics.measures.partner import Restated, below_zero, restated
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


def negative_in(release: Release) -> tuple[tuple[str, str, str, Decimal], ...]:
    """Return period, area, measure and value of the figures of a release that are below nothing."""
    con = warehouse().connect()
    try:
        return below_zero(con, warehouse().table(con, release.digest))
    finally:
        con.disconnect()
