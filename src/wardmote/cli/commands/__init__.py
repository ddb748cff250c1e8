"""The commands, one module each; adding one is adding its `add` here."""

from wardmote.cli.refused import Refused

from . import assess, decide, demo, fetch, figures, import_files, migrate, partnerships, releases, verify, worker

COMMANDS = [
    fetch.add,
    import_files.add,
    releases.add,
    decide.add,
    figures.add,
    assess.add,
    verify.add,
    partnerships.add,
    migrate.add,
    worker.add,
    demo.add,
]

__all__ = ["COMMANDS", "Refused"]
