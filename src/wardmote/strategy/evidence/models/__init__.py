"""The tables of the evidence: releases, how they came, who supplies them, and what a partnership says of them."""

from .own import BoundaryChoice, ComparisonGroup, Extract, IncidentReview, OwnProblem, RecordedChange, SourcePair
from .releases import Chase, EvidenceGap, Import, Release, ReleaseVerdict, SavedMapping, Supply, UploadedFile

__all__ = [
    "BoundaryChoice",
    "Chase",
    "ComparisonGroup",
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
