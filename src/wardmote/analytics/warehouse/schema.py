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
# What was decided about crimes, by the month of the decision; `crime_id` is that of the street file.
OUTCOMES: Final = {
    **{name: kind for name, kind in INCIDENTS.items() if name not in ("category", "outcome", "context", "file")},
    "outcome": "string",
    "file": "string",
}
# One stop a row. No names; the ethnicity as the person said it, and as the officer saw it.
STOPS: Final = {
    "type": "string",
    "time": "string",
    "day": "date",
    "month": "date",
    "month_index": "int64",
    "operation": "boolean",
    "operation_name": "string",
    "longitude": "float64",
    "latitude": "float64",
    "longitude_micro": "int64",
    "latitude_micro": "int64",
    "gender": "string",
    "age_range": "string",
    "self_defined_ethnicity": "string",
    "officer_defined_ethnicity": "string",
    "legislation": "string",
    "object": "string",
    "outcome": "string",
    "outcome_linked": "boolean",
    "more_than_outer_clothing": "boolean",
    "location_outside": "boolean",
    "file": "string",
}
LAST_PLAN: Final = dict.fromkeys(("reference", "level", "text", "progress"), "string")
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
DENOMINATORS: Final = {"lsoa_code": "string", "denominator": "string", "year": "int64", "value": "int64"}
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

FIGURES: Final = {
    # `2024-01`, `2024 Q1`, `2024/25 Q1`, `2024/25`, `2024` or `year to 2024-09`, its kind in words, its first month
    # counted through and its number of months.
    "period": "string",
    "period_kind": "string",
    "month_index": "int64",
    "months": "int64",
    "area": "string",
    "area_code": "string",
    "area_match": "string",
    "measure": "string",
    "unit": "string",
    "value": "decimal",
    "status": "string",
    # blank, suppressed or unavailable where there is no value.
    "missing_reason": "string",
    "file": "string",
    "row": "int64",
}

# One offence of an index: its weight in days, under the Home Office code that it is recorded by (`4.3`, `8N`).
HARM_WEIGHTS: Final = {
    "offence": "string",
    "ho_code": "string",
    "group": "string",
    "subgroup": "string",
    "notifiable": "boolean",
    "attempt": "boolean",
    "days": "decimal",
    "file": "string",
    "row": "int64",
}
# One offence, or several of one weight, of the Crime Severity Score; `ho_code` may join codes: `1/4.1/4.2`.
SEVERITY_WEIGHTS: Final = {
    "offence": "string",
    "ho_code": "string",
    "group": "string",
    "weight": "decimal",
    "file": "string",
    "row": "int64",
}
# Recorded offences by area and quarter; `level` is force or partnership, `month_index` the first of the three months.
OFFENCE_COUNTS: Final = {
    "level": "string",
    "area": "string",
    "area_code": "string",
    "force": "string",
    "month_index": "int64",
    "ho_code": "string",
    "offence": "string",
    "group": "string",
    "subgroup": "string",
    "count": "int64",
    "file": "string",
    "row": "int64",
}
# Recorded offences of an offence group in an area and a year; `level` is total (England and Wales), nation, region,
# force or other (a force without an area), `month_index` the last month of the year, `rate` offences per 1,000
# residents. `missing` says why there is no rate; `notes` are those of the publisher about the area, one a line.
FORCE_TABLES: Final = {
    "level": "string",
    "area_code": "string",
    "area": "string",
    "force": "string",
    "month_index": "int64",
    "offence_group": "string",
    "count": "int64",
    "rate": "decimal",
    "population": "int64",
    "missing": "string",
    "notes": "string",
    "file": "string",
    "row": "int64",
}

# One domain of deprivation of one LSOA; 1 is the most deprived in rank and decile.
DEPRIVATION: Final = {
    "lsoa_code": "string",
    "domain": "string",
    "rank": "int64",
    "decile": "int64",
    "score": "decimal",
}
# One casualty of a collision on the road. No age and no sex: only whether a child was hurt, null where nobody knows.
ROAD_CASUALTIES: Final = {
    "collision": "string",
    "day": "date",
    "month_index": "int64",
    "severity": "string",
    "road_user": "string",
    "is_child": "boolean",
    "district_code": "string",
    "district_name": "string",
    "lsoa_code": "string",
    "longitude": "float64",
    "latitude": "float64",
    # Whether the police recorded the injuries themselves; and the published chance that they would be called serious.
    "injury_based": "boolean",
    "serious_chance": "decimal",
    "file": "string",
}
# One incident of a partnership's own list: when it may first and last have happened (minutes of UTC since 1970), the
# first day by the clock in Britain, where, and pseudonyms. No name, no reference, no text, no row number.
INCIDENT_RECORDS: Final = {
    "problem": "string",
    "first_minute": "int64",
    "last_minute": "int64",
    "day": "date",
    "month_index": "int64",
    "longitude": "float64",
    "latitude": "float64",
    "lsoa_code": "string",
    "victim": "string",
    "offender": "string",
    "location": "string",
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
        # 20 digits before the point, 18 behind it: exact on both engines.
        "decimal": pa.decimal128(38, 18),
    }
    return pa.schema([(name, types[kind]) for name, kind in columns.items()])
