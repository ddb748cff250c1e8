"""The outline of an assessment: every required part, how far it has come, and what an approving body will ask."""

from dataclasses import dataclass
from datetime import date

from wardmote.definitions import RequiredPart, required_contents
from wardmote.partnership.members.rules import PartnershipKind
from wardmote.strategy.assessment.models import Assessment, AssessmentPart
from wardmote.strategy.assessment.rules import PartState
from wardmote.strategy.evidence.queries.last_year import has_last_plan

from . import undecided_count
from .consulted import filled_words as consulted_words
from .inputs import filled_words

CONTENTS = "strategic-assessment"
LAST_PLAN = "Each line of last year's plan is printed with how far it got."


@dataclass(frozen=True)
class OutlinePart:
    """A required part beside what is written of it; `said` is its text, `by_itself` what fills it without a text."""

    required: RequiredPart
    state: PartState
    said: str
    by_itself: str = ""
    agreed: str = ""
    gap: str = ""
    gap_owner: str = ""
    gap_due_on: date | None = None


def outline_of(assessment: Assessment) -> tuple[OutlinePart, ...]:
    """Return the parts that this assessment has to contain; what concerns counties is asked in two-tier areas only."""
    is_two_tier = assessment.partnership.kind == PartnershipKind.DISTRICT
    written = {part.code: part for part in assessment.parts.all()}
    wanted = [part for part in required_contents(CONTENTS).parts if is_two_tier or not part.only_two_tier]
    return tuple(_outline_part(assessment, part, written.get(part.code)) for part in wanted)


def empty_parts(assessment: Assessment) -> tuple[str, ...]:
    """Return the titles of the parts that are empty, neither written nor declared as a gap."""
    return tuple(part.required.title for part in outline_of(assessment) if part.state is PartState.EMPTY)


def _outline_part(assessment: Assessment, required: RequiredPart, written: AssessmentPart | None) -> OutlinePart:
    by_itself = _filled(assessment, required.filled_from)
    if written is None:
        return OutlinePart(required, PartState.DRAFTED if by_itself else PartState.EMPTY, "", by_itself)
    agreed = f"{written.agreed_by}, {written.agreed_on:%-d %B %Y}" if written.agreed_on else ""
    return OutlinePart(
        required,
        _state(written, by_itself),
        written.text,
        by_itself,
        agreed,
        written.gap,
        written.gap_owner,
        written.gap_due_on,
    )


def _state(written: AssessmentPart, by_itself: str) -> PartState:
    if written.gap:
        return PartState.GAP
    if written.agreed_on:
        return PartState.AGREED
    return PartState.DRAFTED if written.text or by_itself else PartState.EMPTY


def _filled(assessment: Assessment, source: str) -> str:
    if source == "analysis" and assessment.analysis_sha256:
        return "The figures of the analysis stand under each problem."
    if source == "decisions" and assessment.problems.exists() and not undecided_count(assessment):
        return "Every problem has its decision with the reason."
    if source == "last-plan":
        return LAST_PLAN if has_last_plan(assessment.partnership) else ""
    if source == "consultation":
        return consulted_words(assessment)
    return filled_words(assessment, source)
