"""Paragraphs asked of partners: the dated question to an agency, and each paragraph that it signed."""

from django.db import models
from django.utils import timezone

from wardmote.access.records import DataClass, Record
from wardmote.partnership.members.models import Agency
from wardmote.strategy.assessment.rules.profile import signed_words

from .assessment import AssessedProblem


class PartnerQuestion(Record):
    """What an agency is asked about a problem, by which post, and by when it should answer."""

    data_class = DataClass.INTERNAL
    # As long as its paragraphs, which are printed with it.
    retention_years = None

    problem = models.ForeignKey(AssessedProblem, on_delete=models.CASCADE, related_name="questions")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    question = models.TextField()
    due_on = models.DateField()
    asked_at = models.DateTimeField()
    asked_by_key = models.UUIDField()
    asked_by_post = models.CharField(max_length=330)

    class Meta:
        ordering = ["due_on", "asked_at"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(question=""), name="assessment_question_says_something"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class PartnerParagraph(Record):
    """A paragraph that an agency signed. It is never edited: another version stands beside it.

    It waits until whoever prepares the assessment has accepted it or sent it back with the reason.
    """

    data_class = DataClass.PUBLIC
    retention_years = None

    question = models.ForeignKey(PartnerQuestion, on_delete=models.CASCADE, related_name="paragraphs")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    signed_post = models.CharField(max_length=330)
    signed_at = models.DateTimeField()
    signed_by_key = models.UUIDField()
    # The day on a paper that somebody else keyed, and the post that did; then `signed_at` is when it was keyed.
    paper_on = models.DateField(null=True)
    keyed_by_post = models.CharField(max_length=330, blank=True)
    accepted_at = models.DateTimeField(null=True)
    accepted_by_post = models.CharField(max_length=330, blank=True)
    returned_at = models.DateTimeField(null=True)
    returned_why = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="assessment_paragraph_once"),
            models.CheckConstraint(
                condition=~models.Q(text="") & ~models.Q(signed_post=""), name="assessment_paragraph_is_signed"
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at__isnull=True, accepted_by_post="")
                | (models.Q(accepted_at__isnull=False, returned_at__isnull=True) & ~models.Q(accepted_by_post="")),
                name="assessment_paragraph_accepted_or_returned",
            ),
            models.CheckConstraint(
                condition=models.Q(returned_at__isnull=True, returned_why="")
                | (models.Q(returned_at__isnull=False) & ~models.Q(returned_why="")),
                name="assessment_paragraph_returned_with_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(paper_on__isnull=True, keyed_by_post="")
                | (models.Q(paper_on__isnull=False) & ~models.Q(keyed_by_post="")),
                name="assessment_paragraph_of_paper_says_who_keyed_it",
            ),
        ]

    @property
    def signed(self) -> str:
        """Under which post and when it was signed, and who keyed it where it came on paper."""
        kept_on = timezone.localdate(self.signed_at)
        on = self.paper_on or kept_on
        return signed_words(self.signed_post, on, keyed_by=self.keyed_by_post, keyed_on=kept_on)

    def __str__(self) -> str:
        return str(self.id)
