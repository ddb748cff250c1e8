"""`wardmote fetch`: bring published files to this machine, ready for `wardmote import`."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import wardmote.cli.commands.import_files as import_files  # noqa: PLR0402  naming the package would make a cycle
from wardmote.cli.django_start import start
from wardmote.cli.refused import Refused

if TYPE_CHECKING:
    from wardmote.analytics.sources.police_uk import Fetched
    from wardmote.foundations.periods import Period

KINDS = ("police-uk", "police-uk-outcomes", "police-uk-stops")


def add(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = actions.add_parser(
        "fetch",
        help="bring published files to this machine",
        description="Fetch a force's months from the archive of data.police.uk. An archive holds every force for three "
        "years, about 1.7 GB; it is kept, so that the next force or month costs nothing. What broke off goes on where "
        "it stopped.",
    )
    parser.add_argument("publisher", metavar="PUBLISHER", choices=["police-uk"], help="police-uk")
    parser.add_argument("--force", required=True, help="short name as in file names, such as leicestershire")
    parser.add_argument("--from", dest="first", metavar="YYYY-MM", required=True, help="first month")
    parser.add_argument("--to", dest="last", metavar="YYYY-MM", required=True, help="last month")
    parser.add_argument(
        "--kind",
        action="append",
        choices=KINDS,
        help="what to take out; may be repeated (default: police-uk, street-level crime)",
    )
    parser.add_argument("--into", type=Path, help="folder to keep the files in (default: fetched in the data folder)")
    parser.add_argument("--address", help="where the archives lie (default: https://data.police.uk/data/archive/)")
    parser.add_argument("--then-import", action="store_true", help="import what was fetched at once")
    parser.add_argument(
        "--accept",
        choices=["later", "if-plain", "at-once"],
        default="if-plain",
        help="with --then-import: as for wardmote import",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Fetch, print what came with its hash, then import it or say how."""
    start()
    from django.conf import settings

    from wardmote.analytics.sources import SourceRefused
    from wardmote.analytics.sources.download import Line, session
    from wardmote.analytics.sources.police_uk import ARCHIVES, FetchRequest, fetch

    kinds = tuple(dict.fromkeys(arguments.kind or KINDS[:1]))
    folder = (arguments.into or settings.WARDMOTE_DATA / "fetched" / "police-uk").resolve()
    address = (arguments.address or ARCHIVES).rstrip("/") + "/"
    with session() as one:
        line = Line(one, progress=import_files.Bar())
        try:
            request = FetchRequest(arguments.force, _period(arguments), kinds, folder, address)
            fetched = fetch(request, line)
        except SourceRefused as refusal:
            raise Refused(str(refusal)) from refusal
    _say(fetched, arguments.force)
    return _import(fetched, arguments.accept) if arguments.then_import else _advise(fetched)


def _period(arguments: argparse.Namespace) -> "Period":
    from wardmote.foundations.periods import Month, Period

    try:
        return Period(Month.parse(arguments.first), Month.parse(arguments.last))
    except ValueError as error:
        raise Refused(f"--from {arguments.first} --to {arguments.last}: {error}") from error


def _say(fetched: "Fetched", force: str) -> None:
    for one in fetched.archives:
        came = "here already" if one.held_already else "fetched"
        checked = "its MD5 is the publisher's" if one.md5 else "the publisher's list gave no MD5 to compare"
        print(f"{one.path.name}: {came}, {one.bytes:,} bytes, SHA-256 {one.sha256}, {checked}.")
    for kind, folder in fetched.folders.items():
        files = sorted(folder.iterdir())
        print(f"{kind}: {len(files):,} {'file' if len(files) == 1 else 'files'} in {folder}")
    for kind, months in fetched.lacking.items():
        if months:
            listed = ", ".join(map(str, months))
            print(f"{kind}: the archive has nothing of {force} for {listed}. Missing is not nought.", file=sys.stderr)


def _advise(fetched: "Fetched") -> int:
    print("Import it with:")
    for kind, folder in fetched.folders.items():
        print(f"  wardmote import {kind} {folder}")
    return 0


def _import(fetched: "Fetched", accept: str) -> int:
    worst = 0
    for kind, folder in fetched.folders.items():
        asked = argparse.Namespace(kind=kind, paths=[folder], year=None, accept=accept, mapping=None, json=False)
        worst = max(worst, import_files.run(asked))
    return worst
