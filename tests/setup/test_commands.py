"""`wardmote` at a prompt: quick, and never a traceback for whoever typed it."""

import sys
from pathlib import Path

import pytest

from tests.setup.processes import Ended, environment, python, run, wardmote, wardmote_without_powers

HEAVY = ("ibis", "duckdb", "django.db", "numpy", "pyarrow", "scipy", "typst", "sqlglot")
# Django is loaded by a site; these only by the page that needs them.
HEAVY_FOR_A_SITE = (
    "ibis",
    "duckdb",
    "numpy",
    "pyarrow",
    "scipy",
    "numba",
    "statsmodels",
    "typst",
    "sqlglot",
    "pyogrio",
)
EXIT_FAULT, EXIT_REFUSED = 1, 2


def sentence(ended: Ended, status: int, words: str) -> None:
    """Check that a command ended this way, with these words and without a traceback."""
    assert words in ended.said
    assert "Traceback" not in ended.said
    assert ended.status == status, ended.said


def test_help_loads_nothing_heavy() -> None:
    code = (
        f"import sys; from wardmote.cli.main import parser; parser(); print([m for m in {HEAVY} if m in sys.modules])"
    )
    assert python(code) == Ended(0, "[]\n")


def test_a_site_that_starts_loads_nothing_that_figures_or_documents_need(tmp_path: Path) -> None:
    code = (
        "import os, sys, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'wardmote.config.settings'; django.setup(); "
        "from django.urls import get_resolver; assert get_resolver().url_patterns; "
        f"print([m for m in {HEAVY_FOR_A_SITE} if m in sys.modules])"
    )
    assert python(code, WARDMOTE_DATA=tmp_path) == Ended(0, "[]\n")


def test_help_names_the_commands_and_the_exit_statuses() -> None:
    ended = wardmote("--help")
    assert ended.status == 0
    assert all(word in ended.said for word in ("import", "figures", "publish", "demo", "WARDMOTE_DATA", "1 our fault"))


def test_input_that_cannot_be_used_is_refused_with_a_sentence(tmp_path: Path) -> None:
    sentence(
        wardmote("import", "police-uk", tmp_path / "nothing.csv", WARDMOTE_DATA=tmp_path / "data"),
        EXIT_REFUSED,
        "nothing.csv",
    )


def test_an_unknown_kind_of_deployment_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    ended = wardmote("migrate", WARDMOTE_DATA=tmp_path, WARDMOTE_ENV="prodution")
    sentence(ended, EXIT_REFUSED, "Set it to one of: embedded, demo, production.")


def test_a_fault_of_ours_is_one_sentence_and_its_traceback_lies_in_a_file(tmp_path: Path) -> None:
    code = (
        "from wardmote.cli.faults import status_of\n"
        "def failing(): raise ValueError('a planted fault\\nwith more')\n"
        "raise SystemExit(status_of(failing))"
    )
    ended = python(code, WARDMOTE_DATA=tmp_path)
    sentence(ended, EXIT_FAULT, "Wardmote failed, which is its fault and not yours: ValueError: a planted fault")
    (kept,) = (tmp_path / "logs").iterdir()
    assert str(kept) in ended.said
    assert "in failing" in kept.read_text()
    assert kept.stat().st_mode & 0o077 == 0
    assert "Traceback" in python(code, WARDMOTE_DATA=tmp_path, WARDMOTE_DEBUG="1").said


def test_a_database_that_cannot_be_reached_is_named(tmp_path: Path) -> None:
    ended = wardmote("migrate", WARDMOTE_DATA=tmp_path, DATABASE_URL="postgresql://someone@127.0.0.1:9/nothing")
    sentence(ended, EXIT_FAULT, "The database cannot be reached. Start it, or correct DATABASE_URL")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_a_full_disk_is_called_full(tmp_path: Path) -> None:
    code = (
        "from wardmote.cli.faults import status_of\n"
        "def failing():\n"
        "    with open('/dev/full', 'w') as file: file.write('something')\n"
        "raise SystemExit(status_of(failing))"
    )
    sentence(python(code, WARDMOTE_DATA=tmp_path), EXIT_FAULT, f"The disk is full. Free some space for {tmp_path}")


def test_a_full_disk_is_recognised_in_the_words_of_sqlite(tmp_path: Path) -> None:
    code = (
        "import sqlite3; from wardmote.cli.faults import status_of\n"
        "def failing():\n"
        "    with sqlite3.connect(':memory:') as database:\n"
        "        database.execute('PRAGMA max_page_count = 2'); database.execute('CREATE TABLE one (text)')\n"
        "        database.execute('INSERT INTO one VALUES (zeroblob(100000))')\n"
        "raise SystemExit(status_of(failing))"
    )
    sentence(python(code, WARDMOTE_DATA=tmp_path), EXIT_FAULT, "The disk is full.")


def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    ended = wardmote_without_powers("migrate", WARDMOTE_DATA=tmp_path / "data")
    sentence(ended, EXIT_FAULT, f"This user may not use {tmp_path}")


def test_a_reader_who_goes_away_is_no_fault(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-c",
        "from wardmote.cli.faults import status_of\nstatus_of(lambda: print('x' * 10**6) or 0)",
    ]
    ended = run(["sh", "-c", '"$@" | head -c 1', "sh", *command], WARDMOTE_DATA=tmp_path)
    assert ended == Ended(0, "x")
    assert "WARDMOTE_ENV" not in environment()
