"""The fast reader: the engine parses, checks and writes in one pass, and gives up at the first row it doubts."""

import datetime as dt
import itertools
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from wardmote.analytics.sources.police_uk.layout import COLUMNS, PoliceFile
from wardmote.analytics.sources.police_uk.places import EAST, NORTH, SOUTH, WEST
from wardmote.foundations.periods import Month

# No police.uk month is older; anything before goes to the exact reader, which decides.
_FIRST_MONTH: Final = Month(2000, 1)

# The engine would take a name with one of these for a pattern and open other files.
_GLOB: Final = frozenset("*?[")

# A text that no cell is: only then are cells that are empty and cells that are not there two things.
_NO_CELL: Final = "\x01no cell\x02"
_OURS: Final = frozenset(COLUMNS.values())

# Every doubt ends the statement: the exact reader then reads the files again and says what is wrong where. What passes
# here must give, cell for cell, what the exact reader gives.
_STATEMENT: Final = """
COPY (
  SELECT crime_id,
    m.day AS month, m.month_index,
    reported_by, falls_within,
    CASE WHEN inside THEN x END AS longitude,
    CASE WHEN inside THEN y END AS latitude,
    CASE WHEN inside THEN CAST(round(x * 1e6) AS BIGINT) END AS longitude_micro,
    CASE WHEN inside THEN CAST(round(y * 1e6) AS BIGINT) END AS latitude_micro,
    location, lsoa_code, lsoa_name,
    CASE WHEN m.day IS NOT NULL
          AND whole AND category IS NOT NULL AND trim(category) = category
          AND (longitude IS NULL) = (latitude IS NULL)
          AND (inside OR longitude IS NULL OR (
            x BETWEEN -180 AND 180 AND y BETWEEN -90 AND 90
            AND NOT (y BETWEEN {west} AND {east} AND x BETWEEN {south} AND {north})))
          AND coalesce(NOT regexp_matches(longitude || latitude, '[eE_]'), true)
         THEN category ELSE error('a row for the exact reader') END AS category,
    outcome, context,
    (longitude IS NOT NULL AND NOT inside) AS location_outside,
    f.name AS file
  FROM (
    SELECT *, CAST(longitude AS DOUBLE) AS x, CAST(latitude AS DOUBLE) AS y,
      coalesce(x BETWEEN {west} AND {east} AND y BETWEEN {south} AND {north}, false) AS inside
    FROM ({reads})
  ) r
  LEFT JOIN months_known m ON m.text = r.month
  JOIN files_read f ON f.path = r.filename
) TO '{target}' (FORMAT parquet, COMPRESSION snappy)
"""


def copy_valid(con: Any, files: Sequence[PoliceFile], target: Path, *, now: dt.date) -> bool:
    """Write the rows of the files to a Parquet file; return False, leaving no file, when any row is in doubt."""
    import duckdb

    if any(not _GLOB.isdisjoint(str(file.source.text_path)) for file in files):
        return False
    engine = con.con
    _tell_months(engine, now)
    _tell_files(engine, files)
    statement = _STATEMENT.format(
        west=WEST, east=EAST, south=SOUTH, north=NORTH, reads=_reads(files), target=_quoted_text(target)
    )
    try:
        engine.execute(statement)
    except duckdb.Error:
        # Whatever the engine disliked, the exact reader finds it and names it, or reads the files after all.
        target.unlink(missing_ok=True)
        return False
    return True


def _tell_months(engine: Any, now: dt.date) -> None:
    known = Month.of(now).index - _FIRST_MONTH.index + 1
    months = [_FIRST_MONTH + step for step in range(known)]
    rows = ", ".join(f"('{month}', DATE '{month.first_day}', {month.index}::BIGINT)" for month in months)
    engine.execute(
        f"CREATE OR REPLACE TEMP TABLE months_known AS SELECT * FROM (VALUES {rows}) m(text, day, month_index)"  # noqa: S608
    )


def _tell_files(engine: Any, files: Sequence[PoliceFile]) -> None:
    # As text of the statement: handing over values would make the engine import pandas, a second or two.
    pairs = ((str(file.source.text_path), file.source.name) for file in files)
    rows = ", ".join(f"('{_quoted_text(path)}', '{_quoted_text(name)}')" for path, name in pairs)
    engine.execute(f"CREATE OR REPLACE TEMP TABLE files_read AS SELECT * FROM (VALUES {rows}) f(path, name)")  # noqa: S608


def _reads(files: Sequence[PoliceFile]) -> str:
    """One read of all files that share their columns and separator, joined where there are several such groups."""

    def shape(file: PoliceFile) -> tuple[str, tuple[str, ...]]:
        return file.header.delimiter, tuple(column or "" for column in file.columns)

    groups = itertools.groupby(sorted(files, key=shape), key=shape)
    return " UNION ALL BY NAME ".join(_read(list(group)) for _, group in groups)


def _read(files: list[PoliceFile]) -> str:
    """Read files of one shape, every cell as text, with `whole` where a row has exactly the header's cells.

    By itself the engine drops an empty cell too many without a word, which would let a stray comma shift a row. So it
    is told of one column more and to fill short rows: a cell that is there is then at least '', one that is not is
    NULL, and blank cells become NULL here.
    """
    columns = [column or f"unused_{number}" for number, column in enumerate(files[0].columns)]
    kept = ", ".join(f'nullif("{column}", \'\') AS "{column}"' for column in columns if column in _OURS)
    types = ", ".join(f"'{column}': 'VARCHAR'" for column in [*columns, "overflow"])
    paths = ", ".join(f"'{_quoted_text(file.source.text_path)}'" for file in files)
    return (
        f'SELECT {kept}, filename, ("{columns[-1]}" IS NOT NULL AND overflow IS NULL) AS whole '  # noqa: S608 -- paths quoted, columns ours
        f"FROM read_csv([{paths}], columns={{{types}}}, auto_detect=false, header=true, "
        f"delim='{files[0].header.delimiter}', quote='\"', escape='\"', strict_mode=true, null_padding=true, "
        f"nullstr='{_NO_CELL}', filename=true)"
    )


def _quoted_text(path: Path | str) -> str:
    return str(path).replace("'", "''")
