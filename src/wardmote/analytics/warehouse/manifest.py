"""The manifest of a release: what was read, from which files, how many rows, and how good they are."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

JSON = None | bool | int | str | list["JSON"] | dict[str, "JSON"]


class ManifestError(Exception):
    """A manifest that cannot be read; the message says why."""


@dataclass(frozen=True)
class SourceFile:
    """One file that was read: its name without folders of this machine, its SHA-256, bytes and rows."""

    name: str
    sha256: str
    bytes: int
    rows: int


@dataclass(frozen=True)
class Manifest:
    """What a release holds and where it came from.

    `release` is the digest of the inputs (see `release_digest`), `months` are `YYYY-MM` (empty where the data are not
    monthly), and always `rows_read == rows_accepted + rows_rejected`. `quality` has flat keys with plain JSON values;
    it holds no floats, so that the same release has the same text on every machine.
    """

    kind: str
    dataset: str
    release: str
    publisher: str
    licence: str
    attribution: str
    title: str
    area: str
    is_sample: bool
    files: tuple[SourceFile, ...]
    period_from: str | None
    period_to: str | None
    months: tuple[str, ...]
    rows_read: int
    rows_accepted: int
    rows_rejected: int
    quality: Mapping[str, JSON]
    editions: Mapping[str, str]
    reader: str
    mapping: Mapping[str, str]

    def __post_init__(self) -> None:
        if self.rows_read != self.rows_accepted + self.rows_rejected:
            raise ManifestError(
                f"{self.rows_read} rows were read, but {self.rows_accepted} accepted and {self.rows_rejected} rejected."
            )

    def to_json(self) -> str:
        """Write the manifest as canonical JSON: sorted keys, one line feed at the end."""
        return json.dumps(asdict(self), sort_keys=True, ensure_ascii=False, allow_nan=False, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> "Manifest":
        """Read what `to_json` wrote; raises ManifestError when fields are missing, unknown or not consistent."""
        try:
            values: dict[str, Any] = json.loads(text)
        except ValueError as error:
            raise ManifestError(f"The manifest is not JSON: {error}") from error
        expected = {field.name for field in fields(cls)}
        if not isinstance(values, dict) or set(values) != expected:
            raise ManifestError("The manifest does not have the fields that this version of Wardmote writes.")
        values["files"] = tuple(SourceFile(**entry) for entry in values["files"])
        values["months"] = tuple(values["months"])
        return cls(**values)


@dataclass(frozen=True)
class Prepared:
    """A complete, synced temporary folder that is not yet a release."""

    manifest: Manifest
    folder: Path


@dataclass(frozen=True)
class HeldRelease:
    """A release that the database knows, with the months for which it is the newest of its dataset.

    `unplaced` are months of which no row has a small area, as in street files of 2010 to 2012: they count for the
    force, and in every smaller area they are missing.
    """

    release: str
    dataset: str
    kind: str
    months: tuple[str, ...]
    editions: Mapping[str, str]
    is_sample: bool
    unplaced: tuple[str, ...] = ()

    @property
    def placed_months(self) -> tuple[str, ...]:
        """The months that figures of areas can be counted for."""
        return tuple(month for month in self.months if month not in self.unplaced)


def release_digest(
    *, dataset: str, input_hashes: Iterable[str], mapping: Mapping[str, str], reader: str, is_sample: bool
) -> str:
    """Name a release by what went into it (64 hex digits), before anything is parsed.

    The bytes of the Parquet file are no part of it: another version of the engine may write other bytes.
    """
    identity = {
        "dataset": dataset,
        "inputs": sorted(input_hashes),
        "mapping": dict(mapping),
        "reader": reader,
        "is_sample": is_sample,
    }
    return hashlib.sha256(json.dumps(identity, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
