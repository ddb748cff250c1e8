"""A Spark cluster of one master and one worker on this machine, from the files of Spark's Python package."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from wardmote.analytics.warehouse.engine import connect

PATIENCE_SECONDS = 180


@pytest.fixture(scope="session")
def master(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start a master and a worker; give the master's host and port."""
    folder = tmp_path_factory.mktemp("spark")
    port = str(free_port())
    address = f"127.0.0.1:{port}"
    with (
        daemon(folder / "master.log", "master.Master", "--host", "127.0.0.1", "--port", port) as log,
        daemon(
            folder / "worker.log", "worker.Worker", "--host", "127.0.0.1", "--cores", "2", "--memory", "2g",
            "--work-dir", str(folder / "work"), f"spark://{address}",
        ),
    ):  # fmt: skip
        wait_for("Registering worker", log)
        yield address


@pytest.fixture(scope="session")
def spark(master: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Connect to the cluster as the product does."""
    con = connect(f"spark://{master}?partitions=2&memory_limit=1GB", temp_directory=tmp_path_factory.mktemp("local"))
    yield con
    con.disconnect()


@contextmanager
def daemon(log: Path, name: str, *arguments: str) -> Iterator[Path]:
    """Run a part of the cluster until the block ends."""
    import pyspark

    home = Path(pyspark.__file__).parent
    command = [str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{name}", "--webui-port", "0", *arguments]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, env={**os.environ, "SPARK_HOME": str(home)}, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        yield log
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE_SECONDS)


def wait_for(words: str, log: Path) -> None:
    """Wait until a log has some words."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while words not in log.read_text():
        assert time.monotonic() < deadline, f"The cluster did not start:\n{log.read_text()[-2000:]}"
        time.sleep(0.2)


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
