"""What can be said of an issued version afterwards, and which version a reader is led to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class NoticeKind(StrEnum):
    """What became of an issued version; its bytes stay as they are in every case."""

    CORRECTED = "corrected"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


NOTICE_WORDS = {
    NoticeKind.CORRECTED: "Corrected",
    NoticeKind.REPLACED: "Replaced",
    NoticeKind.WITHDRAWN: "Withdrawn",
}


@dataclass(frozen=True)
class GivenNotice:
    """What is said of a version: what was wrong, what is right, who was told and on which day."""

    wrong: str
    right: str
    told: str
    told_on: date


def what_is_missing_in(given: GivenNotice, kind: NoticeKind, *, today: date) -> str:
    """Return in a sentence what a notice lacks; empty where nothing."""
    if not given.wrong.strip():
        return "Say what was wrong: those who used the document have to know what not to rely on."
    if not given.right.strip() and kind is not NoticeKind.WITHDRAWN:
        return "Say what is right."
    if not given.told.strip():
        return "Say who was told, by post or body. If nobody was, tell them first."
    if given.told_on > today:
        return "The day on which they were told cannot lie in the future."
    return ""


def refusal_of(kind: NoticeKind, already: Iterable[NoticeKind]) -> str:
    """Return why a version cannot get a notice of this kind; empty where it can.

    A corrected or replaced version can still be withdrawn. A withdrawn one is gone for good.
    """
    said = set(already)
    if NoticeKind.WITHDRAWN in said:
        return "This version has been withdrawn. Publish again instead."
    if kind is NoticeKind.WITHDRAWN or not said:
        return ""
    return "This version has been corrected or replaced already. Correct the version that took its place."


def kinds_open(already: Iterable[NoticeKind]) -> frozenset[NoticeKind]:
    """Return the kinds of notice that a version can still get."""
    said = frozenset(already)
    return frozenset(kind for kind in NoticeKind if not refusal_of(kind, said))
