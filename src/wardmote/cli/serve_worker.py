"""The worker of the demo: does the jobs on the queue, one after the other, until stopped or standard input closes."""

import os
import sys


def main() -> None:
    """Work until SIGTERM."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wardmote.config.settings")
    from wardmote.cli.faults import status_of

    sys.exit(status_of(_work))


def _work() -> int:
    from django.core.management import call_command

    from wardmote.cli.django_start import start
    from wardmote.cli.lifeline import end_with_parent

    end_with_parent()
    start()
    from wardmote.jobs.actions.clock import start_clock

    start_clock()
    call_command("db_worker", interval=0.5, verbosity=0)
    return 0


if __name__ == "__main__":
    main()
