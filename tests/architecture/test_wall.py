"""Outside the parts that may, nothing so much as names a casework app or table."""

import ast
from pathlib import Path

import wardmote

ROOT = Path(wardmote.__file__).parent
MAY = ("casework", "handover", "home", "api/private", "sample", "cli", "config")
APPS = ("cases", "panels", "reviews", "disclosures", "gate")


def named(source: str) -> list[str]:
    """Return the strings that name a casework app, or a look-up that begins with a plus."""
    texts = [n.value for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    return [
        text
        for text in texts
        if (text.startswith("+") and len(text) > 1 and text[1].isalpha())
        or any(text.startswith(f"{app}{mark}") for app in APPS for mark in (".", "_", "__"))
        or "casework." in text
    ]


def test_no_string_reaches_over_the_wall() -> None:
    files = [p for p in ROOT.rglob("*.py") if not str(p.relative_to(ROOT)).startswith(MAY)]
    assert len(files) > 60
    assert {str(p.relative_to(ROOT)): found for p in files if (found := named(p.read_text()))} == {}


def test_the_check_finds_a_planted_string() -> None:
    assert named('get_model("cases.Case")') == ["cases.Case"]
    assert named('Thing.objects.filter(**{"+cases": 1})') == ["+cases"]
