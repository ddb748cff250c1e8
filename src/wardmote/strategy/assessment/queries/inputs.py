"""What an assessment rests on beside figures, as pages and print show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from wardmote.definitions import input_ages, small_counts
from wardmote.strategy.assessment.models import Assessment, NeedsAssessment, Provision, ReviewLearning
from wardmote.strategy.assessment.rules.inputs import LearningState, said_count, use_words, why_old


@dataclass(frozen=True)
class UsedNeeds:
    """A needs assessment that was used, and why it is old; empty where it is not."""

    row: NeedsAssessment
    old: str


@dataclass(frozen=True)
class Learning:
    """A recommendation with the title of its problem."""

    row: ReviewLearning
    problem: str

    @property
    def is_open(self) -> bool:
        """Whether it has not been carried out."""
        return self.row.state == LearningState.OPEN


@dataclass(frozen=True)
class Provided:
    """A need with its service, the title of its problem, and its use in words that hide small counts of people."""

    row: Provision
    problem: str
    use: str

    @property
    def is_gap(self) -> bool:
        """Whether no service meets the need, or not enough."""
        return bool(self.row.gap)


@dataclass(frozen=True)
class Inputs:
    """Everything an assessment rests on beside figures; `silent` are problems about whose services nothing is said."""

    needs: Sequence[UsedNeeds] = ()
    learning: Sequence[Learning] = ()
    provision: Sequence[Provided] = ()
    silent: Sequence[str] = ()


def inputs_of(assessment: Assessment) -> Inputs:
    """Return the inputs of an assessment; whether one is old is told for the day that the assessment bears."""
    titles = dict(assessment.problems.values_list("slug", "title"))
    years = input_ages().needs_assessment_years
    provision = [_provided(row, titles) for row in assessment.provision.all()]
    spoken_of = {one.row.problem for one in provision}
    return Inputs(
        [
            UsedNeeds(row, why_old(row.dated_on, row.review_on, as_at=assessment.as_at, years=years))
            for row in assessment.needs_assessments.all()
        ],
        [Learning(row, titles.get(row.problem, "")) for row in assessment.learning.all()],
        provision,
        [title for slug, title in titles.items() if slug not in spoken_of] if provision else [],
    )


def filled_words(assessment: Assessment, source: str) -> str:
    """Say how far rows fill a required part; empty where there are none, or other things fill it."""
    match source:
        case "needs":
            needs = inputs_of(assessment).needs
            return _words(len(needs), "needs assessment", sum(bool(one.old) for one in needs), "old")
        case "learning":
            learning = assessment.learning
            still = learning.filter(state=LearningState.OPEN).count()
            return _words(learning.count(), "recommendation", still, "open")
        case "provision":
            gaps = assessment.provision.exclude(gap="").count()
            return _words(assessment.provision.count(), "need", gaps, "with a gap")
    return ""


def earlier_with_inputs(assessment: Assessment) -> Assessment | None:
    """Return the newest assessment of the partnership before this one that has any inputs."""
    before = Assessment.objects.filter(partnership=assessment.partnership_id, as_at__lt=assessment.as_at)
    return next((one for one in before.order_by("-as_at", "-created_at") if has_inputs(one)), None)


def has_inputs(assessment: Assessment) -> bool:
    """Whether any input is put down."""
    rows = (assessment.needs_assessments, assessment.learning, assessment.provision)
    return any(row.exists() for row in rows)


def input_of(assessment: Assessment, kind: str, key: UUID) -> NeedsAssessment | ReviewLearning | Provision | None:
    """Return one row of a kind (needs, learning, provision), None where the assessment has no such row."""
    match kind:
        case "needs":
            return assessment.needs_assessments.filter(id=key).first()
        case "learning":
            return assessment.learning.filter(id=key).first()
        case "provision":
            return assessment.provision.filter(id=key).first()
    return None


def _provided(row: Provision, titles: dict[str, str]) -> Provided:
    taken = "" if row.taken_up is None else _said(row.taken_up, row.problem)
    return Provided(row, titles.get(row.problem, ""), use_words(taken, row.capacity, row.counted_as))


def _said(count: int, problem: str) -> str:
    rule = small_counts()
    if rule.is_sensitive(problem):
        return said_count(count, threshold=rule.sensitive_threshold, rounding=rule.sensitive_rounding)
    return said_count(count, threshold=rule.threshold, rounding=rule.rounding)


def _words(count: int, noun: str, some: int, which: str) -> str:
    if not count:
        return ""
    listed = f"1 {noun} is listed" if count == 1 else f"{count} {noun}s are listed"
    return f"{listed}, {some or 'none'} of them {which}."
