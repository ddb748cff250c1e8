"""What needs the reader today: at most five lines, most urgent first, each from the app that knows it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.foundations.periods import Month
from wardmote.partnership.members.queries import partnership_of
from wardmote.partnership.notices.queries import undelivered
from wardmote.strategy.assessment.models import Assessment
from wardmote.strategy.assessment.presenters.cycles import alert_words
from wardmote.strategy.assessment.queries import assessments_for, undecided_count
from wardmote.strategy.assessment.queries.cycles import due_for
from wardmote.strategy.assessment.queries.newer import chosen_boundaries_since, newer_evidence
from wardmote.strategy.assessment.queries.partners import QuestionView, answers_to_read, unanswered_questions
from wardmote.strategy.assessment.queries.session import given_in_every_matrix
from wardmote.strategy.assessment.rules import AssessmentState
from wardmote.strategy.evidence.queries import last_month_held, waiting_releases
from wardmote.strategy.evidence.queries.register import supplies_due
from wardmote.strategy.evidence.rules.supplies import DueState

MOST_LINES = 5
# Long enough to be seen over a weekend and a leave day, short enough that what was put right goes.
LATELY = timedelta(days=7)
# police.uk publishes a month about two months after it has ended: from the third on it is late.
MONTHS_UNTIL_LATE = 3


@dataclass(frozen=True)
class Line:
    """One line of the home page."""

    text: str
    url: str
    action: str


def lines_for(reader: Reader, *, today: date) -> list[Line]:
    """Return what needs the reader, most urgent first."""
    found: list[Line] = []
    if reader.may(Permission.PREPARE_ASSESSMENT):
        found += _due_lines(reader, today)
    if reader.may(Permission.SEE_ASSESSMENT):
        found += _question_lines(reader, today)
        for assessment in assessments_for(reader):
            found += _assessment_lines(reader, assessment)
    if reader.may(Permission.IMPORT_EVIDENCE):
        found += [*_waiting_lines(reader), *_evidence_lines(reader, today), *_late_lines(reader, today)]
    if reader.may(Permission.MANAGE_MEMBERS):
        found = [*_mail_lines(reader, today), *found]
        if not partnership_of(reader).districts.exists():
            found.insert(0, Line("Say which partnership you are; the rest can wait.", reverse("setup"), "Set up"))
        found.append(Line("Who is round the table, and in which role.", reverse("members:list"), "See the members"))
    return found[:MOST_LINES]


def _mail_lines(reader: Reader, today: date) -> Iterator[Line]:
    """Mail that fails reaches nobody, so that nobody tells: whoever looks after the members has to see it here."""
    failed = undelivered(reader, since=today - LATELY)
    if failed:
        words = "1 e-mail was" if failed == 1 else f"{failed} e-mails were"
        yield Line(f"{words} not delivered in the last week.", reverse("notices:outbox"), "See why")


def _due_lines(reader: Reader, today: date) -> Iterator[Line]:
    said = alert_words(due_for(reader, today=today))
    if said:
        yield Line(said, reverse("assessment:register"), "See when it is due")


def _assessment_lines(reader: Reader, assessment: Assessment) -> Iterator[Line]:
    url = reverse("assessment:overview", args=[assessment.id])
    state = AssessmentState(assessment.state)
    yield from _newer(reader, assessment, url)
    if state is AssessmentState.SCORING and reader.may(Permission.SCORE_PROBLEMS):
        done = len(given_in_every_matrix(reader, assessment))
        total = assessment.problems.count()
        if done < total:
            scoring = reverse("assessment:scoring", args=[assessment.id])
            yield Line(
                f"{assessment.title}: scoring is open. You have scored {done} of {total} problems.", scoring, "Score"
            )
    if state is AssessmentState.DISCUSSING:
        yield from _in_the_room(reader, assessment)
    if state is AssessmentState.DECIDING and reader.may(Permission.RECORD_DECISIONS):
        yield from _deciding(assessment, url)
    if state is AssessmentState.PREPARING and reader.may(Permission.PREPARE_ASSESSMENT):
        yield Line(f"{assessment.title} is being prepared: scoring is not open yet.", url, "Go on")


def _newer(reader: Reader, assessment: Assessment, url: str) -> Iterator[Line]:
    """A draft whose figures newer evidence would move; what is published never moves."""
    if not reader.may(Permission.PREPARE_ASSESSMENT) or assessment.published.exists():
        return
    if newer_evidence(assessment):
        yield Line(f"{assessment.title}: evidence was accepted since it was analysed.", url, "Analyse it again")
    if chosen_boundaries_since(assessment):
        yield Line(f"{assessment.title}: other boundaries were chosen since it was analysed.", url, "Analyse it again")


def _question_lines(reader: Reader, today: date) -> Iterator[Line]:
    """What the reader's agency is asked, the first due first; and, for who asked, what came in or is late."""
    waiting = unanswered_questions(reader, today=today)
    ours = [view for view in waiting if view.question.agency_id == reader.agency]
    if ours:
        yield Line(_asked_words(ours), _question_url(ours[0]), "Write your paragraph")
    if not reader.may(Permission.PREPARE_ASSESSMENT):
        return
    answers = answers_to_read(reader, today=today)
    if answers:
        names = ", ".join(dict.fromkeys(view.question.agency.name for view in answers))
        yield Line(f"Paragraphs of partners to be read: {names}.", _question_url(answers[0]), "Read")
    late = [view for view in waiting if view.is_overdue]
    if late:
        names = ", ".join(dict.fromkeys(view.question.agency.name for view in late))
        yield Line(f"Overdue from partners: {names}.", _question_url(late[0]), "See the question")


def _asked_words(ours: list[QuestionView]) -> str:
    first = ours[0]
    due = f"{'overdue since' if first.is_overdue else 'due'} {first.question.due_on:%-d %B %Y}"
    if len(ours) == 1:
        return f"Your agency is asked about {first.question.problem.title}, {due}."
    return f"Your agency is asked {len(ours)} questions, the first about {first.question.problem.title}, {due}."


def _question_url(view: QuestionView) -> str:
    return reverse("assessment:question", args=[view.question.problem.assessment_id, view.question.id])


def _in_the_room(reader: Reader, assessment: Assessment) -> Iterator[Line]:
    room = reverse("assessment:room", args=[assessment.id])
    if reader.may(Permission.PREPARE_ASSESSMENT):
        yield Line(f"{assessment.title}: the discussion is open.", room, "Open the room view")
        return
    given = given_in_every_matrix(reader, assessment)
    total = assessment.problems.count()
    if len(given) < total:
        scoring = reverse("assessment:scoring", args=[assessment.id])
        text = f"{assessment.title}: the discussion is open. You have scored {len(given)} of {total} problems."
        yield Line(text, scoring, "Score")
    else:
        yield Line(f"{assessment.title}: the discussion is open.", room, "Open the room view")


def _deciding(assessment: Assessment, url: str) -> Iterator[Line]:
    if assessment.published.exists():
        return
    left = undecided_count(assessment)
    if left:
        ranking = reverse("assessment:ranking", args=[assessment.id])
        yield Line(f"{assessment.title}: {left} problems have no decision yet.", ranking, "Decide")
    else:
        yield Line(f"{assessment.title}: every problem is decided, and it is not published yet.", url, "Publish")


def _waiting_lines(reader: Reader) -> Iterator[Line]:
    waiting = waiting_releases(reader).count()
    if waiting:
        what = "1 release of data waits" if waiting == 1 else f"{waiting} releases of data wait"
        yield Line(f"{what} to be checked and accepted.", reverse("evidence:catalogue"), "Check data")


def _late_lines(reader: Reader, today: date) -> Iterator[Line]:
    late = [one for one in supplies_due(reader, today=today) if one.due.state is DueState.LATE]
    if late:
        names = ", ".join(one.supply.title for one in late)
        yield Line(f"Late from their suppliers: {names}.", reverse("evidence:due"), "See what is due")


def _evidence_lines(reader: Reader, today: date) -> Iterator[Line]:
    last = last_month_held(reader)
    add = reverse("evidence:add")
    if last is None:
        yield Line("No crime data are held yet.", add, "Add files")
    elif last + MONTHS_UNTIL_LATE < Month.of(today):
        due = (Month.of(today) - MONTHS_UNTIL_LATE).words()
        text = f"Crime data are held up to {last.words()}. Those up to {due} should be published by now."
        yield Line(text, add, "Add files")
