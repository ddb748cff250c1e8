"""The guide's page of these cases, written from the same table that the tests go through."""

from pathlib import Path

from tests.analytics.sources.bad_input.case import Case, Elsewhere
from tests.analytics.sources.bad_input.catalogue import CASES, ELSEWHERE

PAGE = Path(__file__).parents[4] / "docs/guide/files-we-refuse.md"
_PARTS = (
    ("Tables (CSV)", 1, 26),
    ("Archives", 27, 35),
    ("Workbooks", 36, 48),
    ("Places and maps", 49, 58),
    ("Other files", 59, 60),
    ("People", 71, 71),
)
_HEAD = """# Files we refuse, and what we leave out

Nothing that is held ever changes because a file is wrong. Three things can happen to a fault:

- **refused**: the file as a whole is not taken, and the message says what to do;
- **row left out**: the rest is taken; the row is listed with file, line, column and reason;
- **taken, and said**: the file is taken, and its quality figures say what was found.

Each line below is a test: it makes such a file, and sees that this happens and that what was held is as it was.
`scripts/files-we-refuse.py` writes this page from the table of the tests.
"""
_COLUMNS = """| the file has | what becomes of it | in the message, the reason or the figures |
|---|---|---|
"""
_AROUND = """## Around the file

| what happens | what comes of it |
|---|---|
"""
_TAIL = """
Nothing is fetched from other sites by itself, so that no address in a file can lead anywhere.

A GeoPackage with several maps is not read in part: export the one that you mean. Holes between areas are measured and
said, and not refused: a city that is no part of its county leaves one.
"""


def page_text() -> str:
    """Return the page."""
    parts = [_part(title, [case for case in CASES if first <= case.number <= last]) for title, first, last in _PARTS]
    around = _AROUND + "".join(_around(one) for one in ELSEWHERE)
    return "\n".join([_HEAD, *parts, around]) + _TAIL


def _part(title: str, cases: list[Case]) -> str:
    lines = "".join(f"| {case.what} | {case.outcome} | {_shown(case)} |\n" for case in cases)
    return f"## {title}\n\n{_COLUMNS}{lines}"


def _shown(case: Case) -> str:
    text = case.said.replace("|", "\\|")
    return f"`{text}`" if '"' in text else f"… {text} …"


def _around(one: Elsewhere) -> str:
    return f"| {one.what} | {one.outcome} |\n"
