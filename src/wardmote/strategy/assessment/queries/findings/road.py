"""Road safety: casualties of the partnership's districts as plain values, and what is missing where none are held."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from wardmote.analytics.measures.areas import areas_within, known_districts
from wardmote.analytics.measures.casualties import (
    YEAR,
    YEARS,
    CasualtyCount,
    Keep,
    adjusted_severe,
    by_month,
    casualty_chance,
    casualty_change,
    everyone,
    killed,
    provisional_within,
    recorded_by_injury,
    recording_break,
    severe,
    severe_child,
    three_year_mean,
    total_over,
)
from wardmote.analytics.measures.casualty_counts import (
    CollisionSize,
    RoadArea,
    casualty_counts,
    collision_sizes,
    placed,
)
from wardmote.analytics.measures.change import BROKEN, Change
from wardmote.analytics.measures.evidence import Evidence
from wardmote.analytics.measures.several import clear_among
from wardmote.analytics.measures.words import SMALL_BASE, Verdict, change_sentence, percent_change
from wardmote.analytics.warehouse.manifest import HeldRelease
from wardmote.definitions import road_casualty_terms
from wardmote.foundations.periods import Month, Period, before, rolling_12
from wardmote.foundations.rounding import half_up
from wardmote.strategy.assessment.queries.frame import Frame
from wardmote.strategy.assessment.queries.scope import AnalysisScope
from wardmote.strategy.evidence.models import Release
from wardmote.strategy.evidence.queries import warehouse
from wardmote.strategy.evidence.rules import FigureStatus

from .road_hotspots import road_hotspots
from .road_places import districts_of, wards_of

KIND: Final = "road-casualties"
NOT_HELD: Final = (
    "no road casualties are held (add the collision and casualty files of the Department for Transport's Road Safety "
    "Open Data under Evidence)"
)
PLACES: Final = 6
_SEVERE: Final = ("fatal", "serious")


@dataclass(frozen=True)
class Casualties:
    """The casualties of the districts in the data set that has most of them, and the months it holds."""

    dataset: str
    releases: tuple[HeldRelease, ...]
    counts: tuple[CasualtyCount, ...]
    sizes: tuple[CollisionSize, ...]
    months: tuple[Month, ...]
    provisional: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """One line of the table: which casualties it counts."""

    slug: str
    title: str
    keep: Keep
    severities: tuple[str, ...]
    road_user: str = ""
    children: bool = False


def road_of(frame: Frame, scope: AnalysisScope) -> dict[str, Any]:
    """Return road safety for the districts, `missing` saying why there is nothing; empty for a single ward."""
    if scope.ward:
        return {}
    found = _casualties(frame, scope)
    if found is None:
        return {"missing": NOT_HELD}
    held = [month for month in found.months if month <= frame.period.last]
    last = max(held, default=None)
    if last is None or any(month not in held for month in rolling_12(last)):
        return {"missing": "fewer than twelve months of road casualties are held up to the end of the year examined"}
    return _content(frame, scope, found, last)


def _casualties(frame: Frame, scope: AnalysisScope) -> Casualties | None:
    """Read the data set with most casualties in the districts; None where no data set has any."""
    by_dataset: dict[str, list[HeldRelease]] = {}
    for release in scope.held:
        if release.kind == KIND:
            by_dataset.setdefault(release.dataset, []).append(release)
    area = road_area(frame.evidence, scope.districts)
    read = [_read(frame, dataset, tuple(ones), area) for dataset, ones in sorted(by_dataset.items())]
    best = max(read, key=lambda one: sum(count.count for count in one.counts), default=None)
    return best if best and best.counts else None


def road_area(evidence: Evidence, districts: Sequence[tuple[str, str]]) -> RoadArea:
    """Return how a casualty is told to lie in some districts, given as code and name."""
    codes = tuple(code for code, _ in districts)
    lsoas = areas_within(evidence, "lsoa", codes)
    return RoadArea(
        codes=codes,
        names=tuple(name for _, name in districts),
        known=tuple(sorted(known_districts(evidence))),
        lsoas=tuple(code for code, _ in lsoas),
    )


def _read(frame: Frame, dataset: str, releases: tuple[HeldRelease, ...], area: RoadArea) -> Casualties:
    con, store = frame.evidence.con, warehouse()
    table = placed([(store.table(con, one.release), one.months) for one in releases], area)
    months = {Month.parse(month) for one in releases for month in one.months}
    return Casualties(
        dataset,
        releases,
        casualty_counts(con, table),
        collision_sizes(con, table),
        tuple(sorted(months)),
        _provisional(releases),
    )


def _provisional(releases: Sequence[HeldRelease]) -> tuple[str, ...]:
    """Return the months that are not yet validated: as the files say, unless a person marked the release as final."""
    rows = {row.digest: row for row in Release.objects.filter(digest__in=[one.release for one in releases])}
    return tuple(
        sorted(
            month
            for one in releases
            if rows[one.release].status != FigureStatus.VALIDATED
            for month in rows[one.release].manifest["quality"]["provisional_months"]
            if month in one.months
        )
    )


def _content(frame: Frame, scope: AnalysisScope, found: Casualties, last: Month) -> dict[str, Any]:
    period = rolling_12(last)
    three_years = Period(last - (YEARS * YEAR - 1), last)
    shares = [recorded_by_injury(found.counts, one) for one in (before(period), period)]
    broken = recording_break(*shares)
    whole = all(month in found.months for month in three_years)
    return {
        "missing": "",
        "definition_version": road_casualty_terms().version,
        "dataset": found.dataset,
        "releases": [[one.dataset, one.release] for one in found.releases],
        "period": _period(period),
        "before": _period(before(period)),
        "three_years": _period(three_years) if whole else {},
        "provisional": list(found.provisional),
        "provisional_in_period": provisional_within(period, found.provisional),
        "provisional_before": provisional_within(before(period), found.provisional),
        "recording": {"shares": [None if one is None else _text(100 * one) for one in shares], "broken": broken},
        "rows": _rows(found, period, broken),
        "years": _years(found, last),
        "months": {str(month): number for month, number in by_month(found.counts, _shown(found, last), severe).items()},
        "districts": districts_of(frame, scope, found.sizes, period, three_years if whole else None),
        "wards": wards_of(frame, scope, found.sizes, three_years) if whole else [],
        "hotspots": road_hotspots(frame, scope, found.sizes, three_years) if whole else {},
        "unknown_age": sum(one.count for one in found.counts if one.month in period and one.is_child is None),
        "unplaced": sum(one.count for one in found.counts if one.month in three_years and one.lsoa is None),
    }


def lines() -> tuple[Line, ...]:
    """Return what the table of road safety counts: the killed, the severely injured, children, each road user."""
    users = road_casualty_terms().road_users
    return (
        Line("ksi", "Killed or seriously injured", severe, _SEVERE),
        Line("killed", "Killed", killed, ("fatal",)),
        Line("children", "Children (KSI)", severe_child, _SEVERE, children=True),
        *(Line(f"ksi-{slug}", f"{title} (KSI)", _severe_by(slug), _SEVERE, slug) for slug, title in users.items()),
        Line("all", "All casualties", everyone, tuple(road_casualty_terms().severities)),
    )


def _severe_by(road_user: str) -> Callable[[CasualtyCount], bool]:
    return lambda one: one.is_severe and one.road_user == road_user


def _shown(found: Casualties, last: Month) -> list[Month]:
    return [month for month in found.months if last - (YEARS * YEAR - 1) <= month <= last]


def _rows(found: Casualties, period: Period, broken: str) -> list[dict[str, Any]]:
    """Return the lines of the table, each with its verdict among all: of many changes some look clear by chance."""
    rows = [_row(line, found, period, broken) for line in lines()]
    series = {line.slug: by_month(found.counts, found.months, line.keep) for line in lines()}
    known = {row["slug"] for row in rows if row["difference"] is not None}
    chances = {slug: casualty_chance(one, period.last) for slug, one in series.items() if slug in known}
    clear = clear_among({slug: one for slug, one in chances.items() if one is not None})
    for row in rows:
        stays = row["slug"] in clear or chances.get(row["slug"]) is None
        row["among"] = row["verdict"] if stays else str(Verdict.NONE)
    return rows


def _row(line: Line, found: Casualties, period: Period, broken: str) -> dict[str, Any]:
    series = by_month(found.counts, found.months, line.keep)
    # How severe an injury is recorded says nothing about who was killed, nor about how many were hurt at all.
    crossed = broken if line.slug not in ("killed", "all") else ""
    change = casualty_change(series, period.last, broken=crossed)
    mean = three_year_mean(series, period.last)
    earlier = three_year_mean(series, period.first - 1)
    return {
        "slug": line.slug,
        "title": line.title,
        "severities": list(line.severities),
        "road_user": line.road_user,
        "children": line.children,
        "count": total_over(series, period),
        "before": total_over(series, before(period)),
        "mean": None if mean is None else _text(mean),
        "mean_before": None if earlier is None else _text(earlier),
        **_change(line.title, change, period),
    }


def _change(title: str, change: Change, period: Period) -> dict[str, Any]:
    previous, current = change.previous, change.current
    if previous is None or current is None or change.reason.startswith(BROKEN):
        # What was recorded before is not what is recorded now: their difference would be no change.
        words = f"{title}: no comparison, {change.reason}"
        return {"difference": None, "percent": None, "low": None, "high": None, "verdict": str(Verdict.UNKNOWN)} | {
            "reason": change.reason,
            "words": words,
        }
    percent = percent_change(previous, current) if previous >= SMALL_BASE else None
    low, high = (None, None) if change.ratio is None else (change.ratio.low, change.ratio.high)
    return {
        "difference": current - previous,
        "percent": None if percent is None else _text(percent),
        "low": None if low is None else _text((Fraction(low) - 1) * 100),
        "high": None if high is None else _text((Fraction(high) - 1) * 100),
        "verdict": str(change.verdict),
        "reason": change.reason,
        "words": change_sentence(title, (previous, current), (before(period), period), change.verdict),
    }


def _years(found: Casualties, last: Month) -> list[dict[str, Any]]:
    """Return each calendar year held, whole or in part, up to the last month; the newest seven."""
    years = sorted({month.year for month in found.months if month <= last})[-7:]
    return [_year(found, [month for month in found.months if month.year == year and month <= last]) for year in years]


def _year(found: Casualties, months: Sequence[Month]) -> dict[str, Any]:
    period = Period(months[0], months[-1])
    within = [one for one in found.counts if one.month in period]
    adjusted, share = adjusted_severe(within, period), recorded_by_injury(within, period)
    return {
        "year": months[0].year,
        "months": len(months),
        **{slug: _sum(within, _of_severity(slug)) for slug in road_casualty_terms().severities},
        "ksi": _sum(within, severe),
        "all": _sum(within, everyone),
        "adjusted": None if adjusted is None else _text(adjusted),
        "by_injury": None if share is None else _text(100 * share),
        "provisional": provisional_within(period, found.provisional),
    }


def _of_severity(slug: str) -> Keep:
    return lambda one: one.severity == slug


def _sum(counts: Iterable[CasualtyCount], keep: Keep) -> int:
    return sum(one.count for one in counts if keep(one))


def _period(period: Period) -> dict[str, str]:
    return {"first": str(period.first), "last": str(period.last), "words": period.words()}


def _text(value: Fraction) -> str:
    return str(half_up(value, PLACES))


def road_releases(road: Mapping[str, Any], held: Iterable[HeldRelease]) -> tuple[HeldRelease, ...]:
    """Return the releases that road safety was read from."""
    read = {release for _, release in road.get("releases", ())}
    return tuple(one for one in held if one.release in read)
