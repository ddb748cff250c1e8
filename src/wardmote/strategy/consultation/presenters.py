"""The shape of the consultation pages."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse

from wardmote.definitions import consultation_rule, problem
from wardmote.foundations.rounding import with_thousands

from .models import Consultation, ProfileGroup, Question, Series, Wave
from .queries.results import ConsultationResult, QuestionResult
from .queries.tracker import SeriesResult, WaveResult
from .reports import facts_of, interval_caveat, period_words
from .rules import METHOD_WORDS, Method, QuestionKind, is_stale

NUMERIC = {"numeric": True}
LIST_COLUMNS = ["Title", "How", "When", {"title": "Answered", **NUMERIC}, "Age"]
PROFILE_HEADS = ("Respondents", "Share of base", "Share of population", "Difference")


def list_rows(consultations: Iterable[Consultation], *, today: date) -> list[list[Any]]:
    """Return the rows of the list."""
    years = consultation_rule().stale_after_years
    return [
        [
            {"text": one.title, "url": reverse("consultation:consultation", args=[one.id])},
            METHOD_WORDS[Method(one.method)],
            period_words(one),
            with_thousands(one.base),
            {"text": f"Over {years} years old", "tag": True, "colour": "yellow"}
            if is_stale(one.to_on, today, years=years)
            else "current",
        ]
        for one in consultations
    ]


def consultation_page(result: ConsultationResult) -> dict[str, Any]:
    """Return a consultation as its page shows it."""
    return {
        "consultation": result.consultation,
        "facts": [{"key": name, "value": value} for name, value in facts_of(result.consultation)],
        "questions": [_question(question) for question in result.questions],
        "caveat": interval_caveat(result.consultation),
        "profile": [
            [f"{one.feature}: {one.group}", one.respondents, one.share, one.population, one.gap, _flag(one.is_under)]
            for one in result.profile
        ],
        "profile_columns": ["Group", *({"title": head, **NUMERIC} for head in PROFILE_HEADS), "Clear gap"],
        "rule": consultation_rule().words,
    }


def _flag(is_under: bool) -> Any:  # noqa: FBT001  the one thing it tells
    return {"text": "Under-represented", "tag": True, "colour": "yellow"} if is_under else ""


def _question(result: QuestionResult) -> dict[str, Any]:
    is_ranking = result.kind is QuestionKind.RANKING
    heads = (
        ["Average place", "Borda's points", "Gave it a place"] if is_ranking else ["Chose it", "Share", "95% interval"]
    )
    return {
        "question": result.question,
        "caption": f"{result.base} answered, {result.method}",
        "is_choices": not is_ranking,
        "columns": [
            "Item",
            {"title": "Place", **NUMERIC},
            *({"title": head, **NUMERIC} for head in heads),
            "Our problem",
        ],
        "rows": [
            [
                one.title,
                one.place,
                *((one.average, one.points, one.answered) if is_ranking else (one.answered, one.share, one.interval)),
                _problem(result.question, one.problem),
            ]
            for one in result.items
        ],
        "note": result.note,
    }


def _problem(question: Question, slug: str) -> str:
    if not question.is_mapped:
        return "not said yet"
    return problem(slug).title if slug else "none of ours"


def series_cards(found: Iterable[SeriesResult]) -> list[dict[str, Any]]:
    """Return the surveys over time with their waves."""
    return [
        {
            "series": one.series,
            "latest": one.latest,
            "waves": [
                {
                    "period": wave.wave.period,
                    "break": wave.wave.break_before,
                    "cells": _wave_cells(wave),
                }
                for wave in one.waves
            ],
        }
        for one in found
    ]


def _wave_cells(wave: WaveResult) -> list[str]:
    """The head of the column says that changes and gaps are percentage points."""
    change, gap = (words.split(" percentage")[0] for words in (wave.change, wave.gap))
    return [wave.value, wave.base, change, wave.interval, wave.national, gap, wave.rank]


def profile_text(groups: Iterable[ProfileGroup]) -> str:
    """Return a profile as it is typed."""
    return "\n".join(f"{one.feature}; {one.group}; {one.respondents}; {one.population_percent}" for one in groups)


def series_initial(series: Series) -> dict[str, str]:
    """Return a series as it is typed."""
    fields = ("survey", "question", "area", "compared_with")
    return {**{name: getattr(series, name) for name in fields}, "waves": "\n".join(map(_wave_text, series.waves.all()))}


def _wave_text(wave: Wave) -> str:
    values = (wave.value, wave.base, wave.national, wave.rank, wave.ranked)
    cells = [wave.period, wave.ended_on.isoformat(), *("" if one is None else str(one) for one in values)]
    return "; ".join([*cells, wave.source, wave.break_before]).rstrip("; ")
