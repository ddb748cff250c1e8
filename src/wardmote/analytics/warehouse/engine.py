"""The analytical engine, named by a URL: DuckDB inside this process, or a Spark cluster for more than one machine.

The measures are the same expressions on both.
"""

import re
from pathlib import Path
from typing import Any, Final
from urllib.parse import SplitResult, parse_qsl, urlsplit

DEFAULT_THREADS: Final = 2
DEFAULT_MEMORY_LIMIT: Final = "1GB"
# Spark's own 200 make many tiny tasks of a partnership's figures.
DEFAULT_PARTITIONS: Final = 8
_HOST_PATTERN: Final = re.compile(r"[A-Za-z0-9.-]+:\d{1,5}")
_MEMORY_PATTERN: Final = re.compile(r"\d{1,6}(\.\d+)?(MB|GB|MiB|GiB)")


class EngineError(Exception):
    """The engine's address cannot be used; the message says what to write instead."""


def connect(url: str = "duckdb://", *, temp_directory: Path) -> Any:
    """Open the engine that a URL names as an Ibis connection.

    `duckdb://?threads=2&memory_limit=1GB`: every process sets its own limits, since DuckDB by itself takes 80% of the
    memory of the machine. `spark://host:7077?partitions=8&memory_limit=2GB`: the master of a Spark cluster whose
    workers see the data folder under the same path; memory is that of each executor. Raises EngineError with what to
    write.
    """
    parts = urlsplit(url)
    if parts.scheme == "spark":
        return _connect_spark(parts.netloc, _spark_settings(parts), temp_directory=temp_directory)
    if parts.scheme != "duckdb":
        raise EngineError(
            f"“{url}” does not name an engine: write duckdb:// (or duckdb://?threads=4&memory_limit=2GB), or "
            "spark://host:7077 for a cluster."
        )
    if parts.netloc or parts.path.strip("/"):
        raise EngineError("duckdb:// takes no host and no file: releases are Parquet folders, read in memory.")
    return _connect_duckdb(_settings(parts.query), temp_directory=temp_directory)


def _spark_settings(parts: SplitResult) -> dict[str, str]:
    if not _HOST_PATTERN.fullmatch(parts.netloc) or parts.path.strip("/"):
        raise EngineError("spark:// takes the host and port of the cluster's master: write spark://host:7077.")
    settings = {"partitions": str(DEFAULT_PARTITIONS), "memory_limit": DEFAULT_MEMORY_LIMIT}
    settings = _given(parts.query, settings)
    if not settings["partitions"].isdecimal() or int(settings["partitions"]) < 1:
        raise EngineError(f"partitions={settings['partitions']} is not a number of partitions: write partitions=8.")
    return settings


def _settings(query: str) -> dict[str, str]:
    settings = _given(query, {"threads": str(DEFAULT_THREADS), "memory_limit": DEFAULT_MEMORY_LIMIT})
    if not settings["threads"].isdecimal() or int(settings["threads"]) < 1:
        raise EngineError(f"threads={settings['threads']} is not a number of threads: write threads=2.")
    return settings


def _given(query: str, settings: dict[str, str]) -> dict[str, str]:
    """Return settings as a URL gives them, the rest as they were; refuses one that the engine does not have."""
    for name, value in parse_qsl(query, keep_blank_values=True):
        if name not in settings:
            raise EngineError(f"“{name}” is not a setting of the engine: use {' and '.join(settings)}.")
        settings[name] = value
    if not _MEMORY_PATTERN.fullmatch(settings["memory_limit"]):
        raise EngineError(
            f"memory_limit={settings['memory_limit']} is not an amount of memory: write memory_limit=1GB."
        )
    return settings


def _connect_duckdb(settings: dict[str, str], *, temp_directory: Path) -> Any:
    import ibis

    temp_directory.mkdir(parents=True, exist_ok=True)
    con = ibis.duckdb.connect(
        threads=int(settings["threads"]),
        memory_limit=settings["memory_limit"],
        temp_directory=str(temp_directory),
        # Nothing is ever fetched from a network while figures are made.
        autoinstall_known_extensions=False,
        autoload_known_extensions=False,
    )
    con.raw_sql("SET TimeZone = 'UTC'")
    con.raw_sql("SET enable_progress_bar = false")
    return con


def _connect_spark(master: str, settings: dict[str, str], *, temp_directory: Path) -> Any:
    import ibis

    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise EngineError(
            "Spark's Python package is not installed here: pip install --require-hashes -r requirements-spark.lock, "
            "with Java 17; or use duckdb://."
        ) from None
    temp_directory.mkdir(parents=True, exist_ok=True)
    chosen = {
        "spark.executor.memory": settings["memory_limit"].upper().removesuffix("IB").removesuffix("B"),
        "spark.sql.shuffle.partitions": settings["partitions"],
        "spark.sql.session.timeZone": "UTC",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.local.dir": str(temp_directory),
    }
    builder = SparkSession.builder.master(f"spark://{master}").appName("Wardmote")
    for name, value in chosen.items():
        builder = builder.config(name, value)
    return ibis.pyspark.connect(builder.getOrCreate())
