"""Runs the product's commands one after another in one process, as a person does in one terminal.

Each line of the standard input is a command (JSON: its arguments, and what is typed into it); each line printed is
what came of it. Starting Python anew for each would take longer than the commands themselves.
"""

import contextlib
import io
import json
import sys

from django.conf import settings
from django.db import connections

from wardmote.cli.main import main


def run(arguments: list[str], typed: str) -> dict[str, object]:
    """Run one command and return its exit status and what it printed."""
    out, err = io.StringIO(), io.StringIO()
    sys.stdin = io.StringIO(typed)
    status: object = 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main(arguments)
        except SystemExit as ended:
            status = ended.code or 0
        finally:
            # The help of a command begins nothing.
            if settings.configured:
                connections.close_all()
    return {"status": status, "out": out.getvalue(), "err": err.getvalue()}


if __name__ == "__main__":
    answers = sys.stdout
    for line in sys.__stdin__ or ():
        asked = json.loads(line)
        print(json.dumps(run(asked["arguments"], asked["typed"])), file=answers, flush=True)
