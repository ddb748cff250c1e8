"""Ends a process with the one that started it, however that one ended: even SIGKILL closes a pipe."""

import os
import signal
import sys
import threading


def end_with_parent() -> None:
    """End this process as SIGTERM does once standard input closes."""
    threading.Thread(target=_wait, name="lifeline", daemon=True).start()


def _wait() -> None:
    # Not sys.stdin.read(): a thread that holds its lock makes the interpreter abort when it ends.
    while os.read(sys.stdin.fileno(), 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
