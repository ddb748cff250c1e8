"""What a partnership itself says of its evidence: two sources of one thing, changes in recording, checks, extracts."""

from django.db import models

from wardmote.access.records import DataClass, Record
from wardmote.definitions import Effect
from wardmote.partnership.members.models import Agency, Partnership
from wardmote.strategy.evidence.rules.pairs import Chosen
from wardmote.strategy.evidence.rules.reviews import ReviewResult

from .releases import Release


class SourcePair(Record):
    """Two sources of one problem: the open police figures and a partner's own, and which one is published."""

    data_class = DataClass.PUBLIC
    retention_years = None

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="source_pairs")
    problem = models.SlugField(max_length=80)
    # The partner's figures: their data set, the measure in it, and the areas that together are the partnership.
    dataset = models.CharField(max_length=120)
    measure = models.CharField(max_length=200)
    areas = models.JSONField()
    # Codes of definitions/source_differences.yaml.
    reasons = models.JSONField(default=list)
    note = models.TextField(blank=True)
    chosen = models.CharField(max_length=7, choices=[(c, c) for c in Chosen])
    why = models.TextField()
    chosen_at = models.DateTimeField()
    chosen_by_key = models.UUIDField()

    class Meta:
        ordering = ["problem"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "problem"], name="evidence_sourcepair_once"),
            models.CheckConstraint(condition=models.Q(chosen__in=list(Chosen)), name="evidence_sourcepair_known"),
            models.CheckConstraint(condition=~models.Q(why=""), name="evidence_sourcepair_says_why"),
        ]

    def __str__(self) -> str:
        return self.problem


class RecordedChange(Record):
    """A change in how a source records: since when, what changed, and whether it may be compared across."""

    data_class = DataClass.PUBLIC
    retention_years = None

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="recorded_changes")
    month = models.CharField(max_length=7)
    # The data set that it concerns: a partner's, or blank for the police figures of data.police.uk.
    dataset = models.CharField(max_length=120, blank=True)
    # Slugs of the problems that it touches; none means every crime type.
    problems = models.JSONField(default=list)
    words = models.CharField(max_length=500)
    source = models.CharField(max_length=300)
    effect = models.CharField(max_length=5, choices=[(e, e) for e in (Effect.CARE, Effect.BREAK)])
    recorded_at = models.DateTimeField()
    recorded_by_key = models.UUIDField()

    class Meta:
        ordering = ["month"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(effect__in=[Effect.CARE, Effect.BREAK]), name="evidence_recordedchange_effect_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(words="") & ~models.Q(source=""),
                name="evidence_recordedchange_says_what",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month} {self.effect}"


class IncidentReview(Record):
    """What somebody made of the incidents of a release that a check pointed out, and what was put right."""

    data_class = DataClass.INTERNAL
    retention_years = None

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="incident_reviews")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="incident_reviews")
    check_code = models.SlugField(max_length=40)
    result = models.CharField(max_length=5, choices=[(r, r) for r in ReviewResult])
    words = models.TextField()
    reviewed_at = models.DateTimeField()
    reviewed_by_key = models.UUIDField()

    class Meta:
        ordering = ["reviewed_at"]
        constraints = [
            models.CheckConstraint(condition=models.Q(result__in=list(ReviewResult)), name="evidence_review_known"),
            models.CheckConstraint(condition=~models.Q(words=""), name="evidence_review_says_what"),
        ]

    def __str__(self) -> str:
        return f"{self.check_code} {self.result}"


class Extract(Record):
    """A pack of figures that was issued to somebody: who got what, when, what for, and from which releases."""

    data_class = DataClass.INTERNAL
    retention_years = 6

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="extracts")
    # An agency round the table, or a body in words where it is none.
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    other_body = models.CharField(max_length=200, blank=True)
    post = models.CharField(max_length=200)
    purpose = models.TextField()
    problems = models.JSONField()
    last_month = models.CharField(max_length=7)
    # Pairs of a release's digest and the months of it that counted: the pack can be made again from them.
    releases = models.JSONField()
    sha256 = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    issued_by_key = models.UUIDField()

    class Meta:
        ordering = ["-issued_at"]
        constraints = [
            models.CheckConstraint(
                condition=(models.Q(agency__isnull=True) & ~models.Q(other_body=""))
                | models.Q(agency__isnull=False, other_body=""),
                name="evidence_extract_has_one_recipient",
            ),
            models.CheckConstraint(
                condition=~models.Q(post="") & ~models.Q(purpose=""), name="evidence_extract_says_whom_and_what_for"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.last_month} {self.sha256[:12]}"

    @property
    def recipient(self) -> str:
        """Who got it: post and body."""
        return f"{self.post}, {self.agency.name if self.agency else self.other_body}"


class OwnProblem(Record):
    """A problem as a partnership speaks of it: its own name for one of ours, one that it leaves out, or one of its own.

    One of its own has a slug that begins with `own-` and is made of the problems in `parts`; with none it is assessed
    on what partners know.
    """

    data_class = DataClass.PUBLIC
    retention_years = None

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="own_problems")
    slug = models.SlugField(max_length=80)
    title = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    parts = models.JSONField(default=list)
    in_use = models.BooleanField(default=True)
    kept_at = models.DateTimeField()
    kept_by_key = models.UUIDField()

    class Meta:
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "slug"], name="evidence_ownproblem_once"),
            models.CheckConstraint(condition=~models.Q(title=""), name="evidence_ownproblem_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.slug


class BoundaryChoice(Record):
    """The edition of boundaries that a partnership chose for its figures, by the data set of the lookup, and why."""

    data_class = DataClass.PUBLIC
    retention_years = None

    partnership = models.OneToOneField(Partnership, on_delete=models.PROTECT, related_name="boundary_choice")
    dataset = models.CharField(max_length=120)
    why = models.TextField()
    chosen_at = models.DateTimeField()
    chosen_by_key = models.UUIDField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(dataset="") & ~models.Q(why=""), name="evidence_boundarychoice_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.dataset


class ComparisonGroup(Record):
    """The districts that a partnership compares itself with, by code, and why they are its like."""

    data_class = DataClass.PUBLIC
    retention_years = None

    partnership = models.OneToOneField(Partnership, on_delete=models.PROTECT, related_name="comparison_group")
    codes = models.JSONField()
    why = models.TextField()
    # How the districts were found where that was by stated variables: those, their releases, and the distances.
    family = models.JSONField(default=dict)
    chosen_at = models.DateTimeField()
    chosen_by_key = models.UUIDField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(why=""), name="evidence_comparisongroup_says_why"),
        ]

    def __str__(self) -> str:
        return f"{len(self.codes)} districts"
