"""Runs the demo's web server and worker as one: the end of either, or Ctrl-C, ends both."""

import http.client
import signal
import subprocess
import sys
import time
from types import FrameType

NAMES = ("The web server", "The worker")
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
SECONDS_TO_START = 60
SECONDS_TO_STOP = 10
Child = subprocess.Popen[bytes]


def serve(port: int) -> int:
    """Run both until they are stopped and return 0, or 1 where one ended by itself."""
    children: list[Child] = []
    # SIGINT too: a shell that starts us in the background has switched it off.
    for number in STOPPING:
        signal.signal(number, _interrupt)
    try:
        start(port, children)
        if answers_in_time(port, children):
            announce(port)
        elif _all_alive(children):
            print(f"The site does not answer after {SECONDS_TO_START} seconds, so everything stops.", file=sys.stderr)
            return 1
        return supervise(children)
    except KeyboardInterrupt:
        print("\nStopping.", flush=True)
        return 0
    finally:
        end(children)


def start(port: int, children: list[Child]) -> None:
    """Start both, adding each to the list at once, so that whoever is interrupted knows what to end."""
    for command in (["wardmote.cli.serve_web", str(port)], ["wardmote.cli.serve_worker"]):
        # A session of its own: Ctrl-C reaches us alone, and we end both in order. Standard input is their lifeline.
        child = subprocess.Popen([sys.executable, "-m", *command], stdin=subprocess.PIPE, start_new_session=True)
        children.append(child)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _all_alive(children: list[Child]) -> bool:
    return all(child.poll() is None for child in children)


def answers_in_time(port: int, children: list[Child]) -> bool:
    """Wait until the first page is served; false where one of the two ends before, or time is up."""
    deadline = time.monotonic() + SECONDS_TO_START
    while _all_alive(children) and time.monotonic() < deadline:
        if _answers(port):
            return True
        time.sleep(0.1)
    return False


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def announce(port: int) -> None:
    """Print the address and the sign-in names."""
    from wardmote.sample.accounts import sign_in_lines

    lines = ["", f"Wardmote is ready: http://127.0.0.1:{port}/", *sign_in_lines(), "Stop with Ctrl-C.", ""]
    print("\n".join(lines), flush=True)


def supervise(children: list[Child]) -> int:
    """Return 1 once either has ended by itself."""
    while _all_alive(children):
        time.sleep(0.2)
    ended = next(name for name, child in zip(NAMES, children, strict=True) if child.poll() is not None)
    print(f"{ended} stopped by itself, so everything stops. Its last lines are above.", file=sys.stderr)
    return 1


def end(children: list[Child]) -> None:
    """Ask both to end, and insist after ten seconds; a second Ctrl-C changes nothing of that."""
    for number in STOPPING:
        signal.signal(number, signal.SIG_IGN)
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(timeout=SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
