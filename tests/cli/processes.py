"""Commands on a data folder of its own and on SQLite: in a process each, or one after another in one process."""

import atexit
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

OF_THE_RUN = ("DATABASE_", "WARDMOTE_", "DJANGO_", "PYTEST_")


@dataclass(frozen=True)
class Ended:
    """How a command ended and what it said on each channel."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What was printed, as JSON."""
        return json.loads(self.out)

    def is_refused(self) -> bool:
        """Whether it ended with a sentence for the person at the keyboard and no traceback."""
        last = self.err.strip().splitlines()[-1] if self.err.strip() else ""
        return self.status == 2 and "Traceback" not in self.err and last.endswith((".", "--help"))


def own_environment(data: Path) -> dict[str, str]:
    """What a command of ours sees of the environment: a data folder, and nothing of this run."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(OF_THE_RUN)}
    return {**own, "WARDMOTE_DATA": str(data), "WARDMOTE_ENV": "embedded"}


def in_a_process(data: Path, *arguments: str | Path, typed: str = "") -> Ended:
    """Run a command of the product to its end, as a person does who types it."""
    done = subprocess.run(
        [sys.executable, "-m", "wardmote", *map(str, arguments)],
        env=own_environment(data),
        input=typed,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    return Ended(done.returncode, done.stdout, done.stderr)


# The process that runs the commands on each data folder: starting one takes longer than most commands.
_CONSOLES: dict[Path, "subprocess.Popen[str]"] = {}
MOST_CONSOLES = 3


def wardmote(data: Path, *arguments: str | Path, typed: str = "") -> Ended:
    """Run a command of the product to its end, in the process that runs all commands on this data folder."""
    console = _console(data)
    assert console.stdin is not None
    assert console.stdout is not None
    console.stdin.write(json.dumps({"arguments": list(map(str, arguments)), "typed": typed}) + "\n")
    console.stdin.flush()
    told = json.loads(console.stdout.readline())
    return Ended(told["status"], told["out"], told["err"])


def _console(data: Path) -> "subprocess.Popen[str]":
    if data not in _CONSOLES:
        while len(_CONSOLES) >= MOST_CONSOLES:
            _end(next(iter(_CONSOLES)))
        _CONSOLES[data] = subprocess.Popen(
            [sys.executable, "-m", "tests.journeys.console"],
            env=own_environment(data),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
    return _CONSOLES[data]


def _end(data: Path) -> None:
    _CONSOLES.pop(data).communicate(timeout=30)


@atexit.register
def end_consoles() -> None:
    """End every process that is still there."""
    for data in list(_CONSOLES):
        _end(data)
