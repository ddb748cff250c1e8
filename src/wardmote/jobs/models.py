"""A piece of background work, with the progress and the message that its page shows."""

from django.db import models

from wardmote.access.records import DataClass, Record

from .rules import ENDED, JobState


class Job(Record):
    """What was asked, by whom, how far it is and how it ended; arguments are keys, never content."""

    data_class = DataClass.INTERNAL
    retention_years = 1

    kind = models.CharField(max_length=40)
    arguments = models.JSONField(default=dict)
    asked_by_key = models.UUIDField()
    appointment_key = models.UUIDField(null=True)
    partnership_key = models.UUIDField(null=True)
    state = models.CharField(max_length=10, choices=[(s, s) for s in JobState], default=JobState.WAITING)
    step = models.CharField(max_length=200, blank=True)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)
    message = models.TextField(blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    # The last sign of life of the worker that does it.
    heartbeat_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=list(JobState)), name="jobs_job_state_known"),
            models.CheckConstraint(
                condition=models.Q(state__in=sorted(ENDED), ended_at__isnull=False)
                | (~models.Q(state__in=sorted(ENDED)) & models.Q(ended_at__isnull=True)),
                name="jobs_job_ended_together",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

    @property
    def has_ended(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in ENDED


class Schedule(Record):
    """Something that is done again and again, and when it was last begun."""

    data_class = DataClass.INTERNAL
    retention_years = None

    name = models.CharField(max_length=40, unique=True)
    ran_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
