"""Prints a report as a Word document: real headings, contents, head rows, descriptions; the same report, same bytes."""

import io
from datetime import UTC, datetime, time
from typing import Any

import docx
from docx.document import Document

from wardmote.printing import paper
from wardmote.printing.blocks import Issue, Report
from wardmote.printing.docx.setting import Setting
from wardmote.printing.docx.styles import dress
from wardmote.printing.packages import repacked

_THUMBNAIL = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail"


def render(report: Report, *, issue: Issue | None = None) -> bytes:
    """The report as DOCX; `issue` stands on its first page. No clock takes part."""
    document = docx.Document()
    dress(document, report.language)
    _describe(document, report, issue)
    Setting(document, paper.document(report, issue)).set_all()
    written = io.BytesIO()
    document.save(written)
    return repacked(written.getvalue())


def _describe(document: Document, report: Report, issue: Issue | None) -> None:
    """What file managers and screen readers say of the document; its dates are those of the report."""
    properties: Any = document.core_properties
    properties.title = report.title
    properties.subject = report.caption
    properties.author = properties.last_modified_by = report.partnership
    properties.language = report.language
    properties.comments = properties.keywords = ""
    properties.content_status = "Draft" if report.status == "draft" else "Final"
    properties.version = str(issue.number) if issue else ""
    properties.created = properties.modified = datetime.combine(issue.on if issue else report.as_at, time(), UTC)
    # The template of the library shows a picture of itself in file managers.
    related: Any = getattr(document.part.package, "rels", {})
    for key in [key for key, one in related.items() if one.reltype == _THUMBNAIL]:
        related.pop(key)
