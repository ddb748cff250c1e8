"""Commands as child processes, each on a data folder of its own and on SQLite."""

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


def wardmote(data: Path, *arguments: str | Path, typed: str = "") -> Ended:
    """Run a command of the product to its end."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(OF_THE_RUN)}
    done = subprocess.run(
        [sys.executable, "-m", "wardmote", *map(str, arguments)],
        env={**own, "WARDMOTE_DATA": str(data), "WARDMOTE_ENV": "embedded"},
        input=typed,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    return Ended(done.returncode, done.stdout, done.stderr)
