"""Writing the audit: one entry, in the transaction of the change it tells of."""

from collections.abc import Sequence
from contextvars import ContextVar
from typing import Literal

from django.utils import timezone

from wardmote import code_version
from wardmote.access.readers import Reader

from .models import Entry

# The request that is being answered, so that a page's error number finds its entries; empty on the command line.
request_id: ContextVar[str] = ContextVar("request_id", default="")


def record(
    reader: Reader,
    action: str,
    *,
    kind: str,
    key: object = "",
    changed: Sequence[str] = (),
    outcome: Literal["allow", "refuse", "error"] = "allow",
) -> None:
    """Write one entry; call it inside the transaction of the change. `changed` names fields, never values."""
    Entry.objects.create(
        at=timezone.now(),
        actor_key=reader.key,
        appointment_key=reader.appointment,
        agency_key=reader.agency,
        partnership_key=reader.partnership,
        role=reader.role or ("service" if reader.is_system else ""),
        action=action,
        kind=kind,
        object_key=str(key),
        outcome=outcome,
        changed_fields=sorted(changed),
        request_id=request_id.get(),
        code_version=code_version(),
    )
