"""What is asked before a board meets: consultations, requirements, proposals, the paper, the route, copies."""

from datetime import date
from typing import Any

from django import forms

from wardmote.definitions import problems
from wardmote.strategy.assessment.actions.board import GivenCheck, GivenRequirement
from wardmote.strategy.assessment.rules import OUTCOME_WORDS, Outcome
from wardmote.strategy.assessment.rules.board import REQUIRER_WORDS, Requirer, RouteFault, read_route
from wardmote.web.forms import DateInputs, Form

REAL_DATE = "Enter a real date, for example 18 2 2027"


class ConsultationsForm(Form):
    """Which consultations belong to an assessment."""

    leaves_optional_unsaid = True

    consultations = forms.MultipleChoiceField(
        label="Which consultations belong to this assessment?",
        help_text="Those that ended in the year before its date are ticked until you choose.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    series = forms.MultipleChoiceField(
        label="Which surveys over time?", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, consultations: list[tuple[str, str]], series: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("consultations", consultations), ("series", series)):
            if choices:
                self.fields[name].choices = choices  # type: ignore[attr-defined]
            else:
                del self.fields[name]


class RequirementForm(Form):
    """What somebody requires about a problem."""

    problem = forms.ChoiceField(label="About which problem?", error_messages={"required": "Select a problem"})
    required_by = forms.TypedChoiceField(
        label="Who requires it?",
        choices=[(r.value, words) for r, words in REQUIRER_WORDS.items()],
        coerce=Requirer,
        widget=forms.RadioSelect,
        error_messages={"required": "Select who requires it"},
    )
    text = forms.CharField(
        label="What is required?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say what is required"},
    )
    source = forms.CharField(
        label="Where does it say so?",
        help_text="For example Police and crime plan 2024 to 2029, page 12.",
        max_length=300,
        error_messages={"required": "Say where it is written"},
    )
    from_on = forms.DateField(
        label="From which day?",
        widget=DateInputs,
        error_messages={"required": "Enter the first day", "invalid": REAL_DATE},
    )
    to_on = forms.DateField(
        label="Until which day?",
        help_text="Leave it empty where no end is set.",
        widget=DateInputs,
        required=False,
        error_messages={"invalid": REAL_DATE},
    )

    def __init__(self, *args: Any, as_at: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = sorted(((one.slug, one.title) for one in problems(as_at)), key=lambda one: one[1])
        self.fields["problem"].choices = [("", "Choose a problem"), *listed]  # type: ignore[attr-defined]

    def given(self) -> GivenRequirement:
        """Return what was entered."""
        return GivenRequirement(**self.cleaned_data)


class ProposalForm(Form):
    """What is proposed to the board about a problem."""

    outcome = forms.TypedChoiceField(
        label="What is proposed?",
        choices=[(o.value, words) for o, words in OUTCOME_WORDS.items()],
        coerce=Outcome,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what is proposed"},
    )
    reason = forms.CharField(
        label="Why?",
        help_text="The board reads it beside the rank, what residents said and what is required.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why"},
    )


class PaperForm(Form):
    """The covering report."""

    decision_asked = forms.CharField(
        label="What is the decision asked, in one sentence?",
        help_text="Leave it empty for the sentence that follows from what is proposed.",
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    implications = forms.CharField(
        label="What does it mean for each of us?",
        help_text="Money, people, equality, law. An empty line begins a new paragraph.",
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class RouteForm(Form):
    """Which bodies have to approve."""

    bodies = forms.CharField(
        label="Which bodies have to approve, in their order, and when does each meet?",
        help_text="One on each line, with the day: Community Safety Board; 2027-02-18.",
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def clean_bodies(self) -> list[tuple[str, date]]:
        """Return the bodies, read."""
        try:
            return read_route(self.cleaned_data["bodies"])
        except RouteFault as fault:
            raise forms.ValidationError(str(fault)) from fault


class CopyForm(Form):
    """A copy that was sent."""

    sent_to = forms.CharField(
        label="To whom was a copy sent?",
        help_text="A body or post, for example the local policing body, or the county's community safety group.",
        max_length=200,
        error_messages={"required": "Enter to whom it was sent"},
    )
    sent_on = forms.DateField(
        label="On which day?", widget=DateInputs, error_messages={"required": "Enter the day", "invalid": REAL_DATE}
    )


class CheckForm(Form):
    """Who checked the changes that a body asked for."""

    checked_by = forms.CharField(
        label="Which post checked that they stand in the text?",
        help_text="Post and agency, for example Chair, Community Safety Board. No names. It is printed.",
        max_length=330,
        error_messages={"required": "Enter the post that checked them"},
    )
    checked_on = forms.DateField(
        label="On which day?", widget=DateInputs, error_messages={"required": "Enter the day", "invalid": REAL_DATE}
    )

    def given(self) -> GivenCheck:
        """Return what was entered."""
        return GivenCheck(**self.cleaned_data)
