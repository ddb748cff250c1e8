"""The evidence of an analysis, and the questions that all its figures share: the area, the problems, the year."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from wardmote.analytics.measures import MEASURES
from wardmote.analytics.measures.evidence import Evidence
from wardmote.analytics.measures.figures import Figures, FiguresRefused, Query
from wardmote.analytics.measures.scope import incidents_within
from wardmote.foundations.periods import Month, Period, rolling_12

from .scope import AnalysisRefused, AnalysisScope

WINDOW_MONTHS: Final = 36
# Five years before the year that is examined: what is usual is read from them.
HISTORY_MONTHS: Final = 72


@dataclass(frozen=True)
class Frame:
    """The evidence and the questions that every figure of one analysis shares."""

    evidence: Evidence
    where: Mapping[str, tuple[str, ...]]
    slugs: tuple[str, ...]
    period: Period
    window: Period
    history: Period

    def ask(self, measure: str, *by: str, period: Period | None = None) -> Figures:
        """Ask one measure about the partnership's area and the problems that can be measured."""
        where = {**self.where, "problem": self.slugs}
        return MEASURES[measure](self.evidence, Query(by=by, where=where, period=period or self.period))

    def shares(self) -> Figures:
        """Ask what part of everything recorded each problem is: the total is not cut to the problems assessed."""
        return MEASURES["shares"](self.evidence, Query(by=("problem",), where=self.where, period=self.period))

    def counts_by_category(self, *by: str) -> Figures:
        """Count the year by published category, and by a level of area where one is given, whatever is assessed."""
        return MEASURES["counts"](self.evidence, Query(by=("category", *by), where=self.where, period=self.period))

    def rates(self, *by: str) -> Figures:
        """Ask for rates, or for counts alone where no population is held."""
        try:
            return self.ask("rates", *by)
        except FiguresRefused:
            return self.ask("counts", *by)


def frame_of(evidence: Evidence, scope: AnalysisScope) -> Frame:
    """Return the questions that every figure of an analysis shares: the districts' data set and its last 12 months."""
    dataset, months = _dataset(evidence, scope.where)
    last = max(months)
    period = rolling_12(last)
    first = max(min(months), last - (WINDOW_MONTHS - 1))
    return Frame(
        evidence=evidence,
        where={**scope.where, "dataset": (dataset,)},
        slugs=tuple(slug for slug in scope.problems if scope.known[slug].police_uk),
        period=period,
        window=Period(first, last),
        history=Period(max(min(months), last - (HISTORY_MONTHS - 1)), last),
    )


def _dataset(evidence: Evidence, districts: Mapping[str, tuple[str, ...]]) -> tuple[str, tuple[Month, ...]]:
    """Return the force data set with most incidents in the districts, and the months it holds."""
    months: dict[str, set[Month]] = {}
    for release in evidence.held:
        if release.kind == "police-uk":
            months.setdefault(release.dataset, set()).update(Month.parse(month) for month in release.placed_months)
    there = incidents_within(evidence, districts)
    totals = {name: there.get(name, 0) for name in sorted(months)}
    best = max(totals, key=lambda name: totals[name])
    if not totals[best]:
        names = ", ".join(sorted(totals))
        raise AnalysisRefused(f"None of the crime data held ({names}) lie in the partnership's districts.")
    return best, tuple(sorted(months[best]))
