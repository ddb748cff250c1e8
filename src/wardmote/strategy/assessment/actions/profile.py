"""Writing the profile of a problem: its sentences with the figures that they quote, its sides and its lists."""

from dataclasses import asdict, dataclass, fields
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.audit.actions import record
from wardmote.definitions import profile_rule
from wardmote.strategy.assessment.models import (
    AssessedProblem,
    CommunityVoice,
    LikelyReason,
    ProblemLink,
    ProfileEntry,
    ProfileResponse,
    ProfileSentence,
    ProfileSide,
    Unknown,
)
from wardmote.strategy.assessment.queries.profile import entry_of, items_of
from wardmote.strategy.assessment.queries.profile_evidence import figures_of
from wardmote.strategy.assessment.rules import Confidence
from wardmote.strategy.assessment.rules.profile import (
    Item,
    Relation,
    Side,
    VoiceGroup,
    refusal_of_finding,
    refusal_of_percentage,
    refusal_of_reason,
)
from wardmote.strategy.assessment.rules.sentences import quotes_in

from .refused import AssessmentRefused


@dataclass(frozen=True)
class GivenResponse:
    """What could be done about a side of the problem, and which agency or post could do it."""

    side: Side
    what: str
    who: str


@dataclass(frozen=True)
class GivenReason:
    """A likely reason, how sure the analyst is, and the evidence; none where it is suspected and not tested."""

    reason: str
    confidence: Confidence
    evidence: str = ""


@dataclass(frozen=True)
class GivenLink:
    """The other problem by its slug, how the two hang together, the evidence, and a percentage with its base."""

    other: str
    relation: Relation
    evidence: str
    percentage: Decimal | None = None
    base: str = ""


@dataclass(frozen=True)
class GivenUnknown:
    """What is not known, and, where somebody finds out, which post and by when."""

    what: str
    owner: str = ""
    due_on: date | None = None


@dataclass(frozen=True)
class GivenVoice:
    """What somebody other than a figure told the partnership: who, about what, when, in a sentence."""

    group: VoiceGroup
    theme: str
    heard_on: date
    sentence: str


GivenEntry = GivenResponse | GivenReason | GivenLink | GivenUnknown | GivenVoice
TABLES: dict[type, type[ProfileEntry]] = {
    GivenResponse: ProfileResponse,
    GivenReason: LikelyReason,
    GivenLink: ProblemLink,
    GivenUnknown: Unknown,
    GivenVoice: CommunityVoice,
}


@transaction.atomic
def write_sentence(reader: Reader, problem: AssessedProblem, item: Item, text: str) -> None:
    """Keep a sentence with the figures that its numbers quote today; an empty text takes it away.

    Raises AssessmentRefused where the key finding is longer than it may be.
    """
    reader.require(Permission.PREPARE_ASSESSMENT)
    wanted = text.strip()
    if item is Item.FINDING:
        _refuse(refusal_of_finding(wanted, most=profile_rule().most_sentences))
    held = problem.sentences.filter(item=item).first()
    if not wanted:
        _take_away(reader, held, kind="sentence")
        return
    row = held or ProfileSentence(problem=problem, item=item)
    figures = figures_of(items_of(problem)).values()
    row.text, row.quoted = wanted, [asdict(quote) for quote in quotes_in(wanted, figures)]
    row.analysis_sha256 = problem.assessment.analysis_sha256
    row.written_at, row.written_by_key = timezone.now(), reader.key
    row.save()
    record(reader, "write", kind="sentence", key=row.id, changed=["analysis_sha256", "quoted", "text"])


@transaction.atomic
def write_side(reader: Reader, problem: AssessedProblem, side: Side, *, text: str, evidence: str) -> None:
    """Keep what is known of a side of the problem and how it is known; both empty make it a gap again."""
    reader.require(Permission.PREPARE_ASSESSMENT)
    text, evidence = text.strip(), evidence.strip()
    held = problem.sides.filter(side=side).first()
    if not text and not evidence:
        _take_away(reader, held, kind="side")
        return
    if not text or not evidence:
        raise AssessmentRefused("Say what is known and how you know it. A side without evidence is a gap.")
    row = held or ProfileSide(problem=problem, side=side)
    row.text, row.evidence = text, evidence
    row.save()
    record(reader, "write", kind="side", key=row.id, changed=["evidence", "text"])


def _take_away(reader: Reader, row: ProfileSentence | ProfileSide | None, *, kind: str) -> None:
    if row is not None:
        record(reader, "remove", kind=kind, key=row.id)
        row.delete()


@transaction.atomic
def write_entry(
    reader: Reader, problem: AssessedProblem, given: GivenEntry, *, key: UUID | None = None
) -> ProfileEntry:
    """Add an entry to a list of the profile, or put another text in the place of one; the same entry is kept once."""
    reader.require(Permission.PREPARE_ASSESSMENT)
    values = _values(problem, given)
    table = TABLES[type(given)]
    same: ProfileEntry | None = table._default_manager.filter(problem=problem, **values).first()
    if key is None and same is not None:
        return same
    row = _held(problem, table, key) if key else table(problem=problem, added_at=timezone.now())
    for name, value in values.items():
        setattr(row, name, value)
    _save(row)
    record(reader, "write", kind=row._meta.model_name or "", key=row.id, changed=list(values))
    return row


def _save(row: ProfileEntry) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if not isinstance(row, ProblemLink):
            raise
        raise AssessmentRefused("There is such a link already. Change that one instead.") from error


@transaction.atomic
def remove_entry(reader: Reader, problem: AssessedProblem, table: type[ProfileEntry], key: UUID) -> None:
    """Take an entry out of a list of the profile."""
    reader.require(Permission.PREPARE_ASSESSMENT)
    row = _held(problem, table, key)
    record(reader, "remove", kind=table._meta.model_name or "", key=row.id)
    row.delete()


def _held(problem: AssessedProblem, table: type[ProfileEntry], key: UUID) -> ProfileEntry:
    row = entry_of(problem, table, key)
    if row is None:
        raise AssessmentRefused("It has been taken away in the meantime.")
    return row


def _values(problem: AssessedProblem, given: GivenEntry) -> dict[str, object]:
    """Return the fields of an entry, without outer spaces; refuses what cannot stand."""
    values = {one.name: getattr(given, one.name) for one in fields(given)}
    values = {name: value.strip() if type(value) is str else value for name, value in values.items()}
    if isinstance(given, GivenReason):
        _refuse(refusal_of_reason(given.confidence, given.evidence))
    if isinstance(given, GivenLink):
        _refuse(refusal_of_percentage(values))
        values["other"] = _other(problem, given.other)
    return values


def _other(problem: AssessedProblem, slug: str) -> AssessedProblem:
    found = problem.assessment.problems.exclude(id=problem.id).filter(slug=slug).first()
    if found is None:
        raise AssessmentRefused("Choose another problem of this assessment.")
    return found


def _refuse(why: str) -> None:
    if why:
        raise AssessmentRefused(why)
