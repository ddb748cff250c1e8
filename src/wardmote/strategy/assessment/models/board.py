"""What a board has before it: the consultations used, requirements, proposals, the paper, and the way to approval."""

from django.db import models

from wardmote.access.records import DataClass, Record
from wardmote.partnership.members.models import Partnership
from wardmote.strategy.assessment.rules import Outcome
from wardmote.strategy.assessment.rules.board import Requirer
from wardmote.strategy.consultation.models import Consultation, Series

from .assessment import AssessedProblem, Assessment


class UsedConsultation(Record):
    """A consultation that belongs to an assessment, because the analyst said so."""

    data_class = DataClass.INTERNAL
    retention_years = None

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="consultations_used")
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="used_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "consultation"], name="assessment_usedconsultation_once")
        ]

    def __str__(self) -> str:
        return str(self.id)


class UsedSeries(Record):
    """A survey over time that belongs to an assessment."""

    data_class = DataClass.INTERNAL
    retention_years = None

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="series_used")
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="used_by")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assessment", "series"], name="assessment_usedseries_once")]

    def __str__(self) -> str:
        return str(self.id)


class Requirement(Record):
    """What a body or a law requires of the partnership about a problem, from when to when, and where it says so."""

    data_class = DataClass.PUBLIC
    retention_years = None

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="requirements")
    problem = models.SlugField(max_length=80)
    required_by = models.CharField(max_length=30, choices=[(r, r) for r in Requirer])
    text = models.TextField()
    source = models.CharField(max_length=300)
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    class Meta:
        ordering = ["problem", "from_on"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(required_by__in=list(Requirer)), name="assessment_requirement_by_somebody"
            ),
            models.CheckConstraint(
                condition=models.Q(to_on__isnull=True) | models.Q(to_on__gte=models.F("from_on")),
                name="assessment_requirement_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~models.Q(text="") & ~models.Q(source=""), name="assessment_requirement_says_what_and_where"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.required_by}: {self.problem}"


class Proposal(Record):
    """What is proposed to the board about a problem, and why; the decision stands beside it."""

    data_class = DataClass.INTERNAL
    retention_years = None

    problem = models.OneToOneField(AssessedProblem, on_delete=models.CASCADE, related_name="proposal")
    outcome = models.CharField(max_length=15, choices=[(o, o) for o in Outcome])
    reason = models.TextField()
    proposed_at = models.DateTimeField()
    proposed_by_key = models.UUIDField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome__in=list(Outcome)) & ~models.Q(reason=""), name="assessment_proposal_whole"
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class BoardPaper(Record):
    """The covering report to the bodies that approve: the decision asked, and what it means for each."""

    data_class = DataClass.INTERNAL
    retention_years = None

    assessment = models.OneToOneField(Assessment, on_delete=models.CASCADE, related_name="paper")
    # Empty: the sentence that follows from the proposals.
    decision_asked = models.CharField(max_length=400, blank=True)
    implications = models.TextField(blank=True)

    def __str__(self) -> str:
        return str(self.id)


class PlannedApproval(Record):
    """A body that has to approve the assessment, in which order and on which day; what it decided is an Approval."""

    data_class = DataClass.PUBLIC
    retention_years = None

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="planned_approvals")
    position = models.PositiveSmallIntegerField()
    body = models.CharField(max_length=200)
    planned_on = models.DateField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "body"], name="assessment_plannedapproval_once"),
            models.UniqueConstraint(fields=["assessment", "position"], name="assessment_plannedapproval_placed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.planned_on}"


class CopySent(Record):
    """A copy that was sent: to whom, on which day, by which post."""

    data_class = DataClass.PUBLIC
    retention_years = None

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="copies_sent")
    sent_to = models.CharField(max_length=200)
    sent_on = models.DateField()
    sent_by_post = models.CharField(max_length=330)

    class Meta:
        ordering = ["sent_on", "sent_to"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "sent_to", "sent_on"], name="assessment_copysent_once")
        ]

    def __str__(self) -> str:
        return f"{self.sent_to} {self.sent_on}"
