"""Who a request comes from, and which partnerships and people a reader may see."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from wardmote.access.permissions import ROLE_PERMISSIONS, Permission, Role
from wardmote.access.readers import ANYONE, NotAllowed, Reader

from .models import Account, Agency, Appointment, Partnership

# Named services act under fixed keys, so that the audit can tell them from people.
COMMAND_LINE = UUID("00000000-0000-4000-8000-000000000001")
SAMPLE_BUILDER = UUID("00000000-0000-4000-8000-000000000002")
CLOCK = UUID("00000000-0000-4000-8000-000000000003")
ACTIVE_APPOINTMENT = "active_appointment"


def reader_of_request(request: HttpRequest) -> Reader:
    """Return who asks: the signed-in person in their active appointment, or anyone."""
    user = getattr(request, "user", None)
    if user is None or isinstance(user, AnonymousUser) or not user.is_authenticated:
        return ANYONE
    chosen = request.session.get(ACTIVE_APPOINTMENT)
    return reader_by_key(user.pk, appointment=UUID(chosen) if chosen else None)


def reader_by_key(key: UUID, *, appointment: UUID | None = None, today: date | None = None) -> Reader:
    """Return the reader for an account or a named service as they stand today; ended appointments give nothing."""
    if key in (COMMAND_LINE, SAMPLE_BUILDER):
        return service_reader(key)
    current = Appointment.objects.current(today or timezone.localdate()).filter(account_id=key)
    if appointment is not None:
        current = current.filter(id=appointment)
    held = current.select_related("agency").first()
    return _reader_of(held) if held else Reader(key=key)


def service_reader(key: UUID, *, partnership: UUID | None = None) -> Reader:
    """Return the reader for a named service, which may prepare and issue but manages nobody's account by the web."""
    permissions = frozenset(Permission)
    return Reader(key=key, partnership=partnership, permissions=permissions, is_system=True, post="Command line")


def _reader_of(held: Appointment) -> Reader:
    role = Role(held.role)
    return Reader(
        key=held.account_id,
        partnership=held.agency.partnership_id,
        agency=held.agency_id,
        appointment=held.id,
        role=role,
        permissions=ROLE_PERMISSIONS[role],
        post=f"{held.post}, {held.agency.name}",
    )


def partnership_of(reader: Reader) -> Partnership:
    """Return the partnership the reader acts for, or raise Partnership.DoesNotExist."""
    if reader.partnership is None:
        raise Partnership.DoesNotExist
    return Partnership.objects.prefetch_related("districts").get(id=reader.partnership)


def partnership_named(reader: Reader, name: str) -> Partnership | None:
    """Return the partnership with this slug, code or name, for a reader who acts for it or for all."""
    if not reader.is_system:
        raise NotAllowed(Permission.MANAGE_MEMBERS)
    for field in ("slug", "code", "name__iexact"):
        found = Partnership.objects.filter(**{field: name}).first() if name else None
        if found:
            return found
    return None


def agencies_of(reader: Reader) -> QuerySet[Agency]:
    """Return the agencies of the reader's partnership."""
    return Agency.objects.filter(partnership=partnership_of(reader))


def appointments_of(reader: Reader, *, today: date) -> QuerySet[Appointment]:
    """Return the current appointments of the reader's partnership, for those who manage them."""
    reader.require(Permission.MANAGE_MEMBERS)
    current = Appointment.objects.current(today).filter(agency__partnership=partnership_of(reader))
    found: QuerySet[Appointment] = current.select_related("account", "agency").order_by("agency__name", "post")
    return found


def posts_by_key(keys: set[UUID]) -> dict[UUID, str]:
    """Return "post, agency" for each account key: what colleagues and printed pages see instead of a name."""
    held = Appointment.objects.filter(account_id__in=keys).select_related("agency").order_by("starts_on")
    return {a.account_id: f"{a.post}, {a.agency.name}" for a in held}


def appointments_with_role(partnership: UUID, roles: Iterable[Role], *, today: date) -> QuerySet[Appointment]:
    """Return who is appointed today to one of these roles in a partnership."""
    found: QuerySet[Appointment] = Appointment.objects.current(today).filter(
        agency__partnership=partnership, role__in=list(roles)
    )
    return found


def chair_is_vacant(partnership: Partnership, *, today: date) -> bool:
    """Whether nobody is appointed today to a role that opens a ranking."""
    chairs = [role for role, permissions in ROLE_PERMISSIONS.items() if Permission.OPEN_RANKING in permissions]
    current = Appointment.objects.current(today).filter(agency__partnership=partnership, role__in=chairs)
    return not current.exists()


def agencies_that_score(partnership: Partnership, *, today: date) -> set[UUID]:
    """Return the agencies that have somebody appointed as a scorer today."""
    current = Appointment.objects.current(today).filter(agency__partnership=partnership, role=Role.SCORER)
    return set(current.values_list("agency_id", flat=True))


def has_demo_accounts() -> bool:
    """Whether any account with a published password exists."""
    return Account.objects.filter(is_demo=True).exists()


def has_account(reader: Reader, email: str) -> bool:
    """Whether somebody signs in with an e-mail address already, here or in another partnership."""
    reader.require(Permission.MANAGE_MEMBERS)
    return Account.objects.filter(email__iexact=email.strip()).exists()
