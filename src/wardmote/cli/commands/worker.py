"""`wardmote worker`: does the jobs on the queue and what the schedules say, until stopped; for production."""

import argparse

from wardmote.cli.django_start import start


def add(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = actions.add_parser("worker", help="do the jobs on the queue and what is due by the clock, until stopped")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Work until SIGTERM."""
    start()
    from django.core.management import call_command

    from wardmote.jobs.actions.clock import start_clock

    start_clock()
    call_command("db_worker", interval=0.5, verbosity=0)
    return 0
