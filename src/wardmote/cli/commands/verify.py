"""`wardmote verify`: re-hash everything stored and name what differs."""

import argparse

from wardmote.cli.django_start import start


def add(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = actions.add_parser("verify", help="re-hash every release and published document")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Return 1 where any stored file is missing, added or not what it was; each is named."""
    start()
    from wardmote.strategy.publishing.queries import verify_stored

    checked, different = verify_stored()
    for name in different:
        print(f"differs: {name}")
    print(f"{checked} stored files checked, {len(different)} differ.")
    return 1 if different else 0
