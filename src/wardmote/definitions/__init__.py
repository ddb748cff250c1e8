"""Policy as reviewed data (problems, matrices, the small-count rule): with source, author, checker, review date."""

from wardmote.definitions.calendars import bank_holidays
from wardmote.definitions.consultations import ConsultationRule, consultation_rule
from wardmote.definitions.crime_costs import CrimeCosts, crime_costs
from wardmote.definitions.denominators import Denominator, Denominators, denominators
from wardmote.definitions.force_tables import ForceTables, OffenceGroup, force_tables
from wardmote.definitions.input_ages import InputAges, input_ages
from wardmote.definitions.offence_categories import categories_without_weight, category_of, is_nowhere
from wardmote.definitions.official_partnerships import (
    OfficialPartnership,
    official_edition,
    official_partnership,
    official_partnerships,
    partnerships_called,
)
from wardmote.definitions.problem_profiles import ProfileRule, profile_rule
from wardmote.definitions.reading import DefinitionError
from wardmote.definitions.release_kinds import ReleaseKind, release_kind
from wardmote.definitions.required_contents import RequiredContents, RequiredPart, required_contents
from wardmote.definitions.road_casualties import RoadCasualtyTerms, road_casualty_terms
from wardmote.definitions.scoring_matrices import Criterion, Group, Matrix, matrices, matrix, matrix_from
from wardmote.definitions.serious_violence import ScopeTest, SeriousViolence, ViolentKind, serious_violence
from wardmote.definitions.small_counts import Opened, SmallCountRule, small_counts
from wardmote.definitions.source_differences import Difference, source_differences
from wardmote.definitions.taxonomy import (
    Effect,
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
from wardmote.definitions.themes import Need, Theme, themes

__all__ = [
    "ConsultationRule",
    "CrimeCosts",
    "Criterion",
    "DefinitionError",
    "Denominator",
    "Denominators",
    "Difference",
    "Effect",
    "ForceTables",
    "Group",
    "InputAges",
    "Matrix",
    "Need",
    "OffenceGroup",
    "OfficialPartnership",
    "Opened",
    "Problem",
    "ProfileRule",
    "PublishedCategory",
    "RecordingChange",
    "ReleaseKind",
    "RequiredContents",
    "RequiredPart",
    "RoadCasualtyTerms",
    "ScopeTest",
    "SeriousViolence",
    "SmallCountRule",
    "Theme",
    "ViolentKind",
    "all_problems",
    "bank_holidays",
    "categories_without_weight",
    "category_of",
    "consultation_rule",
    "crime_costs",
    "denominators",
    "force_tables",
    "input_ages",
    "is_nowhere",
    "matrices",
    "matrix",
    "matrix_from",
    "narrowest",
    "official_edition",
    "official_partnership",
    "official_partnerships",
    "partnerships_called",
    "problem",
    "problems",
    "profile_rule",
    "published_categories",
    "recording_changes",
    "release_kind",
    "required_contents",
    "road_casualty_terms",
    "roll_up",
    "serious_violence",
    "small_counts",
    "source_differences",
    "themes",
]
