"""Releases of data, and the imports that brought them."""

from typing import Any, ClassVar

from django.db import models

from wardmote.access.records import DataClass, Record
from wardmote.partnership.documents.models import StoredFile
from wardmote.partnership.members.models import Agency, Partnership
from wardmote.strategy.evidence.rules import FigureStatus, ReleaseState, Verdict
from wardmote.strategy.evidence.rules.supplies import GapState, Refresh, Reliability, Sureness


class Release(Record):
    """An immutable folder of Parquet, real once this row stands; its digest tells its inputs and its reader."""

    data_class = DataClass.PUBLIC
    retention_years = None

    digest = models.CharField(max_length=64, unique=True)
    # Order of arrival: the newest release of a dataset counts for the months that it holds.
    arrival = models.PositiveBigIntegerField(unique=True)
    kind = models.CharField(max_length=20)
    dataset = models.CharField(max_length=120)
    title = models.CharField(max_length=200)
    publisher = models.CharField(max_length=200)
    area = models.CharField(max_length=200)
    is_sample = models.BooleanField(default=False)
    # Whose own it is: what a partner gave one partnership, no other on this site sees. Empty for published data.
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, null=True, related_name="own_releases")
    period_from = models.CharField(max_length=7, blank=True)
    period_to = models.CharField(max_length=7, blank=True)
    rows_read = models.PositiveBigIntegerField()
    rows_accepted = models.PositiveBigIntegerField()
    rows_rejected = models.PositiveBigIntegerField()
    # The whole manifest: files with their hashes, months, quality figures, licence, attribution.
    manifest = models.JSONField()
    file_hashes = models.JSONField()
    # Quality figures that had to wait for a lookup; the folder itself never changes.
    checked_later = models.JSONField(default=dict)
    imported_at = models.DateTimeField()
    imported_by_key = models.UUIDField()
    state = models.CharField(max_length=10, choices=[(s, s) for s in ReleaseState], default=ReleaseState.WAITING)
    # Whether the publisher may still change the figures, and what the reader of any of them must know.
    status = models.CharField(max_length=11, choices=[(s, s) for s in FigureStatus], default=FigureStatus.PROVISIONAL)
    caveat = models.TextField(blank=True)

    class Meta:
        ordering = ["dataset", "arrival"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=list(ReleaseState)), name="evidence_release_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=list(FigureStatus)), name="evidence_release_status_known"
            ),
            models.CheckConstraint(
                condition=models.Q(rows_read=models.F("rows_accepted") + models.F("rows_rejected")),
                name="evidence_release_rows_add_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dataset} {self.digest[:12]}"

    @property
    def quality(self) -> dict[str, Any]:
        """The quality figures, those that had to wait included."""
        return {**self.manifest["quality"], **self.checked_later}


class ReleaseVerdict(Record):
    """What somebody made of a release, when and why; the newest tells how it stands, and none is ever changed."""

    data_class = DataClass.INTERNAL
    retention_years = None

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="verdicts")
    verdict = models.CharField(max_length=10, choices=[(v, v) for v in Verdict])
    # The reason of a hold or of setting aside, the question to the supplier, the caveat's reason of an acceptance.
    words = models.TextField(blank=True)
    given_at = models.DateTimeField()
    given_by_key = models.UUIDField()

    class Meta:
        ordering = ["given_at"]
        constraints = [
            models.CheckConstraint(condition=models.Q(verdict__in=list(Verdict)), name="evidence_releaseverdict_known"),
            models.CheckConstraint(
                condition=models.Q(verdict=Verdict.ACCEPT) | ~models.Q(words=""),
                name="evidence_releaseverdict_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verdict} {self.given_at:%Y-%m-%d}"


class Import(Record):
    """One drop of files by one person: what came, the job that reads it, and the releases it made."""

    data_class = DataClass.INTERNAL
    retention_years = 6

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="imports")
    kind = models.CharField(max_length=20)
    population_year = models.PositiveSmallIntegerField(null=True)
    asked_by_key = models.UUIDField()
    asked_at = models.DateTimeField()
    job_key = models.UUIDField(null=True)
    releases = models.ManyToManyField(Release, related_name="imports")

    class Meta:
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return str(self.id)


class UploadedFile(StoredFile):
    """A file that waits for its import; its bytes lie in the import's own folder and go when it ends."""

    data_class: ClassVar[DataClass] = DataClass.INTERNAL
    retention_years: ClassVar[int | None] = 6

    import_asked = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="files")

    class Meta:
        ordering = ["name"]


class Supply(Record):
    """A source that a partner supplies for the assessment: what, from whom, how often, and how far to rely on it."""

    data_class = DataClass.INTERNAL
    retention_years = None

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="supplies")
    title = models.CharField(max_length=200)
    supplier = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="supplies")
    # The data set of the releases that come from it; blank until the first has come.
    dataset = models.CharField(max_length=120, blank=True)
    coverage = models.CharField(max_length=300, blank=True)
    refresh = models.CharField(max_length=10, choices=[(r, r) for r in Refresh])
    lag_days = models.PositiveSmallIntegerField(default=0)
    reliability = models.CharField(max_length=12, choices=[(r, r) for r in Reliability], blank=True)
    sureness = models.CharField(max_length=6, choices=[(s, s) for s in Sureness], blank=True)
    grade_reason = models.TextField(blank=True)
    graded_on = models.DateField(null=True)
    # Why nothing can be had of it now, and from which day it is expected again.
    unavailable_because = models.CharField(max_length=300, blank=True)
    expected_again_on = models.DateField(null=True)

    class Meta:
        ordering = ["title"]
        verbose_name_plural = "supplies"
        constraints = [
            models.UniqueConstraint(fields=["partnership", "title"], name="evidence_supply_once"),
            models.CheckConstraint(condition=models.Q(refresh__in=list(Refresh)), name="evidence_supply_refresh_known"),
            models.CheckConstraint(
                condition=models.Q(reliability="", sureness="", graded_on__isnull=True)
                | (
                    models.Q(reliability__in=list(Reliability), sureness__in=list(Sureness), graded_on__isnull=False)
                    & ~models.Q(grade_reason="")
                ),
                name="evidence_supply_graded_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(expected_again_on__isnull=True) | ~models.Q(unavailable_because=""),
                name="evidence_supply_unavailable_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Chase(Record):
    """One time that somebody asked a supplier where a delivery was."""

    data_class = DataClass.INTERNAL
    retention_years = 6

    supply = models.ForeignKey(Supply, on_delete=models.CASCADE, related_name="chases")
    chased_on = models.DateField()
    note = models.TextField(blank=True)
    chased_by_key = models.UUIDField()

    class Meta:
        ordering = ["-chased_on"]

    def __str__(self) -> str:
        return f"{self.supply} {self.chased_on}"


class EvidenceGap(Record):
    """Something that the partnership does not know: why it matters, who finds out, by when, and what came of it."""

    data_class = DataClass.INTERNAL
    retention_years = None

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="evidence_gaps")
    question = models.CharField(max_length=300)
    consequence = models.TextField()
    owner = models.CharField(max_length=200)
    due_on = models.DateField()
    state = models.CharField(max_length=6, choices=[(s, s) for s in GapState], default=GapState.OPEN)
    raised_on = models.DateField()
    closed_on = models.DateField(null=True)
    answer = models.TextField(blank=True)

    class Meta:
        ordering = ["due_on", "question"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=GapState.OPEN, closed_on__isnull=True)
                | (models.Q(state=GapState.CLOSED, closed_on__isnull=False) & ~models.Q(answer="")),
                name="evidence_gap_closed_with_an_answer",
            )
        ]

    def __str__(self) -> str:
        return self.question


class SavedMapping(Record):
    """What the columns of a supplier's table are, said once by a partnership and offered again every month."""

    data_class = DataClass.INTERNAL
    retention_years = None

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="saved_mappings")
    name = models.CharField(max_length=150)
    supplier = models.CharField(max_length=150)
    # The canonical text of analytics.sources.mapping.ColumnMapping.
    mapping = models.TextField()
    last_used_at = models.DateTimeField()
    saved_by_key = models.UUIDField()

    class Meta:
        ordering = ["-last_used_at"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "name"], name="evidence_savedmapping_once"),
            models.CheckConstraint(
                condition=~models.Q(name="") & ~models.Q(supplier="") & ~models.Q(mapping=""),
                name="evidence_savedmapping_complete",
            ),
        ]

    def __str__(self) -> str:
        return self.name
