"""What is asked of the districts to compare with."""

from collections.abc import Sequence
from typing import Any

from django import forms

from wardmote.analytics.measures.family import SIZE
from wardmote.strategy.evidence.rules.comparison import FEWEST_OTHERS, MOST_OTHERS
from wardmote.web.forms import Form


class FamilyForm(Form):
    """How many of the nearest districts."""

    size = forms.IntegerField(
        label="How many districts?",
        min_value=FEWEST_OTHERS,
        max_value=MOST_OTHERS,
        initial=SIZE,
        help_text=f"From {FEWEST_OTHERS} to {MOST_OTHERS}.",
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-2"}),
    )


class ComparisonForm(Form):
    """Which districts, and why these."""

    codes = forms.MultipleChoiceField(
        label="Which districts are like yours?",
        required=False,
        help_text=f"Tick at least {FEWEST_OTHERS}, or none for all that the crime data cover.",
        widget=forms.CheckboxSelectMultiple,
    )
    why = forms.CharField(
        label="Why these?",
        required=False,
        max_length=1000,
        help_text="For example: our most similar group by the Home Office, list of April 2025.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, districts: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["codes"].choices = list(districts)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A group has enough districts to compare, and its reason."""
        said: dict[str, Any] = super().clean() or {}
        chosen = said.get("codes") or []
        if chosen and len(chosen) < FEWEST_OTHERS:
            self.add_error(
                "codes", f"Tick at least {FEWEST_OTHERS} districts: fewer say too little. You ticked {len(chosen)}"
            )
        if chosen and not (said.get("why") or "").strip():
            self.add_error("why", "Say why these districts are like yours")
        return said
