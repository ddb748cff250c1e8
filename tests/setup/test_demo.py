"""`wardmote demo`: starts, says where and as whom, and ends as one."""

import os
import signal
import socket
import sqlite3
from pathlib import Path

import pytest

from tests.setup.processes import Ended, free_port, python, run, running_demo, until, wardmote, wardmote_without_powers

REFUSED = 2


def test_it_answers_and_prints_the_address_and_the_sign_in_names(demo_data: Path, tmp_path: Path) -> None:
    with running_demo(demo_data, tmp_path / "log") as demo:
        assert f"http://127.0.0.1:{demo.port}/" in demo.said
        assert "Sign in with the password" in demo.said
        assert "analyst@" in demo.said
        status, text = demo.page()
        assert status == 200
        assert "Community safety where you live" in text
        assert demo.page("/static/web/wardmote.css")[0] == 200
        assert len(demo.children) == 2


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_web_and_worker(demo_data: Path, tmp_path: Path, number: signal.Signals) -> None:
    with running_demo(demo_data, tmp_path / "log") as demo:
        os.killpg(demo.process.pid, number)
        assert demo.status() == 0
        assert demo.everything_ended()
        assert "Stopping." in demo.said
        assert "Traceback" not in demo.said


HALVES = [("serve_web", "The web server"), ("serve_worker", "The worker")]


@pytest.mark.parametrize(("module", "name"), HALVES)
def test_the_death_of_either_ends_both(demo_data: Path, tmp_path: Path, module: str, name: str) -> None:
    with running_demo(demo_data, tmp_path / "log") as demo:
        os.kill(demo.child(module), signal.SIGKILL)
        assert demo.status() == 1
        assert demo.everything_ended()
        assert f"{name} stopped by itself, so everything stops." in demo.said


def test_nothing_outlives_a_demo_that_was_killed(demo_data: Path, tmp_path: Path) -> None:
    with running_demo(demo_data, tmp_path / "log") as demo:
        demo.process.kill()
        demo.status()
        until(demo.everything_ended, what="the end of web and worker")


def test_a_second_start_builds_nothing_again(demo_data: Path) -> None:
    releases = sorted(demo_data.joinpath("releases").iterdir())
    ended = wardmote("demo", "--prepare-only", WARDMOTE_DATA=demo_data)
    assert ended.status == 0
    assert "is there already" in ended.said
    assert "Importing" not in ended.said
    assert sorted(demo_data.joinpath("releases").iterdir()) == releases


def test_a_taken_port_is_named_with_one_that_is_free(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = wardmote("demo", "--port", str(port), WARDMOTE_DATA=tmp_path / "data")
    assert ended.status == REFUSED
    assert ended.said.startswith(f"Port {port} is taken by another program. Choose another: make demo PORT=")
    suggested = int(ended.said.rpartition("=")[2])
    assert suggested != port
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1", "80.5", "", "٣٠٠٠"])
def test_what_is_no_port_is_refused_with_an_example(tmp_path: Path, port: str) -> None:
    ended = wardmote("demo", f"--port={port}", WARDMOTE_DATA=tmp_path)
    assert ended == Ended(
        REFUSED, f"PORT is {port!r}. It must be a number from 1 to 65535, for example: make demo PORT=8001\n"
    )


def test_a_port_of_the_system_is_refused_to_an_ordinary_user(tmp_path: Path) -> None:
    if int(Path("/proc/sys/net/ipv4/ip_unprivileged_port_start").read_text()) <= 80:
        pytest.skip("this machine gives every port to everyone")
    ended = wardmote_without_powers("demo", "--port", "80", WARDMOTE_DATA=tmp_path)
    assert ended.said.startswith("Port 80 may not be used by this user. Choose another: make demo PORT=10")


def test_it_stays_out_of_a_folder_with_accounts_of_people(tmp_path: Path) -> None:
    assert wardmote("migrate", WARDMOTE_DATA=tmp_path).status == 0
    code = (
        "import django; django.setup(); from wardmote.partnership.members.models import Account\n"
        "Account.objects.create(email='someone@council.example', name='Someone')"
    )
    made = python(code, WARDMOTE_DATA=tmp_path, DJANGO_SETTINGS_MODULE="wardmote.config.settings")
    assert made.status == 0, made.said
    ended = wardmote("demo", "--prepare-only", WARDMOTE_DATA=tmp_path)
    assert ended.status == REFUSED
    assert ended.said.endswith("Choose an empty folder for the demo: make demo WARDMOTE_DATA=FOLDER\n")


def test_a_database_named_elsewhere_is_left_alone(prepared: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.sqlite3"
    ended = wardmote("demo", "--prepare-only", WARDMOTE_DATA=prepared, DATABASE_URL=f"sqlite:///{elsewhere}")
    assert ended.status == 0
    assert not elsewhere.exists()
    with sqlite3.connect(prepared / "wardmote.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM members_account WHERE is_demo").fetchone()[0] > 0
    database.close()


def test_make_hands_the_port_on() -> None:
    port = free_port()
    shown = run(["make", "--dry-run", "demo", f"PORT={port}"])
    assert f'demo --port "{port}"' in shown.said
    assert f'demo --port "{port}"' in run(["make", "--dry-run", "demo"], PORT=str(port)).said
