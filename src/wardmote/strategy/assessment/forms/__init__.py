"""What is asked to start an assessment, to note and to decide."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from wardmote.definitions import Problem, matrices
from wardmote.strategy.assessment.actions import GivenDecision, NewAssessment
from wardmote.strategy.assessment.rules import OUTCOME_WORDS, Outcome
from wardmote.web.forms import DateInputs, Form


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
    data_cut_off_on = forms.DateField(
        label="Is there a data cut-off?",
        help_text="Data accepted after this day wait for the next assessment, so that no number moves under the panel.",
        required=False,
        widget=DateInputs,
        error_messages={"invalid": "Enter a real date, for example 2 12 2026"},
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

    def __init__(self, *args: Any, today: date, problems: Sequence[Problem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        named = [(matrix.slug, matrix.title) for matrix in matrices()]
        self.fields["matrix"].choices = named  # type: ignore[attr-defined]
        self.fields["second_matrix"].choices = [("", "No"), *named]  # type: ignore[attr-defined]
        known = sorted(problems, key=lambda problem: (not problem.police_uk, problem.title))
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


class ProblemsForm(Form):
    """Which problems are in an assessment."""

    problems = forms.MultipleChoiceField(
        label="Which problems are assessed?",
        help_text="To merge problems, take the broad one instead of those it is made of; to split one, the other way "
        "round. Both together would be scored twice.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select the problems to assess"},
    )

    def __init__(self, *args: Any, named: Mapping[str, str], problems: Sequence[Problem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {problem.slug: problem.title for problem in problems} | dict(named)
        choices = sorted(known.items(), key=lambda choice: (choice[0] not in named, choice[1]))
        self.fields["problems"].choices = choices  # type: ignore[attr-defined]
        self.initial["problems"] = list(named)


class RenameForm(Form):
    """What a problem is called."""

    title = forms.CharField(
        label="What does the partnership call it?",
        help_text="What is counted stays the same. The evidence is analysed again, so that every page says the name.",
        max_length=120,
        error_messages={"required": "Enter what the partnership calls it"},
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
