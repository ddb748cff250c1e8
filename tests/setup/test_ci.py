"""`.ci/run`: the worst status, and pytest's closing line at the end."""

import shutil
from pathlib import Path

import pytest

from tests.setup.processes import ROOT, Ended, run

PASSED = "=================== 4 passed, 1 skipped in 2.10s ===================="
FAILED = "============= 1 failed, 3 passed in 62.50s (0:01:02) =============="


def ci_run(folder: Path, *, check: str = "true", test: str, postgres: str) -> Ended:
    """Run a copy of .ci/run over a Makefile whose targets do this."""
    (folder / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "run", folder / ".ci")
    (folder / "Makefile").write_text(f"check:\n\t@{check}\ntest:\n\t@{test}\ntest-postgres:\n\t@{postgres}\n")
    return run([folder / ".ci" / "run"], FORCE_COLOR="1")


def prints(line: str, *, status: int = 0) -> str:
    """A recipe that prints a closing line and ends with a status."""
    return f"echo '{line}'; exit {status}"


def last_line(ended: Ended) -> str:
    """Return the last line that was printed."""
    return ended.said.splitlines()[-1]


def test_it_ends_with_the_closing_line_of_the_last_suite(tmp_path: Path) -> None:
    ended = ci_run(tmp_path, test=prints(PASSED), postgres=prints(PASSED.replace("4", "5")))
    assert ended.status == 0
    assert last_line(ended) == PASSED.replace("4", "5")


CASES = [
    ("true", prints(FAILED, status=1), prints(PASSED), FAILED),
    ("true", prints(PASSED), prints(FAILED, status=1), FAILED),
    ("true", prints(PASSED), "exit 1", PASSED),
    ("exit 1", prints(PASSED), prints(PASSED), PASSED),
]


@pytest.mark.parametrize(("check", "test", "postgres", "closing"), CASES)
def test_one_failure_fails_it_and_is_what_the_end_tells(
    tmp_path: Path, check: str, test: str, postgres: str, closing: str
) -> None:
    ended = ci_run(tmp_path, check=check, test=test, postgres=postgres)
    assert ended.status == 2  # make's own status for a recipe that failed
    assert last_line(ended) == closing
    assert "ended with status 2" in ended.said


def test_a_suite_that_never_started_is_named(tmp_path: Path) -> None:
    ended = ci_run(tmp_path, test=prints(PASSED), postgres="echo 'No PostgreSQL answers'; exit 1")
    assert "== make test-postgres ended before pytest's closing line" in ended.said


def test_nothing_waits_for_a_keyboard_or_asks_for_colour(tmp_path: Path) -> None:
    ended = ci_run(tmp_path, test="cat; echo colour=$$FORCE_COLOR/$$NO_COLOR", postgres=prints(PASSED))
    assert "colour=/1" in ended.said
    assert ended.status == 0
