"""Three simple ways to carry a monthly series on for a year, on the square-root scale, many series at once.

Sources: Gardner (1985), Exponential smoothing: the state of the art, for the smoothing and how far it errs further
ahead; Anscombe (1948) for the square root, on which a Poisson count varies by one half whatever its size; Makridakis,
Wheelwright and Hyndman (1998), Forecasting, chapter 3, for ratios to a centred average of twelve months.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

YEAR: Final = 12
# A season is read from ratios to a centred year, which lack six months at each end: 36 months leave each month two.
SEASON_FROM: Final = 36
# From fewer incidents a month than this, on average, ratios tell of chance and not of a season.
SEASON_LEAST: Final = 3
SMALLEST_FACTOR: Final = 0.05
# What a Poisson count varies by on the square-root scale: no series is taken to vary less.
LEAST_NOISE: Final = 0.5
# Of the noise of one ratio in k, this part is taken up by the factor: 1 for least squares on one series, less where the
# level shares it. One half gives intervals that cover what they say (docs/methods/forecasts.md).
TAKEN_UP: Final = 0.5
WEIGHTS: Final = tuple(step / 20 for step in range(1, 20))


class Method(StrEnum):
    """A way to carry a series on."""

    NAIVE = "same month of the year before"
    MEAN = "average of the last year, with its season"
    SMOOTHING = "exponential smoothing, with its season"


@dataclass(frozen=True)
class Carried:
    """Rows carried on by twelve months on the square-root scale (rows x 12), and how far they err.

    `spread` is a standard deviation for each month ahead, `noise` that of a single month around a known level (rows);
    `total_spread` is a standard deviation of the root of the year's total (rows).
    """

    roots: "Floats"
    spread: "Floats"
    noise: "Floats"
    total_spread: "Floats"


def season(counts: "Sequence[Sequence[int]] | Floats") -> "Floats":
    """Return twelve factors of mean 1, the first for the month after the last, pooled over series (series x months).

    Factor of a month = mean of (sum of the series / centred average of twelve months), over its years, all twelve
    scaled to a mean of 1. They are all 1 from fewer than 36 months or fewer than 3 incidents a month.
    """
    import numpy as np

    total = np.asarray(counts, dtype=float).sum(axis=0)
    if len(total) < SEASON_FROM or total.mean() < SEASON_LEAST:
        return np.ones(YEAR)
    kernel = np.array([0.5, *[1.0] * (YEAR - 1), 0.5]) / YEAR
    around = np.convolve(total, kernel, "valid")
    middle = total[YEAR // 2 : -YEAR // 2]
    ratios = np.divide(middle, around, out=np.ones_like(middle), where=around > 0)
    # Counted back from the end, so that the first factor belongs to the first month that is to come.
    phase = (np.arange(YEAR // 2, len(total) - YEAR // 2) - len(total)) % YEAR
    factors = np.bincount(phase, ratios, YEAR) / np.bincount(phase, minlength=YEAR)
    scaled: Floats = np.maximum(factors / factors.mean(), SMALLEST_FACTOR)
    return scaled


def carry(method: Method, counts: "Floats", lengths: "NDArray[np.int64]", factors: "Floats") -> Carried:
    """Carry rows of counts on by a year; a row begins in column 0 and has `lengths` months, the rest is not read.

    `factors` are the twelve of each row (rows x 12), the first for the month after its last.
    """
    import numpy as np

    roots = np.sqrt(counts)
    if method is Method.NAIVE:
        return _naive(roots, lengths)
    months = np.arange(counts.shape[1])
    by_month = np.take_along_axis(np.sqrt(factors), (months - lengths[:, None]) % YEAR, axis=1)
    if method is Method.MEAN:
        level, noise = _averaged(roots / by_month, by_month, lengths)
        weight = np.zeros(len(level))
    else:
        level, noise, weight = _smoothed(roots / by_month, by_month, lengths)
    noise = np.maximum(noise * _seen_too_small(factors, lengths), LEAST_NOISE)
    ahead = np.arange(YEAR)
    # A smoothed level wanders: h months ahead its variance is noise^2 x (1 + (h - 1) x weight^2).
    spread = noise[:, None] * np.sqrt(1 + ahead * weight[:, None] ** 2)
    # Twelve months wander together: the mean of 0 to 11 steps is 5.5, and the level counts twelvefold in the total.
    total = noise * np.sqrt(1 + YEAR * ahead.mean() * weight**2)
    return Carried(level[:, None] * np.sqrt(factors), spread, noise, total)


def _seen_too_small(factors: "Floats", lengths: "NDArray[np.int64]") -> "Floats":
    """Return by how much the noise is larger than it looks, for rows whose season was read from the same months.

    A factor that is the mean of k ratios takes up a part of their noise, and adds that part to what is to come.
    """
    import numpy as np

    ratios = lengths / YEAR - 1
    has_season = (factors != 1).any(axis=1)
    return np.sqrt(np.where(has_season, (ratios + TAKEN_UP) / np.maximum(ratios - TAKEN_UP, TAKEN_UP), 1.0))


def _naive(roots: "Floats", lengths: "NDArray[np.int64]") -> Carried:
    import numpy as np

    last = np.take_along_axis(roots, lengths[:, None] - YEAR + np.arange(YEAR), axis=1)
    steps = roots[:, YEAR:] - roots[:, :-YEAR]
    known = np.arange(YEAR, roots.shape[1]) < lengths[:, None]
    noise = np.sqrt((np.where(known, steps, 0) ** 2).sum(axis=1) / known.sum(axis=1))
    noise = np.maximum(noise, LEAST_NOISE)
    # The value of last year is itself as noisy as the one to come: nothing is to be added for a mean.
    return Carried(last, np.repeat(noise[:, None], YEAR, axis=1), np.zeros_like(noise), noise)


def _averaged(adjusted: "Floats", by_month: "Floats", lengths: "NDArray[np.int64]") -> tuple["Floats", "Floats"]:
    """Return the mean of the last twelve months, its season taken out, and the noise around it."""
    import numpy as np

    at = lengths[:, None] - YEAR + np.arange(YEAR)
    last = np.take_along_axis(adjusted, at, axis=1)
    level = last.mean(axis=1)
    errors = (last - level[:, None]) * np.take_along_axis(by_month, at, axis=1)
    return level, np.sqrt((errors**2).sum(axis=1) / (YEAR - 1))


def _smoothed(
    adjusted: "Floats", by_month: "Floats", lengths: "NDArray[np.int64]"
) -> tuple["Floats", "Floats", "Floats"]:
    """Return the smoothed level, the noise and the weight whose squared errors one month ahead are least, by row.

    The level begins as the mean of the first year, whose errors do not count.
    """
    import numpy as np

    weights = np.array(WEIGHTS)
    level = np.repeat(adjusted[:, :YEAR].mean(axis=1)[:, None], len(weights), axis=1)
    squares = np.zeros_like(level)
    for month in range(adjusted.shape[1]):
        running = (month < lengths)[:, None]
        error = np.where(running, adjusted[:, month, None] - level, 0.0)
        if month >= YEAR:
            squares += (error * by_month[:, month, None]) ** 2
        level += weights * error
    rows, best = np.arange(len(level)), squares.argmin(axis=1)
    return level[rows, best], np.sqrt(squares[rows, best] / (lengths - YEAR)), weights[best]
