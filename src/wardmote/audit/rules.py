"""The chain of entries: each carries the hash of the one before, so that none can be changed or taken out unseen.

Sources: RFC 8785 (JSON Canonicalization Scheme), of which entries use text, whole numbers, true, false, null and lists;
Schneier and Kelsey (1999), Secure audit logs to support computer forensics, for the chain. What a chain cannot show,
that its end was cut off or all of it written anew, takes its head kept elsewhere.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from wardmote.printing.canonical import canonical_json

Value = None | bool | int | str | list[str]
GENESIS: Final = "0" * 64
_DOMAIN: Final = b"wardmote-audit-v1\n"
# Beyond it two readers of JSON may take a number for another (RFC 8785, 3.2.2.3).
_GREATEST: Final = 2**53 - 1


class Kind(StrEnum):
    """How a chain is broken."""

    CHANGED = "changed"
    MISSING = "missing"
    INSERTED = "inserted"
    FORK = "fork"
    HEAD = "head mismatch"


@dataclass(frozen=True)
class Link:
    """One entry in its chain: its number, the hash of the one before, its own hash, and what it says."""

    seq: int
    prev: str
    hash: str
    body: Mapping[str, Value]


@dataclass(frozen=True)
class Head:
    """The end of a chain as it is known elsewhere: the number of the last entry and its hash."""

    seq: int
    hash: str


@dataclass(frozen=True)
class Break:
    """The first place at which a chain is not what it was."""

    seq: int
    kind: Kind


def hash_of(seq: int, prev: str, body: Mapping[str, Value]) -> str:
    """Return the hash of an entry: SHA-256 over a name for this use, the hash before, and its canonical JSON.

    Raises TypeError for a value that has no one way to be written, such as a float.
    """
    for value in body.values():
        _check(value)
    return hashlib.sha256(_DOMAIN + prev.encode("ascii") + canonical_json({**body, "seq": seq})).hexdigest()


def _check(value: object) -> None:
    if isinstance(value, list):
        for one in value:
            if not isinstance(one, str):
                raise TypeError("A list of an entry holds text alone.")
        if value != sorted(value):
            raise TypeError("A list of an entry stands in order.")
    elif value is not None and not isinstance(value, bool | int | str):
        raise TypeError(f"An entry holds no {type(value).__name__}.")
    elif isinstance(value, int) and abs(value) > _GREATEST:
        raise TypeError("A whole number of an entry is too large to be read alike everywhere.")


def follow(before: Head | None, body: Mapping[str, Value]) -> Link:
    """Return the entry that follows the head of a chain, or begins one."""
    seq, prev = (1, GENESIS) if before is None else (before.seq + 1, before.hash)
    return Link(seq, prev, hash_of(seq, prev, body), body)


def first_break(links: Iterable[Link], *, known: Head | None = None) -> Break | None:
    """Return where a chain that is gone through in order is first broken; None where it is whole.

    `known` is its end as it is kept elsewhere: without it nobody can tell that the end was cut off.
    """
    last = Head(0, GENESIS)
    at_known = ""
    for link in links:
        kind = _kind(last, link)
        if kind is not None:
            return Break(link.seq, kind)
        last = Head(link.seq, link.hash)
        at_known = link.hash if known is not None and link.seq == known.seq else at_known
    if known is not None and at_known != known.hash:
        return Break(min(last.seq, known.seq), Kind.HEAD)
    return None


def _kind(last: Head, link: Link) -> Kind | None:
    if link.seq > last.seq + 1:
        return Kind.MISSING
    if link.seq <= last.seq:
        return Kind.INSERTED
    if hash_of(link.seq, link.prev, link.body) != link.hash:
        return Kind.CHANGED
    return None if link.prev == last.hash else Kind.FORK
