"""The panel of an assessment under one matrix: first answers, what the figures say, what was agreed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from statistics import median

from wardmote.analytics.measures.scoring import Given
from wardmote.analytics.measures.stress import Doubt, doubt_from_confidence, doubt_from_panel
from wardmote.definitions import Matrix
from wardmote.definitions import matrix as matrix_named
from wardmote.strategy.assessment.models import Agreement, Assessment, Score
from wardmote.strategy.assessment.rules import Answer, Confidence

from . import analysis_of, scores_of
from .filled import Filled, filled_for


@dataclass(frozen=True)
class Agreed:
    """What the panel agreed about a problem; a score of None is agreed not to be known."""

    scores: Mapping[str, int | None]
    confidence: Confidence
    reason: str


@dataclass(frozen=True)
class ProblemPanel:
    """Everything said about one problem: first answers and filled levels by criterion, and the agreement if any."""

    first: Mapping[str, list[Score]] = field(default_factory=dict)
    filled: Mapping[str, Filled] = field(default_factory=dict)
    agreed: Agreed | None = None

    def values(self, code: str) -> list[int]:
        """The levels that scorers gave, in order; where nobody did, the one that the figures give."""
        given = sorted(one.value for one in self.first.get(code, []) if one.value is not None)
        filled = self.filled.get(code)
        if not given and filled is not None and filled.level is not None:
            return [filled.level]
        return given

    def answered(self, code: str, answer: Answer) -> int:
        """How many gave this answer."""
        return sum(1 for one in self.first.get(code, []) if one.answer == answer)

    @property
    def scorers(self) -> int:
        """How many gave a level for anything."""
        return len({one.scorer_key for given in self.first.values() for one in given if one.value is not None})

    def counted(self, matrix: Matrix) -> dict[str, Given]:
        """By criterion the score that counts: the agreed one, else the middle of the first ones; None where none."""
        return {one.code: self._counted(one.code) for one in matrix.criteria}

    def _counted(self, code: str) -> Given:
        if self.agreed:
            return self.agreed.scores.get(code)
        values = self.values(code)
        return Fraction(median(map(Fraction, values))) if values else None

    def doubt(self, matrix: Matrix, code: str) -> Doubt | None:
        """How far the score that counts may be off: by the agreed confidence, the panel's spread, one scorer's own."""
        counted = self._counted(code)
        if counted is None:
            return None
        if self.agreed:
            return doubt_from_confidence(matrix, code, int(counted), self.agreed.confidence)
        values = self.values(code)
        given = [one for one in self.first.get(code, []) if one.value is not None]
        if len(values) > 1:
            return doubt_from_panel(values)
        # What the figures say alone is certain: no opinion is in it.
        confidence = (given[0].confidence or Confidence.MEDIUM) if given else Confidence.HIGH
        return doubt_from_confidence(matrix, code, values[0], confidence)


def panel_of(assessment: Assessment, matrix: str) -> dict[str, ProblemPanel]:
    """Return the panel of every problem of an assessment by its slug."""
    first: dict[str, dict[str, list[Score]]] = {}
    for given in scores_of(assessment, matrix):
        first.setdefault(given.problem.slug, {}).setdefault(given.criterion, []).append(given)
    filled = _filled(assessment, matrix)
    agreed = _agreed(assessment, matrix)
    return {
        slug: ProblemPanel(first.get(slug, {}), filled.get(slug, {}), agreed.get(slug))
        for slug in sorted(problem.slug for problem in assessment.problems.all())
    }


def _filled(assessment: Assessment, matrix: str) -> dict[str, dict[str, Filled]]:
    if not any(criterion.filled_by for criterion in matrix_named(matrix).criteria):
        return {}
    return filled_for(analysis_of(assessment), matrix)


def _agreed(assessment: Assessment, matrix: str) -> dict[str, Agreed]:
    found = Agreement.objects.filter(problem__assessment=assessment, matrix=matrix)
    return {
        one.problem.slug: Agreed(
            {score.criterion: score.value for score in one.scores.all()}, Confidence(one.confidence), one.reason
        )
        for one in found.select_related("problem").prefetch_related("scores")
    }
