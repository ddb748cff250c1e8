"""The tables of assessments: what was assessed, scored and decided, and the profile of each problem."""

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
    "CitedRelease",
    "CommunityVoice",
    "Decision",
    "LikelyReason",
    "PartnerParagraph",
    "PartnerQuestion",
    "ProblemLink",
    "ProfileEntry",
    "ProfileResponse",
    "ProfileSentence",
    "ProfileSide",
    "Score",
    "StageEntered",
    "Unknown",
]
