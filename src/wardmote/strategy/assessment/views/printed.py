"""A report of bounded length, printed while its reader waits."""

from django.http import HttpResponse

from wardmote.printing import pdf
from wardmote.printing.blocks import Report


def pdf_answer(report: Report, *, name: str) -> HttpResponse:
    """Return a report as a PDF to save."""
    answer = HttpResponse(pdf.render(report), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return answer
