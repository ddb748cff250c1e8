"""The severity of the crime recorded in the partnership's area, year by year, as plain values and in words."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from wardmote.analytics.measures.dimensions import Bucket
from wardmote.analytics.measures.figures import Query
from wardmote.analytics.measures.harm import Weight, code_weights
from wardmote.analytics.measures.offence_mix import FORCE, NO_PLACE, OffenceRow, rows_of
from wardmote.analytics.measures.residents import residents, year_for, years_held
from wardmote.analytics.measures.scope import scope_of
from wardmote.analytics.measures.severity import Severity, mix_within, severity_of, severity_weights_in, whole_years
from wardmote.analytics.warehouse.manifest import HeldRelease
from wardmote.foundations.periods import Period
from wardmote.foundations.rounding import half_up, with_thousands
from wardmote.strategy.assessment.queries.frame import Frame
from wardmote.strategy.assessment.queries.scope import AnalysisScope
from wardmote.strategy.evidence.queries import warehouse

from .harm import STREET, names_of

Content = Mapping[str, Any]
NO_WEIGHTS: Final = (
    "no weights of the Crime Severity Score are held (add the table of weights of the Office for National Statistics "
    "under Evidence)"
)
NO_TABLE: Final = (
    "no Home Office table of offences by Community Safety Partnership has four quarters of this partnership up to the "
    "end of the year (add one under Evidence)"
)
TOO_FEW_WEIGHED: Final = (
    "under nine tenths of the offences recorded here have a weight: the weights may be of another edition"
)
MOST_YEARS: Final = 5
PLACES: Final = 6


def severity_of_area(frame: Frame, scope: AnalysisScope, rows: Sequence[OffenceRow]) -> dict[str, Any]:
    """Return the severity of up to five years, and how the newest is made up; or what is missing for it.

    Empty for a single ward, which no table has.
    """
    if scope.ward:
        return {}
    own = rows_of(rows, names_of(scope))
    years = whole_years(own, frame.period.last, most=MOST_YEARS)
    missing = [words for words, lacks in ((NO_WEIGHTS, not scope.harm.severity), (NO_TABLE, not years)) if lacks]
    if missing or scope.harm.severity is None:
        return {"missing": "; and ".join(missing)}
    con = frame.evidence.con
    given = severity_weights_in(con, warehouse().table(con, scope.harm.severity.release))
    weights = code_weights(given, {row.code for row in rows})
    found = [(year, severity) for year in years if (severity := severity_of(mix_within(own, year), weights))]
    if not found or found[0][0] != years[0]:
        return {"missing": TOO_FEW_WEIGHED}
    return {
        "missing": "",
        "weights": scope.harm.severity_title,
        "release": scope.harm.severity.release,
        "area": own[0].area,
        "years": [
            _year(year, severity, people)
            for (year, severity), people in zip(found, _residents(frame, [year for year, _ in found]), strict=True)
        ],
        "kinds": _kinds(own, weights, *found[0]),
        "beside": _beside(rows, weights, years[0], frame),
    }


def severity_releases(severity: Content, scope: AnalysisScope) -> tuple[HeldRelease, ...]:
    """Return the weights that the severity was worked out from."""
    held = scope.harm.severity
    return (held,) if held is not None and severity.get("release") == held.release else ()


def _year(year: Period, severity: Severity, people: tuple[int | None, int | None]) -> dict[str, Any]:
    residents, of = people
    return {
        "period": {"first": str(year.first), "last": str(year.last), "words": year.words()},
        "offences": severity.offences + severity.unweighed,
        "unweighed": severity.unweighed,
        "residents": residents,
        "residents_of": of,
        "score": None if not residents else _text(severity.score(residents)),
        "per_offence": _text(severity.per_offence),
    }


def _residents(frame: Frame, years: Sequence[Period]) -> list[tuple[int | None, int | None]]:
    """Return the residents of the area for each year, and of which mid-year; nothing where no population is held."""
    query = Query(where=frame.where, period=frame.period)
    held = years_held(frame.evidence, query)
    if not held or frame.evidence.areas is None:
        return [(None, None)] * len(years)
    of = [year_for(Bucket((), year.months, year.months), held) for year in years]
    scope = scope_of(frame.evidence, query)
    found = {year: residents(frame.evidence, scope, year, held[year])[()].population for year in set(of)}
    return [(found[year], year) if found[year] else (None, None) for year in of]


def _kinds(
    own: Iterable[OffenceRow], weights: Mapping[str, Weight], year: Period, whole: Severity
) -> list[dict[str, Any]]:
    """Return each category's part of the offences weighed and of their severity, the heaviest first."""
    by_category: dict[str, list[OffenceRow]] = {}
    for row in own:
        by_category.setdefault(row.category, []).append(row)
    found = {name: severity_of(mix_within(some, year), weights) for name, some in by_category.items()}
    known = {name: one for name, one in found.items() if one is not None}
    return [
        {
            "category": name,
            "offences": one.offences,
            "share": _text(100 * one.weight / whole.weight) if whole.weight else "0",
            "offence_share": _text(Fraction(100 * one.offences, whole.offences)),
            "per_offence": _text(one.per_offence),
        }
        for name, one in sorted(known.items(), key=lambda pair: (-pair[1].weight, pair[0]))
    ]


def _beside(
    rows: Sequence[OffenceRow], weights: Mapping[str, Weight], year: Period, frame: Frame
) -> list[dict[str, str]]:
    """Return the mean weight of an offence in the partnership's force and in all forces, where they are held."""
    slug = frame.where["dataset"][0].removeprefix(STREET)
    forces = [row for row in rows if row.level == FORCE and row.force not in NO_PLACE]
    own = [row for row in forces if row.force == slug]
    named = ((f"The police force area of {own[0].area}" if own else "", own), ("All police force areas held", forces))
    found = [(name, severity_of(mix_within(some, year), weights)) for name, some in named if name]
    return [{"area": name, "per_offence": _text(one.per_offence)} for name, one in found if one is not None]


def _text(value: Fraction) -> str:
    return str(half_up(value, PLACES))


def severity_words(found: Content) -> str:
    """Say the newest score beside the year before; empty where there is none."""
    years = found.get("years") or ()
    if not years or years[0]["score"] is None:
        return ""
    now = years[0]
    said = (
        f"The crime recorded in {found['area']} in the {now['period']['words']} had a Crime Severity Score of "
        f"{tenths(now['score'])}"
    )
    before = years[1] if len(years) > 1 and years[1]["score"] is not None else None
    if before is None:
        return f"{said}."
    return (
        f"{said}, after {tenths(before['score'])} in the year before. The number of offences went "
        f"{_moved(now['offences'], before['offences'])}, the weight of an average offence "
        f"{_moved(now['per_offence'], before['per_offence'])}."
    )


def tenths(value: str) -> str:
    """Write a score or a weight to one decimal."""
    return with_thousands(Fraction(value), 1)


def _moved(now: Any, before: Any) -> str:
    ratio = 100 * (Fraction(now) / Fraction(before) - 1)
    by = half_up(abs(ratio), 1)
    if not by:
        return "neither up nor down"
    return f"{'up' if ratio > 0 else 'down'} {by}%"
