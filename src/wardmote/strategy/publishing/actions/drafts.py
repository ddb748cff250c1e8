"""Writing an assessment of any area into a folder, as the command line does."""

import os
from pathlib import Path

from wardmote.printing import pdf
from wardmote.printing.datafile import report_bytes
from wardmote.strategy.assessment.queries.analysis import analyse
from wardmote.strategy.assessment.queries.scope import AnalysisScope
from wardmote.strategy.assessment.reports import Material, report_of
from wardmote.strategy.publishing.reports import standalone_page


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
