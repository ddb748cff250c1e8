"""What is asked after looking into incidents that a check pointed out."""

from django import forms

from wardmote.strategy.evidence.rules.reviews import RESULT_WORDS, ReviewResult
from wardmote.web.forms import Form


class ReviewForm(Form):
    """Whether they are wrong, and what was put right."""

    result = forms.TypedChoiceField(
        label="What did you find?",
        choices=[(result.value, words) for result, words in RESULT_WORDS.items()],
        coerce=ReviewResult,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what you found"},
    )
    words = forms.CharField(
        label="What was put right, or why is it right?",
        help_text="No names, no addresses. For example: the force recorded one fight three times; two were taken out.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say what was put right, or why it is right"},
    )
