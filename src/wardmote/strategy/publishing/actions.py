"""Freezing an assessment: print it once as page, PDF and data file, keep the bytes, and issue it under a number."""

import os
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.db.models import Max
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
from wardmote.printing import html, pdf
from wardmote.printing.datafile import report_bytes
from wardmote.strategy.assessment.models import Assessment
from wardmote.strategy.assessment.queries import assessment_for
from wardmote.strategy.assessment.queries.analysis import analyse
from wardmote.strategy.assessment.queries.ranking import ranking_of
from wardmote.strategy.assessment.queries.scope import AnalysisScope
from wardmote.strategy.assessment.reports import Material, material_of, report_of
from wardmote.strategy.assessment.rules import AssessmentState

from .models import PublishedRelease, PublishedVersion
from .queries import FIGURE_PLACEHOLDER
from .reports import standalone_page

Report = Callable[[str, int, int], None]


class PublishRefused(Exception):
    """The assessment cannot be issued as it stands; the text says what is missing."""


@transaction.atomic
def ask_to_publish(reader: Reader, assessment: Assessment) -> Job:
    """Ask the worker to print and issue an assessment; refuses one that is not decided."""
    reader.require(Permission.PUBLISH)
    missing = what_is_missing(assessment)
    if missing:
        raise PublishRefused(missing)
    job = ask_for("publish", reader=reader, arguments={"assessment": str(assessment.id)})
    record(reader, "ask", kind="publishing", key=assessment.id)
    return job


def what_is_missing(assessment: Assessment) -> str:
    """Return in a sentence what an assessment lacks before it can be issued; empty where nothing."""
    if assessment.state != AssessmentState.DECIDING:
        return "Close scoring first: an assessment is issued with its ranking."
    if not assessment.problems.filter(decision__isnull=False).exists():
        return "Record what was decided about at least one problem first."
    if not any(row.rank for row in ranking_of(assessment, assessment.matrix).rows):
        return "No problem is ranked: each has a criterion that nobody has scored. Open scoring again first."
    return ""


def do_publish(reader: Reader, arguments: dict[str, str], progress: Report) -> str:
    """Print and issue an assessment (the worker's part)."""
    assessment = assessment_for(reader, UUID(arguments["assessment"]))
    missing = what_is_missing(assessment)
    if missing:
        raise JobRefused(missing)
    version = publish(reader, assessment, progress=progress)
    return f"Issued as version {version.number}."


def publish(reader: Reader, assessment: Assessment, *, progress: Report) -> PublishedVersion:
    """Print the report, keep its bytes, then issue it in one transaction with its audit entry."""
    reader.require(Permission.PUBLISH)
    progress("Writing the report", 0, 4)
    report = report_of(material_of(assessment), status="issued")
    progress("Printing the data file", 1, 4)
    data = keep(report_bytes(report))
    progress("Printing the page", 2, 4)
    page = keep(html.render(report, figure_url=figure_placeholder).encode())
    progress("Printing the PDF", 3, 4)
    document = keep(pdf.render(report))
    progress("Issuing", 4, 4)
    return _issue(reader, assessment, hashes=(data, page, document))


def figure_placeholder(key: str) -> str:
    """Return the address of a figure inside a frozen page."""
    return f"{FIGURE_PLACEHOLDER}{key}/"


@transaction.atomic
def _issue(reader: Reader, assessment: Assessment, *, hashes: tuple[str, str, str]) -> PublishedVersion:
    # Two versions of one partnership issued at once must not get one number.
    Partnership.objects.select_for_update().get(id=assessment.partnership_id)
    numbered = PublishedVersion.objects.filter(partnership=assessment.partnership).aggregate(last=Max("number"))
    version = PublishedVersion.objects.create(
        partnership=assessment.partnership,
        assessment=assessment,
        number=(numbered["last"] or 0) + 1,
        title=assessment.title,
        as_at=assessment.as_at,
        data_sha256=hashes[0],
        html_sha256=hashes[1],
        pdf_sha256=hashes[2],
        analysis_sha256=assessment.analysis_sha256,
        issued_at=timezone.now(),
        issued_by_key=reader.key,
        issued_by_post=reader.post,
        code_version=code_version(),
    )
    PublishedRelease.objects.bulk_create(
        PublishedRelease(version=version, release=cited.release, months=cited.months)
        for cited in assessment.cited.select_related("release")
    )
    record(reader, "issue", kind="version", key=version.id, changed=["number", "data_sha256", "pdf_sha256"])
    return version


def write_draft(scope: AnalysisScope, out: Path) -> tuple[Path, ...]:
    """Analyse and write assessment.html, assessment.pdf and assessment.json into a folder, each whole or not at all."""
    analysis = analyse(scope)
    title = f"Strategic assessment for {scope.partnership}"
    report = report_of(Material(title, analysis.content), status="draft")
    out.mkdir(parents=True, exist_ok=True)
    files = {
        "assessment.html": standalone_page(report),
        "assessment.pdf": pdf.render(report),
        "assessment.json": report_bytes(report),
    }
    return tuple(_write(out / name, content) for name, content in files.items())


def _write(path: Path, content: bytes) -> Path:
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.write_bytes(content)
    temporary.replace(path)
    return path
