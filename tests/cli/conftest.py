"""A data folder with the fictional force in it, filled by the command line once a process."""

import shutil
from pathlib import Path

import pytest

from tests.cli.processes import Ended, wardmote
from wardmote.sample.generator import SampleFiles, write_sample


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> SampleFiles:
    """Two years of a fictional force."""
    return write_sample(tmp_path_factory.mktemp("files"), months=24)


@pytest.fixture(scope="session")
def imported(files: SampleFiles, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ended]:
    """The folder, and how the one import of everything ended; look at it, change nothing in it."""
    data = tmp_path_factory.mktemp("cli") / "data"
    every = (*files.lookup, *files.population, *files.boundaries, *files.street)
    return data, wardmote(data, "import", "auto", *every, "--json")


@pytest.fixture(scope="session")
def held(imported: tuple[Path, Ended]) -> Path:
    """The folder alone."""
    assert imported[1].status == 0, imported[1].err
    return imported[0]


@pytest.fixture
def copy(held: Path, tmp_path: Path) -> Path:
    """A copy of the folder for one test to change."""
    return Path(shutil.copytree(held, tmp_path / "data"))
