"""Named moments at which a test can stop this process, to show that a crash leaves nothing half done."""

import os
import signal
from collections.abc import Callable, Mapping

Failpoint = Callable[[str], None]


def no_failpoint(name: str) -> None:
    """Do nothing: what production passes in."""


def failpoint_from(environment: Mapping[str, str]) -> Failpoint:
    """Return a failpoint that kills this process, without any clean-up, at the moment named by WARDMOTE_FAILPOINT."""
    chosen = environment.get("WARDMOTE_FAILPOINT", "")
    if not chosen:
        return no_failpoint

    def kill_at(name: str) -> None:
        if name == chosen:
            os.kill(os.getpid(), signal.SIGKILL)

    return kill_at
