"""`wardmote assess`: an assessment without the web, as page, PDF and data file, marked Draft."""

import argparse
from datetime import date
from pathlib import Path

from wardmote.cli.django_start import start
from wardmote.cli.refused import Refused


def add(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = actions.add_parser("assess", help="write a draft assessment as HTML, PDF and data file")
    parser.add_argument("--partnership", required=True, help="its name or code, or a district's")
    parser.add_argument("--as-at", required=True, metavar="DATE", help="for example 2022-10-31")
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="folder to write into")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Analyse, print, and name the files written."""
    as_at = _date(arguments.as_at)
    start()
    from wardmote.strategy.assessment.queries.scope import AnalysisRefused
    from wardmote.strategy.publishing.actions import write_draft
    from wardmote.strategy.publishing.queries import scope_named

    try:
        scope = scope_named(arguments.partnership, as_at=as_at)
        written = write_draft(scope, arguments.out)
    except (AnalysisRefused, NotADirectoryError, FileExistsError, PermissionError) as refusal:
        raise Refused(str(refusal)) from refusal
    for path in written:
        print(path)
    return 0


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(f"{text} is not a date. Write it as 2022-10-31.") from None
