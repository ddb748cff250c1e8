"""Forecasts: what to expect in each of the next twelve months, by the method that would have erred least so far.

Sources: Tashman (2000), Out-of-sample tests of forecasting accuracy, for rolling origins; Lei et al. (2018),
Distribution-free predictive inference for regression, for intervals from ranked errors; Gneiting and Raftery (2007),
Strictly proper scoring rules, section 6.2, for the interval score.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING, Final

from wardmote.analytics.measures.smoothing import YEAR, Carried, Method, carry, season

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LEVELS: Final = (80, 95)
# Before the first forecast that is judged: two years, so that last year can be told from the year before.
FEWEST_TRAINING: Final = 24
FEWEST_MONTHS: Final = FEWEST_TRAINING + YEAR
# The 95% end of fewer errors than this is the largest of them or nearly.
FEWEST_ERRORS: Final = 60
EDGE: Final = 1e-9


@dataclass(frozen=True)
class Expected:
    """What is expected of a month or of a year: a mean, and whole counts between which it will lie, ends included."""

    point: Fraction
    low80: int
    high80: int
    low95: int
    high95: int

    def holds(self, count: int, level: int) -> bool:
        """Whether a count lies in the interval of 80 or of 95 per cent."""
        low, high = (self.low80, self.high80) if level == 80 else (self.low95, self.high95)
        return low <= count <= high


@dataclass(frozen=True)
class Outlook:
    """A series carried on: its next twelve months and their total."""

    months: tuple[Expected, ...]
    year: Expected


@dataclass(frozen=True)
class Score:
    """How a method did in the forecasts that were judged: both are errors, so less is better.

    `wmape` is the sum of absolute errors over the sum of the counts; `interval_score` the mean interval score of the
    80% and 95% intervals on the square-root scale.
    """

    method: Method
    wmape: float
    interval_score: float


@dataclass(frozen=True)
class Forecasts:
    """The outlook of each series, the method chosen, the scores of all methods, and what they rest on."""

    method: Method
    scores: tuple[Score, ...]
    outlooks: Mapping[str, Outlook]
    origins: int
    errors: int


@dataclass(frozen=True)
class _Rows:
    """Series cut at every origin (rows x months), with the twelve months that followed; the last cut is the present."""

    names: tuple[str, ...]
    counts: "Floats"
    lengths: "NDArray[np.int64]"
    factors: "Floats"
    after: "Floats"
    is_past: "NDArray[np.bool_]"


@dataclass(frozen=True)
class _Trial:
    """A method judged: its forecasts, how wide errors have to be taken for each level, and its score."""

    carried: Carried
    points: "Floats"
    month_width: Mapping[int, float]
    year_width: Mapping[int, float]
    score: Score


def forecast(series: Mapping[str, Sequence[int]], *, pooled: Mapping[str, str] | None = None) -> Forecasts | None:
    """Return the next twelve months of monthly series that end together, None from too little.

    `pooled` names the group whose season a series shares; each has its own where it is left out. Series of a group are
    of one length, those under 36 months are left out. Every method forecasts from every earlier month that has two
    years before it and a year after it. Seasonal naive is kept unless another has both the lower wMAPE and no worse an
    interval score; of those, the one of lowest wMAPE is taken. Nothing is drawn at random.
    """
    kept = {name: counts for name, counts in sorted(series.items()) if len(counts) >= FEWEST_MONTHS and any(counts)}
    if not kept:
        return None
    rows = _rows(kept, pooled or {})
    if rows.is_past.sum() * YEAR < FEWEST_ERRORS:
        return None
    trials = {method: _trial(method, rows) for method in Method}
    chosen = _choose({method: trial.score for method, trial in trials.items()})
    found = trials[chosen]
    present = [(name, at) for at, name in enumerate(rows.names) if not rows.is_past[at]]
    return Forecasts(
        method=chosen,
        scores=tuple(sorted((trial.score for trial in trials.values()), key=lambda one: (one.wmape, one.method))),
        outlooks={name: _outlook(found, at) for name, at in present},
        origins=max(len(counts) for counts in kept.values()) - FEWEST_MONTHS + 1,
        errors=int(rows.is_past.sum()) * YEAR,
    )


def _choose(scores: Mapping[Method, Score]) -> Method:
    naive = scores[Method.NAIVE]
    better = [one for one in scores.values() if one.wmape < naive.wmape and one.interval_score <= naive.interval_score]
    return min(better, key=lambda one: (one.wmape, one.method)).method if better else Method.NAIVE


def _rows(kept: Mapping[str, Sequence[int]], pooled: Mapping[str, str]) -> _Rows:
    """Cut every series at every origin, the newest first, and read the season of its group up to there."""
    import numpy as np

    cuts = [(name, back) for name, counts in kept.items() for back in _cuts(len(counts))]
    width = max(map(len, kept.values()))
    counts, after = np.zeros((len(cuts), width)), np.zeros((len(cuts), YEAR))
    seasons = _seasons(kept, pooled)
    for at, (name, back) in enumerate(cuts):
        held = len(kept[name]) - back
        counts[at, :held] = kept[name][:held]
        after[at] = kept[name][held : held + YEAR] if back else 0
    return _Rows(
        names=tuple(name for name, _ in cuts),
        counts=counts,
        lengths=np.array([len(kept[name]) - back for name, back in cuts]),
        factors=np.array([seasons[pooled.get(name, name), back] for name, back in cuts]),
        after=after,
        is_past=np.array([back > 0 for _, back in cuts]),
    )


def _cuts(length: int) -> list[int]:
    """Return how many months are cut off at the end: none for the forecast itself, then a year and more."""
    return [0, *range(YEAR, length - FEWEST_TRAINING + 1)]


def _seasons(kept: Mapping[str, Sequence[int]], pooled: Mapping[str, str]) -> dict[tuple[str, int], "Floats"]:
    import numpy as np

    members: dict[str, list[Sequence[int]]] = {}
    for name, counts in kept.items():
        members.setdefault(pooled.get(name, name), []).append(counts)
    # Their season is that of their sum, which is added up once.
    sums = {group: np.array(ones, dtype=float).sum(axis=0) for group, ones in members.items()}
    return {
        (group, back): season(total[None, : len(total) - back])
        for group, total in sums.items()
        for back in _cuts(len(total))
    }


def _trial(method: Method, rows: _Rows) -> _Trial:
    """Let a method forecast from every origin, and rank its errors, in units of the spread it states itself."""
    import numpy as np

    carried = carry(method, rows.counts, rows.lengths, rows.factors)
    past, points = rows.is_past, _points(carried)
    actual = rows.after[past]
    errors = np.abs(np.sqrt(actual) - carried.roots[past])
    totals = np.abs(np.sqrt(actual.sum(axis=1)) - np.sqrt(points[past].sum(axis=1)))
    spread = carried.spread[past]
    widths = {level: _ranked(errors / spread, level) for level in LEVELS}
    return _Trial(
        carried=carried,
        points=points,
        month_width=widths,
        year_width={level: _ranked(totals / carried.total_spread[past], level) for level in LEVELS},
        score=Score(
            method,
            wmape=float(np.abs(points[past] - actual).sum() / max(actual.sum(), 1)),
            interval_score=_interval_score(errors, spread, widths),
        ),
    )


def _points(carried: Carried) -> "Floats":
    """Return expected counts: the square of an expected root is too little by the variance of the root."""
    points: Floats = carried.roots**2 + carried.noise[:, None] ** 2
    return points


def _ranked(errors: "Floats", level: int) -> float:
    """Return the error that `level` per cent of errors do not pass, one more being still to come."""
    import numpy as np

    ordered = np.sort(errors, axis=None)
    rank = ceil((len(ordered) + 1) * level / 100)
    return float(ordered[min(rank, len(ordered)) - 1])


def _interval_score(errors: "Floats", spread: "Floats", widths: Mapping[int, float]) -> float:
    """Return the mean width of the intervals plus 2 / alpha for each unit by which an error lies outside."""
    import numpy as np

    scores = [
        2 * width * spread + 2 / (1 - level / 100) * np.maximum(errors - width * spread, 0)
        for level, width in widths.items()
    ]
    return float(np.mean(scores))


def _outlook(found: _Trial, row: int) -> Outlook:
    carried = found.carried
    points = [Fraction(one) for one in found.points[row].tolist()]
    months = [
        _expected(point, float(root), float(spread), found.month_width)
        for point, root, spread in zip(points, carried.roots[row], carried.spread[row], strict=True)
    ]
    total = sum(points, Fraction(0))
    year = _expected(total, float(total) ** 0.5, float(carried.total_spread[row]), found.year_width)
    return Outlook(tuple(months), year)


def _expected(point: Fraction, root: float, spread: float, widths: Mapping[int, float]) -> Expected:
    ends = [ends_around(root, widths[level] * spread) for level in LEVELS]
    return Expected(point, *ends[0], *ends[1])


def ends_around(root: float, width: float) -> tuple[int, int]:
    """Return the whole counts between the squares of the two ends, none below 0."""
    low, high = ceil(max(0.0, root - width) ** 2 - EDGE), floor((root + width) ** 2 + EDGE)
    return min(low, high), high
