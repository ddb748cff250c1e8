"""Writing an assessment of any area into a folder, as the command line does."""

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

from wardmote.analytics.measures.areas import known_partnerships, named_area
from wardmote.analytics.measures.evidence import anew
from wardmote.printing import pdf
from wardmote.printing.datafile import report_bytes
from wardmote.strategy.assessment.queries.analysis import Analysis, analyse, analyse_gathered, evidence_for
from wardmote.strategy.assessment.queries.scope import AnalysisRefused, AnalysisScope
from wardmote.strategy.assessment.reports import Material, report_of
from wardmote.strategy.evidence.queries import warehouse
from wardmote.strategy.publishing.queries import every_partnership
from wardmote.strategy.publishing.reports import standalone_page


def write_draft(scope: AnalysisScope, out: Path) -> tuple[Path, ...]:
    """Analyse and write assessment.html, assessment.pdf and assessment.json into a folder, each whole or not at all."""
    return _written(scope, analyse(scope), out)


class Drafts:
    """Drafts of every partnership that a lookup held knows, from evidence that is gathered once for all of them.

    Raises AnalysisRefused where no crime data or no lookup of partnerships is held.
    """

    def __init__(self, *, as_at: date, out: Path) -> None:
        self._out = out
        self._common = every_partnership(as_at=as_at)
        self._evidence = evidence_for(self._common)

    def codes(self) -> list[str]:
        """Return the code of every partnership."""
        codes = known_partnerships(self._evidence)
        if not codes:
            raise AnalysisRefused("No lookup that is held knows these partnerships. Import the lookup of partnerships.")
        return list(codes)

    def write(self, code: str) -> str:
        """Write what `write_draft` does into a folder by the code; return a sentence where nothing is, and why."""
        area = named_area(self._evidence, code)
        if area is None:
            return f"No lookup that is held knows the partnership {code}."
        scope = replace(self._common, partnership=area.name, districts=area.districts)
        own = anew(self._evidence, warehouse())
        try:
            _written(scope, analyse_gathered(scope, own), self._out / code)
        except AnalysisRefused as refusal:
            return str(refusal)
        finally:
            own.con.disconnect()
        return ""

    def close(self) -> None:
        """Let go of the evidence."""
        self._evidence.con.disconnect()


def _written(scope: AnalysisScope, analysis: Analysis, out: Path) -> tuple[Path, ...]:
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
