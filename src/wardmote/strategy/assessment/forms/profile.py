"""What is asked of a problem's profile: its sentences, its sides, and the entries of its lists."""

from typing import Any

from django import forms

from wardmote.definitions import profile_rule
from wardmote.strategy.assessment.actions.profile import (
    GivenEntry,
    GivenLink,
    GivenReason,
    GivenResponse,
    GivenUnknown,
    GivenVoice,
)
from wardmote.strategy.assessment.models import AssessedProblem
from wardmote.strategy.assessment.rules import CONFIDENCE_WORDS, Confidence
from wardmote.strategy.assessment.rules.profile import (
    RELATION_WORDS,
    SIDE_WORDS,
    VOICE_WORDS,
    Relation,
    Side,
    VoiceGroup,
    refusal_of_finding,
    refusal_of_percentage,
    refusal_of_reason,
)
from wardmote.web.forms import DateInputs, Form

NAME_NOBODY = "It is printed in the assessment. Name nobody."


class FindingForm(Form):
    """The key finding."""

    text = forms.CharField(
        label="What is the key finding?",
        help_text="Two sentences at most: what a reader with half a minute has to know. Name nobody.",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean_text(self) -> str:
        """Refuse more sentences than it may have."""
        text: str = self.cleaned_data["text"]
        refusal = refusal_of_finding(text, most=profile_rule().most_sentences)
        if refusal:
            raise forms.ValidationError(refusal)
        return text


class SentenceForm(Form):
    """The analyst's own sentence about an item of the evidence."""

    text = forms.CharField(
        label="Your sentence",
        help_text="Empty it to go back to the proposed one. The figures that it quotes are kept with it, so that you "
        "are told when one of them changes. Name nobody.",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class SideForm(Form):
    """A side of the triangle."""

    text = forms.CharField(
        label="What is known?",
        help_text=f"{NAME_NOBODY} Empty both boxes to show it as a gap.",
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    evidence = forms.CharField(
        label="How do you know?",
        help_text="The source in a line, for example “Victim survey, spring 2026, 212 answers”.",
        max_length=500,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Refuse one box without the other."""
        cleaned = super().clean() or {}
        if cleaned.get("text") and not cleaned.get("evidence"):
            self.add_error("evidence", "Say how you know it, or empty both boxes")
        if cleaned.get("evidence") and not cleaned.get("text"):
            self.add_error("text", "Say what is known, or empty both boxes")
        return cleaned


class EntryForm(Form):
    """The base of the forms of a list of the profile."""

    def __init__(self, *args: Any, problem: AssessedProblem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.problem = problem

    def given(self) -> GivenEntry:
        """Return what was entered."""
        raise NotImplementedError


class ResponseForm(EntryForm):
    """What could be done about a side."""

    side = forms.TypedChoiceField(
        label="Which side does it work on?",
        choices=[(side.value, words) for side, words in SIDE_WORDS.items()],
        coerce=Side,
        widget=forms.RadioSelect,
        error_messages={"required": "Select a side"},
    )
    what = forms.CharField(
        label="What could be done?", max_length=500, error_messages={"required": "Enter what could be done"}
    )
    who = forms.CharField(
        label="Who could do it?",
        help_text="The agency or post. No person's name.",
        max_length=200,
        error_messages={"required": "Enter the agency or post that could do it"},
    )

    def given(self) -> GivenResponse:
        """Return what was entered."""
        return GivenResponse(**self.cleaned_data)


class ReasonForm(EntryForm):
    """A likely reason."""

    reason = forms.CharField(
        label="What is the likely reason?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter the likely reason"},
    )
    confidence = forms.TypedChoiceField(
        label="How sure are you?",
        choices=[(c.value, words) for c, words in CONFIDENCE_WORDS.items()],
        coerce=Confidence,
        widget=forms.RadioSelect,
        error_messages={"required": "Select how sure you are"},
    )
    evidence = forms.CharField(
        label="What is the evidence?",
        help_text="Leave it empty where nobody has tested it: it is then printed as “suspected, not tested”.",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse to be sure of what nobody tested."""
        cleaned = super().clean() or {}
        if "confidence" in cleaned:
            refusal = refusal_of_reason(cleaned["confidence"], cleaned.get("evidence", ""))
            if refusal:
                self.add_error("evidence", refusal)
        return cleaned

    def given(self) -> GivenReason:
        """Return what was entered."""
        return GivenReason(**self.cleaned_data)


class LinkForm(EntryForm):
    """A link to another problem."""

    relation = forms.TypedChoiceField(
        label="How do they hang together?",
        help_text="It is shown on both problems.",
        choices=[(relation.value, f"{words[0]} …") for relation, words in RELATION_WORDS.items()],
        coerce=Relation,
        widget=forms.RadioSelect,
        error_messages={"required": "Select how they hang together"},
    )
    other = forms.ChoiceField(label="Which other problem?", error_messages={"required": "Select the other problem"})
    evidence = forms.CharField(
        label="What is the evidence?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter the evidence"},
    )
    percentage = forms.DecimalField(
        label="Is there a percentage?",
        help_text="For example 38, without the sign.",
        required=False,
        min_value=0,
        max_value=100,
        decimal_places=1,
        max_digits=4,
        error_messages={
            "invalid": "Enter a number from 0 to 100, for example 38",
            "min_value": "Enter 0 or more",
            "max_value": "Enter 100 or less",
        },
    )
    base = forms.CharField(
        label="Of what?",
        help_text="For example “of 212 people arrested for theft from shops in 2025/26”.",
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = self.problem.assessment.problems.exclude(id=self.problem.id)
        choices = [("", "Choose a problem"), *others.values_list("slug", "title")]
        self.fields["other"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse a percentage without its base."""
        cleaned = super().clean() or {}
        refusal = "" if "percentage" in self.errors else refusal_of_percentage(cleaned)
        if refusal:
            self.add_error("base" if cleaned.get("percentage") is not None else "percentage", refusal)
        return cleaned

    def given(self) -> GivenLink:
        """Return what was entered."""
        return GivenLink(**self.cleaned_data)


class UnknownForm(EntryForm):
    """What is not known."""

    what = forms.CharField(
        label="What do we not know?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter what is not known"},
    )
    owner = forms.CharField(
        label="Which post finds out?", help_text="No person's name.", max_length=200, required=False
    )
    due_on = forms.DateField(
        label="By when?",
        required=False,
        widget=DateInputs,
        error_messages={"invalid": "Enter a real date, for example 31 3 2027"},
    )

    def given(self) -> GivenUnknown:
        """Return what was entered."""
        return GivenUnknown(**self.cleaned_data)


class VoiceForm(EntryForm):
    """What somebody told the partnership."""

    group = forms.TypedChoiceField(
        label="Who told us?",
        choices=[(group.value, words) for group, words in VOICE_WORDS.items()],
        coerce=VoiceGroup,
        widget=forms.RadioSelect,
        error_messages={"required": "Select who told us"},
    )
    theme = forms.CharField(
        label="What was it about?",
        help_text="A few words, for example “feeling safe in the evening”.",
        max_length=120,
        error_messages={"required": "Enter what it was about"},
    )
    heard_on = forms.DateField(
        label="When?",
        help_text="The day, or the last day of a survey.",
        widget=DateInputs,
        error_messages={"required": "Enter the date", "invalid": "Enter a real date, for example 30 6 2026"},
    )
    sentence = forms.CharField(
        label="What did they tell us?",
        help_text=f"In a sentence, with how many said so where you know it. {NAME_NOBODY}",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter what they told us"},
    )

    def given(self) -> GivenVoice:
        """Return what was entered."""
        return GivenVoice(**self.cleaned_data)
