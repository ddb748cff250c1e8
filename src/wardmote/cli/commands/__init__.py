"""The commands, one module each; adding one is adding its `add` here."""

from . import demo, migrate
from .refused import Refused

COMMANDS = [migrate.add, demo.add]

__all__ = ["COMMANDS", "Refused"]
