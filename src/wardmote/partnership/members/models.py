"""Partnerships, the districts they cover, agencies, accounts and the appointments between them."""

from datetime import date
from typing import Any, ClassVar
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from wardmote.access.permissions import Role
from wardmote.access.records import DataClass, Record

from .rules import KeyDate, PartnershipKind, SeatState, Sector


class Partnership(Record):
    """A Community Safety Partnership; a county's covers several districts, and two districts may share one."""

    data_class = DataClass.PUBLIC
    retention_years = None

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=[(k, k) for k in PartnershipKind])
    # The statistical code of the partnership (E22…, W…), blank where none is known.
    code = models.CharField(max_length=9, blank=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=list(PartnershipKind)), name="members_partnership_kind_known"
            )
        ]

    def __str__(self) -> str:
        return self.name


class CoveredDistrict(Record):
    """A district council area that a partnership covers, by its statistical code."""

    data_class = DataClass.PUBLIC
    retention_years = None

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="districts")
    code = models.CharField(max_length=9)
    name = models.CharField(max_length=120)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "code"], name="members_covereddistrict_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class Agency(Record):
    """A body round the table: council, police, fire, probation, health, or another partner."""

    data_class = DataClass.PUBLIC
    retention_years = None

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="agencies")
    name = models.CharField(max_length=200)
    sector = models.CharField(max_length=10, choices=[(s, s) for s in Sector])

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "agencies"
        constraints = [
            models.UniqueConstraint(fields=["partnership", "name"], name="members_agency_once"),
            models.CheckConstraint(condition=models.Q(sector__in=list(Sector)), name="members_agency_sector_known"),
        ]

    def __str__(self) -> str:
        return self.name


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by sign-in name, whatever its capitals."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        """Return the account that signs in with this name."""
        return self.get(email__iexact=(username or "").strip())


class Account(AbstractBaseUser):
    """A person who signs in; what they may do lies in their appointments."""

    data_class: ClassVar[DataClass] = DataClass.PERSONAL
    retention_years: ClassVar[int | None] = 6

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    # Made by the sample builder with a known password: refused everywhere but in the demo.
    is_demo = models.BooleanField(default=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects: ClassVar[AccountManager] = AccountManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="members_account_email_once")]

    def __str__(self) -> str:
        return str(self.id)


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    """Filters over appointments."""

    def current(self, today: date) -> "AppointmentQuerySet":
        """Those that count today; the last day counts."""
        unended = models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=today)
        return self.filter(unended, starts_on__lte=today, account__is_active=True)


class Appointment(Record):
    """A person's post at an agency and their role in a partnership, between two days."""

    data_class = DataClass.PERSONAL
    retention_years = 6

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="appointments")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=20, choices=[(r, r) for r in Role])
    post = models.CharField(max_length=120)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects: ClassVar[Any] = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(role__in=list(Role)), name="members_appointment_role_known"),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="members_appointment_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post}, {self.role}"


class Seat(Record):
    """A seat at the partnership's table: a body, a post, and who holds it, or that nobody does."""

    data_class = DataClass.PERSONAL
    retention_years = 6

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="seats")
    sector = models.CharField(max_length=10, choices=[(s, s) for s in Sector])
    body = models.CharField(max_length=200, blank=True)
    post = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=15, choices=[(s, s) for s in SeatState], default=SeatState.TO_BE_CONFIRMED)
    holder = models.CharField(max_length=120, blank=True)
    since = models.DateField(null=True)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["added_at", "id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(sector__in=list(Sector)), name="members_seat_sector_known"),
            models.CheckConstraint(condition=models.Q(state__in=list(SeatState)), name="members_seat_state_known"),
            models.CheckConstraint(
                condition=models.Q(state=SeatState.HELD) | models.Q(holder=""), name="members_seat_empty_has_no_holder"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post}, {self.body}"


class YearDate(Record):
    """A date of the partnership's year, given or worked back from the board's."""

    data_class = DataClass.INTERNAL
    retention_years = None

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="year_dates")
    kind = models.CharField(max_length=15, choices=[(k, k) for k in KeyDate])
    on = models.DateField()
    worked_back = models.BooleanField(default=False)

    class Meta:
        ordering = ["on", "kind"]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=list(KeyDate)), name="members_yeardate_kind_known"),
            models.UniqueConstraint(fields=["partnership", "kind", "on"], name="members_yeardate_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"


class Place(Record):
    """A neighbourhood or town centre of the partnership's own, made of small areas (LSOAs) of one census."""

    data_class = DataClass.PUBLIC
    retention_years = None

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="places")
    name = models.CharField(max_length=120)
    lsoa_edition = models.CharField(max_length=4)
    lsoa_codes = models.JSONField(default=list)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["partnership", "name"], name="members_place_once")]

    def __str__(self) -> str:
        return self.name
