"""How often a person wants to be told."""

from django import forms

from wardmote.web.forms import Form

from .rules import HOW_OFTEN_WORDS, HowOften


class HowOftenForm(Form):
    """How often."""

    how_often = forms.TypedChoiceField(
        label="How often may we write to you by e-mail?",
        help_text="The e-mail says only how many things wait, and where to sign in.",
        choices=[(h.value, words) for h, words in HOW_OFTEN_WORDS.items()],
        coerce=HowOften,
        widget=forms.RadioSelect,
        error_messages={"required": "Select how often"},
    )
