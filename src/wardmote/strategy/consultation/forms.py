"""What is asked of a consultation, of its questions, of who answered, and of a survey over time."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.core.files import File

from wardmote.definitions import problems
from wardmote.strategy.consultation.actions import GivenConsultation
from wardmote.strategy.consultation.actions.tracker import GivenSeries
from wardmote.strategy.consultation.models import Question
from wardmote.strategy.consultation.rules import (
    KIND_WORDS,
    METHOD_WORDS,
    ORDER_WORDS,
    SAMPLING_WORDS,
    Method,
    Order,
    QuestionKind,
    Sampling,
)
from wardmote.strategy.consultation.rules.pasted import PasteFault, read_counts, read_profile, read_waves
from wardmote.web.forms import DateInputs, Form

_Read = TypeVar("_Read")
NO_PROBLEM = "None of ours"


def _day(label: str) -> forms.DateField:
    invalid = "Enter a real date, for example 31 10 2026"
    return forms.DateField(
        label=label, widget=DateInputs, error_messages={"required": "Enter the day", "invalid": invalid}
    )


def _pasted(read: Callable[[str], _Read], text: str) -> _Read:
    try:
        return read(text)
    except PasteFault as fault:
        raise forms.ValidationError(str(fault)) from fault


class ConsultationForm(Form):
    """A consultation: who was asked and how."""

    title = forms.CharField(
        label="What do you call it?",
        max_length=200,
        help_text="For example Community safety survey 2026. It is printed in the assessment.",
        error_messages={"required": "Enter a title"},
    )
    asked = forms.CharField(
        label="Who was asked?",
        max_length=300,
        help_text="For example residents aged 16 and over of the borough.",
        error_messages={"required": "Say who was asked"},
    )
    method = forms.TypedChoiceField(
        label="How were they asked?",
        choices=[(m.value, words) for m, words in METHOD_WORDS.items()],
        coerce=Method,
        widget=forms.RadioSelect,
        error_messages={"required": "Select how they were asked"},
    )
    sampling = forms.TypedChoiceField(
        label="Who could answer?",
        help_text="It decides what a percentage is worth.",
        choices=[(s.value, words) for s, words in SAMPLING_WORDS.items()],
        coerce=Sampling,
        widget=forms.RadioSelect,
        error_messages={"required": "Select who could answer"},
    )
    from_on = _day("On which day did it begin?")
    to_on = _day("On which day did it end?")
    base = forms.IntegerField(
        label="How many people answered?",
        min_value=1,
        max_value=10_000_000,
        error_messages={"required": "Enter how many people answered", "invalid": "Enter a whole number, such as 255"},
    )
    reached = forms.CharField(
        label="How were they reached?",
        max_length=2000,
        help_text="For example the council's newsletter to every household, schools, two stalls in the market.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say how they were reached"},
    )
    run_by = forms.CharField(
        label="Who ran it?",
        max_length=200,
        help_text="Post and agency. No names.",
        error_messages={"required": "Enter who ran it"},
    )
    caveats = forms.CharField(
        label="What has a reader to bear in mind?",
        max_length=2000,
        required=False,
        help_text="For example who was not reached, or that the link was shared in one ward's group.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def given(self) -> GivenConsultation:
        """Return what was entered."""
        return GivenConsultation(**self.cleaned_data)


class QuestionForm(Form):
    """A question, and its answers as a file or as counts."""

    wording = forms.CharField(
        label="What was the question, in its public wording?",
        max_length=500,
        error_messages={"required": "Enter the question"},
    )
    kind = forms.TypedChoiceField(
        label="What were people asked to do?",
        choices=[(k.value, words) for k, words in KIND_WORDS.items()],
        coerce=QuestionKind,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what people were asked to do"},
    )
    most = forms.IntegerField(
        label="How many could each person choose?",
        help_text="Only where people chose.",
        min_value=1,
        max_value=40,
        initial=3,
        required=False,
    )
    order = forms.TypedChoiceField(
        label="How is the order to be worked out?",
        help_text="Only where people put items in order. Both are printed.",
        choices=[(o.value, words) for o, words in ORDER_WORDS.items()],
        coerce=Order,
        initial=Order.AVERAGE,
        required=False,
        empty_value=Order.AVERAGE,
        widget=forms.RadioSelect,
    )
    answers = forms.FileField(
        label="A file of answers",
        help_text="CSV, XLSX or ODS. First row: “Respondent”, then one column for each item. One row for each person: "
        "a number, then the places they gave, or 1 where they chose. It is counted at once and not kept.",
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.ods"}),
    )
    counts = forms.CharField(
        label="Or type the counts",
        help_text="One item on each line. Where people chose: “Burglary: 120”. Where they put items in order, how "
        "often it came first, second and so on: “Burglary: 120, 80, 31”.",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    base = forms.IntegerField(
        label="How many people answered this question?",
        help_text="Only with typed counts.",
        min_value=1,
        max_value=10_000_000,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two, and for the base of typed counts."""
        given = super().clean() or self.cleaned_data
        if "counts" in self.errors or "answers" in self.errors:
            return given
        if bool(given.get("answers")) == bool(given.get("counts")):
            self.add_error("answers", "Choose a file of answers, or type the counts")
        elif given.get("counts") and not given.get("base") and "base" not in self.errors:
            self.add_error("base", "Enter how many people answered this question")
        if given.get("kind") is QuestionKind.CHOICES and not given.get("most") and "most" not in self.errors:
            self.add_error("most", "Enter how many each person could choose")
        return given

    def clean_counts(self) -> dict[str, tuple[int, ...]]:
        """Return typed counts, read."""
        text = self.cleaned_data["counts"]
        return _pasted(read_counts, text) if text.strip() else {}

    @property
    def file(self) -> File[bytes] | None:
        """The file of answers, where one was chosen."""
        return self.cleaned_data.get("answers")


class MappingForm(Form):
    """Which of our problems each item is."""

    def __init__(self, question: Question, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = problems(question.consultation.to_on)
        choices = [("", NO_PROBLEM), *sorted(((one.slug, one.title) for one in listed), key=lambda one: one[1])]
        titles = {title.casefold(): slug for slug, title in choices if slug}
        for item in question.items.all():
            guess = item.problem if question.is_mapped else titles.get(item.title.casefold(), "")
            self.fields[f"item_{item.id}"] = forms.ChoiceField(
                label=item.title, choices=choices, required=False, initial=guess
            )

    leaves_optional_unsaid = True

    def given(self) -> dict[UUID, str]:
        """Return the problem of each item."""
        return {UUID(name.removeprefix("item_")): slug for name, slug in self.cleaned_data.items()}


class ProfileForm(Form):
    """Who answered, beside the population."""

    rows = forms.CharField(
        label="Groups of those who answered",
        help_text="One on each line: what it is, the group, how many respondents, its percentage of the population. "
        "For example: Age; 16 to 24; 41; 13.2. Or copy four columns from a spreadsheet.",
        max_length=20_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        error_messages={"required": "Enter at least one group"},
    )
    source = forms.CharField(
        label="Where do the population's percentages come from?",
        help_text="For example Census 2021, table TS007A, the borough.",
        max_length=300,
        error_messages={"required": "Enter where the population's percentages come from"},
    )

    def clean_rows(self) -> Sequence[Any]:
        """Return the groups, read."""
        return _pasted(read_profile, self.cleaned_data["rows"])


class SeriesForm(Form):
    """A survey over time, and its waves."""

    survey = forms.CharField(
        label="Which survey?",
        max_length=200,
        help_text="For example Crime Survey for England and Wales.",
        error_messages={"required": "Enter the survey"},
    )
    question = forms.CharField(
        label="Which question?",
        max_length=300,
        help_text="For example Police and council deal with anti-social behaviour.",
        error_messages={"required": "Enter the question"},
    )
    area = forms.CharField(label="Which area?", max_length=200, error_messages={"required": "Enter the area"})
    compared_with = forms.CharField(
        label="What is it compared with?",
        help_text="What the other value and the rank are taken over. For example England and Wales, police forces.",
        max_length=200,
        required=False,
    )
    waves = forms.CharField(
        label="Its waves",
        help_text="One on each line: period; last day; percentage; how many answered; the percentage elsewhere; rank; "
        "of how many; source; what changed in the method. For example: Year to March 2012; 2012-03-31; 57.8; ; "
        "61.3; 32; 42. Leave empty what is not given. Or copy the columns from a spreadsheet.",
        max_length=20_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": "Enter at least one wave"},
    )

    def clean_waves(self) -> Sequence[Any]:
        """Return the waves, read."""
        return _pasted(read_waves, self.cleaned_data["waves"])

    def given(self) -> GivenSeries:
        """Return what was entered."""
        return GivenSeries(**self.cleaned_data)
