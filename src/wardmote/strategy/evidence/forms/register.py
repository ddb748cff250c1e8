"""What is asked of a source in the register, of its grade, and of a gap in what we know."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from wardmote.partnership.members.models import Agency
from wardmote.strategy.evidence.actions.register import GivenGap, GivenSupply
from wardmote.strategy.evidence.rules.supplies import (
    REFRESH_WORDS,
    RELIABILITY_WORDS,
    Refresh,
    Reliability,
    Sureness,
)
from wardmote.web.forms import DateInputs, Form


class SupplyForm(Form):
    """A source: what it is, from whom, how often, how late."""

    title = forms.CharField(
        label="What is it?",
        max_length=200,
        help_text="For example Deliberate fires, or Police recorded crime.",
        error_messages={"required": "Enter what the source is"},
    )
    supplier = forms.ModelChoiceField(
        label="Which agency supplies it?",
        queryset=Agency.objects.none(),
        required=False,
        empty_label="Nobody round the table",
    )
    coverage = forms.CharField(
        label="What does it cover, and what not?",
        max_length=300,
        required=False,
        help_text="Area, kinds of incident, who records it. For example: the district, without derelict buildings.",
    )
    refresh = forms.TypedChoiceField(
        label="How often does it come?",
        choices=[(r.value, words) for r, words in REFRESH_WORDS.items()],
        coerce=Refresh,
        widget=forms.RadioSelect,
        error_messages={"required": "Select how often it comes"},
    )
    lag_days = forms.IntegerField(
        label="How many days after its period has ended?",
        help_text="data.police.uk publishes a month about 60 days after it has ended.",
        min_value=0,
        max_value=1000,
        initial=30,
        error_messages={"required": "Enter a number of days", "invalid": "Enter a number of days, for example 30"},
    )
    dataset = forms.ChoiceField(
        label="Which data set is it here?",
        required=False,
        help_text="Choose it once the first files are held: what is due is then worked out from them.",
    )

    def __init__(self, *args: Any, agencies: QuerySet[Agency], datasets: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["supplier"].queryset = agencies  # type: ignore[attr-defined]
        self.fields["dataset"].choices = [("", "None of it is held yet"), *datasets]  # type: ignore[attr-defined]

    def given(self) -> GivenSupply:
        """Return what was entered."""
        return GivenSupply(**self.cleaned_data)


class GradeForm(Form):
    """How far to rely on a source, and why."""

    reliability = forms.TypedChoiceField(
        label="How far can it be relied on?",
        choices=[(r.value, words) for r, words in RELIABILITY_WORDS.items()],
        coerce=Reliability,
        widget=forms.RadioSelect,
        error_messages={"required": "Select how far it can be relied on"},
    )
    sureness = forms.TypedChoiceField(
        label="How sure are you of what it says?",
        choices=[(s.value, s.value.capitalize()) for s in Sureness],
        coerce=Sureness,
        widget=forms.RadioSelect,
        error_messages={"required": "Select how sure you are"},
    )
    reason = forms.CharField(
        label="Why?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why: a grade without a reason cannot be explained next year"},
    )


class UnavailableForm(Form):
    """Why nothing can be had of a source, and until when."""

    because = forms.CharField(
        label="Why are its figures not available?",
        max_length=300,
        required=False,
        help_text="It is printed in every assessment. Leave it empty when they can be had again.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    expected_on = forms.DateField(
        label="When are they expected again?",
        required=False,
        widget=DateInputs,
        error_messages={"invalid": "Enter a real date, for example 31 1 2027"},
    )


class ChaseForm(Form):
    """A note that the supplier was asked today."""

    note = forms.CharField(
        label="What was said?",
        help_text="For example: rang the analyst, back on Monday.",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class GapForm(Form):
    """Something that is not known."""

    question = forms.CharField(
        label="What do we not know?", max_length=300, error_messages={"required": "Enter what is not known"}
    )
    consequence = forms.CharField(
        label="What can we not decide without it?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say what cannot be decided without it"},
    )
    owner = forms.CharField(
        label="Which post finds out?",
        max_length=200,
        help_text="Post and agency, for example Analyst, fire service.",
        error_messages={"required": "Enter the post that finds out"},
    )
    due_on = forms.DateField(
        label="By when?",
        widget=DateInputs,
        error_messages={"required": "Enter a date", "invalid": "Enter a real date, for example 31 1 2027"},
    )

    def given(self) -> GivenGap:
        """Return what was entered."""
        return GivenGap(**self.cleaned_data)


class CloseGapForm(Form):
    """What was found out."""

    answer = forms.CharField(
        label="What was found out?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say what was found out, or why the question no longer matters"},
    )
