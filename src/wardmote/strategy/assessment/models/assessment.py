"""An assessment, the problems in it, first and agreed scores, the session, and the decisions taken."""

from django.db import models

from wardmote.access.records import DataClass, Record
from wardmote.partnership.members.models import Agency, Partnership
from wardmote.strategy.assessment.rules import (
    Answer,
    ApprovalOutcome,
    AssessmentState,
    Confidence,
    EnteredFrom,
    Outcome,
    Presence,
)
from wardmote.strategy.evidence.models import Release


class Assessment(Record):
    """One strategic assessment: its date, its period, its matrices and the analysis of its evidence."""

    data_class = DataClass.INTERNAL
    retention_years = None

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="assessments")
    title = models.CharField(max_length=200)
    as_at = models.DateField()
    # Data accepted after this day are left to the next assessment; empty where whatever is accepted counts.
    data_cut_off_on = models.DateField(null=True)
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

    @property
    def matrices(self) -> list[str]:
        """Slugs of its matrices, the first one first."""
        return [slug for slug in (self.matrix, self.second_matrix) if slug]

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


class StageEntered(Record):
    """When an assessment went into a stage, and which post moved it there."""

    data_class = DataClass.INTERNAL
    retention_years = None

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="stages")
    state = models.CharField(max_length=10, choices=[(s, s) for s in AssessmentState])
    entered_at = models.DateTimeField()
    entered_by_key = models.UUIDField()
    entered_by_post = models.CharField(max_length=330)

    class Meta:
        ordering = ["entered_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=list(AssessmentState)), name="assessment_stageentered_state_known"
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class Score(Record):
    """One scorer's first answer to one criterion of one problem; no answer is no row, and never nought.

    `scorer_key` is the account that scored, or the agency itself where somebody entered its sheet. `filled_value` is
    what the figures said when it was given: another value needs a reason.
    """

    data_class = DataClass.INTERNAL
    retention_years = 6

    problem = models.ForeignKey(AssessedProblem, on_delete=models.CASCADE, related_name="scores")
    matrix = models.SlugField(max_length=60)
    criterion = models.SlugField(max_length=60)
    scorer_key = models.UUIDField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=9, choices=[(a, a) for a in Answer], default=Answer.LEVEL)
    value = models.SmallIntegerField(null=True)
    filled_value = models.SmallIntegerField(null=True)
    override_reason = models.TextField(blank=True)
    confidence = models.CharField(max_length=6, choices=[(c, c) for c in Confidence], blank=True)
    evidence = models.TextField(blank=True)
    scored_at = models.DateTimeField()
    # Given once the discussion had opened: by a latecomer, or entered for an agency in the room.
    given_late = models.BooleanField(default=False)
    entered_by_key = models.UUIDField(null=True)
    entered_from = models.CharField(max_length=6, choices=[(e, e) for e in EnteredFrom], blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["problem", "matrix", "criterion", "scorer_key"], name="assessment_score_once"
            ),
            models.CheckConstraint(
                condition=models.Q(confidence__in=["", *Confidence]), name="assessment_score_confidence_known"
            ),
            models.CheckConstraint(
                condition=models.Q(answer=Answer.LEVEL, value__isnull=False)
                | models.Q(answer__in=[Answer.DONT_KNOW, Answer.NOT_OURS], value__isnull=True),
                name="assessment_score_level_has_a_value",
            ),
            models.CheckConstraint(
                condition=models.Q(filled_value__isnull=True)
                | models.Q(value__isnull=False, value=models.F("filled_value"))
                | ~models.Q(override_reason=""),
                name="assessment_score_override_has_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(entered_by_key__isnull=True, entered_from="")
                | models.Q(entered_by_key__isnull=False, entered_from__in=list(EnteredFrom)),
                name="assessment_score_entered_from_somewhere",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Agreement(Record):
    """What the panel agreed about a problem under a matrix: how sure it is, and why, in a line."""

    data_class = DataClass.INTERNAL
    retention_years = None

    problem = models.ForeignKey(AssessedProblem, on_delete=models.CASCADE, related_name="agreements")
    matrix = models.SlugField(max_length=60)
    confidence = models.CharField(max_length=6, choices=[(c, c) for c in Confidence])
    reason = models.CharField(max_length=300)
    agreed_at = models.DateTimeField()
    recorded_by_key = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["problem", "matrix"], name="assessment_agreement_once"),
            models.CheckConstraint(
                condition=models.Q(confidence__in=list(Confidence)), name="assessment_agreement_confidence_known"
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="assessment_agreement_has_a_reason"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class AgreedScore(Record):
    """The agreed score of one criterion; without a value where the panel agreed that nobody knows."""

    data_class = DataClass.INTERNAL
    retention_years = None

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="scores")
    criterion = models.SlugField(max_length=60)
    value = models.SmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "criterion"], name="assessment_agreedscore_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Attendance(Record):
    """How an agency took part in the session of an assessment, and as which post."""

    data_class = DataClass.INTERNAL
    retention_years = 6

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="attendance")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    presence = models.CharField(max_length=6, choices=[(p, p) for p in Presence])
    post = models.CharField(max_length=120, blank=True)
    recorded_by_key = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "agency"], name="assessment_attendance_once"),
            models.CheckConstraint(
                condition=models.Q(presence__in=list(Presence)), name="assessment_attendance_presence_known"
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


class AssessmentPart(Record):
    """A required part of an assessment: its text, or a declared gap with who closes it and by when."""

    data_class = DataClass.PUBLIC
    retention_years = None

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="parts")
    code = models.SlugField(max_length=60)
    text = models.TextField(blank=True)
    agreed_on = models.DateField(null=True)
    agreed_by = models.CharField(max_length=200, blank=True)
    gap = models.TextField(blank=True)
    gap_owner = models.CharField(max_length=200, blank=True)
    gap_due_on = models.DateField(null=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "code"], name="assessment_part_once"),
            models.CheckConstraint(
                condition=models.Q(gap="", gap_owner="", gap_due_on__isnull=True)
                | (~models.Q(gap="") & ~models.Q(gap_owner="") & models.Q(gap_due_on__isnull=False, agreed_on=None)),
                name="assessment_part_gap_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(agreed_on__isnull=True, agreed_by="") | models.Q(agreed_on__isnull=False),
                name="assessment_part_agreed_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Approval(Record):
    """What a body made of the assessment: when, who was there, what it changed, and the very text before it."""

    data_class = DataClass.PUBLIC
    retention_years = None

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="approvals")
    body = models.CharField(max_length=200)
    decided_on = models.DateField()
    outcome = models.CharField(max_length=25, choices=[(o, o) for o in ApprovalOutcome])
    present = models.TextField(blank=True)
    absent = models.TextField(blank=True)
    agreed_in_writing = models.TextField(blank=True)
    changes = models.TextField(blank=True)
    # Which post checked that the changes were made, and when; empty until somebody has.
    checked_by = models.CharField(max_length=330, blank=True)
    checked_on = models.DateField(null=True)
    # The text as it stood when this was recorded, one line a block: what is published is held against it.
    text_sha256 = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    recorded_by_key = models.UUIDField()

    class Meta:
        ordering = ["decided_on", "recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome__in=list(ApprovalOutcome)), name="assessment_approval_outcome_known"
            ),
            models.CheckConstraint(
                condition=models.Q(outcome__in=[ApprovalOutcome.APPROVED, ApprovalOutcome.NOTED])
                | ~models.Q(changes=""),
                name="assessment_approval_says_what_changed",
            ),
            models.CheckConstraint(
                condition=models.Q(checked_by="", checked_on__isnull=True)
                | (
                    ~models.Q(checked_by="")
                    & ~models.Q(changes="")
                    & models.Q(checked_on__isnull=False, checked_on__gte=models.F("decided_on"))
                ),
                name="assessment_approval_checked_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.decided_on}"
