"""Releases of data, and the imports that brought them."""

from typing import Any, ClassVar

from django.db import models

from wardmote.access.records import DataClass, Record
from wardmote.partnership.documents.models import StoredFile
from wardmote.partnership.members.models import Partnership


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

    class Meta:
        ordering = ["dataset", "arrival"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(rows_read=models.F("rows_accepted") + models.F("rows_rejected")),
                name="evidence_release_rows_add_up",
            )
        ]

    def __str__(self) -> str:
        return f"{self.dataset} {self.digest[:12]}"

    @property
    def quality(self) -> dict[str, Any]:
        """The quality figures, those that had to wait included."""
        return {**self.manifest["quality"], **self.checked_later}


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
