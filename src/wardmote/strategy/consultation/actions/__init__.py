"""Recording consultations, what they came to, and perception surveys; each change whole or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.audit.actions import record
from wardmote.definitions import problems
from wardmote.partnership.members.queries import partnership_of
from wardmote.strategy.consultation.models import Consultation, Count, Item, ProfileGroup, Question
from wardmote.strategy.consultation.rules import Method, Order, QuestionKind, Sampling, faults_in
from wardmote.strategy.consultation.rules.pasted import ProfileRow


class ConsultationRefused(Exception):
    """It cannot be kept like this; each fault says what to do."""

    def __init__(self, *faults: str) -> None:
        super().__init__(" ".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class GivenConsultation:
    """What is said of a consultation."""

    title: str
    asked: str
    method: Method
    sampling: Sampling
    from_on: date
    to_on: date
    base: int
    reached: str
    run_by: str
    caveats: str = ""


@dataclass(frozen=True)
class GivenQuestion:
    """A question with its counts: for each item how often it got each place, or how often it was chosen."""

    wording: str
    kind: QuestionKind
    base: int
    counts: Mapping[str, Sequence[int]]
    most: int | None = None
    order: Order | None = None


@transaction.atomic
def keep_consultation(
    reader: Reader, given: GivenConsultation, *, consultation: Consultation | None = None
) -> Consultation:
    """Record a consultation, or change it. Raises ConsultationRefused for dates or a base that cannot be."""
    reader.require(Permission.IMPORT_EVIDENCE)
    partnership = partnership_of(reader)
    kept = consultation or Consultation(partnership=partnership, recorded_at=timezone.now(), recorded_by_key=reader.key)
    _refuse(kept, given, taken=partnership.consultations.exclude(id=kept.id).filter(title__iexact=given.title.strip()))
    for name in ("title", "asked", "reached", "run_by", "caveats"):
        setattr(kept, name, getattr(given, name).strip())
    kept.method, kept.sampling, kept.base = given.method, given.sampling, given.base
    kept.from_on, kept.to_on = given.from_on, given.to_on
    kept.save()
    fields = ["asked", "base", "caveats", "from_on", "method", "reached", "run_by", "sampling", "title", "to_on"]
    record(reader, "keep", kind="consultation", key=kept.id, changed=fields)
    return kept


def _refuse(kept: Consultation, given: GivenConsultation, *, taken: object) -> None:
    if taken:
        raise ConsultationRefused(
            f"{given.title.strip()} is recorded already. Change that one, or choose another title."
        )
    if given.to_on < given.from_on:
        raise ConsultationRefused("The last day lies before the first. Correct one of them.")
    if given.to_on > timezone.localdate():
        raise ConsultationRefused("The last day lies ahead: record what was said once the consultation has ended.")
    if kept.pk and kept.questions.filter(base__gt=given.base).exists():
        raise ConsultationRefused(
            "More people answered one of its questions than this. Correct one of the two numbers."
        )


@transaction.atomic
def keep_question(reader: Reader, consultation: Consultation, given: GivenQuestion) -> Question:
    """Keep a question with its counts, in place of one of the same wording; all of it or, refused, nothing."""
    reader.require(Permission.IMPORT_EVIDENCE)
    faults = faults_in(list(given.counts.values()), kind=given.kind, base=given.base, most=given.most or 1)
    if given.base > consultation.base:
        faults = [
            f"{given.base} answered this question, and {consultation.base} the consultation. Correct one of the two."
        ]
    if faults:
        raise ConsultationRefused(*faults)
    consultation.questions.filter(wording=given.wording.strip()).delete()
    question = Question.objects.create(
        consultation=consultation,
        wording=given.wording.strip(),
        kind=given.kind,
        most=given.most if given.kind is QuestionKind.CHOICES else None,
        order=(given.order or Order.AVERAGE) if given.kind is QuestionKind.RANKING else "",
        base=given.base,
        counted_at=timezone.now(),
    )
    items = Item.objects.bulk_create(Item(question=question, title=title) for title in given.counts)
    Count.objects.bulk_create(
        Count(item=item, place=place, times=times)
        for item in items
        for place, times in enumerate(given.counts[item.title], start=1)
    )
    record(reader, "count", kind="question", key=question.id, changed=["base", "counts", "items", "wording"])
    return question


@transaction.atomic
def map_items(reader: Reader, question: Question, chosen: Mapping[UUID, str]) -> None:
    """Say which problem of the assessment's list each item is; blank is none of ours."""
    reader.require(Permission.IMPORT_EVIDENCE)
    known = {problem.slug for problem in problems(question.consultation.to_on)} | {""}
    items = list(question.items.all())
    if any(chosen.get(item.id, "") not in known for item in items):
        raise ConsultationRefused("Choose a problem of the list, or none of ours.")
    for item in items:
        item.problem = chosen.get(item.id, "")
    Item.objects.bulk_update(items, ["problem"])
    question.is_mapped = True
    question.save(update_fields=["is_mapped"])
    record(reader, "map", kind="question", key=question.id, changed=["items"])


@transaction.atomic
def remove_question(reader: Reader, question: Question) -> None:
    """Take a question and its counts away."""
    reader.require(Permission.IMPORT_EVIDENCE)
    record(reader, "remove", kind="question", key=question.id)
    question.delete()


@transaction.atomic
def keep_profile(reader: Reader, consultation: Consultation, rows: Sequence[ProfileRow], *, source: str) -> None:
    """Keep who answered beside the population, in place of what was kept before. Raises ConsultationRefused."""
    reader.require(Permission.IMPORT_EVIDENCE)
    if rows and not source.strip():
        raise ConsultationRefused("Say where the population's shares come from, and of which year they are.")
    for feature in dict.fromkeys(row.feature for row in rows):
        counted = sum(row.respondents for row in rows if row.feature == feature)
        if counted > consultation.base:
            raise ConsultationRefused(
                f"The groups of {feature} have {counted} respondents, and {consultation.base} people answered. Correct "
                "one of them."
            )
    consultation.profile.all().delete()
    ProfileGroup.objects.bulk_create(
        ProfileGroup(
            consultation=consultation,
            feature=row.feature,
            group=row.group,
            position=position,
            respondents=row.respondents,
            population_percent=row.population_percent,
        )
        for position, row in enumerate(rows)
    )
    consultation.population_source = source.strip()
    consultation.save(update_fields=["population_source"])
    record(reader, "keep", kind="profile", key=consultation.id, changed=["population_source", "profile"])
