"""`wardmote assess`: an assessment without the web, as page, PDF and data file, marked Draft."""

import argparse
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from wardmote.cli.django_start import start
from wardmote.cli.refused import Refused

if TYPE_CHECKING:
    from wardmote.strategy.publishing.actions import Drafts

MOST_PROCESSES = 64
# What one of several processes works with, from its beginning to its end.
_OURS: list["Drafts"] = []


def add(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = actions.add_parser("assess", help="write a draft assessment as HTML, PDF and data file")
    whose = parser.add_mutually_exclusive_group(required=True)
    whose.add_argument("--partnership", help="its name or code, or a district's")
    whose.add_argument("--all", action="store_true", help="every partnership that a lookup held knows, a folder each")
    parser.add_argument("--as-at", required=True, metavar="DATE", help="for example 2022-10-31")
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="folder to write into")
    parser.add_argument(
        "--processes",
        type=_count,
        default=1,
        metavar="N",
        help="with --all: how many partnerships are written at the same time, at most one a core (1)",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Analyse, print, and name the files written."""
    as_at = _date(arguments.as_at)
    start()
    from wardmote.strategy.assessment.queries.scope import AnalysisRefused

    try:
        return (
            _every(as_at, arguments.out, arguments.processes)
            if arguments.all
            else _one(arguments.partnership, as_at, arguments.out)
        )
    except (AnalysisRefused, NotADirectoryError, FileExistsError, PermissionError) as refusal:
        raise Refused(str(refusal)) from refusal


def _one(name: str, as_at: date, out: Path) -> int:
    from wardmote.strategy.publishing.actions import write_draft
    from wardmote.strategy.publishing.queries import scope_named

    for path in write_draft(scope_named(name, as_at=as_at), out):
        print(path)
    return 0


def _every(as_at: date, out: Path, processes: int) -> int:
    """Name each folder when it is written; a partnership without an analysis is said and does not end the rest."""
    from contextlib import closing

    from wardmote.strategy.publishing.actions import Drafts

    with closing(Drafts(as_at=as_at, out=out)) as drafts:
        codes = drafts.codes()
        told = map(drafts.write, codes) if processes == 1 else shared_out(codes, as_at, out, processes)
        written = 0
        for code, refused in zip(codes, told, strict=True):
            written += not refused
            print(f"{code}: {refused}" if refused else out / code, flush=True)
    if not written:
        raise Refused("No partnership could be analysed: the reasons stand above.")
    return 0


def shared_out(codes: list[str], as_at: date, out: Path, processes: int) -> Iterator[str]:
    """Write the drafts in so many processes, each with evidence of its own; give what each said, in order."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=fresh, initializer=_begin, initargs=(as_at, out)) as pool:
        try:
            yield from pool.map(_write, codes)
        except BrokenProcessPool:
            raise Refused(
                "A process ended before its work was done, most often because memory ran out. What is named above is "
                "written. Run it again with a smaller --processes."
            ) from None


def _begin(as_at: date, out: Path) -> None:
    """Make ready one of several processes."""
    start(prepare=False)
    from wardmote.strategy.publishing.actions import Drafts

    _OURS.append(Drafts(as_at=as_at, out=out))


def _write(code: str) -> str:
    return _OURS[0].write(code)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(f"{text} is not a date. Write it as 2022-10-31.") from None


def _count(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= MOST_PROCESSES:
        raise argparse.ArgumentTypeError(f"{text} is not a number of processes from 1 to {MOST_PROCESSES}")
    return int(text)
