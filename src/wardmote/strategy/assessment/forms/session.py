"""What is asked in the room: what was agreed about a problem, and who took part."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from wardmote.definitions import Criterion, Matrix
from wardmote.partnership.members.models import Agency
from wardmote.strategy.assessment.actions import GivenAgreement, GivenAttendance
from wardmote.strategy.assessment.models import Attendance
from wardmote.strategy.assessment.queries.panel import ProblemPanel
from wardmote.strategy.assessment.rules import (
    CONFIDENCE_WORDS,
    CURRENT_WORK_WORDS,
    PRESENCE_WORDS,
    Confidence,
    Presence,
)
from wardmote.web.forms import Form

from .scoring import levels_of

NOBODY_KNOWS = "unknown"


class AgreeForm(Form):
    """The agreed score of each criterion, how sure the panel is, and why, in a line."""

    def __init__(self, *args: Any, matrix: Matrix, panel: ProblemPanel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.matrix = matrix
        for criterion in matrix.criteria:
            self._ask(criterion, panel)
        self.fields["confidence"] = forms.TypedChoiceField(
            label="How sure is the panel?",
            choices=[(one.value, words) for one, words in CONFIDENCE_WORDS.items()],
            coerce=Confidence,
            widget=forms.RadioSelect,
            initial=panel.agreed.confidence if panel.agreed else "",
            error_messages={"required": "Select how sure the panel is"},
        )
        self.fields["reason"] = forms.CharField(
            label="Why, in a line?",
            help_text="It is kept in the record of the session. Name nobody, and no agency's score.",
            max_length=300,
            initial=panel.agreed.reason if panel.agreed else "",
            error_messages={"required": "Enter why the panel agreed on this"},
        )

    def _ask(self, criterion: Criterion, panel: ProblemPanel) -> None:
        self.fields[f"{criterion.code}-value"] = forms.ChoiceField(
            label=criterion.label,
            help_text=f"{_said(panel.values(criterion.code))} {CURRENT_WORK_WORDS[criterion.current_work]}",
            choices=[*levels_of(criterion), ("or", [(NOBODY_KNOWS, "Nobody knows")])],
            # The room has read the levels by now: a smaller sheet fits the screen.
            widget=forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
            initial=_suggested(criterion.code, panel),
            error_messages={"required": f"Select the agreed score for {criterion.label}, or that nobody knows"},
        )

    def given(self) -> GivenAgreement:
        """Return what was agreed."""
        codes = [criterion.code for criterion in self.matrix.criteria]
        values = {code: self.cleaned_data[f"{code}-value"] for code in codes}
        scores = {code: None if value == NOBODY_KNOWS else int(value) for code, value in values.items()}
        return GivenAgreement(scores, self.cleaned_data["confidence"], self.cleaned_data["reason"])


def _said(values: list[int]) -> str:
    if not values:
        return "Nobody gave a score."
    return f"First scores: {', '.join(map(str, values))}."


def _suggested(code: str, panel: ProblemPanel) -> str:
    """What was agreed before; else the score that everyone gave. Where the panel differs nothing is suggested."""
    if panel.agreed:
        value = panel.agreed.scores.get(code)
        return NOBODY_KNOWS if value is None else str(value)
    different = set(panel.values(code))
    return str(different.pop()) if len(different) == 1 else ""


class AttendanceForm(Form):
    """How each agency took part, and as which post."""

    leaves_optional_unsaid = True

    def __init__(self, *args: Any, agencies: Iterable[Agency], before: Mapping[Any, Attendance], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agencies, self.before = tuple(agencies), before
        for agency in self.agencies:
            known = before.get(agency.id)
            self.fields[f"presence-{agency.id}"] = forms.ChoiceField(
                label=agency.name,
                choices=[("", "Not said"), *[(one.value, words) for one, words in PRESENCE_WORDS.items()]],
                required=False,
                initial=known.presence if known else "",
            )
            self.fields[f"post-{agency.id}"] = forms.CharField(
                label=f"Which post came for {agency.name}?",
                help_text="The post, for example “Prevention lead”. No person's name.",
                required=False,
                max_length=120,
                initial=known.post if known else "",
            )

    def clean(self) -> dict[str, Any]:
        """Refuse a post of an agency of which it is not said how it takes part: it would be lost."""
        cleaned = super().clean() or {}
        for agency in self.agencies:
            presence, post = f"presence-{agency.id}", f"post-{agency.id}"
            if cleaned.get(post) and cleaned.get(presence) == "":
                self.add_error(presence, f"Select how {agency.name} takes part, or clear its post")
        return cleaned

    def given(self) -> list[GivenAttendance]:
        """Return what was said of each agency; one of which nothing was said, now or before, is left out."""
        said = [(agency.id, self.cleaned_data[f"presence-{agency.id}"]) for agency in self.agencies]
        return [
            GivenAttendance(agency, Presence(presence) if presence else None, self.cleaned_data[f"post-{agency}"])
            for agency, presence in said
            if presence or agency in self.before
        ]
