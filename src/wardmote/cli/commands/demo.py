"""`wardmote demo`: the product with a sample partnership, web and worker together, on this machine only."""

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

from wardmote.cli.commands.refused import Refused

DEMO_FOLDER = Path("var") / "demo"


def add(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = actions.add_parser("demo", help="run the product with a fictional sample partnership")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--prepare-only", action="store_true", help="build the sample and stop")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Prepare the demo's folder, then serve until Ctrl-C or until web or worker ends."""
    if not arguments.prepare_only:
        refuse_taken_port(arguments.port)
    os.environ["WARDMOTE_ENV"] = "demo"
    os.environ.setdefault("WARDMOTE_DATA", str(DEMO_FOLDER.absolute()))
    os.environ.pop("DATABASE_URL", None)
    prepare()
    return 0 if arguments.prepare_only else serve(arguments.port)


def refuse_taken_port(port: int) -> None:
    """Say what to do where something else listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            raise Refused(
                f"Port {port} on this machine is taken, or may not be used. Choose another: make demo PORT={port + 1}"
            ) from None


def prepare() -> None:
    """Make the database and the sample partnership in the demo's folder; the second time nothing is left to do."""
    from wardmote.cli.django_start import start

    try:
        start()
        from wardmote.sample.build import build_sample

        build_sample(say=_say)
    except OSError as error:
        if error.errno == 28:  # ENOSPC
            raise Refused(
                f"The disk is full. Free some space for {os.environ['WARDMOTE_DATA']} and start again."
            ) from None
        raise


def _say(text: str) -> None:
    print(f"==> {text}", flush=True)


def serve(port: int) -> int:
    """Run web and worker; the end of either, or Ctrl-C, ends both."""
    from wardmote.sample.accounts import sign_in_lines

    web = [sys.executable, "-m", "wardmote.cli.serve_web", str(port)]
    worker = [sys.executable, "-m", "wardmote.cli.serve_worker"]
    # Each in a group of its own: Ctrl-C reaches us alone, and we end both in order.
    children = [subprocess.Popen(command, start_new_session=True) for command in (web, worker)]
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        wait_until_answering(port, children)
        print(
            "\n".join(["", f"Wardmote is ready: http://127.0.0.1:{port}/", *sign_in_lines(), "Stop with Ctrl-C.", ""]),
            flush=True,
        )
        return supervise(children)
    except KeyboardInterrupt:
        print("\nStopping.", flush=True)
        return 0
    finally:
        end(children)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def wait_until_answering(port: int, children: list["subprocess.Popen[bytes]"]) -> None:
    """Wait until the site accepts connections, or one of the two has ended."""
    for _ in range(600):
        if any(child.poll() is not None for child in children):
            return
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)


def supervise(children: list["subprocess.Popen[bytes]"]) -> int:
    """Return 1 once either has ended by itself."""
    while all(child.poll() is None for child in children):
        time.sleep(0.2)
    names = ("The web server", "The worker")
    ended = next(name for name, child in zip(names, children, strict=True) if child.poll() is not None)
    print(f"{ended} stopped by itself, so everything stops. Its last lines are above.", file=sys.stderr)
    return 1


def end(children: list["subprocess.Popen[bytes]"]) -> None:
    """Ask both to end, and insist after ten seconds."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(timeout=10)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
