"""What is asked before figures go to a partner."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from wardmote.definitions import Problem
from wardmote.foundations.periods import Month
from wardmote.partnership.members.models import Agency
from wardmote.strategy.evidence.actions.extracts import GivenExtract
from wardmote.web.forms import Form


class ExtractForm(Form):
    """Which problems, which year, for whom, what for."""

    problems = forms.MultipleChoiceField(
        label="Which problems?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick at least one problem"},
    )
    last = forms.ChoiceField(label="Which year?", error_messages={"required": "Select a year"})
    agency = forms.ModelChoiceField(
        label="Which agency gets it?",
        queryset=Agency.objects.none(),
        required=False,
        empty_label="Nobody round the table",
    )
    other_body = forms.CharField(
        label="Or which other body?", max_length=200, required=False, help_text="For example a parish council."
    )
    post = forms.CharField(
        label="Which post there?", max_length=200, error_messages={"required": "Enter the post, not a name"}
    )
    purpose = forms.CharField(
        label="What for?",
        max_length=1000,
        help_text="For example: to decide where the street marshals work in December.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say what it is for"},
    )

    def __init__(
        self,
        *args: Any,
        problems: Sequence[Problem],
        months: Sequence[Month],
        agencies: QuerySet[Agency],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["problems"].choices = [(one.slug, one.title) for one in problems]  # type: ignore[attr-defined]
        self.fields["last"].choices = [(str(month), f"Year to {month.words()}") for month in months]  # type: ignore[attr-defined]
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One recipient, and only one."""
        said: dict[str, Any] = super().clean() or {}
        if bool(said.get("agency")) == bool((said.get("other_body") or "").strip()):
            self.add_error("other_body", "Select an agency or enter another body, one of the two")
        return said

    def given(self) -> GivenExtract:
        """Return what was entered."""
        said = self.cleaned_data
        return GivenExtract(
            problems=tuple(said["problems"]),
            last=Month.parse(said["last"]),
            agency=said["agency"],
            other_body=said["other_body"].strip(),
            post=said["post"].strip(),
            purpose=said["purpose"].strip(),
        )
