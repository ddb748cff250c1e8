"""Only actions change data: no view, form or interface writes to a table."""

import ast
from pathlib import Path

import wardmote

ROOT = Path(wardmote.__file__).parent
WRITES = {"save", "create", "bulk_create", "update_or_create", "get_or_create", "bulk_update", "delete"}
READERS = {"views", "forms", "presenters", "queries", "reports", "rules", "urls"}


def written(source: str) -> list[int]:
    """Return the lines on which a table is written."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return [
        call.lineno
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and (call.func.attr in WRITES or (call.func.attr == "update" and ".objects" in ast.unparse(call.func.value)))
    ]


def test_nothing_but_actions_writes_to_a_table() -> None:
    files = [path for path in ROOT.rglob("*.py") if READERS & {path.stem, path.parent.name}]
    assert len(files) > 30
    found = {str(path.relative_to(ROOT)): lines for path in files if (lines := written(path.read_text()))}
    assert found == {}


def test_the_check_finds_a_planted_write() -> None:
    assert written("def view(r):\n    Thing.objects.filter(a=1).update(b=2)\n    thing.save()\n") == [2, 3]
