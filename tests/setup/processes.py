"""Child processes for the tests of set-up: with an environment of their own, and nothing left of them afterwards."""

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
# Two cores are shared with the rest of the suite: what takes two seconds alone may take far longer.
PATIENCE_SECONDS = 120
# The sample partnership takes three quarters of a minute alone.
SAMPLE_SECONDS = 600
OURS = re.compile("^(WARDMOTE_|DATABASE_|DJANGO_|PYTEST_|PIP_|PORT$|MAKE|PYTHON$)")


@dataclass(frozen=True)
class Ended:
    """How a process ended, and all that it said on both channels."""

    status: int
    said: str


def environment(**changes: str | Path) -> dict[str, str]:
    """Return the machine's environment without the suite's own settings, and with these."""
    inherited = {name: value for name, value in os.environ.items() if not OURS.match(name)}
    return inherited | {name: str(value) for name, value in changes.items()}


def ordinary() -> list[str]:
    """Return what to put before a command so that root may do in it only what any user may."""
    if os.geteuid() != 0:
        return []
    found = shutil.which("setpriv")
    assert found, "These tests take root's powers away with setpriv. Install it: apt-get install util-linux"
    return [found, "--bounding-set=-all", "--inh-caps=-all"]


def run(
    command: Sequence[str | Path],
    *,
    cwd: str | Path = ROOT,
    patience: int = PATIENCE_SECONDS,
    user: int | None = None,
    **changes: str | Path,
) -> Ended:
    """Run a command to its end; `user` is whose number it runs under, where that is not our own."""
    done = subprocess.run(
        command,
        user=user,
        cwd=cwd,
        env=environment(**changes),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=patience,
        check=False,
    )
    return Ended(done.returncode, done.stdout.decode())


def wardmote(*arguments: str | Path, **changes: str | Path) -> Ended:
    """Run a `wardmote` command."""
    return run([Path(sys.executable).with_name("wardmote"), *arguments], **changes)


def wardmote_without_powers(*arguments: str | Path, **changes: str | Path) -> Ended:
    """Run a `wardmote` command that may do only what any user may, root's included."""
    return run([*ordinary(), Path(sys.executable).with_name("wardmote"), *arguments], **changes)


def build_sample(data: Path) -> Ended:
    """Build the sample partnership in a folder."""
    command = [Path(sys.executable).with_name("wardmote"), "demo", "--prepare-only"]
    return run(command, patience=SAMPLE_SECONDS, WARDMOTE_DATA=data)


def python(code: str, **changes: str | Path) -> Ended:
    """Run a few lines of Python."""
    return run([sys.executable, "-c", code], **changes)


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(claim: Callable[[], bool], *, what: str) -> None:
    """Wait until a claim (a function without arguments) is true, or fail saying what was awaited."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not claim():
        assert time.monotonic() < deadline, f"waited in vain for: {what}"
        time.sleep(0.05)


class Demo:
    """A running `wardmote demo`."""

    def __init__(self, data: Path, log: Path) -> None:
        self.port = free_port()
        self.log = log
        command = [str(Path(sys.executable).with_name("wardmote")), "demo", "--port", str(self.port)]
        with log.open("wb") as output:
            self.process = subprocess.Popen(
                command,
                env=environment(WARDMOTE_DATA=data),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        until(lambda: "Wardmote is ready" in self.said or self.process.poll() is not None, what="the demo")
        self.children = children_of(self.process.pid)

    @property
    def said(self) -> str:
        """All that it and its children have said so far."""
        return self.log.read_text()

    def child(self, module: str) -> int:
        """Return the process id of the half that runs this module."""
        return next(pid for pid in self.children if module in command_line(pid))

    def page(self, path: str = "/") -> tuple[int, str]:
        """Fetch a page; return its status and text."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def status(self) -> int:
        """Wait for its end and return the exit status."""
        return self.process.wait(timeout=PATIENCE_SECONDS)

    def everything_ended(self) -> bool:
        """Whether neither it nor any of its children is left."""
        return self.process.poll() is not None and not any(is_alive(pid) for pid in self.children)


@contextmanager
def running_demo(data: Path, log: Path) -> Iterator[Demo]:
    """Start the demo on a free port and leave nothing of it behind, whatever the test does."""
    demo = Demo(data, log)
    try:
        yield demo
    finally:
        for pid in (demo.process.pid, *demo.children):
            if is_alive(pid):
                os.kill(pid, signal.SIGKILL)
        demo.process.wait()


def children_of(pid: int) -> list[int]:
    """Return the process ids of the children of a process."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def command_line(pid: int) -> str:
    """Return what a process was started with."""
    return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()


def is_alive(pid: int) -> bool:
    """Whether a process exists and is more than a zombie."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"
