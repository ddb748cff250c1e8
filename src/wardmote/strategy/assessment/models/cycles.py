"""How often a partnership assesses, since when, and the assessments that it approved before it used this site."""

from django.db import models

from wardmote.access.records import DataClass, Record
from wardmote.partnership.members.models import Partnership
from wardmote.strategy.assessment.rules.cycles import CycleKind


class AssessmentCycle(Record):
    """From which day a partnership assesses how often; the one that began last counts."""

    data_class = DataClass.PUBLIC
    retention_years = None

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="assessment_cycles")
    kind = models.CharField(max_length=20, choices=[(k, k) for k in CycleKind])
    starts_on = models.DateField()

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "starts_on"], name="assessment_cycle_begins_once"),
            models.CheckConstraint(condition=models.Q(kind__in=list(CycleKind)), name="assessment_cycle_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} from {self.starts_on}"


class EarlierAssessment(Record):
    """An audit or assessment approved elsewhere: what it covered, who approved it when, and the plan that cites it."""

    data_class = DataClass.PUBLIC
    retention_years = None

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="earlier_assessments")
    kind = models.CharField(max_length=20, choices=[(k, k) for k in CycleKind])
    title = models.CharField(max_length=200)
    covers_from = models.DateField()
    covers_to = models.DateField()
    approved_on = models.DateField()
    approved_by = models.CharField(max_length=200)
    # Where it is kept: an address of the Web, or a shelf.
    reference = models.CharField(max_length=300, blank=True)
    plan = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-approved_on", "title"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "title"], name="assessment_earlier_once"),
            models.CheckConstraint(condition=models.Q(kind__in=list(CycleKind)), name="assessment_earlier_kind_known"),
            models.CheckConstraint(
                condition=models.Q(covers_to__gte=models.F("covers_from")), name="assessment_earlier_covers_a_period"
            ),
            models.CheckConstraint(condition=~models.Q(approved_by=""), name="assessment_earlier_has_a_body"),
        ]

    def __str__(self) -> str:
        return self.title
