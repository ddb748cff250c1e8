"""Freezing an assessment: print each of its forms once, keep the bytes, and issue it under a number."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from wardmote import code_version
from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.audit.actions import record
from wardmote.jobs.actions import ask_for
from wardmote.jobs.models import Job
from wardmote.jobs.rules import JobRefused
from wardmote.partnership.documents.actions import keep
from wardmote.partnership.members.models import Partnership
from wardmote.printing import docx, html, pdf, xlsx
from wardmote.printing.blocks import Issue
from wardmote.printing.blocks import Report as PrintedReport
from wardmote.printing.canonical import canonical_json
from wardmote.printing.datafile import report_bytes
from wardmote.strategy.assessment.models import Assessment
from wardmote.strategy.assessment.queries import assessment_for
from wardmote.strategy.assessment.queries.approval import (
    approved_lines,
    differences,
    last_approval,
    what_stands_against,
)
from wardmote.strategy.assessment.queries.profile import public_profiles
from wardmote.strategy.assessment.queries.ranking import ranking_of
from wardmote.strategy.assessment.reports import material_of, report_of
from wardmote.strategy.assessment.reports.board import approvals_words
from wardmote.strategy.assessment.reports.lines import lines_of
from wardmote.strategy.assessment.rules import AssessmentState
from wardmote.strategy.publishing.models import PublishedApproval, PublishedRelease, PublishedVersion, PublishedWard
from wardmote.strategy.publishing.queries import FIGURE_PLACEHOLDER, next_number
from wardmote.strategy.publishing.queries.disclosure import public_analysis
from wardmote.strategy.publishing.reports import priorities_of, ward_reports
from wardmote.strategy.publishing.rules import GivenNotice, NoticeKind

from .notices import PublishRefused, refuse_notice, write_notice_of

Report = Callable[[str, int, int], None]
STEPS = 7
MOST_TRIES = 5


class NumberTaken(Exception):
    """Another version was issued under the number that stands on these printed pages."""


@dataclass(frozen=True)
class Correction:
    """The version that a new one corrects, and what is said of it."""

    of: PublishedVersion
    given: GivenNotice


@dataclass(frozen=True)
class Issuing:
    """What is about to be issued: what its first page says, the moment, and the hashes of its forms by field."""

    issue: Issue
    moment: datetime
    hashes: Mapping[str, str]
    lines: list[str]
    priorities: tuple[dict[str, str], ...] = ()
    wards: tuple[PublishedWard, ...] = ()
    correction: Correction | None = None


@transaction.atomic
def ask_to_publish(reader: Reader, assessment: Assessment, *, number: int | None = None) -> Job:
    """Ask the worker to print and issue an assessment; refuses one that is not decided.

    Asked twice it is printed once: the job under way is returned. `number` is the one that whoever asks was shown;
    where it was issued since, this is the page gone back to, and refused.
    """
    reader.require(Permission.PUBLISH)
    Assessment.objects.select_for_update().get(id=assessment.id)
    missing = what_is_missing(assessment)
    if missing:
        raise PublishRefused(missing)
    arguments = {"assessment": str(assessment.id)}
    under_way = Job.objects.filter(kind="publish", arguments=arguments, ended_at__isnull=True).first()
    if under_way:
        return under_way
    if number is not None and number != next_number(assessment.partnership):
        raise PublishRefused(f"Version {number} has been issued since. Select Publish again if you want another one.")
    job = ask_for("publish", reader=reader, arguments=arguments)
    record(reader, "ask", kind="publishing", key=assessment.id)
    return job


@transaction.atomic
def ask_to_correct(reader: Reader, version: PublishedVersion, given: GivenNotice) -> Job:
    """Ask the worker to issue the assessment as it stands now in place of a version of it that was wrong."""
    reader.require(Permission.PUBLISH)
    missing = what_is_missing(version.assessment)
    if missing:
        raise PublishRefused(missing)
    refuse_notice(version, NoticeKind.CORRECTED, given)
    arguments = {
        "assessment": str(version.assessment_id),
        "corrects": str(version.id),
        "wrong": given.wrong,
        "right": given.right,
        "told": given.told,
        "told_on": given.told_on.isoformat(),
    }
    job = ask_for("publish", reader=reader, arguments=arguments)
    record(reader, "ask", kind="correction", key=version.id)
    return job


def what_is_missing(assessment: Assessment) -> str:
    """Return in a sentence what an assessment lacks before it can be issued; empty where nothing."""
    if assessment.state != AssessmentState.DECIDING:
        return "Close scoring first: an assessment is issued with its ranking."
    if not assessment.problems.filter(decision__isnull=False).exists():
        return "Record what was decided about at least one problem first."
    if not any(row.rank for row in ranking_of(assessment, assessment.matrix).rows):
        return "No problem is ranked: each has a criterion that nobody has scored. Open scoring again first."
    if last_approval(assessment) is None:
        return "No body has approved it yet: every copy says Draft until then. Record the approval first."
    return what_stands_against(assessment)


def do_publish(reader: Reader, arguments: dict[str, str], progress: Report) -> str:
    """Print and issue an assessment (the worker's part)."""
    assessment = assessment_for(reader, UUID(arguments["assessment"]))
    try:
        version = publish(reader, assessment, progress=progress, correction=_correction(assessment, arguments))
    except PublishRefused as refusal:
        raise JobRefused(str(refusal)) from refusal
    return f"Issued as version {version.number}."


def _correction(assessment: Assessment, arguments: dict[str, str]) -> Correction | None:
    if "corrects" not in arguments:
        return None
    told_on = date.fromisoformat(arguments["told_on"])
    given = GivenNotice(arguments["wrong"], arguments["right"], arguments["told"], told_on)
    return Correction(assessment.published.get(id=arguments["corrects"]), given)


def publish(
    reader: Reader, assessment: Assessment, *, progress: Report, correction: Correction | None = None
) -> PublishedVersion:
    """Print the report, keep its bytes, then issue it in one transaction with its audit entry.

    A correction writes its notice on the version that was wrong in the same transaction.
    """
    reader.require(Permission.PUBLISH)
    missing = what_is_missing(assessment)
    if missing:
        raise PublishRefused(missing)
    if correction:
        refuse_notice(correction.of, NoticeKind.CORRECTED, correction.given)
    progress("Writing the report", 0, STEPS)
    material = material_of(assessment)
    # What a body approved is a draft: held against the draft, before small counts are hidden from the public.
    drafted = lines_of(report_of(material, status="draft"))
    public = public_analysis(material.analysis)
    material = replace(material, analysis=public, profiles=public_profiles(assessment, public))
    report = report_of(material, status="issued")
    analysis_sha256 = keep(canonical_json(material.analysis))
    moment = timezone.now()
    for _ in range(MOST_TRIES):
        replaces = f"Version {correction.of.number}. {correction.given.wrong}" if correction else ""
        number = next_number(assessment.partnership)
        issue = Issue(number, reader.post, timezone.localdate(moment), replaces, approvals_words(assessment))
        printed = {**_print(report, issue, progress), "analysis_sha256": analysis_sha256}
        progress("Printing the wards", STEPS - 1, STEPS)
        wards = tuple(_print_ward(*ward, issue) for ward in ward_reports(material))
        progress("Issuing", STEPS, STEPS)
        try:
            return _issue(
                reader,
                assessment,
                Issuing(issue, moment, printed, drafted, tuple(priorities_of(material)), wards, correction),
            )
        except NumberTaken:
            # Another version took this number while we printed it on the first page: print with the next one.
            continue
    raise PublishRefused("Other versions were issued at the same time. Publish again.")


def _print(report: PrintedReport, issue: Issue, progress: Report) -> dict[str, str]:
    """Print every form once and keep its bytes; returns their hashes by the name of their field."""
    forms: dict[str, tuple[str, Callable[[], bytes]]] = {
        "data_sha256": ("the data file", lambda: report_bytes(report)),
        "html_sha256": ("the page", lambda: html.render(report, figure_url=figure_placeholder).encode()),
        "pdf_sha256": ("the PDF", lambda: pdf.render(report, issue=issue)),
        "docx_sha256": ("the Word document", lambda: docx.render(report, issue=issue)),
        "xlsx_sha256": ("the workbook", lambda: xlsx.render(report, issue=issue)),
    }
    kept = {}
    for place, (field, (words, form)) in enumerate(forms.items(), start=1):
        progress(f"Printing {words}", place, STEPS)
        kept[field] = keep(form())
    return kept


def _print_ward(code: str, name: str, report: PrintedReport, issue: Issue) -> PublishedWard:
    """Print the page and the sheet of a ward, and keep their bytes."""
    page = keep(html.render(report, figure_url=figure_placeholder).encode())
    sheet = keep(pdf.render_sheet(report, issue=issue))
    return PublishedWard(code=code, name=name, html_sha256=page, pdf_sha256=sheet)


def figure_placeholder(key: str) -> str:
    """Return the address of a figure inside a frozen page."""
    return f"{FIGURE_PLACEHOLDER}{key}/"


@transaction.atomic
def _issue(reader: Reader, assessment: Assessment, issuing: Issuing) -> PublishedVersion:
    # Two versions of one partnership issued at once must not get one number.
    Partnership.objects.select_for_update().get(id=assessment.partnership_id)
    if next_number(assessment.partnership) != issuing.issue.number:
        raise NumberTaken
    version = PublishedVersion.objects.create(
        partnership=assessment.partnership,
        assessment=assessment,
        number=issuing.issue.number,
        title=assessment.title,
        as_at=assessment.as_at,
        **issuing.hashes,
        issued_at=issuing.moment,
        issued_by_key=reader.key,
        issued_by_post=reader.post,
        code_version=code_version(),
        priorities=list(issuing.priorities),
    )
    for ward in issuing.wards:
        ward.version = version
    PublishedWard.objects.bulk_create(issuing.wards)
    PublishedRelease.objects.bulk_create(
        PublishedRelease(version=version, release=cited.release, months=cited.months)
        for cited in assessment.cited.select_related("release")
    )
    record(reader, "issue", kind="version", key=version.id, changed=["number", *issuing.hashes])
    PublishedApproval.objects.create(version=version, **_approval(assessment, issuing))
    if issuing.correction:
        said = issuing.correction
        write_notice_of(reader, said.of, NoticeKind.CORRECTED, said.given, successor=version)
    return version


def _approval(assessment: Assessment, issuing: Issuing) -> dict[str, Any]:
    """Return the approval that a version rests on, and where its text differs from the one that was approved."""
    approval = last_approval(assessment)
    if approval is None:
        raise PublishRefused(what_is_missing(assessment))
    found = differences(approved_lines(approval), issuing.lines)
    return {"approval": approval, "differences": [[list(one.approved), list(one.now)] for one in found]}
