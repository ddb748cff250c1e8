"""Issuing documents, saying afterwards what became of them, and writing drafts from the command line."""

from .drafts import Drafts, write_draft
from .issuing import (
    ask_to_correct,
    ask_to_publish,
    do_publish,
    publish,
    what_is_missing,
)
from .notices import PublishRefused, replace_version, withdraw_version

__all__ = [
    "Drafts",
    "PublishRefused",
    "ask_to_correct",
    "ask_to_publish",
    "do_publish",
    "publish",
    "replace_version",
    "what_is_missing",
    "withdraw_version",
    "write_draft",
]
