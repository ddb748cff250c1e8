"""A frozen version of an assessment: what was printed, kept byte for byte."""

from django.db import models

from wardmote.access.records import DataClass, Record
from wardmote.partnership.members.models import Partnership
from wardmote.strategy.assessment.models import Assessment
from wardmote.strategy.evidence.models import Release


class PublishedVersion(Record):
    """One issued version: data file, page and PDF by their hashes; who issued it and when stand here, not in them."""

    data_class = DataClass.PUBLIC
    retention_years = None

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="published")
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="published")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    as_at = models.DateField()
    data_sha256 = models.CharField(max_length=64)
    html_sha256 = models.CharField(max_length=64)
    pdf_sha256 = models.CharField(max_length=64)
    # The analysis the numbers were taken from: a click on a number finds its rows by it.
    analysis_sha256 = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    issued_by_key = models.UUIDField()
    issued_by_post = models.CharField(max_length=200)
    code_version = models.CharField(max_length=40)
    releases = models.ManyToManyField(Release, through="PublishedRelease", related_name="published_in")

    class Meta:
        ordering = ["-issued_at"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "number"], name="publishing_version_numbered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"


class PublishedRelease(Record):
    """A release that an issued version cites; it can never be taken away."""

    data_class = DataClass.PUBLIC
    retention_years = None

    version = models.ForeignKey(PublishedVersion, on_delete=models.PROTECT, related_name="cited")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")
    months = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "release"], name="publishing_release_once")]

    def __str__(self) -> str:
        return str(self.id)
