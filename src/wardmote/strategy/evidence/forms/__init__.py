"""What is asked when files are added."""

from typing import Any

from django import forms
from django.core.files import File

from wardmote.analytics.measures.areas import SmallArea
from wardmote.strategy.evidence.queries.places import Ground
from wardmote.strategy.evidence.rules import STATUS_WORDS, Verdict
from wardmote.web.forms import Form

AUTO, FIGURES = "auto", "figures"
KINDS = [
    (AUTO, "Look and tell me"),
    ("police-uk", "police.uk street crime"),
    ("police-uk-outcomes", "police.uk outcomes of crimes"),
    ("police-uk-stops", "police.uk stop and search"),
    (FIGURES, "A partner's table of figures (CSV, XLSX or ODS)"),
    ("lookup", "Which areas lie in which (lookup)"),
    ("population", "Population of small areas"),
    ("denominators", "Households, vehicles, premises or people by day of small areas"),
    ("boundaries", "Boundaries for maps"),
    ("offence-counts", "Home Office tables of crime by offence"),
    ("force-tables", "Police force area tables of the Office for National Statistics"),
    ("deprivation", "Indices of Deprivation"),
    ("road-casualties", "Road casualties: collisions and casualties (STATS19)"),
    ("london", "London: Metropolitan Police counts, MOPAC survey"),
    ("incident-records", "A list of single incidents, without anything personal"),
    ("harm-weights", "Your own copy of the Cambridge Crime Harm Index"),
    ("severity-weights", "Crime Severity Score weights of the Office for National Statistics"),
]
ACCEPTED = ".csv,.zip,.json,.geojson,.gpkg,.xlsx,.xls,.ods"


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
        help_text="CSV, GeoJSON, GeoPackage, XLSX, ODS, or the zip of data.police.uk. Up to 200 MB together.",
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
        label="Year of the population, or of the Indices of Deprivation",
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


class AcceptForm(Form):
    """What is said of figures when they are accepted."""

    status = forms.ChoiceField(
        label="Are these figures final?",
        choices=[(status.value, words) for status, words in STATUS_WORDS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether the figures are final"},
    )
    caveat = forms.CharField(
        label="What must their readers know?",
        help_text="Printed wherever these figures are used, for example “the recording system changed in April”.",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    words = forms.CharField(
        label="Note for colleagues",
        help_text="Not printed. Say what you looked at, if the check found something.",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


WORDS_LABELS = {
    Verdict.HOLD: ("Why do you hold it back?", "It counts nowhere until somebody accepts it."),
    Verdict.ASK: (
        "Your question to the supplier",
        "Change it as you like and send it from your own mailbox: nothing is sent from here. The release is held back "
        "until somebody accepts it.",
    ),
    Verdict.SET_ASIDE: (
        "Why do you set it aside?",
        "It counts nowhere from then on, and what it replaced counts again. It stays readable, and documents already "
        "issued stay as they are.",
    ),
}


class VerdictForm(Form):
    """Why a release is held back or set aside, or what its supplier is asked."""

    words = forms.CharField(
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": "Say why, so that a colleague understands it next month"},
    )

    def __init__(self, verdict: Verdict, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label, self.fields["words"].help_text = WORDS_LABELS[verdict]
        if verdict is Verdict.ASK:
            self.fields["words"].error_messages["required"] = "Enter your question"


class PlaceForm(Form):
    """A place of the partnership's own: a name, and the wards and small areas that it is made of."""

    name = forms.CharField(
        label="What do you call it?",
        max_length=120,
        help_text="For example Town centre, or Northern neighbourhoods.",
        error_messages={"required": "Enter the name of the place"},
    )
    wards = forms.MultipleChoiceField(
        label="Whole wards",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Every small area of a ward.",
    )
    areas = forms.MultipleChoiceField(
        label="Single small areas (LSOAs)",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="For a place that is smaller than a ward, or crosses wards. Some 1,500 people live in each.",
    )

    def __init__(self, ground: Ground, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ground = ground
        self.fields["wards"].choices = [(code, name) for code, (name, _) in ground.wards().items()]  # type: ignore[attr-defined]
        self.fields["areas"].choices = [(one.code, _area_words(one)) for one in ground.areas]  # type: ignore[attr-defined]

    def codes(self) -> list[str]:
        """Return the small areas that were ticked, those of whole wards included."""
        wards = self.ground.wards()
        whole = [code for ward in self.cleaned_data["wards"] for code in wards[ward][1]]
        return sorted({*whole, *self.cleaned_data["areas"]})


def _area_words(area: SmallArea) -> str:
    return f"{area.name}, {area.ward_name}" if area.ward_name else area.name
