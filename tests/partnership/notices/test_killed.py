"""A worker killed with -9 at the very moment when GOV.UK Notify has taken its message: the next one sends no second."""

import os
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.partnership.notices.servers import KEY, TEMPLATE, notify_server
from tests.setup.processes import python, wardmote

# A worker of its own, on a data folder of its own; it says its number so that the server can kill it.
WORKER = """
import os, pathlib, sys
from datetime import UTC, datetime, timedelta
import django
django.setup()
from django.conf import settings
from tests.factories import reader_with
from tests.partnership.notices.kinds import OWNER
from wardmote.access.permissions import Role
from wardmote.partnership.members.models import Account
from wardmote.partnership.notices.actions.digests import write_digests
from wardmote.partnership.notices.actions.sending import send_waiting
from wardmote.partnership.notices.rules import Due

settings.WARDMOTE_NOTICES = {"tea": "tests.partnership.notices.kinds.TEA"}
now = datetime(2026, 11, 18, 9, tzinfo=UTC)
pathlib.Path(os.environ["WARDMOTE_PID_FILE"]).write_text(str(os.getpid()))
if Account.objects.exists():
    now += timedelta(minutes=11)
else:
    reader = reader_with(Role.ANALYST)
    OWNER.due = {reader.partnership: [Due(reader.appointment, reader.partnership)]}
    write_digests(now)
print(send_waiting(now), "taken up")
"""


@pytest.mark.only_on("sqlite")
def test_notify_gets_one_message_though_its_sender_is_killed(tmp_path: Path) -> None:
    data, pid = tmp_path / "data", tmp_path / "pid"
    assert wardmote("migrate", WARDMOTE_DATA=data).status == 0
    with notify_server() as notify:
        own = {
            "WARDMOTE_DATA": data,
            "WARDMOTE_MAIL": f"notify:{TEMPLATE}?base={notify.url}",
            "WARDMOTE_NOTIFY_KEY": KEY,
            "WARDMOTE_PID_FILE": pid,
            "DJANGO_SETTINGS_MODULE": "wardmote.config.settings",
        }
        notify.on_sent = lambda: os.kill(int(pid.read_text()), signal.SIGKILL)
        killed = python(WORKER, **own)
        assert killed.status == -signal.SIGKILL, killed.said
        assert states(data) == [("sending", 1)]
        again = python(WORKER, **own)
        assert again.said.endswith("1 taken up\n"), again.said
        assert len(notify.sent) == 1
        assert notify.asked == ["POST /v2/notifications/email", "GET /v2/notifications"]
    assert states(data) == [("sent", 2)]


def states(data: Path) -> list[tuple[str, int]]:
    """Return state and tries of every message, read without the product."""
    with closing(sqlite3.connect(data / "wardmote.sqlite3")) as base:
        return base.execute("SELECT state, tries FROM notices_message").fetchall()
