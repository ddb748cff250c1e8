"""A fictional nation in the published layouts: street crime of every force, lookups, populations and boundaries.

Its size is that of England and Wales: 35,672 LSOAs in some 7,100 wards, 318 districts, 314 partnerships and 43 forces.
Nothing in it exists. What happens, how often and in which season is that of the sample partnership; areas differ in
size and in how much they draw, and problems rise and fall from one partnership to the next. The same seed gives the
same files.
"""

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from wardmote.foundations.periods import Month
from wardmote.sample.generator import STREET_HEADER
from wardmote.sample.incidents import KINDS

SEED = 1998
LAST_MONTH = Month(2025, 9)
MONTHS = 36
LSOAS, DISTRICTS, PARTNERSHIPS, FORCES = 35_672, 318, 314, 43
# What 43 forces publish in three years, about half a million rows a month.
ROWS = 18_000_000
# The other files, by the kind under which they are imported.
AREAS = {
    "lookup": ("LSOA_2021_to_Ward_2024_to_LAD_2024.csv", "LAD_2024_to_CSP_2024_to_PFA_2024.csv"),
    "population": ("LSOA_2021_population_mid-year_estimates.csv",),
    "boundaries": ("LSOA_2021.geojson", "Wards_2024.geojson"),
}
SPOTS = 6
WITHOUT_PLACE = 0.02
# A cell of the map is some 650 metres either way; a district lies in a block of its own.
WIDE, HIGH = 0.010, 0.006
BLOCKS_ACROSS, BLOCK_WIDE, BLOCK_HIGH = 20, 0.5, 0.5
ACROSS = 18
OUTCOMES = (
    "Investigation complete; no suspect identified", "Unable to prosecute suspect", "Court result unavailable",
    "Awaiting court outcome", "Local resolution", "Under investigation",
)  # fmt: skip
_STREET = """
SELECT CASE WHEN kind > 0 THEN sha256(concat('{seed} {force} ', number)) END AS a, '{month}' AS b, '{name}' AS c,
  '{name}' AS d, CASE WHEN placed THEN printf('%.6f', x) END AS e, CASE WHEN placed THEN printf('%.6f', y) END AS f,
  CASE WHEN placed THEN concat('On or near Street ', area * {spots} + spot) ELSE 'No Location' END AS g,
  CASE WHEN placed THEN code END AS h, CASE WHEN placed THEN areas.name END AS i, kinds.name AS j,
  CASE WHEN kind > 0 THEN outcomes.name END AS k, NULL AS l
FROM drawn JOIN areas USING (area) JOIN kinds USING (kind) JOIN outcomes USING (outcome)
WHERE month = {at} ORDER BY drawn.number
"""


@dataclass(frozen=True)
class Area:
    """One LSOA: code and name, the number of its ward, district, partnership and force, and its cell on the map."""

    code: str
    name: str
    ward: int
    district: int
    partnership: int
    force: int
    x: float
    y: float


@dataclass(frozen=True)
class Nation:
    """The areas in order, and how many of each larger area there are."""

    areas: tuple[Area, ...]
    partnerships: int
    forces: int

    def of_force(self, force: int) -> list[Area]:
        """The LSOAs of a force."""
        return [area for area in self.areas if area.force == force]


def ward_code(number: int) -> str:
    """Return the code of a ward, from a range that the ONS has not given out."""
    return f"E0595{number:04}"


def district_code(number: int) -> str:
    """Return the code of a district."""
    return f"E0799{number:04}"


def partnership_code(number: int) -> str:
    """Return the code of a partnership."""
    return f"E2299{number:04}"


def force_slug(number: int) -> str:
    """Return the short name of a force, as file names have it."""
    return f"shire-{number + 1:02}"


def force_name(number: int) -> str:
    """Return the name of a force."""
    return f"Shire {number + 1:02}"


def make_nation(partnerships: int = PARTNERSHIPS, *, seed: int = SEED) -> Nation:
    """Lay out a nation, or the part of it that has so many partnerships."""
    import numpy as np

    dice, share = np.random.default_rng(seed), partnerships / PARTNERSHIPS
    districts = partnerships + round((DISTRICTS - PARTNERSHIPS) * share)
    forces = max(1, round(FORCES * share))
    sizes = _shared_out(round(LSOAS * share), np.exp(dice.normal(0, 0.5, districts)), least=30)
    # Forces are unequal too: each has districts in a row.
    force_of = np.repeat(np.arange(forces), _shared_out(districts, np.exp(dice.normal(0, 0.5, forces)), least=1))
    areas: list[Area] = []
    wards = 0
    for district, size in enumerate(sizes):
        west = -8.5 + district % BLOCKS_ACROSS * BLOCK_WIDE
        south = 50.0 + district // BLOCKS_ACROSS * BLOCK_HIGH
        cells = _strips(int(size), dice)
        for at, (strip, column, row) in enumerate(cells):
            name = f"Borough {district + 1:03} {at // 5 + 1:03}{'ABCDE'[at % 5]}"
            home = (wards + strip, district, min(district, partnerships - 1), int(force_of[district]))
            areas.append(Area(f"E019{len(areas):05}", name, *home, west + column * WIDE, south + row * HIGH))
        wards += cells[-1][0] + 1
    return Nation(tuple(areas), partnerships, forces)


def _shared_out(total: int, weights: Any, *, least: int) -> Any:
    """Share a whole number out by weight, so that each has the least and all add up."""
    import numpy as np

    shares = least + np.floor((total - least * len(weights)) * weights / weights.sum()).astype(int)
    shares[: total - shares.sum()] += 1
    return shares


def _strips(size: int, dice: Any) -> list[tuple[int, int, int]]:
    """Lay a district's LSOAs in rows of cells; each ward is three to seven cells side by side."""
    cells: list[tuple[int, int, int]] = []
    strip = column = row = 0
    while len(cells) < size:
        length = min(int(dice.integers(3, 8)), size - len(cells))
        if column + length > ACROSS:
            column, row = 0, row + 1
        cells += [(strip, column + step, row) for step in range(length)]
        strip, column = strip + 1, column + length
    return cells


def write_areas(nation: Nation, folder: Path, *, seed: int = SEED) -> None:
    """Write the files of AREAS: lookups, populations and boundaries."""
    small = [
        (a.code, a.name, ward_code(a.ward), f"Ward {a.ward + 1:04}", district_code(a.district), _borough(a.district))
        for a in nation.areas
    ]
    homes = sorted({(a.district, a.partnership, a.force) for a in nation.areas})
    larger = [
        (district_code(d), _borough(d), partnership_code(p), _borough(p), f"E2399{f:04}", force_name(f))
        for d, p, f in homes
    ]
    heads = ("LSOA21CD", "LSOA21NM", "WD24CD", "WD24NM", "LAD24CD", "LAD24NM")
    tops = ("LAD24CD", "LAD24NM", "CSP24CD", "CSP24NM", "PFA24CD", "PFA24NM")
    (lookup, above), (people,), (outlines, wards) = AREAS.values()
    _table(folder / lookup, heads, small)
    _table(folder / above, tops, larger)
    _population(nation, folder / people, seed)
    _outlines(folder / outlines, "LSOA21", _cells_alone(nation))
    _outlines(folder / wards, "WD24", _cells_of_wards(nation))


def _borough(number: int) -> str:
    return f"Borough {number + 1:03}"


def _population(nation: Nation, path: Path, seed: int) -> None:
    import numpy as np

    people = np.random.default_rng([seed, 1]).integers(1_200, 2_300, len(nation.areas)).tolist()
    rows = [
        (district_code(a.district), _borough(a.district), a.code, a.name, number, round(number * 0.99))
        for a, number in zip(nation.areas, people, strict=True)
    ]
    heads = ("LAD 2023 Code", "LAD 2023 Name", "LSOA 2021 Code", "LSOA 2021 Name")
    years = ("Mid-2024: Population", "Mid-2023: Population")
    _table(path, (*heads, *years), rows)


def _table(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows((header, *rows))


def _cells_alone(nation: Nation) -> Iterator[tuple[str, str, list[Area]]]:
    return ((area.code, area.name, [area]) for area in nation.areas)


def _cells_of_wards(nation: Nation) -> Iterator[tuple[str, str, list[Area]]]:
    for ward, areas in groupby(nation.areas, key=lambda area: area.ward):
        yield ward_code(ward), f"Ward {ward + 1:04}", list(areas)


def _outlines(path: Path, level: str, rings: Iterable[tuple[str, str, list[Area]]]) -> None:
    features = [
        {
            "type": "Feature",
            "properties": {f"{level}CD": code, f"{level}NM": name},
            "geometry": {"type": "Polygon", "coordinates": [_ring(cells)]},
        }
        for code, name, cells in rings
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")


def _ring(cells: Sequence[Area]) -> list[list[float]]:
    """Return the ring around cells side by side, counter-clockwise, with a corner at every cell that it touches."""
    ends = [*(cell.x for cell in cells), cells[-1].x + WIDE]
    south, north = cells[0].y, cells[0].y + HIGH
    ring = [(x, south) for x in ends] + [(x, north) for x in reversed(ends)]
    return [[round(x, 6), round(y, 6)] for x, y in (*ring, ring[0])]


def write_street(nation: Nation, folder: Path, *, rows: int = ROWS, months: int = MONTHS, seed: int = SEED) -> int:
    """Write the month folders of all forces, about so many rows in all; return how many there are."""
    import duckdb

    con = duckdb.connect()
    con.execute("SET threads = 2; SET memory_limit = '1GB'")
    con.execute(_known("kinds", "kind", [kind.name for kind in KINDS]))
    con.execute(_known("outcomes", "outcome", OUTCOMES))
    import numpy as np

    dates = [LAST_MONTH - back for back in range(months - 1, -1, -1)]
    written = 0
    for force in range(nation.forces):
        areas = nation.of_force(force)
        drawn = _draw(areas, dates, rows * len(areas) / len(nation.areas), np.random.default_rng([seed, 2, force]))
        con.register("drawn", drawn)
        con.register(
            "areas", _arrow(area=range(len(areas)), code=[a.code for a in areas], name=[a.name for a in areas])
        )
        for at, month in enumerate(dates):
            path = folder / str(month) / f"{month}-{force_slug(force)}-street.csv"
            path.parent.mkdir(parents=True, exist_ok=True)
            asked = _STREET.format(seed=seed, force=force, month=month, name=force_name(force), spots=SPOTS, at=at)
            heads = ", ".join(
                f'{letter} AS "{head}"' for letter, head in zip("abcdefghijkl", STREET_HEADER, strict=True)
            )
            con.execute(f"COPY (SELECT {heads} FROM ({asked})) TO '{path}' (FORMAT csv, HEADER)")
        written += drawn.num_rows
    return written


def _known(table: str, key: str, names: Sequence[str]) -> str:
    values = ", ".join(f"({at}, '{name}')" for at, name in enumerate(names))
    return f"CREATE TABLE {table} AS SELECT * FROM (VALUES {values}) t({key}, name)"


def _arrow(**columns: Any) -> Any:
    import pyarrow as pa

    return pa.table({name: pa.array(values) for name, values in columns.items()})


def _draw(areas: Sequence[Area], dates: Sequence[Month], wanted: float, dice: Any) -> Any:
    """Draw what happens in a force: how many of each kind each month, in which area, at which spot of it."""
    import numpy as np

    usual = sum(kind.month for kind in KINDS)
    partners = np.array([area.partnership for area in areas])
    # Log-normal: a fifth of the areas draw about half of what happens, as in real districts.
    pull = np.exp(dice.normal(0, 0.75, len(areas)))
    found: list[tuple[Any, ...]] = []
    for kind_at, kind in enumerate(KINDS):
        own = pull * np.exp(dice.normal(0, 0.4, len(areas)))
        # In the last year each partnership has its own change of this kind.
        moved = np.exp(dice.normal(0, 0.12, partners.max() + 1))[partners]
        for at, month in enumerate(dates):
            here = own * (moved if at >= len(dates) - 12 else 1)
            season = 1 + kind.season * np.cos((month.number - kind.peak) * np.pi / 6)
            mean = wanted / len(dates) * kind.month / usual * season * here.sum() / own.sum()
            number = int(dice.poisson(mean))
            ends = here.cumsum()
            area = np.minimum(np.searchsorted(ends, dice.random(number) * ends[-1]), len(areas) - 1)
            found.append((np.full(number, at, np.int16), np.full(number, kind_at, np.int8), area.astype(np.int32)))
    month_at, kind_of, area = (np.concatenate(part) for part in zip(*found, strict=True))
    spot = (dice.random(len(area)) ** 2 * SPOTS).astype(np.int8)
    x, y = (np.array([getattr(one, axis) for one in areas])[area] for axis in "xy")
    return _arrow(
        number=np.arange(len(area)),
        month=month_at,
        kind=kind_of,
        area=area,
        spot=spot,
        outcome=dice.integers(0, len(OUTCOMES), len(area)).astype(np.int8),
        placed=dice.random(len(area)) >= WITHOUT_PLACE,
        x=x + WIDE * (0.2 + 0.1 * spot),
        y=y + HIGH * (0.2 + 0.1 * (area + spot) % 0.6),
    )
