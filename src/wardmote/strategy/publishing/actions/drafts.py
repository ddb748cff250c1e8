"""Writing an assessment of any area into a folder, as the command line does."""

import os
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from wardmote.analytics.measures.areas import known_partnerships, named_area
from wardmote.analytics.measures.evidence import Evidence, anew
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


def write_drafts(*, as_at: date, out: Path, only: Collection[str] = ()) -> Iterator[tuple[str, str]]:
    """Do the same for every partnership that a lookup held knows, or for some codes, each in a folder by its code.

    The evidence is gathered once for all. Gives each code when its files are written, with a sentence where there are
    none and why. Raises AnalysisRefused where no crime data or no lookup of partnerships is held.
    """
    common = every_partnership(as_at=as_at)
    evidence = evidence_for(common)
    try:
        codes = [code for code in known_partnerships(evidence) if not only or code in only]
        if not codes:
            raise AnalysisRefused("No lookup that is held knows these partnerships. Import the lookup of partnerships.")
        for code in codes:
            yield code, _draft_of(code, common, evidence, out)
    finally:
        evidence.con.disconnect()


def _draft_of(code: str, common: AnalysisScope, evidence: Evidence, out: Path) -> str:
    area = named_area(evidence, code)
    if area is None:
        return f"No lookup that is held knows the partnership {code}."
    scope, own = replace(common, partnership=area.name, districts=area.districts), anew(evidence, warehouse())
    try:
        _written(scope, analyse_gathered(scope, own), out / code)
    except AnalysisRefused as refusal:
        return str(refusal)
    finally:
        own.con.disconnect()
    return ""


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
