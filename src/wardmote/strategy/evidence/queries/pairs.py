"""Two sources of one problem side by side: what each says for the same periods, and the gap between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.analytics.measures import MEASURES
from wardmote.analytics.measures.evidence import Evidence
from wardmote.analytics.measures.figures import FiguresRefused, Query
from wardmote.analytics.measures.partner import PartnerFigure, partner_figures
from wardmote.analytics.sources.mapping import ColumnMapping
from wardmote.definitions import Difference, source_differences
from wardmote.foundations.periods import Month, Period
from wardmote.partnership.members.models import Partnership
from wardmote.partnership.members.queries import partnership_of
from wardmote.strategy.evidence.models import Release, SourcePair
from wardmote.strategy.evidence.rules import ReleaseState
from wardmote.strategy.evidence.rules.pairs import Gap, gap_between

from . import accepted_by, gather_evidence, held_releases, sees_sample, warehouse
from .own_problems import every_problem

FIGURES = "figures"


@dataclass(frozen=True)
class Beside:
    """One period of two sources: counts, None where one has none, and why the partner's is missing."""

    words: str
    open_count: int | None
    partner_count: int | None
    missing: str
    gap: Gap | None


@dataclass(frozen=True)
class SideBySide:
    """Two sources of a problem: their periods, newest first, what both hold added up, and the partner's releases."""

    rows: tuple[Beside, ...]
    open_total: int
    partner_total: int
    gap: Gap | None
    supplier: str
    releases: tuple[str, ...]


@dataclass(frozen=True)
class PartnerMeasure:
    """A measure that a partner's data set holds, with the areas it is given for."""

    dataset: str
    title: str
    supplier: str
    measure: str
    areas: tuple[str, ...]


def pairs_of(reader: Reader) -> QuerySet[SourcePair]:
    """Return the pairs of sources of the reader's partnership."""
    reader.require(Permission.SEE_EVIDENCE)
    return SourcePair.objects.filter(partnership=partnership_of(reader))


def reasons_of(pair: SourcePair) -> tuple[Difference, ...]:
    """Return the reasons that were chosen for the gap."""
    return tuple(one for one in source_differences() if one.code in pair.reasons)


def partner_releases(partnership: Partnership, dataset: str, *, until: date | None = None) -> tuple[Release, ...]:
    """Return the accepted releases of a partner's data set in the order of their arrival."""
    found = Release.objects.filter(
        kind=FIGURES, partnership=partnership, dataset=dataset, state=ReleaseState.ACCEPTED
    ).order_by("arrival")
    return tuple(accepted_by(found, until))


def partner_measures(reader: Reader) -> tuple[PartnerMeasure, ...]:
    """Return every measure that the partners' accepted figures hold."""
    reader.require(Permission.SEE_EVIDENCE)
    held = Release.objects.filter(kind=FIGURES, partnership=partnership_of(reader), state=ReleaseState.ACCEPTED)
    areas: dict[tuple[str, str], set[str]] = {}
    named: dict[str, Release] = {}
    con = warehouse().connect()
    try:
        for release in held.order_by("arrival"):
            named[release.dataset] = release
            table = warehouse().table(con, release.digest).select("measure", "area").distinct()
            for row in con.to_pyarrow(table).to_pylist():
                areas.setdefault((release.dataset, row["measure"]), set()).add(row["area"])
    finally:
        con.disconnect()
    return tuple(
        PartnerMeasure(dataset, named[dataset].title, supplier_of(named[dataset]), measure, tuple(sorted(found)))
        for (dataset, measure), found in sorted(areas.items())
    )


def supplier_of(release: Release) -> str:
    """Return who gave a release of figures, as its mapping says; the sample's bears another publisher's name."""
    return ColumnMapping.from_json(release.manifest["mapping"]["mapping"]).supplier


def series_of(pair: SourcePair, releases: Sequence[Release], con: object) -> tuple[PartnerFigure, ...]:
    """Return the partner's figures of a pair from these releases."""
    tables = [warehouse().table(con, release.digest) for release in releases]
    return partner_figures(con, tables, measure=pair.measure, areas=pair.areas)


def side_by_side(reader: Reader, pair: SourcePair) -> SideBySide:
    """Lay the two sources of a pair beside each other, period by period of the partner's figures."""
    reader.require(Permission.SEE_EVIDENCE)
    releases = partner_releases(pair.partnership, pair.dataset)
    held = held_releases(is_sample=sees_sample(reader))
    evidence = gather_evidence(is_sample=sees_sample(reader), held=held, known=every_problem(pair.partnership).values())
    try:
        figures = series_of(pair, releases, evidence.con)
        counts = _monthly(evidence, pair, figures)
    finally:
        evidence.con.disconnect()
    rows = tuple(_beside(figure, counts) for figure in figures)
    both = _without_overlap(figures, rows)
    totals = sum(row.open_count or 0 for row in both), sum(row.partner_count or 0 for row in both)
    return SideBySide(
        rows=rows[::-1],
        open_total=totals[0],
        partner_total=totals[1],
        gap=gap_between(*totals) if both else None,
        supplier=supplier_of(releases[-1]) if releases else "",
        releases=tuple(release.digest for release in releases),
    )


def _monthly(evidence: Evidence, pair: SourcePair, figures: Sequence[PartnerFigure]) -> dict[Month, int]:
    """Return the open counts of the partnership's districts by month, as far as the partner's figures reach."""
    if not figures or not any(one.police_uk for one in evidence.problems if one.slug == pair.problem):
        # Of what police.uk does not publish there is no count, which is not a count of none.
        return {}
    districts = tuple(district.code for district in pair.partnership.districts.all())
    period = Period(figures[0].period.first, max(one.period.last for one in figures))
    query = Query(by=("month",), where={"district": districts, "problem": (pair.problem,)}, period=period)
    try:
        records = MEASURES["counts"](evidence, query).records()
    except FiguresRefused:
        return {}
    return {Month.parse(str(row["month"])): int(str(row["count"])) for row in records if row["count"] is not None}


def _beside(figure: PartnerFigure, counts: dict[Month, int]) -> Beside:
    whole = all(month in counts for month in figure.period)
    open_count = sum(counts[month] for month in figure.period) if whole else None
    partner = None if figure.value is None else int(figure.value)
    words = f"{figure.period.words()} ({figure.words})" if figure.period.length > 1 else figure.period.words()
    return Beside(words, open_count, partner, figure.missing, gap_between(open_count, partner))


def _without_overlap(figures: Sequence[PartnerFigure], rows: Sequence[Beside]) -> list[Beside]:
    """Return the rows that both sources hold, each month once: a year beside its own months would count twice."""
    taken: set[Month] = set()
    kept = []
    for figure, row in sorted(zip(figures, rows, strict=True), key=lambda pair: pair[0].period.length):
        if row.gap is not None and not taken & set(figure.period):
            taken |= set(figure.period)
            kept.append(row)
    return kept
