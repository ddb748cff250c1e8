"""A production deployment refuses to start where it would not be safe."""

from pathlib import Path

from tests.setup.processes import Ended, python, wardmote

START = "import wardmote.config.wsgi; print('started')"
STATED = {"WARDMOTE_ENV": "production", "WARDMOTE_SECRET_KEY": "long-enough-" * 6, "WARDMOTE_HOSTS": "safer.example"}


def start(data: Path, **changes: str) -> Ended:
    """Load the application as a web server does, in production."""
    return python(START, WARDMOTE_DATA=data, **(STATED | changes))


def test_it_needs_a_secret_key_of_its_own(tmp_path: Path) -> None:
    ended = start(tmp_path, WARDMOTE_SECRET_KEY="")
    assert ended.status == 1
    assert "Set WARDMOTE_SECRET_KEY to a long random text" in ended.said
    assert not (tmp_path / "secret_key").exists()


def test_it_needs_the_names_it_answers_to(tmp_path: Path) -> None:
    ended = start(tmp_path, WARDMOTE_HOSTS=" , ")
    assert ended.status == 1
    assert "Set WARDMOTE_HOSTS" in ended.said


def test_the_command_line_says_so_in_a_sentence(tmp_path: Path) -> None:
    ended = wardmote("migrate", WARDMOTE_DATA=tmp_path, WARDMOTE_ENV="production")
    assert ended == Ended(2, "Set WARDMOTE_SECRET_KEY to a long random text: production does not make its own.\n")


def test_it_starts_with_what_it_needs(tmp_path: Path) -> None:
    assert wardmote("migrate", WARDMOTE_DATA=tmp_path, **STATED) == Ended(0, "")
    ended = start(tmp_path)
    assert ended.status == 0
    assert ended.said.endswith("started\n")


def test_it_refuses_to_serve_demo_accounts(demo_data: Path) -> None:
    ended = start(demo_data)
    assert ended.status == 1
    assert "This database holds demo accounts, whose passwords are published." in ended.said
    assert "started" not in ended.said


def test_its_commands_refuse_demo_accounts_too(demo_data: Path) -> None:
    ended = wardmote("releases", WARDMOTE_DATA=demo_data, **STATED)
    assert ended.status == 2
    assert ended.said.startswith("This database holds demo accounts, whose passwords are published.")


def test_the_demo_refuses_to_run_in_production(tmp_path: Path) -> None:
    ended = wardmote("demo", "--prepare-only", WARDMOTE_DATA=tmp_path / "data", **STATED)
    assert ended.status == 2
    assert ended.said.startswith("WARDMOTE_ENV is production, and the demo has published passwords.")
    assert not (tmp_path / "data").exists()
