"""What is asked of somebody who explores the figures."""

from collections.abc import Sequence
from typing import Any

from django import forms

from wardmote.definitions import Problem
from wardmote.foundations.periods import Month
from wardmote.web.forms import Form


class ExploreForm(Form):
    """Which problem, and the year to which month."""

    problem = forms.ChoiceField(
        label="Which problem?", error_messages={"invalid_choice": "Choose a problem from the list"}
    )
    ward = forms.ChoiceField(
        label="Where?", required=False, error_messages={"invalid_choice": "Choose a ward from the list"}
    )
    to = forms.ChoiceField(label="The year to", error_messages={"invalid_choice": "Choose a month from the list"})

    def __init__(
        self,
        *args: Any,
        months: Sequence[Month],
        problems: Sequence[Problem],
        wards: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        measured = sorted((one for one in problems if one.police_uk), key=lambda one: one.title)
        self.fields["problem"].choices = [(one.slug, one.title) for one in measured]  # type: ignore[attr-defined]
        self.wards = dict(wards)
        self.fields["ward"].choices = [("", "The whole area"), *wards]  # type: ignore[attr-defined]
        self.fields["to"].choices = [(str(month), month.words()) for month in months]  # type: ignore[attr-defined]

    def chosen_ward(self) -> tuple[str, str] | None:
        """Return code and name of the ward, None for the whole area."""
        code = self.cleaned_data["ward"]
        return (code, self.wards[code]) if code else None
