"""The stages of an assessment, how a score is answered, and what may be decided about a problem."""

from enum import StrEnum


class AssessmentState(StrEnum):
    """Where an assessment stands; each state allows what AFTER says, and no more."""

    PREPARING = "preparing"
    SCORING = "scoring"  # everyone scores apart and sees nobody else's scores
    DISCUSSING = "discussing"  # in the room: first scores are frozen and shown without names, scores are agreed
    DECIDING = "deciding"  # the ranking is open


AFTER: dict[AssessmentState, frozenset[AssessmentState]] = {
    AssessmentState.PREPARING: frozenset({AssessmentState.SCORING}),
    # A partnership that does not meet goes straight to the ranking of its first scores.
    AssessmentState.SCORING: frozenset({AssessmentState.DISCUSSING, AssessmentState.DECIDING}),
    # Never back to scoring apart: others' scores have been seen by then.
    AssessmentState.DISCUSSING: frozenset({AssessmentState.DECIDING}),
    AssessmentState.DECIDING: frozenset({AssessmentState.DISCUSSING}),
}


def may_move(now: AssessmentState, then: AssessmentState) -> bool:
    """Whether an assessment may go from one state to the other."""
    return then in AFTER[now]


def may_open_ranking(*, holds_permission: bool, prepares: bool, chair_is_vacant: bool) -> bool:
    """Whether somebody may open the ranking: the chair; or, where nobody is appointed to chair, who prepares it."""
    return holds_permission or (prepares and chair_is_vacant)


def why_not_score(state: AssessmentState, *, runs_the_session: bool) -> str:
    """Return why first scores of one's own cannot be given now; empty where they can."""
    if state is AssessmentState.SCORING:
        return ""
    if state is AssessmentState.DISCUSSING:
        # Whoever runs the session sees the room view before having scored: their own first scores would not be apart.
        return RAN_BY_YOU if runs_the_session else ""
    return "Scoring is closed. Ask the person who prepares the assessment."


ENTERED_FOR_YOU = (
    "Your agency's scores of this problem were entered for it. Ask the person who runs the session to change them for "
    "you."
)
OWN_SCORES_STAY = "This agency has given its own scores of this problem. They stay as they are."


def why_not_enter(state: AssessmentState, *, own_people_scored: bool) -> str:
    """Return why scores cannot be entered for an agency now; empty where they can."""
    if state not in (AssessmentState.SCORING, AssessmentState.DISCUSSING):
        return "Scoring is closed, so scores cannot be entered now."
    return OWN_SCORES_STAY if own_people_scored else ""


RAN_BY_YOU = (
    "You run the session and see everyone's scores, so your own first scores had to be given before the discussion "
    "opened."
)


def may_see_panel(state: AssessmentState, *, runs_the_session: bool, has_given: bool) -> bool:
    """Whether somebody may see the panel's first scores of a problem: never before they have given theirs."""
    if state is AssessmentState.DISCUSSING:
        return runs_the_session or has_given
    return state is AssessmentState.DECIDING


class Answer(StrEnum):
    """How a scorer answered a criterion; a criterion without an answer has no row, and none of these is a low score."""

    LEVEL = "level"
    DONT_KNOW = "dont-know"
    NOT_OURS = "not-ours"


ANSWER_WORDS = {Answer.DONT_KNOW: "Don't know", Answer.NOT_OURS: "Not for my agency"}


class EnteredFrom(StrEnum):
    """Where somebody who entered an agency's scores had them from."""

    PAPER = "paper"
    PHONE = "phone"
    SPOKEN = "spoken"
    SENT = "sent"


ENTERED_WORDS = {
    EnteredFrom.PAPER: "From a paper sheet",
    EnteredFrom.PHONE: "By phone",
    EnteredFrom.SPOKEN: "Said in the room",
    EnteredFrom.SENT: "Sent before the day",
}


class Presence(StrEnum):
    """How an agency took part in the session."""

    ROOM = "room"
    REMOTE = "remote"
    PAPER = "paper"
    SENT = "sent"
    RUNS = "runs"
    ABSENT = "absent"


# Nobody waits for the scores of these.
NOT_SCORING = frozenset({Presence.RUNS, Presence.ABSENT})


PRESENCE_WORDS = {
    Presence.ROOM: "In the room",
    Presence.REMOTE: "By video or phone",
    Presence.PAPER: "In the room, on paper",
    Presence.SENT: "Sent scores, not present",
    Presence.RUNS: "Runs the session, does not score",
    Presence.ABSENT: "Absent",
}


class Outcome(StrEnum):
    """What the partnership makes of a problem (Kingston 2011 told priorities from communication priorities)."""

    PRIORITY = "priority"
    CROSS_CUTTING = "cross-cutting"
    COMMUNICATION = "communication"
    MONITORING = "monitoring"


OUTCOME_WORDS = {
    Outcome.PRIORITY: "Priority",
    Outcome.CROSS_CUTTING: "Cross-cutting theme",
    Outcome.COMMUNICATION: "Communication",
    Outcome.MONITORING: "Monitoring",
}


class Confidence(StrEnum):
    """How sure a scorer is of a score."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


CONFIDENCE_WORDS = {Confidence.HIGH: "High", Confidence.MEDIUM: "Medium", Confidence.LOW: "Low"}

CURRENT_WORK_WORDS = {
    "with": "Score it as things are, with current work in place.",
    "without": "Score it as if current work were not in place.",
}


class PartState(StrEnum):
    """How far a required part of the assessment has come; a gap is declared, with who closes it and by when."""

    EMPTY = "empty"
    DRAFTED = "drafted"
    AGREED = "agreed"
    GAP = "gap"


PART_WORDS = {
    PartState.EMPTY: "Empty",
    PartState.DRAFTED: "Drafted",
    PartState.AGREED: "Agreed",
    PartState.GAP: "Declared gap",
}


class ApprovalOutcome(StrEnum):
    """What a body made of the assessment that was put to it."""

    APPROVED = "approved"
    WITH_CHANGES = "approved-with-changes"
    NOTED = "noted"
    SENT_BACK = "sent-back"


APPROVAL_WORDS = {
    ApprovalOutcome.APPROVED: "Approved",
    ApprovalOutcome.WITH_CHANGES: "Approved with changes",
    ApprovalOutcome.NOTED: "Noted, not approved",
    ApprovalOutcome.SENT_BACK: "Sent back",
}
APPROVES = frozenset({ApprovalOutcome.APPROVED, ApprovalOutcome.WITH_CHANGES})
