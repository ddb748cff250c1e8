"""Who took part in the session and how far each agency is; nothing here says what anybody scored."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from wardmote.access.readers import Reader
from wardmote.definitions import matrix as matrix_named
from wardmote.partnership.members.queries import posts_by_key
from wardmote.strategy.assessment.models import Assessment, Attendance, Score
from wardmote.strategy.assessment.rules import ENTERED_WORDS, PRESENCE_WORDS, AssessmentState, EnteredFrom, Presence

from . import answered_by
from .room import complete_agencies


@dataclass(frozen=True)
class TookPart:
    """One agency in the session: how it took part, as which posts, and how its scores came."""

    agency: str
    presence: str
    posts: tuple[str, ...]
    how: str


@dataclass(frozen=True)
class Stage:
    """A stage, when it began, and the post that began it."""

    state: AssessmentState
    at: datetime
    post: str


def attendance_of(assessment: Assessment) -> dict[UUID, Attendance]:
    """Return what was recorded of each agency, by its key."""
    return {one.agency_id: one for one in assessment.attendance.select_related("agency")}


def given_by_reader(reader: Reader, assessment: Assessment, matrix: str) -> set[str]:
    """Return the problems of which the reader, or somebody for their agency, has answered every criterion."""
    wanted = len(matrix_named(matrix).criteria)
    keys = [key for key in (reader.key, reader.agency) if key]
    return {slug for key in keys for slug, done in answered_by(assessment, matrix, key).items() if done >= wanted}


def given_in_every_matrix(reader: Reader, assessment: Assessment) -> set[str]:
    """Return the problems of which the reader, or somebody for their agency, has answered every matrix wholly."""
    return set.intersection(*(given_by_reader(reader, assessment, slug) for slug in assessment.matrices))


def complete_by_agency(assessment: Assessment) -> dict[UUID, int]:
    """Return for each agency how many problems it has wholly answered, under every matrix of the assessment."""
    complete = [complete_agencies(assessment, matrix_named(slug)) for slug in assessment.matrices]
    found: dict[UUID, int] = {}
    for problem in complete[0]:
        for agency in set.intersection(*(agencies.get(problem, set()) for agencies in complete)):
            found[agency] = found.get(agency, 0) + 1
    return found


def stages_of(assessment: Assessment) -> tuple[Stage, ...]:
    """Return the stages the assessment went through, in order."""
    return tuple(
        Stage(AssessmentState(one.state), one.entered_at, one.entered_by_post) for one in assessment.stages.all()
    )


def who_took_part(assessment: Assessment) -> tuple[TookPart, ...]:
    """Return every agency that was recorded or that scored, with its posts; posts, never names of people."""
    recorded = attendance_of(assessment)
    scores = list(
        Score.objects.filter(problem__assessment=assessment)
        .values_list("agency_id", "agency__name", "scorer_key", "entered_from", "given_late")
        .distinct()
    )
    names = {one.agency_id: one.agency.name for one in recorded.values()} | {row[0]: row[1] for row in scores}
    posts = posts_by_key({row[2] for row in scores if not row[3]})
    found = []
    for key, name in sorted(names.items(), key=lambda item: item[1]):
        given = [row for row in scores if row[0] == key]
        known = recorded.get(key)
        own = {posts[row[2]].removesuffix(f", {name}") for row in given if not row[3] and row[2] in posts}
        said = {known.post} if known and known.post else set()
        presence = PRESENCE_WORDS[Presence(known.presence)] if known else "Not recorded"
        found.append(TookPart(name, presence, tuple(sorted(own | said)), _how([row[3:] for row in given])))
    return tuple(found)


def _how(given: list[tuple[str, bool]]) -> str:
    if not given:
        return "Gave no scores"
    words = []
    if any(not entered for entered, _ in given):
        words.append("scored on screen")
    words += sorted({f"entered for it: {ENTERED_WORDS[EnteredFrom(one)].lower()}" for one, _ in given if one})
    if any(late for _, late in given):
        words.append("some scores given after the discussion opened")
    return "; ".join(words).capitalize()
