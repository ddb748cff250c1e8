"""The scores of the fictional panel: around the figures and the panel's views, with a scorer's own leaning and gaps."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Final

from wardmote.definitions import Criterion, matrix
from wardmote.strategy.assessment.actions import GivenScore
from wardmote.strategy.assessment.queries.filled import Filled
from wardmote.strategy.assessment.rules import Answer, Confidence

from .story import VIEWS, View

# Which view each criterion asks for, where no figure answers it.
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


def scores_for(
    slug: str, matrix_slug: str, filled: Mapping[str, Filled], *, scorer: str, seed: int
) -> Sequence[GivenScore]:
    """Return one scorer's scores of one problem: mostly the panel's view, sometimes one off, a few not known.

    What the figures fill in by criterion is taken as it is, but for a scorer in twenty-five who leans away from it.
    """
    random = Random(f"{seed} {scorer} {matrix_slug} {slug}")  # noqa: S311 -- fiction, no secret
    return [_score(random, one, VIEWS[slug], filled.get(one.code)) for one in matrix(matrix_slug).criteria]


def _score(random: Random, criterion: Criterion, view: View, filled: Filled | None) -> GivenScore:
    from_figures = None if filled is None else filled.level
    value = getattr(view, ASKED[criterion.code]) if from_figures is None else from_figures
    # A number leaves less room for opinion than a question does.
    leaning = _leaning(random.random(), 0.04 if from_figures is not None else 0.22)
    if random.random() < _UNKNOWN_SHARE and from_figures is None:
        return GivenScore(criterion.code, None, answer=random.choice((Answer.DONT_KNOW, Answer.NOT_OURS)))
    held = min(criterion.maximum, max(criterion.minimum, value + leaning))
    sure = _confidence(random, sure=from_figures is not None)
    return GivenScore(criterion.code, held, sure, _words(ASKED[criterion.code], filled), reason=_OTHERWISE)


def _leaning(draw: float, share: float) -> int:
    """Return -1 and 1 with this share each, else 0."""
    return -1 if draw < share else 1 if draw > 1 - share else 0


def _confidence(random: Random, *, sure: bool) -> Confidence:
    weights = (8, 2, 0) if sure else (3, 5, 2)
    return random.choices(list(Confidence), weights)[0]


def _words(asked: str, filled: Filled | None) -> str:
    if filled is not None and filled.level is not None:
        return filled.working
    return _WORDS.get(asked, "No published figure; what services report")
