"""What is asked of a required part, of a declared gap, and of a body's approval."""

from typing import Any

from django import forms

from wardmote.strategy.assessment.actions.outline import GivenApproval, GivenGap
from wardmote.strategy.assessment.rules import APPROVAL_WORDS, ApprovalOutcome
from wardmote.web.forms import DateInputs, Form

MOST_TEXT = 20_000


class PartForm(Form):
    """The text of a part."""

    text = forms.CharField(
        label="What should it say?",
        help_text="An empty line begins a new paragraph.",
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 14}),
        error_messages={"required": "Write the part, or declare it a gap"},
    )


class GapForm(Form):
    """Why a part is missing."""

    gap = forms.CharField(
        label="Why is it missing?",
        help_text="Printed in the assessment.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why it is missing"},
    )
    owner = forms.CharField(
        label="Which post fills it?", max_length=200, error_messages={"required": "Enter the post that fills it"}
    )
    due_on = forms.DateField(
        label="By when?",
        widget=DateInputs,
        error_messages={"required": "Enter a date", "invalid": "Enter a real date, for example 31 3 2027"},
    )

    def given(self) -> GivenGap:
        """Return what was entered."""
        return GivenGap(**self.cleaned_data)


class ApprovalForm(Form):
    """What a body decided."""

    body = forms.CharField(
        label="Which body?",
        help_text="For example Community Safety Partnership board, overview and scrutiny committee, cabinet.",
        max_length=200,
        error_messages={"required": "Enter the body"},
    )
    decided_on = forms.DateField(
        label="On which day?",
        widget=DateInputs,
        error_messages={"required": "Enter the day", "invalid": "Enter a real date, for example 18 2 2027"},
    )
    outcome = forms.TypedChoiceField(
        label="What did it decide?",
        choices=[(o.value, words) for o, words in APPROVAL_WORDS.items()],
        coerce=ApprovalOutcome,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what it decided"},
    )
    changes = forms.CharField(
        label="What is to be changed, and who checks it?",
        help_text="Needed when it was approved with changes or sent back.",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    present = forms.CharField(
        label="Who was present?",
        help_text="Posts and agencies, one on each line. No names.",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    absent = forms.CharField(
        label="Who was absent?", required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 3})
    )
    agreed_in_writing = forms.CharField(
        label="Who agreed in writing, and on which day?",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def given(self) -> GivenApproval:
        """Return what was entered."""
        values: dict[str, Any] = self.cleaned_data
        return GivenApproval(**values)
