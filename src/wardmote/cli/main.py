"""The command line; heavy libraries load only in the command that needs them."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from . import commands
from .faults import status_of


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and exit: 0 done, 2 input refused with a sentence, 1 our fault."""
    parsed = parser().parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wardmote.config.settings")
    sys.exit(status_of(lambda: int(parsed.run(parsed))))


def parser() -> argparse.ArgumentParser:
    """Return the parser of every command."""
    top = argparse.ArgumentParser(
        prog="wardmote",
        description="The open platform for Community Safety Partnerships.",
        epilog="Everything stored lies in the folder WARDMOTE_DATA (default: data). Exit status: 0 done, "
        "2 input refused, 1 our fault (WARDMOTE_DEBUG=1 shows where).",
    )
    actions = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for add in commands.COMMANDS:
        add(actions)
    return top


Adder = Callable[["argparse._SubParsersAction[argparse.ArgumentParser]"], None]
