"""Notices, the messages that tell of them, and how often each person wants one; keys, never content."""

from django.db import models

from wardmote.access.records import DataClass, Record

from .rules import OVER, Dropped, HowOften, MessageState, NoticeState


class Message(Record):
    """An e-mail to one person on one day: that so many things wait, and where to sign in."""

    data_class = DataClass.PERSONAL
    retention_years = 1

    partnership_key = models.UUIDField()
    account_key = models.UUIDField()
    appointment_key = models.UUIDField()
    day = models.DateField()
    to = models.EmailField(max_length=254)
    things = models.PositiveSmallIntegerField()
    link = models.CharField(max_length=300)
    # The same for every try, and no other message's: the provider is asked under it whether it has the message.
    reference = models.CharField(max_length=80, unique=True)
    state = models.CharField(max_length=8, choices=[(s, s) for s in MessageState], default=MessageState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    written_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    provider_key = models.CharField(max_length=80, blank=True)
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-written_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["account_key", "day"], name="notices_message_once_a_day"),
            models.CheckConstraint(
                condition=models.Q(state__in=list(MessageState)), name="notices_message_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=sorted(OVER), ended_at__isnull=False)
                | (~models.Q(state__in=sorted(OVER)) & models.Q(ended_at__isnull=True)),
                name="notices_message_ended_together",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=MessageState.SENDING) | models.Q(claimed_at__isnull=False),
                name="notices_message_in_hand_since",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Notice(Record):
    """Something that waits for somebody: whose, of which kind, and the name of what decides again about it."""

    data_class = DataClass.INTERNAL
    retention_years = 1

    partnership_key = models.UUIDField()
    account_key = models.UUIDField()
    appointment_key = models.UUIDField()
    kind = models.SlugField(max_length=40)
    # The key that its owner knows the thing by.
    thing_key = models.UUIDField()
    # The owner's declaration, as settings.WARDMOTE_NOTICES names it; any other name is never imported.
    owner = models.CharField(max_length=200)
    state = models.CharField(max_length=8, choices=[(s, s) for s in NoticeState], default=NoticeState.WAITING)
    dropped = models.CharField(max_length=10, choices=[(d, d) for d in Dropped], blank=True)
    message = models.ForeignKey(Message, on_delete=models.PROTECT, null=True, related_name="notices")
    created_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["appointment_key", "kind", "thing_key"],
                condition=models.Q(state=NoticeState.WAITING),
                name="notices_notice_waits_once",
            ),
            models.CheckConstraint(condition=models.Q(state__in=list(NoticeState)), name="notices_notice_state_known"),
            models.CheckConstraint(
                condition=models.Q(state=NoticeState.DROPPED, dropped__in=list(Dropped))
                | (~models.Q(state=NoticeState.DROPPED) & models.Q(dropped="")),
                name="notices_notice_dropped_says_why",
            ),
            models.CheckConstraint(
                condition=models.Q(state=NoticeState.WAITING, settled_at__isnull=True)
                | (~models.Q(state=NoticeState.WAITING) & models.Q(settled_at__isnull=False)),
                name="notices_notice_settled_together",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Preference(Record):
    """How often a person wants to be told by e-mail; without a row, daily."""

    data_class = DataClass.PERSONAL
    retention_years = 6

    account_key = models.UUIDField(unique=True)
    how_often = models.CharField(max_length=6, choices=[(h, h) for h in HowOften], default=HowOften.DAILY)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(how_often__in=list(HowOften)), name="notices_preference_known")
        ]

    def __str__(self) -> str:
        return str(self.id)
