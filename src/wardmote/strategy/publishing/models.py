"""A frozen version of an assessment: what was printed, kept byte for byte."""

from django.db import models

from wardmote.access.records import DataClass, Record
from wardmote.partnership.members.models import Partnership
from wardmote.strategy.assessment.models import Approval, Assessment
from wardmote.strategy.evidence.models import Release

from .rules import NoticeKind


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
    # Versions issued before Word and Excel were printed have none.
    docx_sha256 = models.CharField(max_length=64, blank=True)
    xlsx_sha256 = models.CharField(max_length=64, blank=True)
    # The analysis the numbers were taken from: a click on a number finds its rows by it.
    analysis_sha256 = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    issued_by_key = models.UUIDField()
    issued_by_post = models.CharField(max_length=200)
    code_version = models.CharField(max_length=40)
    # The priorities with one sentence each, as they were printed: slug, title, words.
    priorities = models.JSONField(default=list)
    releases = models.ManyToManyField(Release, through="PublishedRelease", related_name="published_in")

    class Meta:
        ordering = ["-issued_at"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "number"], name="publishing_version_numbered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"

    @property
    def hashes(self) -> tuple[str, ...]:
        """The hash of everything that is kept for this version."""
        kept = (self.data_sha256, self.html_sha256, self.pdf_sha256, self.docx_sha256, self.xlsx_sha256)
        return (*(sha256 for sha256 in kept if sha256), self.analysis_sha256)


class PublishedWard(Record):
    """A ward of an issued version: its page and its sheet of A4, kept byte for byte."""

    data_class = DataClass.PUBLIC
    retention_years = None

    version = models.ForeignKey(PublishedVersion, on_delete=models.PROTECT, related_name="wards")
    code = models.CharField(max_length=12)
    name = models.CharField(max_length=120)
    html_sha256 = models.CharField(max_length=64)
    pdf_sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="publishing_ward_once")]

    def __str__(self) -> str:
        return self.name


class VersionNotice(Record):
    """What became of an issued version: what was wrong, what is right, who was told; shown above it for ever."""

    data_class = DataClass.PUBLIC
    retention_years = None

    version = models.ForeignKey(PublishedVersion, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=10, choices=[(k, k) for k in NoticeKind])
    wrong = models.TextField()
    right = models.TextField(blank=True)
    told = models.TextField()
    told_on = models.DateField()
    # The version that took its place; a withdrawn version has none.
    successor = models.ForeignKey(PublishedVersion, on_delete=models.PROTECT, null=True, related_name="takes_place_of")
    given_at = models.DateTimeField()
    given_by_key = models.UUIDField()
    given_by_post = models.CharField(max_length=200)

    class Meta:
        ordering = ["-given_at"]
        constraints = [
            models.UniqueConstraint(fields=["version", "kind"], name="publishing_notice_once"),
            models.CheckConstraint(condition=models.Q(kind__in=list(NoticeKind)), name="publishing_notice_kind_known"),
            models.CheckConstraint(
                condition=~models.Q(wrong="") & ~models.Q(told=""), name="publishing_notice_says_what_and_to_whom"
            ),
            models.CheckConstraint(
                condition=models.Q(kind=NoticeKind.WITHDRAWN, successor__isnull=True)
                | (~models.Q(kind=NoticeKind.WITHDRAWN) & models.Q(successor__isnull=False) & ~models.Q(right="")),
                name="publishing_notice_has_a_successor_unless_withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.version}"


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


class PublishedApproval(Record):
    """The approval that an issued version rests on, and every place where its text differs from the approved one."""

    # Lines of the draft can hold counts that the small-count rule hides from the public.
    data_class = DataClass.INTERNAL
    retention_years = None

    version = models.OneToOneField(PublishedVersion, on_delete=models.PROTECT, related_name="approval")
    approval = models.ForeignKey(Approval, on_delete=models.PROTECT, related_name="+")
    # Pairs of lists of lines of the draft: as approved, and as it stood when it was issued; empty where none differs.
    differences = models.JSONField(default=list)

    def __str__(self) -> str:
        return str(self.id)
