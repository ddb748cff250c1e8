"""`wardmote import`: read published files into releases."""

import argparse
import json
import sys
from pathlib import Path

from wardmote.cli.django_start import start
from wardmote.cli.refused import Refused
from wardmote.strategy.evidence.rules import Acceptance

from .releases import release_row

FIGURES = "figures"
KINDS = (
    "auto",
    "police-uk",
    "police-uk-outcomes",
    "police-uk-stops",
    "lookup",
    "population",
    "denominators",
    "boundaries",
    "offence-counts",
    "harm-weights",
    "severity-weights",
    "force-tables",
    "london",
    "deprivation",
    "road-casualties",
    "incident-records",
    FIGURES,
)


def add(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = actions.add_parser(
        "import",
        help="read published files into releases",
        description="Read files as their publishers give them: CSV files, folders of them, or the zip; "
        "or a partner's table of figures, CSV or workbook, with its mapping.",
    )
    parser.add_argument("kind", metavar="KIND", help=f"what the files are: {', '.join(KINDS)}")
    parser.add_argument("paths", metavar="PATH", nargs="+", type=Path, help="files or folders")
    parser.add_argument("--year", type=int, help="year of a population or deprivation table that does not state it")
    parser.add_argument(
        "--accept",
        choices=[choice.value for choice in Acceptance],
        default="if-plain",
        help="when what is made counts: later (a person accepts it), if-plain (at once where the check finds nothing "
        "to look at; the default), at-once",
    )
    parser.add_argument("--mapping", type=Path, help="JSON file that says what the columns of a table of figures are")
    parser.add_argument("--json", action="store_true", help="print the releases made as a JSON list")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Import, then print the releases made and those that were held already."""
    start()
    from wardmote.analytics.sources import SourceRefused
    from wardmote.partnership.members.queries import COMMAND_LINE, service_reader
    from wardmote.strategy.evidence.actions import import_files, outcome_words, settle

    kind, paths = _what(arguments)
    reader = service_reader(COMMAND_LINE)
    try:
        outcome = import_files(reader, paths, kind=kind, year=arguments.year, progress=Bar())
    except SourceRefused as refusal:
        raise Refused(str(refusal)) from refusal
    outcome = settle(reader, outcome, Acceptance(arguments.accept))
    if arguments.json:
        print(json.dumps([release_row(release) for release in outcome.made], indent=2))
        print(outcome_words(outcome), file=sys.stderr)
        return 0
    print(outcome_words(outcome))
    for release in (*outcome.made, *outcome.already):
        period = f"{release.period_from} {release.period_to}".strip()
        print("  " + "  ".join(filter(None, (release.dataset, release.digest[:12], period, release.state))))
    return 0


def _what(arguments: argparse.Namespace) -> tuple[str, list[Path]]:
    """Return the kind and the paths; a mapping travels beside the files that it is for."""
    kind = arguments.kind.replace("_", "-")
    if arguments.mapping is None:
        return kind, arguments.paths
    if kind not in ("auto", FIGURES):
        raise Refused(f"A mapping is for tables of figures: use it with the kind {FIGURES}, not {kind}.")
    return FIGURES, [*arguments.paths, arguments.mapping]


class Bar:
    """A progress bar on a terminal; a line for each step elsewhere."""

    WIDTH = 30

    def __init__(self) -> None:
        self.step = ""

    def __call__(self, step: str, done: int, total: int) -> None:
        """Show where the work stands."""
        if sys.stderr.isatty():
            filled = self.WIDTH * done // total if total else 0
            end = "\n" if total and done >= total else ""
            bar = "#" * filled + "." * (self.WIDTH - filled)
            print(f"\r[{bar}] {step[:60]:<60}", end=end, file=sys.stderr, flush=True)
        elif step != self.step:
            print(step, file=sys.stderr)
        self.step = step
