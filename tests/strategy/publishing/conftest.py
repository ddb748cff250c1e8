"""Printing is a function of its report: what was printed for one test is not printed again for the next."""

import hashlib
from collections.abc import Callable
from typing import Any

import pytest

from wardmote.printing import docx, pdf, xlsx

PRINTED: dict[tuple[str, str], bytes] = {}


def once(name: str, form: Callable[..., bytes]) -> Callable[..., bytes]:
    """Print a report in a form, or return what was printed of an equal one."""

    def printed(*given: Any, **more: Any) -> bytes:
        key = name, hashlib.sha256(repr((given, sorted(more.items()))).encode()).hexdigest()
        if key not in PRINTED:
            PRINTED[key] = form(*given, **more)
        return PRINTED[key]

    return printed


@pytest.fixture(autouse=True)
def printed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Print every report once in each form."""
    for module, name in ((docx, "render"), (pdf, "render"), (pdf, "render_sheet"), (xlsx, "render")):
        monkeypatch.setattr(module, name, once(f"{module.__name__}.{name}", getattr(module, name)))
