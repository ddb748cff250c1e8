"""What is asked of a needs assessment, of a review's recommendation, and of a service or a gap."""

from typing import Any

from django import forms

from wardmote.strategy.assessment.actions.inputs import GivenLearning, GivenNeeds, GivenProvision
from wardmote.strategy.assessment.models import Assessment
from wardmote.strategy.assessment.rules.inputs import REVIEW_WORDS, ReviewKind
from wardmote.web.forms import DateInputs, Form

MOST_TEXT = 5000
REAL_DATE = "Enter a real date, for example 31 3 2025"


def _text(label: str, *, missing: str = "", rows: int = 4, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=bool(missing),
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing},
    )


class ProblemField(forms.ChoiceField):
    """One of the assessment's problems, or none."""

    def offer(self, assessment: Assessment) -> None:
        """Offer the problems of an assessment."""
        named = assessment.problems.values_list("slug", "title")
        self.choices = [("", "None of these"), *named]


class NeedsForm(Form):
    """A needs assessment."""

    title = forms.CharField(
        label="What is it called?",
        help_text="For example Drug and alcohol needs assessment, or Joint strategic needs assessment.",
        max_length=200,
        error_messages={"required": "Enter what it is called"},
    )
    owner = forms.CharField(
        label="Whose is it?",
        help_text="The body that made it.",
        max_length=200,
        error_messages={"required": "Enter whose it is"},
    )
    dated_on = forms.DateField(
        label="Of which day is it?",
        widget=DateInputs,
        error_messages={"required": "Enter its date", "invalid": REAL_DATE},
    )
    review_on = forms.DateField(
        label="When is it to be reviewed?",
        help_text="If it says so. After that day it is marked as old.",
        required=False,
        widget=DateInputs,
        error_messages={"invalid": REAL_DATE},
    )
    findings = _text(
        "Which of its findings do you use?",
        missing="Enter the findings you use",
        rows=6,
        hint="In a few sentences, with their page. They are printed.",
    )
    reference = forms.CharField(
        label="Where can it be read?", help_text="An address on the Web, or a file.", required=False, max_length=300
    )

    def given(self) -> GivenNeeds:
        """Return what was entered."""
        return GivenNeeds(**self.cleaned_data)


class LearningForm(Form):
    """One recommendation of a review."""

    kind = forms.TypedChoiceField(
        label="Which kind of review?",
        choices=[(k.value, words) for k, words in REVIEW_WORDS.items()],
        coerce=ReviewKind,
        widget=forms.RadioSelect,
        error_messages={"required": "Select the kind of review"},
    )
    reference = forms.CharField(
        label="Under which reference?",
        help_text="Your own, for example Review 2 of 2025. No names, no address, no date of the event.",
        max_length=60,
        error_messages={"required": "Enter a reference"},
    )
    recommendation = _text(
        "What does it recommend?",
        missing="Enter what it recommends",
        hint="No names, and nothing that would tell who the review was about. It is printed.",
    )
    problem = ProblemField(label="Which problem does it concern?", required=False)
    owner = forms.CharField(
        label="Which post carries it out?",
        max_length=200,
        error_messages={"required": "Enter the post that carries it out"},
    )
    due_on = forms.DateField(
        label="By when?", widget=DateInputs, error_messages={"required": "Enter a date", "invalid": REAL_DATE}
    )

    def __init__(self, *args: Any, assessment: Assessment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["problem"].offer(assessment)  # type: ignore[attr-defined]

    def given(self) -> GivenLearning:
        """Return what was entered."""
        return GivenLearning(**self.cleaned_data)


class FinishForm(Form):
    """What came of a recommendation."""

    result = _text("What came of it?", missing="Say what came of it", hint="No names. It is printed.")
    done_on = forms.DateField(
        label="When was it carried out?",
        widget=DateInputs,
        error_messages={"required": "Enter the day", "invalid": REAL_DATE},
    )


class ProvisionForm(Form):
    """A need with its service, or the gap."""

    need = forms.CharField(
        label="Which need?",
        help_text="For example Help for shop workers after abuse.",
        max_length=300,
        error_messages={"required": "Enter the need"},
    )
    problem = ProblemField(label="Which problem does it belong to?", required=False)
    service = forms.CharField(
        label="Which service meets it?", help_text="Leave it empty if there is none.", required=False, max_length=200
    )
    provider = forms.CharField(label="Who provides it?", required=False, max_length=200)
    capacity = forms.IntegerField(label="How much can it take?", required=False, min_value=0, max_value=1_000_000)
    taken_up = forms.IntegerField(
        label="How much was taken up?",
        help_text="Printed as “fewer than 5” where it is small.",
        required=False,
        min_value=0,
        max_value=1_000_000,
    )
    counted_as = forms.CharField(
        label="What do these numbers count?", help_text="For example places.", required=False, max_length=60
    )
    period = forms.CharField(
        label="Over which period?", help_text="For example year to March 2026.", required=False, max_length=60
    )
    source = forms.CharField(label="Who says so?", required=False, max_length=200)
    outcome = _text("What comes of it for those who use it?")
    gap = _text("What is missing, and how large is the gap?", hint="Leave it empty if nothing is missing.")

    def __init__(self, *args: Any, assessment: Assessment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["problem"].offer(assessment)  # type: ignore[attr-defined]

    def given(self) -> GivenProvision:
        """Return what was entered."""
        return GivenProvision(**self.cleaned_data)
