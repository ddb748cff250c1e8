"""The tables of assessments: what was assessed, scored, decided and approved, and the profile of each problem."""

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
from .partners import PartnerParagraph, PartnerQuestion
from .profile import (
    CommunityVoice,
    LikelyReason,
    ProblemLink,
    ProfileEntry,
    ProfileResponse,
    ProfileSentence,
    ProfileSide,
    Unknown,
)

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
    "CommunityVoice",
    "CopySent",
    "Decision",
    "LikelyReason",
    "PartnerParagraph",
    "PartnerQuestion",
    "PlannedApproval",
    "ProblemLink",
    "ProfileEntry",
    "ProfileResponse",
    "ProfileSentence",
    "ProfileSide",
    "Proposal",
    "Requirement",
    "Score",
    "StageEntered",
    "Unknown",
    "UsedConsultation",
    "UsedSeries",
]
