"""The clock of the worker: does what is due by the table of schedules, and what was missed while nothing ran, once."""

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.module_loading import import_string

from wardmote.jobs.models import Schedule

logger = logging.getLogger(__name__)
SECONDS_BETWEEN_TICKS = 20


def tick(now: datetime) -> list[str]:
    """Do every schedule that is due, and return their names; several clocks do each only once."""
    due = [name for name, (_, every) in settings.WARDMOTE_SCHEDULES.items() if _claim(name, now, every)]
    for name in due:
        _do(name, now)
    return due


def _claim(name: str, now: datetime, every: timedelta) -> bool:
    schedule, is_new = Schedule.objects.get_or_create(name=name, defaults={"ran_at": now})
    if is_new:
        return True
    if schedule.ran_at + every > now:
        return False
    return bool(Schedule.objects.filter(name=name, ran_at=schedule.ran_at).update(ran_at=now))


def _do(name: str, now: datetime) -> None:
    work: Callable[[datetime], object] = import_string(settings.WARDMOTE_SCHEDULES[name][0])
    try:
        work(now)
    except Exception:  # the outermost edge of the clock: one schedule that fails stops no other
        logger.exception("schedule failed", extra={"schedule": name})


def start_clock() -> None:
    """Tick in a thread of its own for as long as this process lives."""
    threading.Thread(target=_run, name="clock", daemon=True).start()


def _run() -> None:
    pause = threading.Event()
    while True:
        try:
            tick(timezone.now())
        except Exception:  # the database may be away for a while; the next tick tries again
            logger.exception("clock failed")
        finally:
            connection.close()
        pause.wait(SECONDS_BETWEEN_TICKS)
