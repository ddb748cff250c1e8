"""What is asked of a change in recording."""

from collections.abc import Sequence
from typing import Any

from django import forms

from wardmote.definitions import Effect, Problem
from wardmote.foundations.periods import Month
from wardmote.strategy.evidence.actions.changes import GivenChange
from wardmote.web.forms import Form

EFFECT_WORDS = {
    Effect.CARE: "Yes, with care: the change is printed beside every comparison across it",
    Effect.BREAK: "No: nothing is compared across it, and the line in charts is cut",
}


class ChangeForm(Form):
    """From which month, what changed, for which problems, who says so, and whether to compare across it."""

    month = forms.CharField(
        label="From which month?",
        help_text="The first month recorded the new way, for example 2025-06.",
        error_messages={"required": "Enter a month"},
    )
    words = forms.CharField(
        label="What changed?",
        max_length=500,
        help_text="A sentence for readers. For example: In June 2025 the force moved to another recording system.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say what changed"},
    )
    source = forms.CharField(
        label="Who says so?",
        max_length=300,
        help_text="For example: letter of the force's performance analyst, 3 July 2025.",
        error_messages={"required": "Say who told you, or where it is written"},
    )
    dataset = forms.ChoiceField(label="Which figures does it touch?", required=False)
    problems = forms.MultipleChoiceField(
        label="Which problems does it touch?",
        required=False,
        help_text="Tick none if it touches every crime type.",
        widget=forms.CheckboxSelectMultiple,
    )
    effect = forms.TypedChoiceField(
        label="May figures be compared across it?",
        choices=[(effect.value, words) for effect, words in EFFECT_WORDS.items()],
        coerce=Effect,
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether figures may be compared across it"},
    )

    def __init__(
        self, *args: Any, problems: Sequence[Problem], datasets: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["problems"].choices = [(one.slug, one.title) for one in problems]  # type: ignore[attr-defined]
        self.fields["dataset"].choices = [("", "data.police.uk"), *datasets]  # type: ignore[attr-defined]

    def clean_month(self) -> Month:
        """Read the month."""
        try:
            return Month.parse(self.cleaned_data["month"].strip())
        except ValueError:
            raise forms.ValidationError("Enter a month as year and number, for example 2025-06") from None

    def given(self) -> GivenChange:
        """Return what was entered."""
        said = self.cleaned_data
        return GivenChange(
            said["month"], said["dataset"], tuple(said["problems"]), said["words"], said["source"], said["effect"]
        )
