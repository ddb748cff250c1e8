"""One import of a data set at a time: a lock that the system lets go of by itself when its process dies."""

import fcntl
import os
import re
import time
from pathlib import Path
from typing import Final

WAIT_SECONDS: Final = 30.0
_STEP: Final = 0.1


class Busy(Exception):
    """Another import of the same data set did not end in time."""


class Locks:
    """Locks on data sets, each held for as long as the staging folder of an import."""

    def __init__(self, folder: Path, *, wait_seconds: float = WAIT_SECONDS) -> None:
        self._folder = folder
        self._wait = wait_seconds
        self._held: dict[Path, dict[str, int]] = {}

    def claim(self, dataset: str, owner: Path) -> None:
        """Take the lock of a data set, waiting for as long as allowed; raises Busy. Taking it twice is no harm."""
        held = self._held.setdefault(owner, {})
        if dataset in held:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"{re.sub(r'[^a-z0-9-]', '-', dataset)[:150]}.lock"
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            self._take(descriptor)
        except BaseException:
            os.close(descriptor)
            raise
        held[dataset] = descriptor

    def release(self, owner: Path) -> None:
        """Let go of everything that an import held."""
        for descriptor in self._held.pop(owner, {}).values():
            os.close(descriptor)

    def _take(self, descriptor: int) -> None:
        until = time.monotonic() + self._wait
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= until:
                    raise Busy from None
                time.sleep(_STEP)
            else:
                return
