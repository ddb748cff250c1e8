"""What is asked of the edition of boundaries."""

from collections.abc import Sequence
from typing import Any

from django import forms

from wardmote.strategy.evidence.queries.boundaries import Edition
from wardmote.web.forms import Form


class BoundaryForm(Form):
    """Which edition, and why."""

    dataset = forms.ChoiceField(
        label="By which boundaries are your figures counted?", required=False, widget=forms.RadioSelect
    )
    why = forms.CharField(
        label="Why that one?",
        required=False,
        max_length=1000,
        help_text="For example: the wards as they are since the elections of May 2024.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, editions: Sequence[Edition], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(one.dataset, _words(one)) for one in editions]
        self.fields["dataset"].choices = [("", "Whichever places most incidents"), *named]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A choice of one's own has its reason."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("dataset") and not (said.get("why") or "").strip():
            self.add_error("why", "Say why that edition is used")
        return said


def _words(one: Edition) -> str:
    levels = ", ".join(f"{level} {edition}" for level, edition in one.levels)
    return f"{one.title} ({levels}): knows {one.known:,} of the {one.of:,} small areas in the crime data"
