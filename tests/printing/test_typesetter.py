"""The typesetter works in a process of its own, gives every page, and says what it refused."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from wardmote.printing import typesetter
from wardmote.printing.typesetter import _RUNNING, PrintFailed, let_go, typeset

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


def test_a_typesetter_that_cannot_start_gives_no_document(template: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    let_go()
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(PrintFailed, match="could not be printed: status 1"):
        typeset(template, {"words": "one"})


def test_one_that_was_killed_is_replaced_and_the_next_job_is_done(template: Path) -> None:
    before = typeset(template, {"words": "one"}, format="png")
    (child,) = _RUNNING.values()
    child.kill()
    child.wait()
    assert typeset(template, {"words": "one"}, format="png") == before
    assert child.pid not in {one.pid for one in _RUNNING.values()}


def test_it_stays_for_the_next_job(template: Path) -> None:
    typeset(template, {"words": "one"})
    (child,) = _RUNNING.values()
    typeset(template, {"words": "two"})
    assert list(_RUNNING.values()) == [child]
    assert child.poll() is None
    let_go()
    assert child.poll() == 0


def test_one_that_is_large_has_done_its_first_job_before_it_ends(template: Path) -> None:
    job = json.dumps({"template": str(template), "inputs": {"words": "one"}, "options": {}}).encode()
    framed = len(job).to_bytes(8, "big") + job
    large = "import wardmote.printing.typesetter as t; t.LARGE = 1; t.main()"
    ended = subprocess.run([sys.executable, "-c", large], input=framed * 2, capture_output=True, check=True)
    assert int.from_bytes(ended.stdout[:8], "big") == len(ended.stdout) - 8
    assert ended.stdout[17:].startswith(b"%PDF")


def test_an_answer_that_was_not_waited_for_is_never_that_of_another(
    template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = typeset(template, {"words": "two"}, format="png")

    def stopped(_: object) -> bytes:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(typesetter, "_read", stopped)
        with pytest.raises(KeyboardInterrupt):
            typeset(template, {"words": "one"}, format="png")
    assert typeset(template, {"words": "two"}, format="png") == wanted


def test_it_ends_with_whoever_started_it(tmp_path: Path) -> None:
    asked = (
        "import os; from wardmote.printing import pdf, typesetter; from tests.printing.reports import full_report; "
        "pdf.render(full_report()); print(next(iter(typesetter._RUNNING.values())).pid, flush=True); "
        "os.kill(os.getpid(), 9)"
    )
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=False)
    number = int(told.stdout)
    for _ in range(200):
        if not Path(f"/proc/{number}/cmdline").exists() or not Path(f"/proc/{number}/cmdline").read_bytes():
            return
        time.sleep(0.05)
    raise AssertionError(f"{number} still runs")


def test_whoever_prints_does_not_hold_the_typesetter() -> None:
    asked = (
        "import sys; from wardmote.printing import pdf; from tests.printing.reports import full_report; "
        "assert pdf.render(full_report()).startswith(b'%PDF'); print('typst' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["False"]
