"""What an assessment rests on beside figures: needs assessments, learning from reviews, services and their gaps.

No names and no detail that would tell who a review was about: the rows are printed.
"""

from django.db import models

from wardmote.access.records import DataClass, Record
from wardmote.strategy.assessment.rules.inputs import LearningState, ReviewKind

from .assessment import Assessment


class NeedsAssessment(Record):
    """A needs assessment that was used: whose, of which day, and the findings that are cited."""

    data_class = DataClass.PUBLIC
    retention_years = None

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="needs_assessments")
    title = models.CharField(max_length=200)
    owner = models.CharField(max_length=200)
    dated_on = models.DateField()
    review_on = models.DateField(null=True)
    findings = models.TextField()
    reference = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "title"], name="assessment_needs_once"),
            models.CheckConstraint(condition=~models.Q(findings=""), name="assessment_needs_cites_findings"),
            models.CheckConstraint(
                condition=models.Q(review_on__isnull=True) | models.Q(review_on__gte=models.F("dated_on")),
                name="assessment_needs_reviewed_after_its_date",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ReviewLearning(Record):
    """One recommendation of a review: under a reference that tells nobody's name, for which problem, who, by when."""

    data_class = DataClass.PUBLIC
    retention_years = None

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="learning")
    kind = models.CharField(max_length=20, choices=[(k, k) for k in ReviewKind])
    reference = models.CharField(max_length=60)
    recommendation = models.TextField()
    # The slug of a problem of the assessment; empty where it belongs to none.
    problem = models.SlugField(max_length=80, blank=True)
    owner = models.CharField(max_length=200)
    due_on = models.DateField()
    state = models.CharField(max_length=4, choices=[(s, s) for s in LearningState], default=LearningState.OPEN)
    done_on = models.DateField(null=True)
    result = models.TextField(blank=True)

    class Meta:
        ordering = ["due_on", "reference", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=list(ReviewKind)), name="assessment_learning_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state=LearningState.OPEN, done_on__isnull=True, result="")
                | (models.Q(state=LearningState.DONE, done_on__isnull=False) & ~models.Q(result="")),
                name="assessment_learning_done_with_a_result",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Provision(Record):
    """A need and the service that meets it, with its use and outcome; or the gap, where none or too little does."""

    data_class = DataClass.PUBLIC
    retention_years = None

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="provision")
    need = models.CharField(max_length=300)
    problem = models.SlugField(max_length=80, blank=True)
    service = models.CharField(max_length=200, blank=True)
    provider = models.CharField(max_length=200, blank=True)
    # What capacity and use are counted in, such as places; over which period, and who says so.
    counted_as = models.CharField(max_length=60, blank=True)
    capacity = models.PositiveIntegerField(null=True)
    taken_up = models.PositiveIntegerField(null=True)
    period = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=200, blank=True)
    outcome = models.TextField(blank=True)
    gap = models.TextField(blank=True)

    class Meta:
        ordering = ["need", "service", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(service="")
                | (models.Q(provider="", outcome="", capacity__isnull=True, taken_up__isnull=True) & ~models.Q(gap="")),
                name="assessment_provision_no_service_is_a_gap",
            ),
            models.CheckConstraint(
                condition=models.Q(capacity__isnull=True, taken_up__isnull=True)
                | (~models.Q(counted_as="") & ~models.Q(period="") & ~models.Q(source="")),
                name="assessment_provision_number_has_a_source",
            ),
        ]

    def __str__(self) -> str:
        return self.need
