"""What may be asked: the permissions that routes and actions name, and the roles that hold them."""

from enum import StrEnum


class Permission(StrEnum):
    """One thing a person may do; routes and actions name these, never roles."""

    SEE_EVIDENCE = "see_evidence"
    IMPORT_EVIDENCE = "import_evidence"
    SEE_ASSESSMENT = "see_assessment"
    PREPARE_ASSESSMENT = "prepare_assessment"
    SCORE_PROBLEMS = "score_problems"
    OPEN_RANKING = "open_ranking"
    RECORD_DECISIONS = "record_decisions"
    PUBLISH = "publish"
    MANAGE_MEMBERS = "manage_members"


class Role(StrEnum):
    """What an appointment makes of a person; a plain-English sentence stands beside each in ROLE_SENTENCES."""

    ANALYST = "analyst"
    SCORER = "scorer"
    MANAGER = "manager"
    ADMINISTRATOR = "administrator"


ROLE_SENTENCES = {
    Role.ANALYST: "Brings in data, prepares the assessment, records scores and decisions, and issues it.",
    Role.SCORER: "Reads the evidence and scores problems for their agency.",
    Role.MANAGER: (
        "Runs the partnership's year: prepares the assessment, chairs its scoring and opens the ranking, issues it, "
        "and looks after the members."
    ),
    Role.ADMINISTRATOR: "Looks after accounts, agencies and appointments; sees no assessment.",
}

_READING = {Permission.SEE_EVIDENCE, Permission.SEE_ASSESSMENT}
_PREPARING = _READING | {
    Permission.IMPORT_EVIDENCE,
    Permission.PREPARE_ASSESSMENT,
    Permission.SCORE_PROBLEMS,
    Permission.RECORD_DECISIONS,
    Permission.PUBLISH,
}

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.ANALYST: frozenset(_PREPARING),
    Role.SCORER: frozenset(_READING | {Permission.SCORE_PROBLEMS}),
    Role.MANAGER: frozenset(_PREPARING | {Permission.OPEN_RANKING, Permission.MANAGE_MEMBERS}),
    Role.ADMINISTRATOR: frozenset({Permission.MANAGE_MEMBERS}),
}
