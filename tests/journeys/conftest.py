"""A whole site in its own processes (web and worker) on an empty data folder, and a real browser that walks it."""

import contextlib
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests import environment, postgresql
from wardmote.sample.generator import SampleFiles, write_sample

PASSWORD = "three-unrelated-words-plum"
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 800}


@dataclass(frozen=True)
class Site:
    """A running site: its address and the environment of its processes."""

    url: str
    environment: dict[str, str]
    console: "subprocess.Popen[str]"

    def command(self, *arguments: str, typed: str = "") -> str:
        """Run a command of the product on this site and return what it printed."""
        assert self.console.stdin is not None
        assert self.console.stdout is not None
        self.console.stdin.write(json.dumps({"arguments": arguments, "typed": typed}) + "\n")
        self.console.stdin.flush()
        answer = json.loads(self.console.stdout.readline())
        assert answer["status"] == 0, answer["err"]
        printed: str = answer["out"]
        return printed


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def database_environment(name: str) -> dict[str, str]:
    """Return what names the database of one site: a PostgreSQL of its own, or the file in its data folder."""
    if not environment.POSTGRESQL:
        return {}
    postgresql.make_roles()
    postgresql.make_database(name)
    return {
        "DATABASE_URL": environment.address(name, environment.APPLICATION_ROLE),
        "DATABASE_OWNER_URL": environment.address(name, environment.OWNER_ROLE),
    }


def copy_migrated(data: Path) -> None:
    """Begin a site's SQLite file with the tables of this process's own test database, which are made once."""
    data.mkdir()
    with (
        contextlib.closing(sqlite3.connect(Path(environment.data) / "test.sqlite3")) as made,
        contextlib.closing(sqlite3.connect(data / "wardmote.sqlite3")) as own,
    ):
        made.backup(own)


@pytest.fixture
def site(tmp_path: Path, django_db_setup: None) -> Iterator[Site]:
    """An empty site with web and worker."""
    name = f"wardmote_site_{os.getpid()}_{time.monotonic_ns()}"
    inherited = {key: value for key, value in os.environ.items() if not key.startswith(("DATABASE_", "WARDMOTE_"))}
    own = {
        **inherited,
        **database_environment(name),
        "WARDMOTE_DATA": str(tmp_path / "data"),
        "WARDMOTE_ENV": "embedded",
    }
    port = free_port()
    console = subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.console"],
        env=own,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    running = Site(f"http://127.0.0.1:{port}", own, console)
    if not environment.POSTGRESQL:
        copy_migrated(tmp_path / "data")
    running.command("migrate")
    modules = (["wardmote.cli.serve_web", str(port)], ["wardmote.cli.serve_worker"])
    # Their standard input is the line that ends them with us, whatever happens to this process.
    children = [subprocess.Popen([sys.executable, "-m", *module], env=own, stdin=subprocess.PIPE) for module in modules]
    try:
        wait_for(port, children)
        yield running
    finally:
        console.communicate(timeout=20)
        for child in children:
            child.send_signal(signal.SIGTERM)
        for child in children:
            child.communicate(timeout=20)
        if environment.POSTGRESQL:
            postgresql.drop_database(name)


def wait_for(port: int, children: list["subprocess.Popen[bytes]"]) -> None:
    for _ in range(300):
        assert all(child.poll() is None for child in children), "web or worker ended before it answered"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("the site did not answer within 30 seconds")


@pytest.fixture(scope="session")
def sample_files(tmp_path_factory: pytest.TempPathFactory) -> SampleFiles:
    """The sample's files, as a stand-in for what a partnership downloads."""
    return write_sample(tmp_path_factory.mktemp("files"))


def chromium() -> str:
    stated = os.environ.get("WARDMOTE_CHROMIUM")
    found = stated or next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
    )
    if found is None:
        pytest.fail("The browser tests need Chromium: `make test` installs it, or set WARDMOTE_CHROMIUM to its path.")
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    arguments = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=arguments)
        yield running
        running.close()


# Visitors without script are sent the same pages, which are looked at once, with those who have it.
WITHOUT_SCRIPT: set[Page] = set()


# Each journey is walked with script on one database and without it on the other; `make test-journeys` walks all four.
VISITORS = (True, False) if os.environ.get("WARDMOTE_TEST_VISITORS") == "both" else (not environment.POSTGRESQL,)


@pytest.fixture(params=VISITORS, ids=lambda has_script: "with JavaScript" if has_script else "without JavaScript")
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of a fresh visitor; axe needs its script past the site's own policy, nothing else does."""
    context = browser.new_context(java_script_enabled=request.param, viewport=WIDE, accept_downloads=True)
    opened = context.new_page()
    opened.set_default_timeout(30_000)
    if not request.param:
        WITHOUT_SCRIPT.add(opened)
    yield opened
    WITHOUT_SCRIPT.discard(opened)
    context.close()
