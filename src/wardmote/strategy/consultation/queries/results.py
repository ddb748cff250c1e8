"""What a consultation came to: items in their order, percentages with base and interval, and who answered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from django.db.models import QuerySet

from wardmote.analytics.measures.preferences import RankedItem, orders_differ, rank_items
from wardmote.analytics.measures.proportions import share_interval
from wardmote.definitions import consultation_rule, small_counts
from wardmote.foundations.rounding import half_up, percentage_points, with_thousands
from wardmote.strategy.consultation.models import Consultation, Item, ProfileGroup, Question
from wardmote.strategy.consultation.rules import Order, QuestionKind, hidden_places


@dataclass(frozen=True)
class ItemResult:
    """An item in its place; `said` is what a page or a board reads of it, with its base."""

    title: str
    problem: str
    place: str
    said: str
    average: str = ""
    points: str = ""
    answered: str = ""
    share: str = ""
    interval: str = ""


@dataclass(frozen=True)
class QuestionResult:
    """A question with its items in order, how it was counted, and what has to be known beside it."""

    question: Question
    kind: QuestionKind
    base: str
    method: str
    items: tuple[ItemResult, ...]
    note: str = ""


@dataclass(frozen=True)
class GroupResult:
    """A group of respondents beside the population; `gap` is in percentage points."""

    feature: str
    group: str
    respondents: str
    share: str
    population: str
    gap: str
    is_under: bool


@dataclass(frozen=True)
class ConsultationResult:
    """A consultation with everything that it came to."""

    consultation: Consultation
    questions: tuple[QuestionResult, ...]
    profile: tuple[GroupResult, ...]

    @property
    def under_represented(self) -> tuple[str, ...]:
        """The groups that are clearly under-represented."""
        return tuple(f"{one.feature}: {one.group}" for one in self.profile if one.is_under)


def results_of(consultations: QuerySet[Consultation], *, public: bool) -> tuple[ConsultationResult, ...]:
    """Return what consultations came to; for the public with small counts hidden."""
    found = consultations.prefetch_related("questions__items__counts", "profile")
    return tuple(
        ConsultationResult(
            one,
            tuple(question_result(question, public=public) for question in one.questions.all()),
            profile_of(one, public=public),
        )
        for one in found
    )


def question_result(question: Question, *, public: bool) -> QuestionResult:
    """Return a question's items in order, with the figures as they are printed."""
    if question.kind == QuestionKind.RANKING:
        return _ranking(question)
    return _choices(question, public=public)


def _ranking(question: Question) -> QuestionResult:
    items = {item.title: item for item in question.items.all()}
    ranked = rank_items({title: _places(item, len(items)) for title, item in items.items()})
    by_points = question.order == Order.POINTS
    if by_points:
        ranked = tuple(sorted(ranked, key=lambda one: (one.by_points, one.item)))
    places = [one.by_points if by_points else one.by_average for one in ranked]
    rows = tuple(
        _ranked(one, items[one.item], _place_words(place, places), question)
        for one, place in zip(ranked, places, strict=True)
    )
    method = "by Borda's points" if by_points else "by average place"
    note = (
        f"With {len(items)} items a first place gives {len(items) - 1} points, the last place none, and an item that "
        "was left out none."
    )
    if orders_differ(ranked):
        note += " Some left items out: by points the order differs from that by average place."
    return QuestionResult(question, QuestionKind.RANKING, with_thousands(question.base), method, rows, note)


def _places(item: Item, places: int) -> list[int]:
    times = {count.place: count.times for count in item.counts.all()}
    return [times.get(place, 0) for place in range(1, places + 1)]


def _ranked(one: RankedItem, item: Item, place: str, question: Question) -> ItemResult:
    total = len(question.items.all())
    return ItemResult(
        one.item,
        item.problem,
        place,
        f"{place} of {total} ({with_thousands(question.base)} answered)" if place else "not ranked by anybody",
        "" if one.average is None else with_thousands(one.average, 2),
        with_thousands(one.points),
        with_thousands(one.answered),
    )


def _place_words(place: int | None, places: Sequence[int | None]) -> str:
    if place is None:
        return ""
    return f"{place}=" if places.count(place) > 1 else str(place)


def _choices(question: Question, *, public: bool) -> QuestionResult:
    items = list(question.items.all())
    counts = [sum(count.times for count in item.counts.all()) for item in items]
    rule = small_counts()
    # Where one item alone could be chosen, the counts add up to the base and a hidden one would be found out.
    hidden = hidden_places(counts, threshold=rule.threshold, adds_up=question.most == 1) if public else frozenset()
    order = sorted(range(len(items)), key=lambda at: (-counts[at], items[at].title))
    rows = tuple(
        _hidden(items[at]) if at in hidden else _chosen(items[at], counts[at], counts, question.base) for at in order
    )
    note = f"{rule.hidden} is {rule.hidden_words}." if hidden else ""
    most = "one item" if question.most == 1 else f"up to {question.most} items"
    base = with_thousands(question.base)
    return QuestionResult(question, QuestionKind.CHOICES, base, f"each chose {most}", rows, note)


def _hidden(item: Item) -> ItemResult:
    mark = small_counts().hidden
    return ItemResult(item.title, item.problem, "", f"{mark}", answered=mark, share=mark, interval="")


def _chosen(item: Item, chosen: int, counts: Sequence[int], base: int) -> ItemResult:
    place = 1 + sum(other > chosen for other in counts)
    return ItemResult(
        item.title,
        item.problem,
        f"{place}=" if counts.count(chosen) > 1 else str(place),
        share_words(chosen, base),
        answered=with_thousands(chosen),
        share=_percent_words(Fraction(chosen, base), base),
        interval=interval_words(Fraction(chosen, base), base),
    )


def share_words(chosen: int, base: int) -> str:
    """Write a share with its base: `61% (887 of 1,455)`; of too few answers the count alone."""
    counted = f"{with_thousands(chosen)} of {with_thousands(base)}"
    percent = _percent_words(Fraction(chosen, base), base)
    return f"{percent} ({counted})" if percent else counted


def _percent_words(share: Fraction, base: int) -> str:
    return f"{half_up(100 * share)}%" if base >= small_counts().smallest_base else ""


def interval_words(share: Fraction, base: int) -> str:
    """Write the 95% interval of a share, `58% to 63%`; nothing where there are too few answers for a percentage."""
    if base < small_counts().smallest_base:
        return ""
    found = share_interval(share, base)
    low, high = (half_up(Fraction(one) * 100) for one in (found.low, found.high))
    return f"{low}% to {high}%"


def profile_of(consultation: Consultation, *, public: bool) -> tuple[GroupResult, ...]:
    """Return who answered beside the population; for the public with small groups hidden, and enough beside them."""
    found = list(consultation.profile.all())
    return tuple(
        one for _, rows in groupby(found, key=lambda row: row.feature) for one in _feature(consultation, rows, public)
    )


def _feature(consultation: Consultation, rows: Iterable[ProfileGroup], public: bool) -> list[GroupResult]:  # noqa: FBT001
    groups = list(rows)
    counts = [group.respondents for group in groups]
    hidden = hidden_places(counts, threshold=small_counts().threshold, adds_up=True) if public else frozenset()
    return [_group(group, consultation.base, is_hidden=at in hidden) for at, group in enumerate(groups)]


def _group(group: ProfileGroup, base: int, *, is_hidden: bool) -> GroupResult:
    share = Fraction(group.respondents, base)
    population = Fraction(group.population_percent)
    percent = base >= small_counts().smallest_base and not is_hidden
    return GroupResult(
        group.feature,
        group.group,
        small_counts().hidden if is_hidden else with_thousands(group.respondents),
        f"{half_up(100 * share, 1)}%" if percent else "",
        f"{_plain(group.population_percent)}%",
        percentage_points(100 * share - population) if percent else "",
        is_under_represented(share, base, population / 100),
    )


def is_under_represented(share: Fraction, base: int, population: Fraction) -> bool:
    """Whether a group is clearly smaller among respondents than in the population, by the rule in the definitions."""
    rule = consultation_rule()
    if base < rule.smallest_base or share >= rule.ratio * population:
        return False
    return share_interval(share, base).high < population


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
