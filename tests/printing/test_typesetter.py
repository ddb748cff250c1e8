"""The typesetter works in a process of its own, gives every page, and says what it refused."""

import subprocess
import sys
from pathlib import Path

import pytest

from wardmote.printing.typesetter import PrintFailed, typeset

COLOURS = b"\x89PNG"


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "pages.typ"
    path.write_text('#set page(width: 20mm, height: 20mm)\n#for word in sys.inputs.words.split(" ") { page(word) }\n')
    return path


def test_every_page_comes_back_whole(template: Path) -> None:
    one, two = typeset(template, {"words": "one two"}, format="png")
    assert one.startswith(COLOURS)
    assert two.startswith(COLOURS)
    assert one != two
    assert typeset(template, {"words": "one"}, format="png") == (one,)


def test_a_refusal_has_the_typesetters_words(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.typ"
    wrong.write_text("#nothing-of-that-name")
    with pytest.raises(PrintFailed, match="unknown variable: nothing-of-that-name"):
        typeset(wrong, {})


def test_a_typesetter_that_was_killed_gives_no_document(template: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(PrintFailed, match="could not be printed: status 1"):
        typeset(template, {"words": "one"})


def test_whoever_prints_does_not_hold_the_typesetter() -> None:
    asked = (
        "import sys; from wardmote.printing import pdf; from tests.printing.reports import full_report; "
        "assert pdf.render(full_report()).startswith(b'%PDF'); print('typst' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["False"]
