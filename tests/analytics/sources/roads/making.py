"""Small files of collisions and casualties of a fictional district."""

from pathlib import Path

COLLISIONS = (
    "collision_index,collision_year,date,longitude,latitude,local_authority_ons_district,lsoa_of_accident_location"
)
CASUALTIES = (
    "collision_index,collision_year,vehicle_reference,casualty_reference,casualty_class,age_of_casualty,"
    "age_band_of_casualty,casualty_severity,casualty_type,casualty_injury_based,casualty_adjusted_severity_serious"
)
EXTRACT = "AREFNO,date,year,mode,collision_severity,casualty_severity,ageband,area_name,lon,lat"
DISTRICT, LSOA = "E06000900", "E01900001"
COLLISION_NAME = "dft-road-casualty-statistics-collision-2024.csv"
CASUALTY_NAME = "dft-road-casualty-statistics-casualty-2024.csv"


def collision(index: str = "2024A1", **changes: str) -> str:
    """Write one good line of a collision file, with some cells changed."""
    cells = {
        "index": index,
        "year": "2024",
        "date": "31/12/2024",
        "longitude": "0.95",
        "latitude": "54.54",
        "district": DISTRICT,
        "lsoa": LSOA,
    }
    return ",".join({**cells, **changes}.values())


def casualty(index: str = "2024A1", number: int = 1, **changes: str) -> str:
    """Write one good line of a casualty file: a seriously injured cyclist of 40, with some cells changed."""
    cells = {
        "index": index,
        "year": "2024",
        "vehicle": "1",
        "number": str(number),
        "role": "1",
        "age": "40",
        "band": "7",
        "severity": "2",
        "type": "1",
        "injury_based": "1",
        "adjusted": "1",
    }
    return ",".join({**cells, **changes}.values())


def road_file(folder: Path, header: str, *rows: str, name: str) -> Path:
    """Write one file."""
    path = folder / name
    path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    return path


def pair(folder: Path, collisions: list[str], casualties: list[str], *, called: str = "2024") -> tuple[Path, Path]:
    """Write the two files that belong together."""
    stem = "dft-road-casualty-statistics"
    return (
        road_file(folder, COLLISIONS, *collisions, name=f"{stem}-collision-{called}.csv"),
        road_file(folder, CASUALTIES, *casualties, name=f"{stem}-casualty-{called}.csv"),
    )
