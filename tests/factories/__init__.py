"""Rows for tests: fictional partnerships, people, releases and assessments, one factory a table."""

from .assessment import AssessedProblemFactory, AssessmentFactory, DecisionFactory, ScoreFactory
from .evidence import ReleaseFactory, taken_in
from .jobs import JobFactory
from .members import (
    AccountFactory,
    AgencyFactory,
    AppointmentFactory,
    CoveredDistrictFactory,
    PartnershipFactory,
    reader_with,
)

__all__ = [
    "AccountFactory",
    "AgencyFactory",
    "AppointmentFactory",
    "AssessedProblemFactory",
    "AssessmentFactory",
    "CoveredDistrictFactory",
    "DecisionFactory",
    "JobFactory",
    "PartnershipFactory",
    "ReleaseFactory",
    "ScoreFactory",
    "reader_with",
    "taken_in",
]
