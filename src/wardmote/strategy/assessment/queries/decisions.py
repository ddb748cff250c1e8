"""The decisions and notes of an assessment, as pages and documents show them."""

from dataclasses import dataclass
from datetime import date

from wardmote.strategy.assessment.models import Assessment, Decision
from wardmote.strategy.assessment.rules import Outcome


@dataclass(frozen=True)
class DecisionView:
    """What was decided about a problem, by which body, when and why."""

    outcome: Outcome
    reason: str
    decided_by: str
    decided_on: date

    @property
    def decided_words(self) -> str:
        """Body and day."""
        return f"{self.decided_by}, {self.decided_on.day} {self.decided_on:%B %Y}"


def decisions_of(assessment: Assessment) -> dict[str, DecisionView]:
    """Return the decisions by the problem's slug."""
    found = Decision.objects.filter(problem__assessment=assessment).select_related("problem")
    return {d.problem.slug: DecisionView(Outcome(d.outcome), d.reason, d.decided_by, d.decided_on) for d in found}


def notes_of(assessment: Assessment) -> dict[str, str]:
    """Return the analyst's notes by the problem's slug."""
    return {problem.slug: problem.note for problem in assessment.problems.all() if problem.note}
