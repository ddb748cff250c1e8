"""Every table of an issued version as CSV on the Web, from its frozen data file: open data with its licence.

Source: W3C, Metadata Vocabulary for Tabular Data, 17 December 2015.
"""

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wardmote.analytics.measures.rows import safe_cell
from wardmote.partnership.documents.queries import read_stored
from wardmote.printing.xlsx.numbers import read_number
from wardmote.strategy.publishing.models import PublishedVersion

OGL = "Open Government Licence v3.0"
OGL_ADDRESS = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
# What stands where there is no number: hidden, not available, a month that is not held.
NOTHING = ("[c]", "n/a", "missing", "")
Content = Mapping[str, Any]


@dataclass(frozen=True)
class OpenTable:
    """A table of a version: its number in the document, its words, and its rows as text."""

    number: int
    caption: str
    note: str
    small_counts: str
    columns: tuple[tuple[str, bool], ...]
    rows: tuple[tuple[str, ...], ...]


def tables_of(version: PublishedVersion) -> tuple[OpenTable, ...]:
    """Return the tables of a version in their order, those behind pictures included."""
    report = json.loads(read_stored(version.data_sha256))
    found = [block.get("table", block) for block in report["blocks"] if block["kind"] in ("table", "picture")]
    return tuple(_table(number, block) for number, block in enumerate(found, start=1))


def _table(number: int, block: Content) -> OpenTable:
    return OpenTable(
        number,
        block["caption"],
        block["note"],
        block.get("small_counts", ""),
        tuple((column["title"], column["numeric"]) for column in block["columns"]),
        tuple(tuple("".join(_text(item) for item in cell) for cell in row) for row in block["rows"]),
    )


def _text(item: Any) -> str:
    return item if isinstance(item, str) else str(item["text"])


def csv_of(table: OpenTable) -> str:
    """Return a table as CSV: a head row, numbers bare, and what is no number as it is printed."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([title for title, _ in table.columns])
    bare = [_is_number(table, place) for place in range(len(table.columns))]
    for row in table.rows:
        writer.writerow([_bare(text) if number else safe_cell(text) for text, number in zip(row, bare, strict=True)])
    return written.getvalue()


def _is_number(table: OpenTable, place: int) -> bool:
    """Whether everything in a column is a number or stands for a missing one."""
    if not table.columns[place][1]:
        return False
    said = [row[place] for row in table.rows if row[place] not in NOTHING]
    return bool(said) and all(read_number(text) is not None and not text.rstrip("%").endswith(" ") for text in said)


def _bare(text: str) -> str:
    """Return 1069 for 1,069, -3.2 for −3.2%, and signs of nothing as they are."""
    found = None if text in NOTHING else read_number(text)
    if found is None:
        return text
    return format(found.value * 100 if text.endswith("%") else found.value, "f")


def metadata_of(version: PublishedVersion, table: OpenTable, analysis: Content, *, address: str) -> dict[str, Any]:
    """Return the metadata of a table: title, licence, sources, period and what each column is."""
    licences = dict.fromkeys(str(source["licence"]) for source in analysis["sources"])
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": address,
        "dc:title": table.caption,
        "dc:description": table.note,
        "dc:publisher": version.partnership.name,
        "dc:license": [{"@id": OGL_ADDRESS} if licence == OGL else licence for licence in licences],
        "dc:source": list(dict.fromkeys(str(source["attribution"]) for source in analysis["sources"])),
        "dc:temporal": analysis["period"]["words"],
        "dc:isPartOf": f"{version.title}, version {version.number}",
        "rdfs:comment": f"Small counts: {table.small_counts}" if table.small_counts else "",
        "tableSchema": {"columns": [_column(table, place) for place in range(len(table.columns))]},
    }


def _column(table: OpenTable, place: int) -> dict[str, Any]:
    title, _ = table.columns[place]
    found: dict[str, Any] = {"name": f"column_{place + 1}", "titles": title, "datatype": "string"}
    if _is_number(table, place):
        found |= {"datatype": "decimal", "null": list(NOTHING)}
        if any(row[place].endswith("%") for row in table.rows):
            found["dc:description"] = "per cent"
    return found
