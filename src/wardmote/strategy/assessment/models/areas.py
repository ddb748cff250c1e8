"""The wards that an assessment looks at more closely, each with the reason why it was chosen."""

from django.db import models

from wardmote.access.records import DataClass, Record

from .assessment import Assessment


class ChosenWard(Record):
    """A ward whose profile is part of the document: why it was chosen, by which post, and when."""

    data_class = DataClass.PUBLIC
    retention_years = None

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="chosen_wards")
    code = models.CharField(max_length=9)
    name = models.CharField(max_length=200)
    reason = models.TextField()
    chosen_at = models.DateTimeField()
    chosen_by_key = models.UUIDField()
    chosen_by_post = models.CharField(max_length=330)

    class Meta:
        ordering = ["name", "code"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "code"], name="assessment_chosen_ward_once"),
            models.CheckConstraint(
                condition=~models.Q(reason="") & ~models.Q(chosen_by_post=""),
                name="assessment_chosen_ward_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.name
