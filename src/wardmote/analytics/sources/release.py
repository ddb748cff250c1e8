"""The last step of every reader: manifest beside the rows, everything forced to the disk."""

from pathlib import Path
from typing import Any, Final

from wardmote.analytics.sources.request import ReadRequest, SourceRefused
from wardmote.analytics.sources.tables import RejectList
from wardmote.analytics.warehouse.folders import sync_folder
from wardmote.analytics.warehouse.locks import Busy
from wardmote.analytics.warehouse.manifest import Manifest, Prepared
from wardmote.analytics.warehouse.store import MANIFEST, REJECTS, ROWS

OGL: Final = "Open Government Licence v3.0"
SAMPLE_LICENCE: Final = "Made-up data, free to use for anything"
SAMPLE_PUBLISHER: Final = "Wardmote sample data (fictional)"
SAMPLE_ATTRIBUTION: Final = "Sample data made by Wardmote: the places, people and figures are fictional."


def release_folder(request: ReadRequest, release: str, dataset: str) -> Path:
    """Make the folder of one release inside the staging folder, once no other import of its data set is under way."""
    try:
        request.warehouse.claim(dataset, request.staging)
    except Busy:
        raise SourceRefused(
            f"Another import of {dataset} is under way: wait until it has ended, and import again. Nothing was changed."
        ) from None
    folder = request.staging / release
    folder.mkdir()
    return folder


def work_folder(request: ReadRequest) -> Path:
    """Make the folder for unpacked and converted files inside the staging folder."""
    folder = request.staging / "work"
    folder.mkdir(exist_ok=True)
    return folder


def rows_target(folder: Path) -> Path:
    """Return the path of the rows of a release that is being made."""
    return folder / ROWS


def open_rejects(folder: Path) -> RejectList:
    """Begin the list of rejects of a release that is being made."""
    return RejectList(folder / REJECTS)


def write_rows(folder: Path, rows: list[tuple[Any, ...]], columns: dict[str, str]) -> None:
    """Write a small table, given row by row, as the Parquet file of a release."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from wardmote.analytics.warehouse.schema import arrow_schema

    schema: Any = arrow_schema(columns)
    cells = list(zip(*rows, strict=True)) if rows else [()] * len(columns)
    arrays = [pa.array(column, field.type) for column, field in zip(cells, schema, strict=True)]
    pq.write_table(pa.table(arrays, schema=schema), folder / ROWS, compression="snappy")


def finish(request: ReadRequest, folder: Path, manifest: Manifest) -> Prepared:
    """Write the manifest, force the folder to the disk and hand it over."""
    request.warehouse.failpoint("rows-written")
    (folder / MANIFEST).write_text(manifest.to_json(), encoding="utf-8")
    request.warehouse.failpoint("manifest-written")
    sync_folder(folder)
    request.warehouse.failpoint("folder-synced")
    return Prepared(manifest, folder)
