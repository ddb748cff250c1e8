"""What the evidence has people told: a supply is late, a release waits for a decision."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.urls import reverse

from wardmote.access.permissions import Permission, Role
from wardmote.access.readers import Reader
from wardmote.partnership.members.queries import CLOCK, appointments_with_role, service_reader
from wardmote.partnership.notices.rules import Again, Due, NoticeKind
from wardmote.strategy.evidence.models import Supply
from wardmote.strategy.evidence.rules.supplies import DueState

from . import releases_for, waiting_releases
from .register import supplies_due


def _whom(partnership: UUID, today: date) -> list[UUID]:
    """Return the appointments of the analysts; of the managers where nobody is appointed as analyst."""
    for role in (Role.ANALYST, Role.MANAGER):
        found = list(appointments_with_role(partnership, [role], today=today).values_list("id", flat=True))
        if found:
            return found
    return []


def _late(reader: Reader, today: date) -> set[UUID]:
    return {one.supply.id for one in supplies_due(reader, today=today) if one.due.state is DueState.LATE}


def _find_late(partnership: UUID, today: date) -> Iterable[Due]:
    late = _late(service_reader(CLOCK, partnership=partnership), today)
    return [Due(appointment, thing) for appointment in _whom(partnership, today) for thing in sorted(late)]


def _decide_late(reader: Reader, thing: UUID, today: date) -> Again:
    reader.require(Permission.IMPORT_EVIDENCE)
    if not Supply.objects.filter(id=thing, partnership=reader.partnership).exists():
        return Again.NOT_YOURS
    return Again.WAITS if thing in _late(reader, today) else Again.ANSWERED


def _find_waiting(partnership: UUID, today: date) -> Iterable[Due]:
    waiting = waiting_releases(service_reader(CLOCK, partnership=partnership))
    things = list(waiting.values_list("id", flat=True))
    return [Due(appointment, thing) for appointment in _whom(partnership, today) for thing in things]


def _decide_waiting(reader: Reader, thing: UUID, today: date) -> Again:
    reader.require(Permission.IMPORT_EVIDENCE)
    if waiting_releases(reader).filter(id=thing).exists():
        return Again.WAITS
    return Again.ANSWERED if releases_for(reader).filter(id=thing).exists() else Again.NOT_YOURS


SUPPLY_LATE = NoticeKind(
    one="A supply of data is late",
    many="{n} supplies of data are late",
    find=_find_late,
    decide=_decide_late,
    url=lambda thing: reverse("evidence:due"),
)
RELEASE_WAITS = NoticeKind(
    one="A release of data waits to be checked and accepted",
    many="{n} releases of data wait to be checked and accepted",
    find=_find_waiting,
    decide=_decide_waiting,
    url=lambda thing: reverse("evidence:catalogue"),
)
