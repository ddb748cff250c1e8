"""A file of answers counted at once: its bytes lie in a folder of this moment and go with it."""

import tempfile
from pathlib import Path

from django.core.files import File

from wardmote.analytics.sources import SourceRefused
from wardmote.analytics.sources.answers import Answers, AnswersRefused, read_choices, read_rankings
from wardmote.analytics.sources.intake import Found
from wardmote.strategy.consultation.rules import QuestionKind

from . import ConsultationRefused

MAX_BYTES = 20_000_000


def count_answers(file: File[bytes], kind: QuestionKind, *, most: int | None) -> Answers:
    """Reduce a file of answers to counts. Raises ConsultationRefused with row, column and remedy."""
    if (file.size or 0) > MAX_BYTES:
        raise ConsultationRefused("The file is larger than 20 MB. Give the answers to one question alone.")
    name = Path(file.name or "answers").name
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answers"
        with path.open("xb") as target:
            for chunk in file.chunks():
                target.write(chunk)
        found, work = Found(name, path), Path(folder) / "work"
        try:
            if kind is QuestionKind.RANKING:
                return read_rankings(found, work)
            return read_choices(found, work, most=most or 1)
        except AnswersRefused as refusal:
            raise ConsultationRefused(*refusal.faults) from refusal
        except SourceRefused as refusal:
            raise ConsultationRefused(refusal.message) from refusal
