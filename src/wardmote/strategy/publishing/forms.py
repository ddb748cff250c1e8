"""What is said of an issued version afterwards."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from wardmote.web.forms import DateInputs, Form

from .models import PublishedVersion
from .rules import GivenNotice


def _long(label: str, hint: str, missing: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=5000,
        error_messages={"required": missing},
    )


class NoticeForm(Form):
    """What every notice says: what was wrong and who was told."""

    wrong = _long(
        "What was wrong?",
        "Everyone will read this above the document. Name the table or page. Name nobody.",
        "Enter what was wrong",
    )
    told = _long(
        "Who was told?",
        "Bodies and posts, for example “all responsible authorities, the scrutiny committee, the local paper”.",
        "Enter who was told",
    )
    told_on = forms.DateField(
        label="When were they told?",
        widget=DateInputs,
        error_messages={"required": "Enter the date", "invalid": "Enter a real date, for example 27 3 2026"},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_told_on(self) -> date:
        """Refuse a date that has not come yet."""
        day: date = self.cleaned_data["told_on"]
        if day > self.today:
            raise forms.ValidationError("The date must be today or in the past")
        return day

    def given(self) -> GivenNotice:
        """Return what was entered."""
        kept = self.cleaned_data
        return GivenNotice(kept["wrong"], kept.get("right", ""), kept["told"], kept["told_on"])


class CorrectForm(NoticeForm):
    """A correction also says what is right; the assessment is printed again as it stands now."""

    right = _long("What is right?", "The corrected figure or words.", "Enter what is right")
    field_order = ["wrong", "right", "told", "told_on"]


class ReplaceForm(CorrectForm):
    """A replacement names the version that takes the place."""

    successor = forms.ModelChoiceField(
        label="Which version takes its place?",
        queryset=PublishedVersion.objects.none(),
        error_messages={"required": "Select the version that takes its place"},
    )
    field_order = ["successor", "wrong", "right", "told", "told_on"]

    def __init__(self, *args: Any, later: Iterable[PublishedVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["successor"]
        field.queryset = later  # type: ignore[attr-defined]
        self.fields["wrong"].label = "Why is it replaced?"
        self.fields["wrong"].error_messages["required"] = "Enter why it is replaced"
        self.fields["right"].label = "What should be used instead?"
        self.fields["right"].error_messages["required"] = "Enter what should be used instead"
