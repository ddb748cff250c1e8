"""The tables of assessments: what was assessed, scored and decided, what came before, and what else it rests on."""

from .assessment import (
    AgreedScore,
    Agreement,
    Approval,
    AssessedProblem,
    Assessment,
    AssessmentPart,
    Attendance,
    CitedRelease,
    Decision,
    Score,
    StageEntered,
)
from .cycles import AssessmentCycle, EarlierAssessment
from .inputs import NeedsAssessment, Provision, ReviewLearning

__all__ = [
    "AgreedScore",
    "Agreement",
    "Approval",
    "AssessedProblem",
    "Assessment",
    "AssessmentCycle",
    "AssessmentPart",
    "Attendance",
    "CitedRelease",
    "Decision",
    "EarlierAssessment",
    "NeedsAssessment",
    "Provision",
    "ReviewLearning",
    "Score",
    "StageEntered",
]
