"""Issuing figures to a partner: the pack is kept byte for byte, and the log says who got what, when and what for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.analytics.warehouse.manifest import HeldRelease
from wardmote.audit.actions import record
from wardmote.foundations.periods import Month
from wardmote.partnership.documents.actions import keep
from wardmote.partnership.documents.queries import read_stored
from wardmote.partnership.members.models import Agency, Partnership
from wardmote.partnership.members.queries import partnership_of
from wardmote.printing import xlsx
from wardmote.strategy.evidence.models import Extract
from wardmote.strategy.evidence.queries.extracts import counted_for, counted_then, extracted
from wardmote.strategy.evidence.reports import extract_report

SECOND_PRESS = timedelta(minutes=5)


@dataclass(frozen=True)
class GivenExtract:
    """What is asked for: the problems, the last month of the year, who gets it (one of agency and body), what for."""

    problems: tuple[str, ...]
    last: Month
    agency: Agency | None
    other_body: str
    post: str
    purpose: str

    @property
    def recipient(self) -> str:
        """Post and body."""
        return f"{self.post}, {self.agency.name if self.agency else self.other_body}"


def issue_extract(reader: Reader, given: GivenExtract) -> Extract:
    """Make a pack from the releases that count today and put it into the log; raises ExtractRefused."""
    reader.require(Permission.IMPORT_EVIDENCE)
    partnership = partnership_of(reader)
    held = counted_for(partnership)
    sha256 = keep(_pack(partnership, given, held))
    releases: list[tuple[str, list[str]]] = [(one.release, list(one.months)) for one in held]
    return _log(reader, partnership, given, releases=releases, sha256=sha256)


@transaction.atomic
def _log(
    reader: Reader, partnership: Partnership, given: GivenExtract, *, releases: list[tuple[str, list[str]]], sha256: str
) -> Extract:
    said = {
        "partnership": partnership,
        "agency": given.agency,
        "other_body": "" if given.agency else given.other_body,
        "post": given.post,
        "purpose": given.purpose,
        "problems": list(given.problems),
        "last_month": str(given.last),
        "releases": releases,
        "sha256": sha256,
        "issued_by_key": reader.key,
    }
    now = timezone.now()
    # Somebody who presses the button twice has issued one pack; the same pack an hour later is another.
    just_now = Extract.objects.filter(**said, issued_at__gte=now - SECOND_PRESS).first()
    if just_now is not None:
        return just_now
    extract = Extract.objects.create(**said, issued_at=now)
    record(reader, "issue", kind="extract", key=extract.id, changed=["problems", "recipient"])
    return extract


@transaction.atomic
def open_extract(reader: Reader, extract: Extract) -> bytes:
    """Return the pack as it was issued, and note who took it."""
    reader.require(Permission.IMPORT_EVIDENCE)
    record(reader, "download", kind="extract", key=extract.id)
    return read_stored(extract.sha256)


def made_again(reader: Reader, extract: Extract) -> bool:
    """Whether the same releases give the same pack today, byte for byte."""
    reader.require(Permission.IMPORT_EVIDENCE)
    given = GivenExtract(
        problems=tuple(extract.problems),
        last=Month.parse(extract.last_month),
        agency=extract.agency,
        other_body=extract.other_body,
        post=extract.post,
        purpose=extract.purpose,
    )
    return _pack(partnership_of(reader), given, counted_then(extract)) == read_stored(extract.sha256)


def _pack(partnership: Partnership, given: GivenExtract, held: Sequence[HeldRelease]) -> bytes:
    """Count from these releases and print the workbook."""
    report = extract_report(
        extracted(partnership, given.problems, given.last, held=held),
        partnership=partnership.name,
        recipient=given.recipient,
        purpose=given.purpose,
        is_sample=partnership.is_sample,
    )
    return xlsx.render(report)
