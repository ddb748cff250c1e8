"""How a command ends: with a sentence and a status, never with a traceback, which goes into a log file instead."""

import errno
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from wardmote.analytics.warehouse.engine import EngineError

from .commands import Refused

DONE = 0
FAULT = 1
REFUSED = 2
STOPPED = 130  # 128 + SIGINT, as shells count

# SQLite, DuckDB and the operating system each have words of their own for it.
FULL_DISK = ("database or disk is full", "no space left on device", "disk quota exceeded")
READ_ONLY = "attempt to write a readonly database"
# Parts of psycopg's and SQLite's words for a database that cannot be used at all.
NO_DATABASE = ("connection failed", "connection is bad", "connection timeout", "unable to open database file")


def status_of(run: Callable[[], int]) -> int:
    """Run and return the exit status, having said what went wrong."""
    try:
        return run()
    except (Refused, ImproperlyConfigured, EngineError) as refusal:
        print(refusal, file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return STOPPED
    except BrokenPipeError:
        # The reader of our output went away, as `head` does: nothing is wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:
        report(error)
        return FAULT


def report(error: Exception) -> None:
    """Print a sentence on what happened and what to do; with WARDMOTE_DEBUG=1 the traceback too."""
    told = "".join(traceback.format_exception(error))
    if os.environ.get("WARDMOTE_DEBUG") == "1":
        print(told, end="", file=sys.stderr)
    known = known_sentence(error)
    if known:
        print(known, file=sys.stderr)
        return
    print(f"Wardmote failed, which is its fault and not yours: {_first_line(error)}", file=sys.stderr)
    kept = keep(told)
    where = f"Where it failed stands in {kept}." if kept else "Run it again with WARDMOTE_DEBUG=1 to see where."
    print(f"{where} What was stored before is as it was.", file=sys.stderr)


def known_sentence(error: BaseException) -> str:
    """Return what to do about a fault of the machine, or nothing where the fault is ours."""
    folder = data_folder()
    chain = list(causes(error))
    words = " ".join(str(each).lower() for each in chain)
    if any(getattr(each, "errno", None) in (errno.ENOSPC, errno.EDQUOT) for each in chain) or _any(FULL_DISK, words):
        return f"The disk is full. Free some space for {folder} and run the same command again."
    if any(isinstance(each, PermissionError) for each in chain) or READ_ONLY in words:
        place = _path_of(chain) or folder
        return f"This user may not use {place}. Change its owner, or set WARDMOTE_DATA to another folder."
    if _any(NO_DATABASE, words):
        return "The database cannot be reached. Start it, or correct DATABASE_URL, and run the same command again."
    return ""


def causes(error: BaseException) -> Iterator[BaseException]:
    """Yield the error and what it was raised from."""
    found: BaseException | None = error
    while found is not None:
        yield found
        found = found.__cause__ or found.__context__


def keep(told: str) -> Path | None:
    """Write a traceback into the data folder's logs and return the file, or None where even that fails."""
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    path = data_folder() / "logs" / f"fault-{moment}-{os.getpid()}.txt"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(told)
    except OSError:
        return None
    return path


def data_folder() -> Path:
    """Return where things are stored, without loading the settings, which may be what failed."""
    return Path(os.environ.get("WARDMOTE_DATA") or "data").absolute()


def _any(known: tuple[str, ...], words: str) -> bool:
    return any(each in words for each in known)


def _path_of(chain: list[BaseException]) -> str:
    return next((str(each.filename) for each in chain if isinstance(each, PermissionError) and each.filename), "")


def _first_line(error: Exception) -> str:
    lines = str(error).splitlines()
    return f"{type(error).__name__}: {lines[0]}" if lines else type(error).__name__
