"""What is asked of a question to a partner, of the paragraph that answers it, and of asking again."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from wardmote.partnership.members.models import Agency
from wardmote.strategy.assessment.actions.partners import GivenPaper, GivenQuestion
from wardmote.web.forms import DateInputs, Form

DUE_ERRORS = {"required": "Enter a date", "invalid": "Enter a real date, for example 4 12 2026"}


class QuestionForm(Form):
    """A dated question to an agency."""

    agency = forms.ModelChoiceField(
        label="Which agency do you ask?",
        queryset=Agency.objects.none(),
        empty_label="Choose an agency",
        error_messages={"required": "Select an agency"},
    )
    question = forms.CharField(
        label="What do you want to know?",
        help_text="One question that a paragraph can answer. Name nobody. It is printed with the answer.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Enter the question"},
    )
    due_on = forms.DateField(label="By when?", widget=DateInputs, error_messages=DUE_ERRORS)

    def __init__(self, *args: Any, agencies: QuerySet[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]

    def given(self) -> GivenQuestion:
        """Return what was entered."""
        return GivenQuestion(self.cleaned_data["agency"].id, self.cleaned_data["question"], self.cleaned_data["due_on"])


class ParagraphForm(Form):
    """The paragraph of an agency."""

    text = forms.CharField(
        label="Your agency's paragraph",
        help_text="It is printed as you write it, signed with your post and agency, once the analyst has accepted it. "
        "Name nobody.",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": "Write your paragraph"},
    )


class PaperAnswerForm(Form):
    """A paragraph that came on paper."""

    text = forms.CharField(
        label="What does the agency's paragraph say?",
        help_text="Word for word. It is printed with who keyed it, once it is accepted. Name nobody.",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": "Enter the paragraph"},
    )
    signed_post = forms.CharField(
        label="Which post signed it?",
        help_text="The post alone, for example Station manager. The agency is added.",
        max_length=120,
        error_messages={"required": "Enter the post that signed it"},
    )
    paper_on = forms.DateField(label="Which day does it bear?", widget=DateInputs, error_messages=DUE_ERRORS)

    def given(self) -> GivenPaper:
        """Return what was entered."""
        return GivenPaper(**self.cleaned_data)


class AskAgainForm(Form):
    """Why a paragraph is sent back."""

    why = forms.CharField(
        label="What is missing?",
        help_text="The agency reads this beside its paragraph. Nobody else does.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say what is missing, so that they know what to write"},
    )
    due_on = forms.DateField(label="By when?", widget=DateInputs, error_messages=DUE_ERRORS)
