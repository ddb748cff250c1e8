"""Prints a report as tagged PDF (PDF/UA-1) with Typst; the same report gives the same bytes."""

import json
from pathlib import Path
from typing import Any

from wardmote.printing import paper
from wardmote.printing.blocks import Issue, Report
from wardmote.printing.typesetter import typeset

_TEMPLATE = Path(__file__).parent / "report.typ"
_SHEET = Path(__file__).parent / "sheet.typ"
_MARK = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 34 34"><circle cx="17" cy="17" r="14.2" fill="none" '
    'stroke="#fff" stroke-width="3.4"/><path d="M9.8 12.6 13.4 22 17 13.8 20.6 22 24.2 12.6" fill="none" stroke="#fff" '
    'stroke-width="2.9" stroke-linecap="round" stroke-linejoin="round"/>'
    '<circle cx="17" cy="3.6" r="3.2" fill="#c98b1f" stroke="#12393f" stroke-width="1.4"/></svg>'
)


def render(report: Report, *, issue: Issue | None = None) -> bytes:
    """The report as PDF/UA-1; `issue` stands on its first page. Raises PrintFailed when the typesetter refuses it.

    No clock, no system font and no network takes part: identical input gives identical bytes.
    """
    return _set(_TEMPLATE, {**paper.document(report, issue), "mark": _MARK})


def render_sheet(report: Report, *, issue: Issue | None = None, second_page: str = "") -> bytes:
    """The report on one sheet of A4, in the largest letters that fit; for reports without pictures.

    With the anchor of a heading as `second_page` that heading begins its back, and each side has its own letters.
    """
    return _set(_SHEET, {**paper.document(report, issue), "second_page": second_page})


def _set(template: Path, shape: dict[str, Any]) -> bytes:
    content = json.dumps(shape, ensure_ascii=False, sort_keys=True, default=str)
    (printed,) = typeset(template, {"report": content}, pdf_standards=["ua-1"], timestamp=0)
    return printed
