"""What is asked when files are added."""

from typing import Any

from django import forms
from django.core.files import File

from wardmote.web.forms import Form

KINDS = [
    ("auto", "Look and tell me"),
    ("police-uk", "police.uk street crime"),
    ("lookup", "Which areas lie in which (lookup)"),
    ("population", "Population of small areas"),
    ("boundaries", "Boundaries for maps"),
]
ACCEPTED = ".csv,.zip,.json,.geojson"


class SeveralFilesInput(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """One or more files."""

    widget = SeveralFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[File[bytes]]:
        """Return the files, each checked as one file is."""
        # A browser that sends no file gives an empty list: that is one missing file, not none to check.
        given = (data or [None]) if isinstance(data, list | tuple) else [data]
        return [super(SeveralFilesField, self).clean(one, initial) for one in given]


class AddFilesForm(Form):
    """Files as their publishers give them."""

    chosen = SeveralFilesField(
        label="Choose the files",
        help_text="CSV, GeoJSON, or the zip that data.police.uk gives you. Up to 200 MB together.",
        widget=SeveralFilesInput(attrs={"accept": ACCEPTED}),
        error_messages={"required": "Choose one or more files", "empty": "A file you chose is empty"},
    )
    kind = forms.ChoiceField(
        label="What are they?",
        choices=KINDS,
        initial="auto",
        widget=forms.RadioSelect,
        error_messages={"required": "Select what the files are"},
    )
    year = forms.IntegerField(
        label="Year of the population",
        help_text="Only where neither the file nor its name says it, for example 2022.",
        required=False,
        min_value=1991,
        max_value=2100,
        error_messages={
            "invalid": "Enter the year as four digits, for example 2022",
            "min_value": "Enter a year from 1991",
            "max_value": "Enter a year up to 2100",
        },
    )
