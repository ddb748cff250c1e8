"""Partnerships, agencies, and people with a post; nobody has a password: tests sign people in by force."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from wardmote.access.permissions import Role
from wardmote.access.readers import Reader
from wardmote.partnership.members.models import Account, Agency, Appointment, CoveredDistrict, Partnership
from wardmote.partnership.members.queries import reader_by_key
from wardmote.partnership.members.rules import PartnershipKind, Sector


class PartnershipFactory(DjangoModelFactory[Partnership]):
    """A partnership of a district that nobody lives in."""

    class Meta:
        model = Partnership

    slug = factory.Sequence(lambda n: f"fernhollow-{n}")
    name = factory.Sequence(lambda n: f"Fernhollow {n} Community Safety Partnership")
    kind = PartnershipKind.DISTRICT


class CoveredDistrictFactory(DjangoModelFactory[CoveredDistrict]):
    """A district of a partnership."""

    class Meta:
        model = CoveredDistrict

    partnership = factory.SubFactory(PartnershipFactory)
    code = factory.Sequence(lambda n: f"E0700{n:04}")
    name = "Fernhollow"


class AgencyFactory(DjangoModelFactory[Agency]):
    """An agency round the table."""

    class Meta:
        model = Agency

    partnership = factory.SubFactory(PartnershipFactory)
    name = factory.Sequence(lambda n: f"Agency {n}")
    sector = Sector.COUNCIL


class AccountFactory(DjangoModelFactory[Account]):
    """A person; their name is in no page but the one of the members."""

    class Meta:
        model = Account

    email = factory.Sequence(lambda n: f"person-{n}@fernhollow.example")
    name = factory.Sequence(lambda n: f"Canaria Nomenclatura {n}")
    password = "!"


class AppointmentFactory(DjangoModelFactory[Appointment]):
    """A person's post."""

    class Meta:
        model = Appointment

    account = factory.SubFactory(AccountFactory)
    agency = factory.SubFactory(AgencyFactory)
    role = Role.ANALYST
    post = factory.Sequence(lambda n: f"Officer {n}")
    starts_on = date(2024, 4, 1)


def reader_with(role: Role, partnership: Partnership | None = None) -> Reader:
    """Appoint somebody new in this role, at an agency of their own, and return them as a reader."""
    agency = AgencyFactory(partnership=partnership or PartnershipFactory())
    appointment = AppointmentFactory(agency=agency, role=role)
    return reader_by_key(appointment.account_id)
