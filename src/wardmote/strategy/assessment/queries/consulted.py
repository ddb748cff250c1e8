"""What people said, as far as it belongs to an assessment: the consultations and surveys that the analyst chose."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from wardmote.definitions import consultation_rule
from wardmote.foundations.rounding import with_thousands
from wardmote.strategy.assessment.models import Assessment
from wardmote.strategy.consultation.models import Consultation, Series
from wardmote.strategy.consultation.queries.results import ConsultationResult, ItemResult, results_of
from wardmote.strategy.consultation.queries.tracker import SeriesResult, series_result
from wardmote.strategy.consultation.rules import SAMPLING_WORDS, Sampling, is_stale


@dataclass(frozen=True)
class Consulted:
    """The results that belong to an assessment, those that are too old by their key, and surveys over time."""

    results: tuple[ConsultationResult, ...]
    stale: frozenset[UUID]
    series: tuple[SeriesResult, ...]


@dataclass(frozen=True)
class Heard:
    """What residents said of one problem: sentences with their base, and the best place that it got."""

    said: tuple[str, ...]
    place: int | None


def consulted(assessment: Assessment) -> Consulted:
    """Return what an assessment prints of consultations, small counts hidden as the public will see it."""
    found = results_of(Consultation.objects.filter(used_by__assessment=assessment), public=True)
    series = Series.objects.filter(used_by__assessment=assessment).prefetch_related("waves")
    stale = {one.consultation.id for one in found if stale_for(assessment, one.consultation)}
    return Consulted(found, frozenset(stale), tuple(series_result(one) for one in series))


def stale_for(assessment: Assessment, consultation: Consultation) -> bool:
    """Whether a consultation is too old for an assessment."""
    return is_stale(consultation.to_on, assessment.as_at, years=consultation_rule().stale_after_years)


def suggested(assessment: Assessment) -> QuerySet[Consultation]:
    """Return the consultations that ended in the year up to an assessment's date."""
    day = assessment.as_at
    # 29 February has no day a year before: the year then begins with 1 March.
    year_before = date(day.year - 1, 3, 1) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)
    return assessment.partnership.consultations.filter(to_on__gt=year_before, to_on__lte=day)


def filled_words(assessment: Assessment) -> str:
    """Say what stands in the residents' part by itself; empty where no consultation with an answer was chosen."""
    used = Consultation.objects.filter(used_by__assessment=assessment, questions__isnull=False).distinct()
    named = [f"“{one.title}” ({with_thousands(one.base)} answered{_age(assessment, one)})" for one in used]
    return f"The results stand there: {'; '.join(named)}." if named else ""


def _age(assessment: Assessment, consultation: Consultation) -> str:
    return f", over {consultation_rule().stale_after_years} years old" if stale_for(assessment, consultation) else ""


def heard_of(found: Consulted) -> dict[str, Heard]:
    """Return by problem what residents said of it; a problem that was no item of any question is not there."""
    told = [result for result in found.results if result.questions]
    said: dict[str, list[tuple[str, ItemResult]]] = {}
    for result in told:
        # With one consultation its name stands once above the table, not in every row.
        named = f", {result.consultation.title}" if len(told) > 1 else ""
        for question in result.questions:
            for item in question.items:
                if item.problem:
                    said.setdefault(item.problem, []).append((named, item))
    return {slug: _heard(items) for slug, items in said.items()}


def _heard(items: list[tuple[str, ItemResult]]) -> Heard:
    places = [int(item.place.rstrip("=")) for _, item in items if item.place]
    return Heard(tuple(f"{item.said}{named}" for named, item in items), min(places, default=None))


def asked_words(found: Consulted) -> str:
    """Say whom residents' words come from: each consultation with its days and who could answer."""
    told = [one.consultation for one in found.results if one.questions]
    named = (
        f"{one.title} ({one.from_on:%-d %B %Y} to {one.to_on:%-d %B %Y}; "
        f"{SAMPLING_WORDS[Sampling(one.sampling)].lower()})"
        for one in told
    )
    return f"Residents: {'; '.join(named)}." if told else "Residents: no consultation is chosen for this assessment."
