"""What is asked of a partnership's own list of problems."""

from collections.abc import Sequence
from typing import Any

from django import forms

from wardmote.definitions import Problem
from wardmote.strategy.evidence.actions.problems import GivenProblem
from wardmote.web.forms import Form


class NameForm(Form):
    """What a problem is called here, and whether it is used."""

    title = forms.CharField(
        label="What do you call it?", max_length=120, error_messages={"required": "Enter what you call it"}
    )
    in_use = forms.BooleanField(label="We use it: offer it when an assessment is started", required=False, initial=True)


class OwnProblemForm(Form):
    """A problem of one's own: its name, what it is, what it is made of."""

    title = forms.CharField(
        label="What do you call it?",
        max_length=120,
        help_text="For example Town centre disorder.",
        error_messages={"required": "Enter what you call it"},
    )
    description = forms.CharField(
        label="What is it?",
        max_length=1000,
        help_text="A sentence for readers.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say what it is"},
    )
    parts = forms.MultipleChoiceField(
        label="Which problems is it made of?",
        required=False,
        help_text="Their figures are added up. Tick none if no open figures count it.",
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, problems: Sequence[Problem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parts"].choices = [(one.slug, one.title) for one in problems]  # type: ignore[attr-defined]

    def given(self) -> GivenProblem:
        """Return what was entered."""
        said = self.cleaned_data
        return GivenProblem(said["title"], said["description"], tuple(said["parts"]))
