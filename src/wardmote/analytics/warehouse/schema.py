"""The columns of every kind of release: one table per kind, with the types that DuckDB and Spark both have."""

from typing import Final

INCIDENTS: Final = {
    "crime_id": "string",
    "month": "date",
    "month_index": "int64",
    "reported_by": "string",
    "falls_within": "string",
    "longitude": "float64",
    "latitude": "float64",
    "longitude_micro": "int64",
    "latitude_micro": "int64",
    "location": "string",
    "lsoa_code": "string",
    "lsoa_name": "string",
    "category": "string",
    "outcome": "string",
    "context": "string",
    # True where the file gave a place outside Britain, or longitude 0 and latitude 0, which we keep as "no location".
    "location_outside": "boolean",
    "file": "string",
}
LOOKUP: Final = dict.fromkeys(
    (
        "lsoa_code",
        "lsoa_name",
        "ward_code",
        "ward_name",
        "neighbourhood_code",
        "neighbourhood_name",
        "district_code",
        "district_name",
        "partnership_code",
        "partnership_name",
        "force_code",
        "force_name",
        "lsoa_2011_code",
        "lsoa_2011_name",
        "change",
    ),
    "string",
)
POPULATION: Final = {"lsoa_code": "string", "lsoa_name": "string", "year": "int64", "population": "int64"}
BOUNDARIES: Final = {
    "level": "string",
    "code": "string",
    "name": "string",
    "geometry": "string",
    "west": "float64",
    "south": "float64",
    "east": "float64",
    "north": "float64",
}


def arrow_schema(columns: dict[str, str]) -> object:
    """Return the pyarrow schema of one of the tables above."""
    import pyarrow as pa

    types = {
        "string": pa.string(),
        "date": pa.date32(),
        "int64": pa.int64(),
        "float64": pa.float64(),
        "boolean": pa.bool_(),
    }
    return pa.schema([(name, types[kind]) for name, kind in columns.items()])
