"""`wardmote demo`: the product with a sample partnership, web and worker together, on this machine only."""

import argparse
import errno
import os
import socket
from pathlib import Path

from wardmote.cli.refused import Refused

DEMO_FOLDER = Path("var") / "demo"
LAST_PORT = 65535


def add(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = actions.add_parser("demo", help="run the product with a fictional sample partnership")
    parser.add_argument("--port", default="8000", help="a number from 1 to 65535 (default: 8000)")
    parser.add_argument("--prepare-only", action="store_true", help="build the sample and stop")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Prepare the demo's folder, then serve until Ctrl-C or until web or worker ends."""
    port = port_number(arguments.port)
    if not arguments.prepare_only:
        refuse_taken_port(port)
    refuse_production()
    os.environ["WARDMOTE_ENV"] = "demo"
    os.environ["WARDMOTE_DATA"] = str(Path(os.environ.get("WARDMOTE_DATA") or DEMO_FOLDER).absolute())
    # Its people have made-up addresses: nothing leaves the machine.
    os.environ["WARDMOTE_MAIL"] = "outbox:"
    os.environ.setdefault("WARDMOTE_URL", f"http://127.0.0.1:{port}")
    # Accounts with published passwords go into the demo's own folder, never into a database that is named elsewhere.
    os.environ.pop("DATABASE_URL", None)
    prepare()
    if arguments.prepare_only:
        return 0
    from wardmote.cli.supervisor import serve

    return serve(port)


def port_number(text: str) -> int:
    """Return the port that a text names, or raise Refused."""
    if text.isascii() and text.isdigit() and 1 <= int(text) <= LAST_PORT:
        return int(text)
    raise Refused(f"PORT is {text!r}. It must be a number from 1 to {LAST_PORT}, for example: make demo PORT=8001")


def refuse_taken_port(port: int) -> None:
    """Raise Refused, naming a port that is free, where this one cannot be used."""
    problem = _problem_with(port)
    if not problem:
        return
    reason = "may not be used by this user" if problem == errno.EACCES else "is taken by another program"
    free = next((other for other in range(max(port, 1023) + 1, LAST_PORT + 1) if not _problem_with(other)), 8000)
    raise Refused(f"Port {port} {reason}. Choose another: make demo PORT={free}")


def _problem_with(port: int) -> int:
    """Return the error number of listening on a port, or 0."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            return error.errno or errno.EADDRINUSE
    return 0


def refuse_production() -> None:
    """Raise Refused where the environment speaks of production."""
    if os.environ.get("WARDMOTE_ENV") == "production":
        raise Refused("WARDMOTE_ENV is production, and the demo has published passwords. Unset it to run the demo.")


def prepare() -> None:
    """Make the database and the sample partnership in the demo's folder; the second time nothing is left to do."""
    from wardmote.cli.django_start import start

    if not (Path(os.environ["WARDMOTE_DATA"]) / "wardmote.sqlite3").exists():
        _say(f"Preparing the database in {os.environ['WARDMOTE_DATA']}")
    start()
    from wardmote.sample.build import SampleRefused, build_sample

    try:
        _refuse_accounts_of_people()
        build_sample(say=_say)
    except SampleRefused as refusal:
        raise Refused(str(refusal)) from refusal


def _refuse_accounts_of_people() -> None:
    from wardmote.partnership.members.models import Account
    from wardmote.sample.build import sample_is_there

    if Account.objects.exists() and not sample_is_there():
        raise Refused(
            f"{os.environ['WARDMOTE_DATA']} holds accounts of real people. Choose an empty folder for the demo: "
            "make demo WARDMOTE_DATA=FOLDER"
        )


def _say(text: str) -> None:
    print(f"==> {text}", flush=True)
