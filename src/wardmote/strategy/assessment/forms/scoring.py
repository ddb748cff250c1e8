"""What is asked of a scorer, and of who enters for one: a level, “don't know” or “not for my agency”."""

from collections.abc import Mapping
from typing import Any

from django import forms

from wardmote.definitions import Criterion, Matrix
from wardmote.strategy.assessment.actions import GivenScore
from wardmote.strategy.assessment.models import Score
from wardmote.strategy.assessment.queries.filled import Filled
from wardmote.strategy.assessment.rules import (
    ANSWER_WORDS,
    CONFIDENCE_WORDS,
    CURRENT_WORK_WORDS,
    ENTERED_WORDS,
    Answer,
    EnteredFrom,
)
from wardmote.web.forms import Form


def levels_of(criterion: Criterion) -> list[tuple[str, str]]:
    """Return the levels as choices, each with its words."""
    return [(str(level), f"{level}: {words}") for level, words in sorted(criterion.levels.items())]


class ScoreForm(Form):
    """One problem's scores under a matrix: for each criterion an answer, how sure, and the evidence."""

    # Half a sheet can be kept and found again, so nothing is required: the words at each label would only be noise.
    leaves_optional_unsaid = True

    def __init__(
        self, *args: Any, matrix: Matrix, own: Mapping[str, Score], filled: Mapping[str, Filled], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.matrix = matrix
        self.filled = {code: found for code, found in filled.items() if found.level is not None}
        for criterion in matrix.criteria:
            self._ask(criterion, own.get(criterion.code))

    def _ask(self, criterion: Criterion, given: Score | None) -> None:
        filled = self.filled.get(criterion.code)
        other = [(answer.value, words) for answer, words in ANSWER_WORDS.items()]
        self.fields[f"{criterion.code}-value"] = forms.ChoiceField(
            label=criterion.label,
            help_text=f"{criterion.question} {CURRENT_WORK_WORDS[criterion.current_work]}",
            choices=levels_of(criterion) if filled else [*levels_of(criterion), ("or", other)],
            widget=forms.RadioSelect,
            required=False,
            initial=_answer_of(given, filled),
        )
        if filled:
            self.fields[f"{criterion.code}-reason"] = forms.CharField(
                label="If you choose another score, why?",
                help_text="The record of the session shows it, without you and your agency.",
                widget=forms.Textarea(attrs={"rows": 2}),
                required=False,
                max_length=1000,
                initial=given.override_reason if given else "",
            )
        self.fields[f"{criterion.code}-confidence"] = forms.ChoiceField(
            label="How sure are you?",
            choices=[("", "Not said"), *[(c.value, words) for c, words in CONFIDENCE_WORDS.items()]],
            required=False,
            initial=given.confidence if given else "",
        )
        self.fields[f"{criterion.code}-evidence"] = forms.CharField(
            label="What is it based on?",
            help_text=f"For example: {'; '.join(criterion.evidence_wanted)}. Name nobody.",
            widget=forms.Textarea(attrs={"rows": 2}),
            required=False,
            max_length=2000,
            initial=given.evidence if given else "",
        )

    def clean(self) -> dict[str, Any]:
        """Refuse words without an answer, and another score than the figures give without a reason."""
        cleaned = super().clean() or {}
        for criterion in self.matrix.criteria:
            code = criterion.code
            value = cleaned.get(f"{code}-value")
            said = cleaned.get(f"{code}-evidence") or cleaned.get(f"{code}-confidence")
            if not value and said:
                self.add_error(f"{code}-value", f"Choose an answer for {criterion.label}, or clear what you said of it")
            filled = self.filled.get(code)
            if value and filled and value != str(filled.level) and not cleaned.get(f"{code}-reason", "").strip():
                self.add_error(f"{code}-reason", f"Say why you set aside what the figures say of {criterion.label}")
        return cleaned

    def scores(self) -> list[GivenScore]:
        """Return what was answered; a criterion without an answer is not in it."""
        return [
            self._given(criterion.code)
            for criterion in self.matrix.criteria
            if self.cleaned_data.get(f"{criterion.code}-value")
        ]

    def _given(self, code: str) -> GivenScore:
        value = self.cleaned_data[f"{code}-value"]
        is_other = value in list(Answer)
        return GivenScore(
            criterion=code,
            value=None if is_other else int(value),
            confidence=self.cleaned_data[f"{code}-confidence"],
            evidence=self.cleaned_data[f"{code}-evidence"],
            answer=Answer(value) if is_other else Answer.LEVEL,
            reason=self.cleaned_data.get(f"{code}-reason", ""),
        )


def _answer_of(given: Score | None, filled: Filled | None) -> str:
    if given is not None:
        return str(given.value) if given.answer == Answer.LEVEL else given.answer
    return str(filled.level) if filled else ""


class EnteredForm(ScoreForm):
    """An agency's scores, entered for it."""

    def __init__(self, *args: Any, own: Mapping[str, Score], **kwargs: Any) -> None:
        super().__init__(*args, own=own, **kwargs)
        before = next((one.entered_from for one in own.values()), "")
        self.fields["entered_from"] = forms.TypedChoiceField(
            label="Where do you have these scores from?",
            choices=[(one.value, words) for one, words in ENTERED_WORDS.items()],
            coerce=EnteredFrom,
            widget=forms.RadioSelect,
            initial=before,
            error_messages={"required": "Select where you have these scores from"},
        )
