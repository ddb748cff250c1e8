"""Setting up a partnership, its agencies and its people."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from wardmote.access.permissions import Permission, Role
from wardmote.access.readers import Reader
from wardmote.audit.actions import record
from wardmote.partnership.members.models import Account, Agency, Appointment, CoveredDistrict, Partnership
from wardmote.partnership.members.rules import PartnershipKind, Sector


class MembersRefused(Exception):
    """What was asked cannot be done; the text says what to do instead."""


@dataclass(frozen=True)
class NewPartnership:
    """What is needed to set up a partnership; districts are (code, name) pairs."""

    name: str
    kind: PartnershipKind
    districts: tuple[tuple[str, str], ...]
    code: str = ""
    is_sample: bool = False


@dataclass(frozen=True)
class NewPerson:
    """What is needed to give a person an account and a post."""

    email: str
    name: str
    post: str
    role: Role
    agency: Agency
    starts_on: date
    password: str
    is_demo: bool = False


@transaction.atomic
def create_partnership(reader: Reader, new: NewPartnership) -> Partnership:
    """Create a partnership and the districts it covers; refuses a name already in use."""
    reader.require(Permission.MANAGE_MEMBERS)
    slug = slugify(new.name)[:80]
    if not slug or Partnership.objects.filter(slug=slug).exists():
        raise MembersRefused(f"There is already a partnership called {new.name}. Choose another name.")
    partnership = Partnership.objects.create(
        slug=slug, name=new.name, kind=new.kind, code=new.code, is_sample=new.is_sample
    )
    for code, name in new.districts:
        CoveredDistrict.objects.create(partnership=partnership, code=code, name=name)
    record(reader, "create", kind="partnership", key=partnership.id, changed=["name", "kind", "code", "districts"])
    return partnership


@transaction.atomic
def add_agency(reader: Reader, partnership: Partnership, *, name: str, sector: Sector) -> Agency:
    """Add an agency to the partnership; adding it again gives the one that is there."""
    reader.require(Permission.MANAGE_MEMBERS)
    agency, is_new = Agency.objects.get_or_create(partnership=partnership, name=name, defaults={"sector": sector})
    if is_new:
        record(reader, "create", kind="agency", key=agency.id, changed=["name", "sector"])
    return agency


@transaction.atomic
def add_person(reader: Reader, new: NewPerson) -> Appointment:
    """Give a person an account, if they have none, and an appointment at an agency.

    Adding them again to the same post, as a second press of the button does, gives the appointment that is there.
    """
    reader.require(Permission.MANAGE_MEMBERS)
    account = Account.objects.filter(email__iexact=new.email).first() or _create_account(reader, new)
    same = {"account": account, "agency": new.agency, "role": new.role, "post": new.post}
    found: Appointment | None = Appointment.objects.filter(**same, starts_on=new.starts_on, ends_on=None).first()
    if found is not None:
        return found
    appointment: Appointment = Appointment.objects.create(
        account=account, agency=new.agency, role=new.role, post=new.post, starts_on=new.starts_on
    )
    record(reader, "create", kind="appointment", key=appointment.id, changed=["account", "agency", "role", "post"])
    return appointment


def _create_account(reader: Reader, new: NewPerson) -> Account:
    account = Account(email=new.email.strip(), name=new.name, is_demo=new.is_demo)
    if not new.is_demo:
        try:
            validate_password(new.password, account)
        except ValidationError as error:
            raise MembersRefused(" ".join(error.messages)) from error
    account.set_password(new.password)
    account.save()
    record(reader, "create", kind="account", key=account.id, changed=["email", "name"])
    return account


@transaction.atomic
def end_appointment(reader: Reader, appointment: Appointment, *, on: date) -> None:
    """End an appointment; from the day after, its person can do nothing with it."""
    reader.require(Permission.MANAGE_MEMBERS)
    if appointment.agency.partnership_id != reader.partnership and not reader.is_system:
        raise MembersRefused("That person belongs to another partnership.")
    appointment.ends_on = on
    appointment.save(update_fields=["ends_on"])
    record(reader, "end", kind="appointment", key=appointment.id, changed=["ends_on"])
