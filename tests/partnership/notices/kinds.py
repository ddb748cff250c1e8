"""A kind of notice of these tests, whose owner says what it is told to say."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.partnership.notices.rules import Again, Due, NoticeKind


@dataclass
class Owner:
    """What waits, and for which partnership; and what the owner says when it is asked again."""

    due: dict[UUID, list[Due]] = field(default_factory=dict)
    answered: set[UUID] = field(default_factory=set)
    asked_as: list[Reader] = field(default_factory=list)
    breaks: bool = False


OWNER = Owner()


def find(partnership: UUID, today: date) -> Iterable[Due]:
    """Return what waits; an owner that breaks does so half way."""
    yield from OWNER.due.get(partnership, [])
    if OWNER.breaks:
        raise RuntimeError("broken")


def decide(reader: Reader, thing: UUID, today: date) -> Again:
    """Say whether it still does."""
    OWNER.asked_as.append(reader)
    reader.require(Permission.SEE_EVIDENCE)
    return Again.ANSWERED if thing in OWNER.answered else Again.WAITS


TEA = NoticeKind("A cup of tea", "{n} cups of tea", find, decide, lambda thing: "/tea/")
