"""The tables of assessments: what was assessed, scored and decided, and what a board has before it."""

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
from .board import BoardPaper, CopySent, PlannedApproval, Proposal, Requirement, UsedConsultation, UsedSeries

__all__ = [
    "AgreedScore",
    "Agreement",
    "Approval",
    "AssessedProblem",
    "Assessment",
    "AssessmentPart",
    "Attendance",
    "BoardPaper",
    "CitedRelease",
    "CopySent",
    "Decision",
    "PlannedApproval",
    "Proposal",
    "Requirement",
    "Score",
    "StageEntered",
    "UsedConsultation",
    "UsedSeries",
]
