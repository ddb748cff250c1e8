"""`wardmote assess`: an assessment without the web, as page, PDF and data file, marked Draft."""

import argparse
from datetime import date
from pathlib import Path

from wardmote.cli.django_start import start
from wardmote.cli.refused import Refused


def add(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = actions.add_parser("assess", help="write a draft assessment as HTML, PDF and data file")
    whose = parser.add_mutually_exclusive_group(required=True)
    whose.add_argument("--partnership", help="its name or code, or a district's")
    whose.add_argument("--all", action="store_true", help="every partnership that a lookup held knows, a folder each")
    parser.add_argument("--as-at", required=True, metavar="DATE", help="for example 2022-10-31")
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="folder to write into")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Analyse, print, and name the files written."""
    as_at = _date(arguments.as_at)
    start()
    from wardmote.strategy.assessment.queries.scope import AnalysisRefused

    try:
        return _every(as_at, arguments.out) if arguments.all else _one(arguments.partnership, as_at, arguments.out)
    except (AnalysisRefused, NotADirectoryError, FileExistsError, PermissionError) as refusal:
        raise Refused(str(refusal)) from refusal


def _one(name: str, as_at: date, out: Path) -> int:
    from wardmote.strategy.publishing.actions import write_draft
    from wardmote.strategy.publishing.queries import scope_named

    for path in write_draft(scope_named(name, as_at=as_at), out):
        print(path)
    return 0


def _every(as_at: date, out: Path) -> int:
    """Name each folder when it is written; a partnership without an analysis is said and does not end the rest."""
    from wardmote.strategy.publishing.actions import write_drafts

    written = 0
    for code, refused in write_drafts(as_at=as_at, out=out):
        written += not refused
        print(f"{code}: {refused}" if refused else out / code, flush=True)
    if not written:
        raise Refused("No partnership could be analysed: the reasons stand above.")
    return 0


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(f"{text} is not a date. Write it as 2022-10-31.") from None
