"""The scores of the fictional panel: around the figures and the panel's views, with a scorer's own leaning and gaps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Final

from wardmote.definitions import Criterion, matrix
from wardmote.strategy.assessment.actions import GivenScore
from wardmote.strategy.assessment.queries.filled import filled_for
from wardmote.strategy.assessment.rules import Answer, Confidence

from .story import MATRIX, VIEWS, View

# Which view each criterion asks for; volume and trends come from the figures where there are any.
ASKED: Final = {
    "volume": "volume",
    "performance": "missed",
    "trends": "trend",
    "seriousness": "harm",
    "community-priority": "voice",
    "police-control-strategy": "police",
    "generator": "spark",
    "pestelo": "outlook",
    "harm": "harm",
    "frequency": "volume",
    "forecast": "trend",
    "reliability": "known",
    "position": "position",
    "consultation": "voice",
}
_OTHERWISE: Final = "Our own records show it otherwise."
_UNKNOWN_SHARE: Final = 0.05
_WORDS: Final = {
    "missed": "Results of the last plan, quarter 4 report",
    "harm": "What victims and services told the working group",
    "voice": "Residents' survey of the spring, 812 answers",
    "police": "Force control strategy, this year's edition",
    "spark": "Links between offenders and places, analyst's note",
    "outlook": "Horizon scan of the working group",
    "known": "Data quality of each source",
    "position": "Staff and money agreed for next year",
}


@dataclass(frozen=True)
class Figures:
    """What the figures say of one problem: scores of 1 to 5 for volume and trend, and the words that prove them."""

    volume: int | None
    trend: int | None
    volume_words: str
    trend_words: str


def figures_by_problem(analysis: Mapping[str, Any]) -> dict[str, Figures]:
    """Read from an analysis which fifth each problem lies in and where it is going, as score sheets fill it in."""
    period = analysis.get("period", {}).get("words", "")
    return {
        slug: Figures(
            volume=found["volume"].level,
            trend=found["trends"].level,
            volume_words=f"{found['volume'].working}, {period}",
            trend_words=found["trends"].working,
        )
        for slug, found in filled_for(analysis, MATRIX).items()
        if found["volume"].level is not None
    }


def scores_for(slug: str, matrix_slug: str, figures: Figures | None, *, scorer: str, seed: int) -> Sequence[GivenScore]:
    """Return one scorer's scores of one problem: mostly the panel's view, sometimes one off, a few not known."""
    random = Random(f"{seed} {scorer} {matrix_slug} {slug}")  # noqa: S311 -- fiction, no secret
    return [_score(random, criterion, VIEWS[slug], figures) for criterion in matrix(matrix_slug).criteria]


def _score(random: Random, criterion: Criterion, view: View, figures: Figures | None) -> GivenScore:
    asked = ASKED[criterion.code]
    from_figures = getattr(figures, asked, None)
    value = getattr(view, asked) if from_figures is None else from_figures
    # A number leaves less room for opinion than a question does.
    leaning = _leaning(random.random(), 0.04 if from_figures is not None else 0.22)
    if random.random() < _UNKNOWN_SHARE and from_figures is None:
        return GivenScore(criterion.code, None, answer=random.choice((Answer.DONT_KNOW, Answer.NOT_OURS)))
    held = min(criterion.maximum, max(criterion.minimum, value + leaning))
    sure = _confidence(random, sure=from_figures is not None)
    return GivenScore(criterion.code, held, sure, _words(asked, figures), reason=_OTHERWISE)


def _leaning(draw: float, share: float) -> int:
    """Return -1 and 1 with this share each, else 0."""
    return -1 if draw < share else 1 if draw > 1 - share else 0


def _confidence(random: Random, *, sure: bool) -> Confidence:
    weights = (8, 2, 0) if sure else (3, 5, 2)
    return random.choices(list(Confidence), weights)[0]


def _words(asked: str, figures: Figures | None) -> str:
    if asked in _WORDS:
        return _WORDS[asked]
    if figures is None:
        return "No published figure; what services report"
    return figures.volume_words if asked == "volume" else figures.trend_words
