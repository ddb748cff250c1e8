"""The mix of offences in each category: what the Home Office's tables have, area by area, for the last year held."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from wardmote.analytics.measures.harm import Mix, Offence
from wardmote.definitions import category_of
from wardmote.foundations.periods import Month, Period

FORCE, PARTNERSHIP = "force", "partnership"
# It polices railways, not a place.
NO_PLACE: Final = frozenset({"btp"})
FORCES, QUARTERS = "forces", "quarters"
QUARTERS_OF_A_YEAR: Final = 4
QUARTER_MONTHS: Final = 3
Mixes = dict[str, dict[str, int]]


@dataclass(frozen=True)
class OffenceRow:
    """So many offences of a code in an area and a quarter; `month` is the first of its three."""

    level: str
    area: str
    force: str
    month: Month
    code: str
    category: str
    count: int
    subgroup: str = ""


@dataclass(frozen=True)
class OffenceMixes:
    """The mixes by category: an area's own, everywhere together, and those that show how mixes differ.

    `area` says whose the own mix is, `spread` what the others are, `period` when they were recorded.
    """

    period: Period
    area: str
    spread: str
    own: Mapping[str, Mix]
    everywhere: Mapping[str, Mix]
    others: Sequence[Mapping[str, Mix]]

    @property
    def codes(self) -> frozenset[str]:
        """Every code recorded."""
        return frozenset(code for mix in self.everywhere.values() for code in mix)


def weights_in(con: Any, table: Any) -> tuple[Offence, ...]:
    """Return the offences of a release of weights that have a Home Office code."""
    rows = con.to_pyarrow(table.filter(table.ho_code.notnull())).to_pylist()
    return tuple(
        Offence(row["ho_code"], Fraction(row["days"]), is_notifiable=row["notifiable"], is_attempt=row["attempt"])
        for row in rows
    )


def offences_in(
    con: Any, table: Any, months: Iterable[str], *, partnerships: Sequence[str] | None = None
) -> tuple[OffenceRow, ...]:
    """Return the offences of one release that belong to a category, for the quarters that begin in these months.

    Of partnerships only those of these names are returned, where names are given: the table of all has millions.
    """
    starts = sorted({Month.parse(month).index for month in months})
    kept = table.filter(table.month_index.isin(starts))
    if partnerships is not None:
        areas = con.to_pyarrow(kept.select("area").distinct()).column("area").to_pylist()
        kept = kept.filter((kept.level != PARTNERSHIP) | kept.area.isin(_those_named(areas, partnerships)))
    keys = ("level", "area", "force", "month_index", "ho_code", "group", "subgroup")
    found = kept.group_by(keys).aggregate(n=kept["count"].sum())
    rows = ((row, category_of(row["group"] or "", row["subgroup"])) for row in con.to_pyarrow(found).to_pylist())
    return tuple(
        OffenceRow(
            level=row["level"],
            area=row["area"],
            force=row["force"],
            month=Month.from_index(row["month_index"]),
            code=row["ho_code"],
            category=category,
            count=int(row["n"]),
            subgroup=row["subgroup"],
        )
        for row, category in rows
        if category is not None
    )


def mixes_for(
    rows: Sequence[OffenceRow], *, force: str, partnerships: Sequence[str], until: Month
) -> OffenceMixes | None:
    """Return the mixes of the newest four quarters that had ended by a month; None where there is none.

    The own mix is that of the partnership where the tables have it by name, else that of the force, else that of all
    forces. The others are the quarters of the partnership, or the forces.
    """
    ended = {row.month for row in rows if row.month + (QUARTER_MONTHS - 1) <= until}
    quarters = sorted(ended)[-QUARTERS_OF_A_YEAR:]
    if not quarters:
        return None
    year = [row for row in rows if row.month in quarters and row.force not in NO_PLACE]
    # One level alone counts everything once: that of forces where it is held for the year.
    by_force = [row for row in year if row.level == FORCE] or year
    own = rows_of(year, partnerships)
    forces = _grouped(by_force, lambda row: row.force)
    period, everywhere = quarter_year(quarters), _mix(by_force)
    if own:
        quarterly = _grouped(own, lambda row: str(row.month))
        return OffenceMixes(period, own[0].area, QUARTERS, _mix(own), everywhere, quarterly)
    mine = [row for row in by_force if row.force == force]
    area = next((row.area for row in mine if row.level == FORCE), "its force") if mine else f"all {len(forces)} forces"
    return OffenceMixes(period, area, FORCES, _mix(mine or by_force), everywhere, forces)


def rows_of(rows: Iterable[OffenceRow], partnerships: Sequence[str]) -> list[OffenceRow]:
    """Return the rows of a partnership, which the tables may have by any of these names."""
    own = [row for row in rows if row.level == PARTNERSHIP]
    areas = set(_those_named({row.area for row in own}, partnerships))
    return [row for row in own if row.area in areas]


def quarter_year(quarters: Iterable[Month]) -> Period:
    """Return the months of some quarters, each given by its first."""
    firsts = sorted(quarters)
    return Period(firsts[0], firsts[-1] + (QUARTER_MONTHS - 1))


def _those_named(areas: Iterable[str], names: Iterable[str]) -> list[str]:
    wanted = set(map(_named, names))
    return sorted(area for area in areas if _named(area) in wanted)


def _named(area: str) -> str:
    return "".join(letter for letter in area.lower().replace("&", "and") if letter.isalnum())


def _mix(rows: Iterable[OffenceRow]) -> Mixes:
    found: Mixes = {}
    for row in rows:
        codes = found.setdefault(row.category, {})
        codes[row.code] = codes.get(row.code, 0) + row.count
    return found


def _grouped(rows: Sequence[OffenceRow], key: Any) -> list[Mixes]:
    groups: dict[str, list[OffenceRow]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return [_mix(groups[name]) for name in sorted(groups)]
