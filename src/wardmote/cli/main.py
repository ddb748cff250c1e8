"""The command line; heavy libraries load only in the command that needs them."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from . import commands

EXIT_FAULT = 1
EXIT_REFUSED = 2


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and exit: 0 done, 2 input refused with a sentence, 1 our fault."""
    parsed = parser().parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wardmote.config.settings")
    try:
        sys.exit(parsed.run(parsed))
    except commands.Refused as refusal:
        print(refusal, file=sys.stderr)
        sys.exit(EXIT_REFUSED)
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        sys.exit(130)
    except BrokenPipeError:
        # The reader of our output went away, as `head` does: nothing is wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def parser() -> argparse.ArgumentParser:
    """Return the parser of every command."""
    top = argparse.ArgumentParser(
        prog="wardmote",
        description="The open platform for Community Safety Partnerships.",
        epilog="Everything stored lies in the folder WARDMOTE_DATA (default: data). Exit status: 0 done, "
        "2 input refused, 1 our fault.",
    )
    actions = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for add in commands.COMMANDS:
        add(actions)
    return top


Adder = Callable[["argparse._SubParsersAction[argparse.ArgumentParser]"], None]
