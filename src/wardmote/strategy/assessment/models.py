"""An assessment, the problems in it, the scores given and the decisions taken."""

from django.db import models

from wardmote.access.records import DataClass, Record
from wardmote.partnership.members.models import Agency, Partnership
from wardmote.strategy.evidence.models import Release

from .rules import AssessmentState, Confidence, Outcome


class Assessment(Record):
    """One strategic assessment: its date, its period, its matrices and the analysis of its evidence."""

    data_class = DataClass.INTERNAL
    retention_years = None

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="assessments")
    title = models.CharField(max_length=200)
    as_at = models.DateField()
    matrix = models.SlugField(max_length=60)
    second_matrix = models.SlugField(max_length=60, blank=True)
    top = models.PositiveSmallIntegerField(default=5)
    state = models.CharField(
        max_length=10, choices=[(s, s) for s in AssessmentState], default=AssessmentState.PREPARING
    )
    created_at = models.DateTimeField()
    created_by_key = models.UUIDField()
    # The job that analyses the evidence, and the hash of the file it made; empty until it has.
    job_key = models.UUIDField(null=True)
    analysis_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-as_at", "-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=list(AssessmentState)), name="assessment_assessment_state_known"
            )
        ]

    def __str__(self) -> str:
        return self.title


class CitedRelease(Record):
    """A release the assessment rests on, and the months of it that counted when it was analysed."""

    data_class = DataClass.INTERNAL
    retention_years = None

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="cited")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="cited_by")
    months = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "release"], name="assessment_citedrelease_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class AssessedProblem(Record):
    """A problem in an assessment, by its stable slug, with the analyst's note on it."""

    data_class = DataClass.INTERNAL
    retention_years = None

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="problems")
    slug = models.SlugField(max_length=80)
    title = models.CharField(max_length=120)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "slug"], name="assessment_assessedproblem_once"),
        ]

    def __str__(self) -> str:
        return self.title


class Score(Record):
    """One scorer's score of one problem on one criterion; a blank value is missing, never nought."""

    data_class = DataClass.INTERNAL
    retention_years = 6

    problem = models.ForeignKey(AssessedProblem, on_delete=models.CASCADE, related_name="scores")
    matrix = models.SlugField(max_length=60)
    criterion = models.SlugField(max_length=60)
    scorer_key = models.UUIDField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    value = models.SmallIntegerField(null=True)
    confidence = models.CharField(max_length=6, choices=[(c, c) for c in Confidence], blank=True)
    evidence = models.TextField(blank=True)
    scored_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["problem", "matrix", "criterion", "scorer_key"], name="assessment_score_once"
            ),
            models.CheckConstraint(
                condition=models.Q(confidence__in=["", *Confidence]), name="assessment_score_confidence_known"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Decision(Record):
    """What the partnership made of a problem, why, who recorded it and when."""

    data_class = DataClass.PUBLIC
    retention_years = None

    problem = models.OneToOneField(AssessedProblem, on_delete=models.CASCADE, related_name="decision")
    outcome = models.CharField(max_length=15, choices=[(o, o) for o in Outcome])
    reason = models.TextField()
    decided_on = models.DateField()
    decided_by = models.CharField(max_length=200)  # the body or post that decided, printed as it stands
    recorded_by_key = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(outcome__in=list(Outcome)), name="assessment_decision_known"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="assessment_decision_has_a_reason"),
        ]

    def __str__(self) -> str:
        return str(self.id)
