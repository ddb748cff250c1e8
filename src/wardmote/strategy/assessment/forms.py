"""What is asked to start an assessment, to score, to note and to decide."""

from datetime import date
from typing import Any

from django import forms

from wardmote.definitions import Criterion, Matrix, matrices, problems
from wardmote.web.forms import DateInputs, Form

from .actions import GivenDecision, GivenScore, NewAssessment
from .models import Score
from .rules import OUTCOME_WORDS, Confidence, Outcome

NOT_SCORED = ""


class NewAssessmentForm(Form):
    """A new assessment."""

    title = forms.CharField(
        label="What is it called?", max_length=200, error_messages={"required": "Enter a name for the assessment"}
    )
    as_at = forms.DateField(
        label="As at which date?",
        help_text="The last 12 whole months that we hold before this date are compared with the 12 before them.",
        widget=DateInputs,
        error_messages={"required": "Enter the date", "invalid": "Enter a real date, for example 31 3 2026"},
    )
    matrix = forms.ChoiceField(
        label="Which scoring matrix?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select a scoring matrix"},
    )
    second_matrix = forms.ChoiceField(
        label="Compare with a second one?", widget=forms.RadioSelect, required=False, help_text="You can leave this."
    )
    top = forms.IntegerField(
        label="How many problems can become priorities?",
        help_text="The ranking says how firmly each problem belongs in this many.",
        initial=5,
        min_value=1,
        max_value=20,
        error_messages={
            "required": "Enter a number, for example 5",
            "invalid": "Enter a whole number, for example 5",
            "min_value": "Enter 1 or more",
            "max_value": "Enter 20 or fewer",
        },
    )
    problems = forms.MultipleChoiceField(
        label="Which problems are assessed?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select the problems to assess"},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        named = [(matrix.slug, matrix.title) for matrix in matrices()]
        self.fields["matrix"].choices = named  # type: ignore[attr-defined]
        self.fields["second_matrix"].choices = [("", "No"), *named]  # type: ignore[attr-defined]
        known = sorted(problems(today), key=lambda problem: (not problem.police_uk, problem.title))
        self.fields["problems"].choices = [(problem.slug, problem.title) for problem in known]  # type: ignore[attr-defined]

    def clean_as_at(self) -> date:
        """Refuse a date that has not come yet."""
        day: date = self.cleaned_data["as_at"]
        if day > self.today:
            raise forms.ValidationError("The date must be today or in the past")
        return day

    def clean(self) -> dict[str, Any]:
        """Refuse a second matrix that is the first."""
        cleaned = super().clean() or {}
        if cleaned.get("second_matrix") and cleaned.get("second_matrix") == cleaned.get("matrix"):
            self.add_error("second_matrix", "Select another matrix than the first, or No")
        return cleaned

    def new_assessment(self) -> NewAssessment:
        """Return what was entered."""
        return NewAssessment(**{**self.cleaned_data, "problems": tuple(self.cleaned_data["problems"])})


class ScoreForm(Form):
    """One problem's scores under a matrix: for each criterion a score or none, how sure, and the evidence."""

    # Every answer has a "Not scored" or "Not said" of its own: the word at each label would only be noise.
    leaves_optional_unsaid = True

    def __init__(self, *args: Any, matrix: Matrix, own: dict[str, Score], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.matrix = matrix
        for criterion in matrix.criteria:
            self._ask(criterion, own.get(criterion.code))

    def _ask(self, criterion: Criterion, given: Score | None) -> None:
        levels = [(str(level), f"{level}: {words}") for level, words in sorted(criterion.levels.items())]
        self.fields[f"{criterion.code}-value"] = forms.ChoiceField(
            label=criterion.label,
            help_text=criterion.question,
            choices=[*levels, (NOT_SCORED, "Not scored")],
            widget=forms.RadioSelect,
            required=False,
            initial=NOT_SCORED if given is None or given.value is None else str(given.value),
        )
        self.fields[f"{criterion.code}-confidence"] = forms.ChoiceField(
            label="How sure are you?",
            choices=[("", "Not said"), *[(c.value, c.value.title()) for c in Confidence]],
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

    def scores(self) -> list[GivenScore]:
        """Return what was given; "Not scored" is a value of None."""
        return [self._given(criterion.code) for criterion in self.matrix.criteria]

    def _given(self, code: str) -> GivenScore:
        value = self.cleaned_data[f"{code}-value"]
        return GivenScore(
            criterion=code,
            value=None if value == NOT_SCORED else int(value),
            confidence=self.cleaned_data[f"{code}-confidence"],
            evidence=self.cleaned_data[f"{code}-evidence"],
        )


class NoteForm(Form):
    """The analyst's note on a problem."""

    note = forms.CharField(
        label="What should the reader know?",
        help_text="It is printed in the assessment. Name nobody.",
        widget=forms.Textarea(attrs={"rows": 8}),
        required=False,
        max_length=20000,
    )


class DecisionForm(Form):
    """What the partnership made of a problem."""

    outcome = forms.TypedChoiceField(
        label="What did the partnership decide?",
        choices=[(outcome.value, OUTCOME_WORDS[outcome]) for outcome in Outcome],
        coerce=Outcome,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what was decided"},
    )
    reason = forms.CharField(
        label="Why?",
        help_text="A problem that ranks low can be a priority, and one that ranks high need not be. Say why.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=5000,
        error_messages={"required": "Enter the reason"},
    )
    decided_by = forms.CharField(
        label="Who decided it?",
        help_text="The body or post, for example “Community Safety Board”. No person's name.",
        max_length=200,
        error_messages={"required": "Enter the body or post that decided"},
    )
    decided_on = forms.DateField(
        label="When?",
        widget=DateInputs,
        error_messages={"required": "Enter the date", "invalid": "Enter a real date, for example 27 3 2026"},
    )

    def __init__(self, *args: Any, today: date, as_at: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.earliest = date(as_at.year - 1, 1, 1)

    def clean_decided_on(self) -> date:
        """Refuse a date that has not come yet."""
        day: date = self.cleaned_data["decided_on"]
        if day > self.today:
            raise forms.ValidationError("The date must be today or in the past")
        if day < self.earliest:
            raise forms.ValidationError(f"The date must be in {self.earliest.year} or later")
        return day

    def given(self) -> GivenDecision:
        """Return what was entered."""
        return GivenDecision(**self.cleaned_data)
