"""The analytical engine, named by a URL: DuckDB inside this process today, Spark at national scale."""

import re
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit

DEFAULT_THREADS: Final = 2
DEFAULT_MEMORY_LIMIT: Final = "1GB"
_MEMORY_PATTERN: Final = re.compile(r"\d{1,6}(\.\d+)?(MB|GB|MiB|GiB)")


class EngineError(Exception):
    """The engine's address cannot be used; the message says what to write instead."""


def connect(url: str = "duckdb://", *, temp_directory: Path) -> Any:
    """Open the engine that a URL names, `duckdb://?threads=2&memory_limit=1GB`, as an Ibis connection.

    Every process sets its own limits, since DuckDB by itself takes 80% of the memory of the machine.
    Raises EngineError for an unknown scheme or setting.
    """
    parts = urlsplit(url)
    if parts.scheme == "spark":
        raise EngineError("Spark is not built in yet: use duckdb:// (or duckdb://?threads=4&memory_limit=2GB).")
    if parts.scheme != "duckdb":
        raise EngineError(
            f"“{url}” does not name an engine: write duckdb:// (or duckdb://?threads=4&memory_limit=2GB)."
        )
    if parts.netloc or parts.path.strip("/"):
        raise EngineError("duckdb:// takes no host and no file: releases are Parquet folders, read in memory.")
    return _connect_duckdb(_settings(parts.query), temp_directory=temp_directory)


def _settings(query: str) -> dict[str, str]:
    settings = {"threads": str(DEFAULT_THREADS), "memory_limit": DEFAULT_MEMORY_LIMIT}
    for name, value in parse_qsl(query, keep_blank_values=True):
        if name not in settings:
            raise EngineError(f"“{name}” is not a setting of the engine: use threads and memory_limit.")
        settings[name] = value
    if not settings["threads"].isdecimal() or int(settings["threads"]) < 1:
        raise EngineError(f"threads={settings['threads']} is not a number of threads: write threads=2.")
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
