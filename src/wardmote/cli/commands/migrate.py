"""`wardmote migrate`: bring the database up to date."""

import argparse

from wardmote.cli.django_start import start


def add(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = actions.add_parser("migrate", help="prepare the database, or bring it up to date")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Migrate as the owner of the database and give the application's role what it needs."""
    start(prepare=False)
    from wardmote.cli.database import prepare_database

    prepare_database()
    return 0
