"""Wardmote: the open platform for Community Safety Partnerships."""

from functools import cache

__version__ = "0.1.0"


@cache
def code_version() -> str:
    """Return the version of the code that made a figure: what the deployment states, else the release's number."""
    import os

    return os.environ.get("WARDMOTE_CODE_VERSION", __version__)
