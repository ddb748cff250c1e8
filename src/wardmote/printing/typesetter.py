"""Typesetting in a process of its own: Typst keeps what it laid out, some gigabytes, and a worker runs for months.

`python -m wardmote.printing.typesetter` is that process: it takes jobs from its input and gives their pages. It stays
for the next job, which then takes hundredths of a second, and ends by itself when nobody asks for a while, when it has
grown large, or when whoever started it ends. Neither clock nor system font nor network takes part: identical input
gives identical bytes.
"""

import atexit
import json
import os
import resource
import select
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Final

from wardmote.printing.glyphs import FONTS

DONE, REFUSED = b"\0", b"\1"
IDLE_SECONDS: Final = 30
# Kilobytes, as Linux counts them.
LARGE: Final = 700_000
_LENGTH: Final = 8
_LOCK: Final = threading.Lock()
# The typesetter that is running, with the process that started it: one that was forked has none.
_RUNNING: dict[int, subprocess.Popen[bytes]] = {}


class PrintFailed(RuntimeError):
    """The typesetter refused a document; the message is its own."""


def typeset(template: Path, inputs: Mapping[str, str], **options: Any) -> tuple[bytes, ...]:
    """Return what a template makes of its inputs: a PDF, or one PNG a page (`format="png"`). Raises PrintFailed.

    Inputs reach the template as `sys.inputs`; options are those of `typst.compile`.
    """
    job = json.dumps({"template": str(template), "inputs": dict(inputs), "options": options}, ensure_ascii=False)
    with _LOCK:
        try:
            reply = _asked(job.encode())
        except BaseException:
            # An answer that was not read to its end would be taken for that of the next job.
            _end_at_once()
            raise
    if reply[:1] == REFUSED:
        raise PrintFailed(f"The document could not be printed: {reply[1:].decode(errors='replace').strip()}")
    return tuple(_unpacked(reply[1:]))


def _asked(job: bytes) -> bytes:
    """Return the reply of the typesetter that runs, or of a new one where that has just ended."""
    running = _RUNNING.get(os.getpid())
    reply = _reply(running, job) if running else b""
    if not reply:
        let_go()
        fresh = _RUNNING[os.getpid()] = _started()
        reply = _reply(fresh, job)
    if not reply:
        raise PrintFailed(f"The document could not be printed: status {let_go()}")
    return reply


def _started() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "wardmote.printing.typesetter"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        # Ctrl-C is for whoever prints; this one ends with its input.
        start_new_session=True,
    )


def _reply(child: subprocess.Popen[bytes], job: bytes) -> bytes:
    """Return what the typesetter answers, nothing where it ended before it had answered."""
    if child.stdin is None or child.stdout is None:
        return b""
    try:
        _write(child.stdin, job)
        return _read(child.stdout)
    except (BrokenPipeError, EOFError):
        return b""


def _end_at_once() -> None:
    child = _RUNNING.get(os.getpid())
    if child is not None:
        child.kill()
        let_go()


def let_go() -> int | None:
    """End the typesetter of this process, if one runs, and return its status."""
    child = _RUNNING.pop(os.getpid(), None)
    if child is None:
        return None
    for pipe in (child.stdin, child.stdout):
        # What was not sent to one that has ended cannot be sent any more.
        with suppress(BrokenPipeError):
            if pipe is not None:
                pipe.close()
    return child.wait()


atexit.register(let_go)


def _write(pipe: IO[bytes], content: bytes) -> None:
    pipe.write(len(content).to_bytes(_LENGTH, "big") + content)
    pipe.flush()


def _read(pipe: IO[bytes]) -> bytes:
    length = int.from_bytes(_exactly(pipe, _LENGTH), "big")
    return _exactly(pipe, length)


def _exactly(pipe: IO[bytes], number: int) -> bytes:
    """Read so many bytes, which a pipe without a buffer may give in parts."""
    found: list[bytes] = []
    while number > 0:
        part = pipe.read(number)
        if not part:
            raise EOFError
        found.append(part)
        number -= len(part)
    return b"".join(found)


def _unpacked(output: bytes) -> list[bytes]:
    pages, at = [], 0
    while at < len(output):
        begins = at + _LENGTH
        at = begins + int.from_bytes(output[at:begins], "big")
        pages.append(output[begins:at])
    return pages


def _pages_of(job: Mapping[str, Any]) -> bytes:
    """Return the pages of a job, each after its length, or what the typesetter refused."""
    import typst

    template = Path(job["template"])
    try:
        printed = typst.compile(
            str(template),
            root=str(template.parent),
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            sys_inputs=job["inputs"],
            **job["options"],
        )
    except typst.TypstError as refusal:
        return REFUSED + str(refusal).encode()
    # One page comes as bytes, several as a list.
    pages = [printed] if isinstance(printed, bytes) else printed
    return DONE + b"".join(len(page).to_bytes(_LENGTH, "big") + page for page in pages)


def main() -> None:
    """Do the jobs on the input until it ends, nobody asks, or this process is large; the first is done in any case."""
    # Unbuffered, so that a job that waits is seen to wait.
    jobs, answers = os.fdopen(os.dup(0), "rb", buffering=0), sys.stdout.buffer
    while select.select([jobs], [], [], IDLE_SECONDS)[0]:
        try:
            job = json.loads(_read(jobs))
        except EOFError:
            return
        _write(answers, _pages_of(job))
        if _kilobytes() > LARGE:
            return


def _kilobytes() -> int:
    """Return the memory that this process holds; the system's record of the most counts that of who started it."""
    held = Path("/proc/self/statm")
    if not held.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(held.read_text().split()[1]) * resource.getpagesize() // 1024


if __name__ == "__main__":
    main()
