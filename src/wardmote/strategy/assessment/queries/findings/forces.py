"""The partnership's police force among all police force areas, as plain values and in words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from wardmote.analytics.measures.comparison import Place
from wardmote.analytics.measures.peers import PeerRow, Standing, place_among, rows_in, standing
from wardmote.analytics.warehouse.manifest import HeldRelease
from wardmote.definitions import force_tables
from wardmote.foundations.periods import Month, rolling_12
from wardmote.foundations.rounding import half_up, ordinal, signed, with_thousands
from wardmote.strategy.assessment.queries.frame import Frame
from wardmote.strategy.assessment.queries.scope import AnalysisScope
from wardmote.strategy.evidence.queries import warehouse

from .comparison import PLACE_WORDS

Content = Mapping[str, Any]
KIND: Final = "force-tables"
STREET: Final = "police-uk-street-"
FORCE, TOTAL = "force", "total"
NOT_HELD: Final = (
    "no tables by police force area are held (add the police force area data tables of the Office for National "
    "Statistics under Evidence)"
)
PLACES: Final = 6
_TENTH: Final = Fraction(1, 10)
_PLACES_BELOW_ONE: Final = 2
_PLACES_BELOW_TENTH: Final = 3
ROW_COLUMNS: Final = (
    "area_code",
    "area",
    "level",
    "offence_group",
    "offences",
    "rate_per_1000",
    "residents",
    "missing",
)


def forces_of(frame: Frame, scope: AnalysisScope) -> dict[str, Any]:
    """Return where the force stands by each offence group in the newest year held that had ended, or what is missing.

    Empty for a single ward.
    """
    if scope.ward:
        return {}
    held = _newest(scope.held, frame.period.last)
    if held is None:
        return {"missing": NOT_HELD}
    con, last = frame.evidence.con, last_month(held)
    rows = rows_in(con, warehouse().table(con, held.release), last)
    slug = frame.where["dataset"][0].removeprefix(STREET)
    own = next((row for row in rows if row.level == FORCE and row.force == slug), None)
    if own is None:
        return {"missing": f"the tables by police force area that are held do not have the force {slug}"}
    found = [one for group in _grouped(rows) if (one := _of_group(group, own.code))]
    if not found:
        return {"missing": f"no rate of {own.area} is published: {own.missing}"}
    return _about(held, last, own, rows) | {"groups": found}


def add_force(problems: Sequence[dict[str, Any]], forces: Content) -> None:
    """Put beside each problem that a group of the tables counts alike where the force stands by it."""
    named = {one.slug: one.problem for one in force_tables().groups if one.problem}
    found = {named[row["group"]]: row for row in forces.get("groups", ()) if row["group"] in named}
    for problem in problems:
        if problem["slug"] in found:
            about = {name: forces[name] for name in ("force", "period", "dataset", "release")}
            problem["force"] = found[problem["slug"]] | about


def force_releases(forces: Content, held: Iterable[HeldRelease]) -> tuple[HeldRelease, ...]:
    """Return the release that the comparison was read from."""
    return tuple(one for one in held if one.release == forces.get("release"))


def last_month(held: HeldRelease) -> Month:
    """Return the last month of the year that a release is about, which its data set is called after."""
    return Month.parse(held.dataset.removeprefix(f"{KIND}-"))


def _newest(held: Iterable[HeldRelease], until: Month) -> HeldRelease | None:
    ended = [one for one in held if one.kind == KIND and last_month(one) <= until]
    return max(ended, key=last_month, default=None)


def _grouped(rows: Sequence[PeerRow]) -> Iterator[list[PeerRow]]:
    """Yield the rows of each offence group, in the order of the tables."""
    for group in force_tables().groups:
        yield [row for row in rows if row.group == group.slug]


def _of_group(rows: Sequence[PeerRow], own: str) -> dict[str, Any]:
    forces = {row.code: row for row in rows if row.level == FORCE}
    found = standing(own, {code: row.rate for code, row in forces.items()})
    if found is None:
        return {}
    nation = next((row.rate for row in rows if row.level == TOTAL), None)
    group = next(one for one in force_tables().groups if one.slug == rows[0].group)
    return {
        "group": group.slug,
        "title": group.title,
        "within": group.within,
        "count": forces[own].count,
        **_numbers(found),
        "national": None if nation is None else _text(nation),
        "place": str(place_among(own, forces) or ""),
    }


def _numbers(found: Standing) -> dict[str, Any]:
    rates = {"rate": found.rate, "mean": found.mean, "lowest": found.lowest, "highest": found.highest}
    whole = {"rank": found.rank, "tied": found.tied, "number": found.number}
    return {**{name: _text(rate) for name, rate in rates.items()}, **whole}


def _about(held: HeldRelease, last: Month, own: PeerRow, rows: Sequence[PeerRow]) -> dict[str, Any]:
    without = {row.area: row.missing for row in rows if row.level == FORCE and row.rate is None and row.missing}
    period = rolling_12(last)
    return {
        "missing": "",
        "dataset": held.dataset,
        "release": held.release,
        "definition_version": force_tables().version,
        "period": {"first": str(period.first), "last": str(period.last), "words": period.words()},
        "force": own.area,
        "without": dict(sorted(without.items())),
        "notes": own.notes.splitlines(),
    }


def _text(value: Fraction) -> str:
    return str(half_up(value, PLACES))


def force_words(problem: Content) -> str:
    """Say where the force stands by a problem; empty where no group of the tables counts it."""
    found = problem.get("force") or {}
    if not found:
        return ""
    together = f"together with {found['tied'] - 1} more, " if found["tied"] > 1 else ""
    order = "" if found["rank"] == 1 else f"{ordinal(found['rank'])} "
    place = f": {PLACE_WORDS[Place(found['place'])]}" if found["place"] else ""
    nation = f" and {printed(found, 'national')} in England and Wales" if found["national"] else ""
    return (
        f"As a whole, the police force area of {found['force']} had the {order}highest rate of {found['number']} force "
        f"areas in the {found['period']['words']}, {together}{printed(found, 'rate')} per 1,000 residents against a "
        f"mean of {printed(found, 'mean')}{nation}{place}."
    )


def printed(found: Content, name: str) -> str:
    """Write one of the rates of a group, all with as many places as the lowest needs to be told from nought."""
    return with_thousands(Fraction(found[name]), _places(found))


def _places(found: Content) -> int:
    lowest = min(Fraction(found[name]) for name in ("rate", "mean", "national") if found[name] is not None)
    if lowest >= 1:
        return 1
    return _PLACES_BELOW_ONE if lowest >= _TENTH else _PLACES_BELOW_TENTH


def gap(found: Content) -> str:
    """Say by how much the force's rate is above or below that of England and Wales; empty where that is not known."""
    if found["national"] is None:
        return ""
    apart = Fraction(found["rate"]) - Fraction(found["national"])
    return signed(apart, _places(found))


def rows_behind_force(figure: Content) -> Iterator[tuple[str, ...]]:
    """Return every area of the table behind a figure of this finding, its headings first."""
    yield ROW_COLUMNS
    con = warehouse().connect()
    try:
        for dataset, release in figure["releases"]:
            last = Month.parse(dataset.removeprefix(f"{KIND}-"))
            for row in rows_in(con, warehouse().table(con, release), last):
                if row.group == figure["group_of_offences"]:
                    yield _row_texts(row)
    finally:
        con.disconnect()


def _row_texts(row: PeerRow) -> tuple[str, ...]:
    numbers = (row.count, None if row.rate is None else half_up(row.rate, PLACES), row.population)
    return (
        row.code,
        row.area,
        row.level,
        row.group,
        *("" if one is None else str(one) for one in numbers),
        row.missing,
    )
