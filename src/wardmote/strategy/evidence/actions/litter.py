"""Clearing away what killed imports left: folders that no release names, and uploads that no job will read."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings

from wardmote.jobs.models import Job
from wardmote.partnership.members.queries import COMMAND_LINE, service_reader
from wardmote.strategy.evidence.models import Import, Release
from wardmote.strategy.evidence.queries import warehouse
from wardmote.strategy.evidence.queries.sheets import KIND

from .sheets import WAITS, remove_sheet

# An upload is read within minutes; after a day without a job that could still read it, its bytes only lie about.
KEPT = timedelta(days=1)


def sweep_litter(now: datetime) -> tuple[Path, ...]:
    """Remove folders of releases that do not exist and of uploads that nothing waits for; returns what it removed."""
    _remove_sheets(now)
    gone = warehouse().sweep(Release.objects.values_list("digest", flat=True))
    return (*gone, *_sweep_uploads(now))


def _remove_sheets(now: datetime) -> None:
    """Destroy the sheets that nobody described within a day, each with its audit entry."""
    for asked in Import.objects.filter(kind=KIND, job_key=None, asked_at__lt=now - WAITS):
        remove_sheet(service_reader(COMMAND_LINE, partnership=asked.partnership_id), asked)


def _sweep_uploads(now: datetime) -> list[Path]:
    uploads: Path = settings.WARDMOTE_DATA / "uploads"
    if not uploads.is_dir():
        return []
    old = [path for path in sorted(uploads.iterdir()) if path.stat().st_mtime < (now - KEPT).timestamp()]
    wanted = _still_wanted()
    removed = [path for path in old if path.name not in wanted]
    for path in removed:
        shutil.rmtree(path, ignore_errors=True)
    return removed


def _still_wanted() -> set[str]:
    """Return the keys of the imports whose job has not ended, or that wait for their mapping."""
    open_jobs: set[UUID] = set(Job.objects.filter(ended_at__isnull=True).values_list("id", flat=True))
    imports = Import.objects.values_list("id", "job_key")
    return {str(key) for key, job in imports if job is None or job in open_jobs}
