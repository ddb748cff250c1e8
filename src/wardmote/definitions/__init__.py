"""Policy as reviewed data: problems, scoring matrices; each with source, author, checker and review date."""

from wardmote.definitions.reading import DefinitionError
from wardmote.definitions.scoring_matrices import Criterion, Matrix, matrices, matrix, matrix_from
from wardmote.definitions.taxonomy import (
    Problem,
    PublishedCategory,
    RecordingChange,
    all_problems,
    narrowest,
    problem,
    problems,
    published_categories,
    recording_changes,
    roll_up,
)

__all__ = [
    "Criterion",
    "DefinitionError",
    "Matrix",
    "Problem",
    "PublishedCategory",
    "RecordingChange",
    "all_problems",
    "matrices",
    "matrix",
    "matrix_from",
    "narrowest",
    "problem",
    "problems",
    "published_categories",
    "recording_changes",
    "roll_up",
]
