"""The tables of the evidence: releases, how they came, who supplies them, and what a partnership says of them."""

from .own import Extract, IncidentReview, OwnProblem, RecordedChange, SourcePair
from .releases import Chase, EvidenceGap, Import, Release, ReleaseVerdict, SavedMapping, Supply, UploadedFile

__all__ = [
    "Chase",
    "EvidenceGap",
    "Extract",
    "Import",
    "IncidentReview",
    "OwnProblem",
    "RecordedChange",
    "Release",
    "ReleaseVerdict",
    "SavedMapping",
    "SourcePair",
    "Supply",
    "UploadedFile",
]
