"""Keeping perception surveys over time."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.audit.actions import record
from wardmote.partnership.members.queries import partnership_of
from wardmote.strategy.consultation.models import Series, Wave
from wardmote.strategy.consultation.rules.pasted import WaveRow

from . import ConsultationRefused


@dataclass(frozen=True)
class GivenSeries:
    """A survey's question in one area, and its waves."""

    survey: str
    question: str
    area: str
    compared_with: str
    waves: Sequence[WaveRow]


@transaction.atomic
def keep_series(reader: Reader, given: GivenSeries, *, series: Series | None = None) -> Series:
    """Keep a series with its waves, in place of what it held before. Refuses a wave that lies ahead."""
    reader.require(Permission.IMPORT_EVIDENCE)
    ahead = next((row for row in given.waves if row.ended_on > timezone.localdate()), None)
    if ahead:
        raise ConsultationRefused(f"{ahead.period} ends ahead, on {ahead.ended_on:%-d %B %Y}. Enter it once it is out.")
    partnership = partnership_of(reader)
    kept = series or Series(partnership=partnership)
    same = {"survey": given.survey.strip(), "question": given.question.strip(), "area": given.area.strip()}
    if partnership.survey_series.exclude(id=kept.id).filter(**same).exists():
        raise ConsultationRefused("This question of this survey is kept already for this area. Change that one.")
    kept.survey, kept.question, kept.area = same["survey"], same["question"], same["area"]
    kept.compared_with = given.compared_with.strip()
    kept.save()
    kept.waves.all().delete()
    Wave.objects.bulk_create(Wave(series=kept, **vars(row)) for row in given.waves)
    record(reader, "keep", kind="series", key=kept.id, changed=["area", "compared_with", "question", "survey", "waves"])
    return kept
