"""The tables of assessments: what was assessed, scored, decided and approved, and the profile of each problem."""

from .areas import ChosenWard
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
from .cycles import AssessmentCycle, EarlierAssessment
from .inputs import NeedsAssessment, Provision, ReviewLearning
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
    "AssessmentCycle",
    "AssessmentPart",
    "Attendance",
    "BoardPaper",
    "ChosenWard",
    "CitedRelease",
    "CommunityVoice",
    "CopySent",
    "Decision",
    "EarlierAssessment",
    "LikelyReason",
    "NeedsAssessment",
    "PartnerParagraph",
    "PartnerQuestion",
    "PlannedApproval",
    "ProblemLink",
    "ProfileEntry",
    "ProfileResponse",
    "ProfileSentence",
    "ProfileSide",
    "Proposal",
    "Provision",
    "Requirement",
    "ReviewLearning",
    "Score",
    "StageEntered",
    "Unknown",
    "UsedConsultation",
    "UsedSeries",
]
