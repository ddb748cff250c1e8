"""How long one district takes from its raw files to a PDF: import, analysis, printing. The aim is a minute.

Run `python bench/district.py`. With the reference files (WARDMOTE_SHARED, or --shared FOLDER) it is Charnwood, from the
zip of three years of Leicestershire, the lookups, populations and boundaries of the ONS; without them a fictional
district of a force of half a million incidents (made/nation.py). Each step is a command as a person gives it, in a
process of its own.
"""

import argparse
import os
import platform
import tempfile
from datetime import date
from pathlib import Path

from made.nation import AREAS, LAST_MONTH, make_nation, partnership_code, write_areas, write_street
from nation import command, show

AIM_SECONDS = 60
Files = list[tuple[str, list[Path]]]


def real_files(reference: Path) -> tuple[Files, str, date]:
    """Return the files of Leicestershire by kind, the district, and the day of its assessment."""
    geography = reference / "geography"
    files = [
        ("lookup", [*geography.glob("LSOA_*.csv"), *geography.glob("l*_*.csv")]),
        ("population", [reference / "population" / "lsoa21_population_density_mid2022_mid2024_ew.csv"]),
        ("boundaries", [*geography.glob("*_leicestershire_rutland.geojson")]),
        ("police-uk", [reference / "police_uk" / "leicestershire-street-2019-12_2022-10.zip"]),
    ]
    return files, "Charnwood", date(2022, 12, 31)


def made_files(work: Path) -> tuple[Files, str, date]:
    """Write the files of a force of eight partnerships, and return the same of them."""
    nation = make_nation(8)
    write_areas(nation, work)
    write_street(nation, work / "street", rows=500_000)
    files = [(kind, [work / name for name in names]) for kind, names in AREAS.items()]
    return [*files, ("police-uk", [work / "street"])], partnership_code(3), (LAST_MONTH + 2).last_day


def main() -> None:
    """Take every step, print it, and print the whole beside the aim."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("WARDMOTE_SHARED") or "nowhere"))
    asked = parser.parse_args()
    reference = asked.shared / "reference"
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"load {os.getloadavg()[0]:.1f} at the beginning"
    )
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        has_files = (reference / "SOURCES.md").is_file()
        files, district, as_at = real_files(reference) if has_files else made_files(work)
        print(f"{district}, {'real' if has_files else 'made-up'} files")
        taken = show("migrate", command(["migrate"], work))
        for kind, paths in files:
            given = ["import", kind, *map(str, paths), "--accept", "at-once"]
            taken += show(f"import {kind}", command(given, work))
        given = ["assess", "--partnership", district, "--as-at", str(as_at), "--out", str(work / "out")]
        taken += show("analysis and documents", command(given, work))
        size = (work / "out" / "assessment.pdf").stat().st_size
        print(f"From raw files to a PDF of {size / 1024:.0f} kB: {taken:.1f} s (aim {AIM_SECONDS})")


if __name__ == "__main__":
    main()
