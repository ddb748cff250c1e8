"""Last year's plan as it was accepted: its lines, and how many of them got how far."""

from dataclasses import dataclass

from django.db.models import QuerySet

from wardmote.access.readers import Reader
from wardmote.foundations.plans import Level, PlanLine, PlanProgress
from wardmote.partnership.members.models import Partnership
from wardmote.strategy.evidence.models import Release
from wardmote.strategy.evidence.rules import ReleaseState

from . import releases_for, warehouse


@dataclass(frozen=True)
class LastPlan:
    """A plan with the release that it is kept in."""

    release: Release
    lines: tuple[PlanLine, ...]

    def count(self, progress: PlanProgress) -> int:
        """Return how many commitments got this far."""
        return sum(line.progress is progress for line in self.lines if line.level is Level.COMMITMENT)


def last_plan(reader: Reader) -> LastPlan | None:
    """Return the newest plan that the reader's partnership accepted, None where there is none."""
    return _newest(releases_for(reader))


def last_plan_of(partnership: Partnership) -> LastPlan | None:
    """Return the newest plan that a partnership accepted, None where there is none."""
    return _newest(partnership.own_releases.all())


def waiting_plan(reader: Reader) -> Release | None:
    """Return the newest plan of the reader's partnership that was pasted and waits to be accepted."""
    return releases_for(reader).filter(kind="last-plan", state=ReleaseState.WAITING).order_by("arrival").last()


def has_last_plan(partnership: Partnership) -> bool:
    """Whether a plan was accepted."""
    return bool(_accepted(partnership.own_releases.all()).exists())


def _accepted(releases: QuerySet[Release]) -> QuerySet[Release]:
    return releases.filter(kind="last-plan", state=ReleaseState.ACCEPTED)


def _newest(releases: QuerySet[Release]) -> LastPlan | None:
    release = _accepted(releases).order_by("arrival").last()
    if release is None:
        return None
    con = warehouse().connect()
    try:
        rows = con.to_pyarrow(warehouse().table(con, release.digest)).to_pylist()
    finally:
        con.disconnect()
    lines = (
        PlanLine(row["reference"], Level(row["level"]), row["text"], PlanProgress(row["progress"])) for row in rows
    )
    return LastPlan(release, tuple(lines))
