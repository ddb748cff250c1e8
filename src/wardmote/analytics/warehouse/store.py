"""Releases as immutable folders: staged, synced, renamed into place, and checked again by their hashes."""

import os
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from wardmote.analytics.warehouse.engine import connect
from wardmote.analytics.warehouse.failpoints import Failpoint, no_failpoint
from wardmote.analytics.warehouse.folders import files_in, remove_tree, sha256_of, sync_folder, sync_names
from wardmote.analytics.warehouse.locks import WAIT_SECONDS, Locks
from wardmote.analytics.warehouse.manifest import HeldRelease, Manifest, Prepared
from wardmote.analytics.warehouse.schema import INCIDENTS, arrow_schema

ROWS: Final = "rows.parquet"
REJECTS: Final = "rejects.csv"
MANIFEST: Final = "manifest.json"
_TEMPORARY: Final = ".tmp-"
_HEX: Final = frozenset("0123456789abcdef")
GRACE: Final = timedelta(days=1)


class ReleaseMissing(Exception):
    """A release that the caller names is not in the warehouse; the message says which and what to do."""


class Warehouse:
    """The folder that holds every release, `<data>/releases/<digest>/`, and the engine that reads them.

    A release is real only when the database has a row for it; a folder without one is litter that `sweep` removes.
    """

    def __init__(
        self,
        data: Path,
        engine_url: str = "duckdb://",
        *,
        failpoint: Failpoint = no_failpoint,
        wait_seconds: float = WAIT_SECONDS,
    ) -> None:
        self.releases = data / "releases"
        self.scratch = data / "scratch"
        self.secret_file = data / "pseudonym_secret"
        self.engine_url = engine_url
        self.failpoint = failpoint
        self.locks = Locks(data / "locks", wait_seconds=wait_seconds)

    def connect(self) -> Any:
        """Open the engine with its own temporary folder inside the warehouse, as an Ibis connection."""
        return connect(self.engine_url, temp_directory=self.scratch)

    @contextmanager
    def staging(self) -> Iterator[Path]:
        """Give a temporary folder on the same file system, gone afterwards whatever happens.

        Publish what was prepared in it before the block ends: `publish` moves the folders out.
        """
        self.releases.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=_TEMPORARY, dir=self.releases))
        try:
            yield folder
        finally:
            remove_tree(folder)
            self.locks.release(folder)

    def claim(self, dataset: str, staging: Path) -> None:
        """Keep other processes from importing a data set until this staging folder ends; raises Busy."""
        self.locks.claim(dataset, staging)

    def publish(self, prepared: Prepared) -> Path:
        """Turn a prepared folder into a release and return its path; the same release again changes nothing."""
        target = self._folder(prepared.manifest.release)
        if target.exists():
            remove_tree(prepared.folder)
            return target
        os.utime(prepared.folder)  # the sweep counts its day of grace from here
        sync_folder(prepared.folder)
        self.failpoint("publish-synced")
        _rename_unless_there(prepared.folder, target)
        self.failpoint("publish-renamed")
        sync_names(self.releases)
        self.failpoint("publish-done")
        return target

    def manifest(self, release: str) -> Manifest:
        """Read the manifest of a release; raises ReleaseMissing."""
        return Manifest.from_json(self._existing(release, MANIFEST).read_text(encoding="utf-8"))

    def file_hashes(self, release: str) -> dict[str, str]:
        """Return name and SHA-256 of every file of a release, to be stored beside its database row."""
        return {path.name: sha256_of(path) for path in files_in(self._existing(release))}

    def verify(self, release: str, *, expected: Mapping[str, str]) -> tuple[str, ...]:
        """Hash every file of a release again; return the names that differ, are missing or do not belong."""
        folder = self._folder(release)
        if not folder.is_dir():
            return tuple(sorted(expected))
        found = {path.name: sha256_of(path) if path.is_file() else "" for path in files_in(folder)}
        return tuple(sorted(name for name in found.keys() | expected.keys() if found.get(name) != expected.get(name)))

    def rows_path(self, release: str) -> Path:
        """Return the path of a release's Parquet file; raises ReleaseMissing."""
        return self._existing(release, ROWS)

    def rejects_path(self, release: str) -> Path:
        """Return the path of the list of rejected rows (CSV: file, line, column, reason); raises ReleaseMissing."""
        return self._existing(release, REJECTS)

    def table(self, con: Any, release: str) -> Any:
        """Return the rows of one release as an Ibis table on this connection."""
        return con.read_parquet(str(self.rows_path(release)))

    def incidents(self, con: Any, held: Sequence[HeldRelease]) -> Any:
        """Return the incidents of exactly these releases and months, as one Ibis table.

        The columns are those of `schema.INCIDENTS`, then `dataset` and `release`. Releases of other kinds are passed
        over. With no release the table has its columns and no rows.
        """
        return together(list(self.incidents_by_dataset(con, held).values()))

    def incidents_by_dataset(self, con: Any, held: Sequence[HeldRelease]) -> dict[str, Any]:
        """Return the same, the incidents of each data set by themselves."""
        parts: dict[str, list[Any]] = {}
        for one in held:
            if one.kind == "police-uk":
                parts.setdefault(one.dataset, []).append(self._incidents_of(con, one))
        return {dataset: together(tables) for dataset, tables in parts.items()}

    def _incidents_of(self, con: Any, held: HeldRelease) -> Any:
        import ibis

        table = self.table(con, held.release)
        months = sorted(set(held.months))
        if months != sorted(self.manifest(held.release).months):
            indexes = [int(month[:4]) * 12 + int(month[5:]) for month in months]
            table = table.filter(table.month_index.isin(indexes))
        return table.select(
            *INCIDENTS, dataset=ibis.literal(held.dataset, "string"), release=ibis.literal(held.release, "string")
        )

    def sweep(self, known: Iterable[str], *, grace: timedelta = GRACE) -> tuple[Path, ...]:
        """Remove litter and return what was removed: temporary folders and releases that no database row names.

        Anything younger than the grace stays, since an import that is running at this moment has no row yet.
        """
        if not self.releases.is_dir():
            return ()
        keep = set(known)
        before = time.time() - grace.total_seconds()
        litter = [
            path
            for path in files_in(self.releases)
            if path.is_dir() and path.name not in keep and _is_ours(path.name) and path.stat().st_mtime <= before
        ]
        for path in litter:
            remove_tree(path)
        return tuple(litter)

    def _folder(self, release: str) -> Path:
        if len(release) != 64 or not _HEX.issuperset(release):
            raise ReleaseMissing(f"“{release}” does not name a release: a name has 64 hexadecimal digits.")
        return self.releases / release

    def _existing(self, release: str, name: str = "") -> Path:
        path = self._folder(release) / name
        if not path.exists():
            raise ReleaseMissing(
                f"The warehouse does not hold {name or 'the folder'} of release {release[:12]}: "
                "restore the data folder from a backup, or import the file again."
            )
        return path


def _rename_unless_there(source: Path, target: Path) -> None:
    """Rename a folder; when another process published the same release meanwhile, keep theirs."""
    try:
        source.rename(target)
    except OSError:
        if not target.is_dir():
            raise
        remove_tree(source)


def _is_ours(name: str) -> bool:
    return name.startswith(_TEMPORARY) or (len(name) == 64 and _HEX.issuperset(name))


def together(tables: Sequence[Any]) -> Any:
    """Return the incidents of several tables as one; with none, a table with their columns and no rows."""
    parts = list(tables) or [_no_incidents()]
    while len(parts) > 1:
        # Pairwise, so that a hundred releases nest seven deep and not a hundred.
        parts = [_union(parts[at : at + 2]) for at in range(0, len(parts), 2)]
    return parts[0]


def _union(tables: Sequence[Any]) -> Any:
    return tables[0] if len(tables) == 1 else tables[0].union(tables[1])


def _no_incidents() -> Any:
    import ibis

    # From Arrow: from a list Ibis would go through pandas, which is no part of the product.
    schema: Any = arrow_schema({**INCIDENTS, "dataset": "string", "release": "string"})
    return ibis.memtable(schema.empty_table())
