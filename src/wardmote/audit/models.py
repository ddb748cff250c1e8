"""One row for each thing that happened; no foreign key, so that nothing can take an entry away with it."""

from django.db import models

from wardmote.access.records import DataClass, Record


class Entry(Record):
    """Who did what to which record, when, and how it ended; keys and names of fields, never values."""

    data_class = DataClass.INTERNAL
    retention_years = None

    at = models.DateTimeField()
    actor_key = models.UUIDField()
    appointment_key = models.UUIDField(null=True)
    agency_key = models.UUIDField(null=True)
    partnership_key = models.UUIDField(null=True)
    role = models.CharField(max_length=40, blank=True)
    action = models.CharField(max_length=80)
    kind = models.CharField(max_length=80)
    object_key = models.CharField(max_length=80, blank=True)
    outcome = models.CharField(max_length=10, choices=[(o, o) for o in ("allow", "refuse", "error")])
    changed_fields = models.JSONField(default=list)
    request_id = models.CharField(max_length=40, blank=True)
    code_version = models.CharField(max_length=40)

    class Meta:
        verbose_name_plural = "entries"
        indexes = [models.Index(fields=["at"], name="audit_entry_at")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome__in=["allow", "refuse", "error"]), name="audit_entry_outcome_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.kind} {self.object_key}"
