"""A large published file brought to this machine: resumed where it broke off, checked, and never half there.

Source: RFC 9110, HTTP Semantics, sections 13.1.5 (If-Range) and 14 (range requests).
"""

import contextlib
import datetime as dt
import fcntl
import hashlib
import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from wardmote.analytics.sources.contents import is_zip
from wardmote.analytics.sources.http_answers import (
    ABSENT,
    NOT_SATISFIABLE,
    OK,
    PARTIAL,
    Edition,
    continues,
    edition,
    is_passing,
    rest_asked_for,
)
from wardmote.analytics.sources.request import Progress, SourceRefused, no_progress
from wardmote.analytics.warehouse.folders import is_disk_full, sha256_of, sync_file, sync_names

AGENT: Final = "Wardmote (Community Safety Partnership analysis; one connection)"
CHUNK: Final = 1 << 16
TIMEOUT_SECONDS: Final = (20, 60)
# A line that drops now and then brings the file all the same: only tries that brought nothing count.
FRUITLESS_TRIES: Final = 6
TRIES: Final = 100
LONGEST_PAUSE_SECONDS: Final = 300
# Who asks for a longer rest than this has closed for now: a person comes back, a program does not wait.
LONGEST_REST_SECONDS: Final = 900


@dataclass(frozen=True)
class Line:
    """How the network is used: a session of `requests`, and how to wait and tell the time (tests pass their own)."""

    session: Any
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)
    progress: Progress = no_progress
    pause_seconds: float = 1.0


@dataclass(frozen=True)
class Downloaded:
    """A whole file: its address, length, SHA-256, what the publisher said of it, and whether it was here already.

    `md5` is the publisher's checksum that it was compared with, empty where the publisher gives none.
    """

    path: Path
    address: str
    bytes: int
    sha256: str
    etag: str
    last_modified: str
    fetched_at: str
    md5: str
    held_already: bool = False


class Absent(SourceRefused):
    """The publisher has no such file."""


class _Again(Exception):
    """This try failed and another may not; `rest` is how many seconds the publisher asked for, if it did."""

    def __init__(self, why: str, rest: float | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.rest = rest


def session() -> Any:
    """Return a session that says who asks and takes bytes as they are stored."""
    import requests

    one = requests.Session()
    one.headers.update({"User-Agent": AGENT, "Accept-Encoding": "identity"})
    return one


def download_zip(address: str, target: Path, line: Line, *, md5: str = "") -> Downloaded:
    """Bring a ZIP archive to `target`, or find it there whole; beside it lies what is known of it, as JSON.

    `md5` is the publisher's own checksum, where there is one. Until it is whole and checked the file is called
    `.part`; a later call goes on from there. Raises Absent where the publisher has no such file, and SourceRefused
    with a sentence for every other way that it cannot be had.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with _alone(target):
        held = held_file(target, address)
        if held is not None:
            return held
        for path in (target, _beside(target, ".json")):
            path.unlink(missing_ok=True)
        try:
            return _checked(address, target, _bring(address, target, line), line, md5=md5)
        except OSError as error:
            if not is_disk_full(error):
                raise
            raise _refused(target, "does not fit on the disk", f"free some room; {_KEPT}") from error


def held_file(target: Path, address: str) -> Downloaded | None:
    """Return the file that is here already, where it is still, byte for byte, what came from this address."""
    try:
        record = json.loads(_beside(target, ".json").read_text("utf-8"))
        known = Downloaded(**{**record, "path": target, "held_already": True})
        whole = target.stat().st_size == known.bytes and sha256_of(target) == known.sha256
    except (OSError, ValueError, TypeError):
        return None
    return known if whole and known.address == address else None


def read_page(address: str, line: Line) -> str:
    """Return a small page as text, empty where it cannot be had: what depends on it does without."""
    import requests

    try:
        answer = line.session.get(address, timeout=TIMEOUT_SECONDS)
    except requests.RequestException:
        return ""
    finally:
        line.sleep(line.pause_seconds)
    return str(answer.text) if answer.status_code == OK else ""


def discard(target: Path) -> None:
    """Throw away a file that turned out to be bad, so that it is fetched anew."""
    for ending in ("", ".json", ".part", ".part.json"):
        _beside(target, ending).unlink(missing_ok=True)


@contextlib.contextmanager
def _alone(target: Path) -> Iterator[None]:
    """Let one process at a time write a file; the system lets go by itself when the process dies."""
    with _beside(target, ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise _refused(target, "is being fetched by another command", "wait for that one to end") from None
        yield


def _bring(address: str, target: Path, line: Line) -> Edition:
    """Try until the part is whole; return which edition of the file it is."""
    fruitless, most = 0, _size(_part(target))
    for _ in range(TRIES):
        try:
            return _try(address, target, line)
        except _Again as failure:
            # More than ever before: a file begun anew again and again would otherwise look like one that grows.
            fruitless = 0 if _size(_part(target)) > most else fruitless + 1
            most = max(most, _size(_part(target)))
            if fruitless >= FRUITLESS_TRIES:
                what = f"could not be fetched: {failure.why}, {fruitless} times running"
                raise _refused(target, what, f"ask again later; {_KEPT}") from failure
            _rest(target, failure, fruitless, line)
    raise _refused(target, f"broke off {TRIES} times", f"ask again on a better line; {_KEPT}")


def _rest(target: Path, failure: _Again, fruitless: int, line: Line) -> None:
    """Wait as long as was asked for, and twice as long after each try that brought nothing."""
    if failure.rest is not None and failure.rest > LONGEST_REST_SECONDS:
        minutes = -(-int(failure.rest) // 60)
        what = f"is not given out now: the publisher asks to wait {minutes:,} minutes"
        raise _refused(target, what, f"ask again then; {_KEPT}")
    own = min(line.pause_seconds * 2**fruitless, LONGEST_PAUSE_SECONDS)
    seconds = max(own, failure.rest or 0)
    line.progress(f"{failure.why}; trying again in {seconds:.0f} s", 0, 0)
    line.sleep(seconds)


def _try(address: str, target: Path, line: Line) -> Edition:
    """Ask once, for the rest where a beginning is here; raises _Again for what may pass."""
    import requests

    begun, at = _read_begun(target), _size(_part(target))
    if at and at == begun.total:
        return begun
    if not begun.validator:
        # Nothing could tell whether a rest belongs to this beginning.
        at = 0
    asked = {"Range": f"bytes={at}-", "If-Range": begun.validator} if at else {}
    try:
        with line.session.get(address, headers=asked, stream=True, timeout=TIMEOUT_SECONDS) as answer:
            return _take(answer, target, begun, line, at=at)
    except requests.Timeout as error:
        raise _Again("the publisher did not answer in time") from error
    except (requests.ConnectionError, requests.exceptions.ChunkedEncodingError) as error:
        raise _Again("the line broke") from error
    except requests.RequestException as error:
        raise _refused(target, f"cannot be asked for at {address}", "check the address") from error


def _take(answer: Any, target: Path, begun: Edition, line: Line, *, at: int) -> Edition:
    _check_encrypted(target, answer)
    if answer.status_code == NOT_SATISFIABLE or (answer.status_code == PARTIAL and not continues(answer, begun, at)):
        _drop_part(target)
        raise _Again("the publisher's file changed meanwhile, so it is begun anew")
    _check_status(answer, target, line)
    start = at if answer.status_code == PARTIAL else 0
    whole = begun if start else edition(answer)
    _check_room(target, whole.total, start)
    done = _write(answer, target, whole, line, start=start)
    if whole.total is not None and done != whole.total:
        raise _Again(f"{done:,} of {whole.total:,} bytes came")
    return whole


def _write(answer: Any, target: Path, whole: Edition, line: Line, *, start: int) -> int:
    """Add what comes to the part; a file that begins is looked at before what was there before it is given up."""
    pieces = answer.iter_content(CHUNK)
    if start == 0:
        first = next(pieces, b"")
        _check_beginning(target, first)
        _drop_part(target)
        _beside(target, ".part.json").write_text(json.dumps(asdict(whole)), "utf-8")
        _part(target).write_bytes(first)
        start = len(first)
    with _part(target).open("ab") as out:
        for piece in pieces:
            out.write(piece)
            start += len(piece)
            line.progress(f"Fetching {target.name}", start, whole.total or 0)
    return start


def _check_encrypted(target: Path, answer: Any) -> None:
    asked = answer.history[0].url if answer.history else answer.url
    if asked.startswith("https:") and not answer.url.startswith("https:"):
        raise _refused(target, "was handed over to an address without encryption", "check the address or the network")


def _check_beginning(target: Path, piece: bytes) -> None:
    if not is_zip(piece):
        what = "a web page" if piece.lstrip()[:1] == b"<" else "something else"
        raise _refused(target, f"is not an archive: {what} came instead", "look at the address in a browser")


def _check_status(answer: Any, target: Path, line: Line) -> None:
    code = answer.status_code
    if code in ABSENT:
        raise Absent(f"{target.name} is not there (the publisher's answer is {code}).", file=target.name)
    if is_passing(code):
        raise _Again(f"the publisher answered {code}", rest_asked_for(answer, line.now()))
    if code not in (OK, PARTIAL):
        raise _refused(target, f"was refused with the answer {code}", "look at the address in a browser")


def _check_room(target: Path, total: int | None, start: int) -> None:
    free = shutil.disk_usage(target.parent).free
    if total is not None and total - start > free:
        what = f"is {total / 1e9:,.1f} GB and only {free / 1e9:,.1f} GB are free"
        raise _refused(target, what, "free some room, or use another folder")


def _checked(address: str, target: Path, whole: Edition, line: Line, *, md5: str) -> Downloaded:
    """Compare with the publisher's checksum, force to the disk, write the record, and only then give the name."""
    part, expected = _part(target), md5 or whole.md5
    found = _md5_of(part) if expected else ""
    if found != expected:
        _drop_part(target)
        what = f"arrived damaged: its MD5 is {found}, the publisher's {expected}"
        raise _refused(target, what, "ask again; what arrived was thrown away")
    now = line.now().isoformat(timespec="seconds")
    one = Downloaded(target, address, _size(part), sha256_of(part), whole.etag, whole.last_modified, now, expected)
    sync_file(part)
    _record(one)
    os.replace(part, target)
    _drop_part(target)
    sync_names(target.parent)
    line.sleep(line.pause_seconds)
    return one


def _md5_of(path: Path) -> str:
    # The publisher's choice: it finds damage on the way, and is no proof against an attacker.
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()


def _record(one: Downloaded) -> None:
    kept = {key: value for key, value in asdict(one).items() if key not in ("path", "held_already")}
    record = _beside(one.path, ".json")
    record.write_text(json.dumps(kept, indent=2, sort_keys=True) + "\n", "utf-8")
    sync_file(record)


def _read_begun(target: Path) -> Edition:
    try:
        return Edition(**json.loads(_beside(target, ".part.json").read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return Edition()


def _drop_part(target: Path) -> None:
    for ending in (".part", ".part.json"):
        _beside(target, ending).unlink(missing_ok=True)


def _part(target: Path) -> Path:
    return _beside(target, ".part")


def _beside(target: Path, ending: str) -> Path:
    return target.with_name(target.name + ending)


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


_KEPT: Final = "what arrived is kept"


def _refused(target: Path, what: str, advice: str) -> SourceRefused:
    return SourceRefused(f"{target.name} {what}: {advice}.", file=target.name)
