"""What a publisher's answer over HTTP says of a file: how long, which edition, whether it goes on where we stopped.

Source: RFC 9110, HTTP Semantics, sections 8.8 (validators), 10.2.3 (Retry-After) and 14.4 (Content-Range).
"""

import datetime as dt
import re
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any, Final

OK: Final = 200
PARTIAL: Final = 206
NOT_SATISFIABLE: Final = 416
# The store behind a site answers 403, not 404, for a file that does not exist and may not be listed.
ABSENT: Final = (403, 404, 410)
_PASSING: Final = (408, 429)
_FAULT: Final = 500
_MD5: Final = re.compile(r'"([0-9a-f]{32})"')


@dataclass(frozen=True)
class Edition:
    """Which file it is that an answer holds: its validators, its whole length, and its MD5 where the answer has it."""

    etag: str = ""
    last_modified: str = ""
    total: int | None = None
    md5: str = ""

    @property
    def validator(self) -> str:
        """What If-Range may carry: a strong ETag, else the date; empty where two editions cannot be told apart."""
        return self.etag if self.etag and not self.etag.startswith("W/") else self.last_modified


def edition(answer: Any) -> Edition:
    """Read the edition from an answer's headers."""
    headers = answer.headers
    partial = answer.status_code == PARTIAL
    total = headers.get("Content-Range", "").rpartition("/")[2] if partial else headers.get("Content-Length", "")
    number = int(total) if total.isdigit() else None
    return Edition(headers.get("ETag", ""), headers.get("Last-Modified", ""), number, _md5(headers))


def _md5(headers: Any) -> str:
    """Amazon S3's ETag is the file's MD5, unless it was stored in parts or under a key of its owner's."""
    match = _MD5.fullmatch(headers.get("ETag", ""))
    plain = headers.get("x-amz-server-side-encryption", "AES256") == "AES256"
    customer = "x-amz-server-side-encryption-customer-algorithm" in headers
    return match[1] if match and headers.get("Server") == "AmazonS3" and plain and not customer else ""


def continues(answer: Any, begun: Edition, at: int) -> bool:
    """Whether a part that came is the one asked for, of the file that was begun."""
    new = edition(answer)
    same = (not new.etag or new.etag == begun.etag) and new.total == begun.total
    return same and answer.headers.get("Content-Range", "").startswith(f"bytes {at}-")


def is_passing(code: int) -> bool:
    """Whether the same question may be answered another time."""
    return code in _PASSING or code >= _FAULT


def rest_asked_for(answer: Any, now: dt.datetime) -> float | None:
    """Return the seconds of Retry-After, which is a number or a date; None for neither."""
    text = answer.headers.get("Retry-After", "").strip()
    if text.isdigit():
        return float(text)
    try:
        when = parsedate_to_datetime(text)
    except ValueError:
        return None
    aware = when if when.tzinfo else when.replace(tzinfo=dt.UTC)
    return max(0.0, (aware - now).total_seconds())
