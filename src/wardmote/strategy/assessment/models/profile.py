"""The profile of a problem: its sentences with the figures they quote, its sides, reasons, links and gaps."""

from django.db import models

from wardmote.access.records import DataClass, Record
from wardmote.strategy.assessment.rules import Confidence
from wardmote.strategy.assessment.rules.profile import Item, Relation, Side, VoiceGroup

from .assessment import AssessedProblem


class ProfileSentence(Record):
    """What the analyst says about an item of a problem's evidence, and the figures that it quoted when it was saved."""

    data_class = DataClass.PUBLIC
    retention_years = None

    problem = models.ForeignKey(AssessedProblem, on_delete=models.CASCADE, related_name="sentences")
    item = models.CharField(max_length=16, choices=[(i, i) for i in Item])
    text = models.TextField()
    # Each number that quoted a figure: as written, the figure's key, its value then, its name.
    quoted = models.JSONField(default=list)
    analysis_sha256 = models.CharField(max_length=64, blank=True)
    written_at = models.DateTimeField()
    written_by_key = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["problem", "item"], name="assessment_sentence_once"),
            models.CheckConstraint(condition=models.Q(item__in=list(Item)), name="assessment_sentence_item_known"),
            models.CheckConstraint(condition=~models.Q(text=""), name="assessment_sentence_says_something"),
        ]

    def __str__(self) -> str:
        return self.item


class ProfileSide(Record):
    """What is known of the victims, the offenders or the places of a problem, and how."""

    data_class = DataClass.PUBLIC
    retention_years = None

    problem = models.ForeignKey(AssessedProblem, on_delete=models.CASCADE, related_name="sides")
    side = models.CharField(max_length=8, choices=[(s, s) for s in Side])
    text = models.TextField()
    evidence = models.CharField(max_length=500)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["problem", "side"], name="assessment_side_once"),
            models.CheckConstraint(condition=models.Q(side__in=list(Side)), name="assessment_side_known"),
            models.CheckConstraint(
                condition=~models.Q(text="") & ~models.Q(evidence=""), name="assessment_side_has_evidence"
            ),
        ]

    def __str__(self) -> str:
        return self.side


class ProfileEntry(Record):
    """One entry of a list in a problem's profile."""

    data_class = DataClass.PUBLIC
    retention_years = None

    problem = models.ForeignKey(AssessedProblem, on_delete=models.CASCADE, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["added_at", "id"]


class ProfileResponse(ProfileEntry):
    """What could be done about one side of a problem, and which agency or post could do it."""

    side = models.CharField(max_length=8, choices=[(s, s) for s in Side])
    what = models.CharField(max_length=500)
    who = models.CharField(max_length=200)

    class Meta(ProfileEntry.Meta):
        constraints = [
            models.CheckConstraint(condition=models.Q(side__in=list(Side)), name="assessment_response_side_known"),
            models.CheckConstraint(condition=~models.Q(what="") & ~models.Q(who=""), name="assessment_response_whole"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class LikelyReason(ProfileEntry):
    """Why a problem is likely to be as it is or to have changed; without evidence it is suspected, not tested."""

    reason = models.TextField()
    confidence = models.CharField(max_length=6, choices=[(c, c) for c in Confidence])
    evidence = models.TextField(blank=True)

    class Meta(ProfileEntry.Meta):
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="assessment_reason_says_something"),
            models.CheckConstraint(
                condition=models.Q(confidence__in=list(Confidence)), name="assessment_reason_confidence_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(evidence="") | ~models.Q(confidence=Confidence.HIGH),
                name="assessment_reason_untested_is_not_sure",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class ProblemLink(ProfileEntry):
    """How a problem hangs together with another of the same assessment, with the evidence for it."""

    other = models.ForeignKey(AssessedProblem, on_delete=models.CASCADE, related_name="+")
    relation = models.CharField(max_length=13, choices=[(r, r) for r in Relation])
    evidence = models.TextField()
    percentage = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    base = models.CharField(max_length=200, blank=True)

    class Meta(ProfileEntry.Meta):
        constraints = [
            models.UniqueConstraint(fields=["problem", "other", "relation"], name="assessment_link_once"),
            models.CheckConstraint(condition=~models.Q(problem=models.F("other")), name="assessment_link_to_another"),
            models.CheckConstraint(
                condition=models.Q(relation__in=list(Relation)), name="assessment_link_relation_known"
            ),
            models.CheckConstraint(condition=~models.Q(evidence=""), name="assessment_link_has_evidence"),
            models.CheckConstraint(
                condition=models.Q(percentage__isnull=True, base="")
                | (models.Q(percentage__gte=0, percentage__lte=100) & ~models.Q(base="")),
                name="assessment_link_percentage_has_a_base",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Unknown(ProfileEntry):
    """What the partnership does not know about a problem, with the post that finds out and by when, where one does."""

    what = models.TextField()
    owner = models.CharField(max_length=200, blank=True)
    due_on = models.DateField(null=True)

    class Meta(ProfileEntry.Meta):
        constraints = [
            models.CheckConstraint(condition=~models.Q(what=""), name="assessment_unknown_says_something"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class CommunityVoice(ProfileEntry):
    """What people who live here, services or professionals told the partnership about a problem."""

    group = models.CharField(max_length=13, choices=[(g, g) for g in VoiceGroup])
    theme = models.CharField(max_length=120)
    heard_on = models.DateField()
    sentence = models.TextField()

    class Meta(ProfileEntry.Meta):
        constraints = [
            models.CheckConstraint(condition=models.Q(group__in=list(VoiceGroup)), name="assessment_voice_group_known"),
            models.CheckConstraint(
                condition=~models.Q(theme="") & ~models.Q(sentence=""), name="assessment_voice_says_something"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
