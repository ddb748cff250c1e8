"""A copy of the repository's front door, and the demo's data folder made once for all tests of it."""

import fcntl
import os
import shutil
from pathlib import Path

import pytest

from tests.setup.processes import ROOT, build_sample


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with what `make setup` reads: it builds its .venv there and never in the repository's own."""
    folder = tmp_path / "wardmote"
    shutil.copytree(ROOT / "scripts", folder / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("Makefile", "pyproject.toml", "requirements.lock", "requirements-test.lock"):
        shutil.copy(ROOT / name, folder)
    return folder


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo's data folder with the sample in it, built once, whichever process of the suite comes first."""
    own = tmp_path_factory.getbasetemp()
    # With xdist each process has a folder in the one of this run; without, the one above outlives the run.
    shared_by_all = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    folder = shared_by_all / "prepared-demo"
    with (shared_by_all / "prepared-demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "done").exists():
            ended = build_sample(folder)
            assert ended.status == 0, ended.said
            (folder / "done").touch()
    return folder


@pytest.fixture
def demo_data(prepared: Path, tmp_path: Path) -> Path:
    """A copy of the prepared folder for one test alone."""
    return Path(shutil.copytree(prepared, tmp_path / "demo"))
