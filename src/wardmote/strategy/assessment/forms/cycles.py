"""What is asked of an earlier assessment and of the cycle."""

from typing import Any

from django import forms

from wardmote.strategy.assessment.actions.cycles import GivenEarlier
from wardmote.strategy.assessment.rules.cycles import CYCLE_HINTS, CYCLE_WORDS, CycleKind
from wardmote.web.forms import DateInputs, Form

_CHOICES = [(kind.value, f"{words}. {CYCLE_HINTS[kind]}") for kind, words in CYCLE_WORDS.items()]


def _day(label: str, **more: Any) -> forms.DateField:
    errors = {"required": "Enter a day", "invalid": "Enter a real date, for example 31 3 2004"}
    return forms.DateField(label=label, widget=DateInputs, error_messages=errors, **more)


class EarlierForm(Form):
    """An earlier audit or assessment."""

    title = forms.CharField(
        label="What is it called?",
        help_text="For example Crime and disorder audit 2001.",
        max_length=200,
        error_messages={"required": "Enter what it is called"},
    )
    kind = forms.TypedChoiceField(
        label="What kind of assessment was it?",
        choices=_CHOICES,
        coerce=CycleKind,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what kind it was"},
    )
    covers_from = _day("From which day does it cover?")
    covers_to = _day("Up to which day?")
    approved_on = _day("When was it approved?", help_text="The next one is due counted from this day.")
    approved_by = forms.CharField(
        label="Which body approved it?",
        max_length=200,
        error_messages={"required": "Enter the body that approved it"},
    )
    reference = forms.CharField(
        label="Where is it kept?",
        help_text="An address on the Web, or a file or shelf.",
        required=False,
        max_length=300,
    )
    plan = forms.CharField(
        label="Which plan cites it?",
        help_text="For example Community safety strategy 2002 to 2005.",
        required=False,
        max_length=200,
    )

    def given(self) -> GivenEarlier:
        """Return what was entered."""
        return GivenEarlier(**self.cleaned_data)


class CycleForm(Form):
    """How often, since when."""

    kind = forms.TypedChoiceField(
        label="How often do you assess?",
        choices=_CHOICES,
        coerce=CycleKind,
        widget=forms.RadioSelect,
        error_messages={"required": "Select how often you assess"},
    )
    starts_on = _day("From which day on?", help_text="Earlier cycles stay as they were.")
