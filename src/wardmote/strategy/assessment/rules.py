"""The states of an assessment, what may be decided about a problem, and how sure a scorer can be."""

from enum import StrEnum


class AssessmentState(StrEnum):
    """Where an assessment stands; each state allows what AFTER says, and no more."""

    PREPARING = "preparing"
    SCORING = "scoring"
    DECIDING = "deciding"


AFTER: dict[AssessmentState, frozenset[AssessmentState]] = {
    AssessmentState.PREPARING: frozenset({AssessmentState.SCORING}),
    # Scoring closes when the chair says so; it may be opened again, first scores are kept.
    AssessmentState.SCORING: frozenset({AssessmentState.DECIDING}),
    AssessmentState.DECIDING: frozenset({AssessmentState.SCORING}),
}


def may_move(now: AssessmentState, then: AssessmentState) -> bool:
    """Whether an assessment may go from one state to the other."""
    return then in AFTER[now]


class Outcome(StrEnum):
    """What the partnership makes of a problem (Kingston 2011 told priorities from communication priorities)."""

    PRIORITY = "priority"
    CROSS_CUTTING = "cross-cutting"
    COMMUNICATION = "communication"
    MONITORING = "monitoring"


OUTCOME_WORDS = {
    Outcome.PRIORITY: "Priority",
    Outcome.CROSS_CUTTING: "Cross-cutting theme",
    Outcome.COMMUNICATION: "Communication",
    Outcome.MONITORING: "Monitoring",
}


class Confidence(StrEnum):
    """How sure a scorer is of a score."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
