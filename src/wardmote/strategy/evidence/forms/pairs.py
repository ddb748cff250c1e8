"""What is asked of two sources of one problem: which figures of a partner, why they differ, which is published."""

from collections.abc import Sequence
from typing import Any

from django import forms

from wardmote.definitions import Problem, source_differences
from wardmote.strategy.evidence.actions.pairs import GivenPair
from wardmote.strategy.evidence.queries.pairs import PartnerMeasure
from wardmote.strategy.evidence.rules.pairs import Chosen
from wardmote.web.forms import Form

CHOSEN_WORDS = {Chosen.OPEN: "The open figure of data.police.uk", Chosen.PARTNER: "The partner's own figure"}


class MeasureForm(Form):
    """Which problem, and which of a partner's figures says the same of it."""

    problem = forms.ChoiceField(label="Which problem?", error_messages={"required": "Select a problem"})
    measure = forms.ChoiceField(
        label="Which of a partner's figures is it?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select a partner's figure"},
    )

    def __init__(
        self, *args: Any, problems: Sequence[Problem], measures: Sequence[PartnerMeasure], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["problem"].choices = [("", "Choose"), *((one.slug, one.title) for one in problems)]  # type: ignore[attr-defined]
        self.fields["measure"].choices = [  # type: ignore[attr-defined]
            (str(number), f"{one.measure}: {one.title}, {one.supplier}") for number, one in enumerate(measures)
        ]


NOT_PUBLISHED = "Nothing else is published of it."


class PairForm(Form):
    """Which areas are ours, why the two differ, and which is published."""

    areas = forms.MultipleChoiceField(
        label="Which areas together are the partnership?",
        help_text="Tick the district, or every ward of it; not both.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick the areas that together are the partnership"},
    )
    reasons = forms.MultipleChoiceField(
        label="Why do they differ?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(one.code, f"{one.title}: {one.words}") for one in source_differences()],
    )
    note = forms.CharField(
        label="What else explains the gap?",
        required=False,
        max_length=1000,
        help_text="It is printed under the figures.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    chosen = forms.TypedChoiceField(
        label="Which is the figure we publish?",
        choices=[(c.value, words) for c, words in CHOSEN_WORDS.items()],
        coerce=Chosen,
        widget=forms.RadioSelect,
        error_messages={"required": "Select which figure is published"},
    )
    why = forms.CharField(
        label="Why that one?",
        max_length=1000,
        help_text="For example: the board has used the force's own figure since 2019.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why that one is published"},
    )

    def __init__(self, *args: Any, areas: Sequence[str], is_published: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["areas"].choices = [(area, area) for area in areas]  # type: ignore[attr-defined]
        if not is_published:
            # Nothing stands beside the partner's figure, so no gap is explained and none of two is chosen.
            for name in ("reasons", "chosen", "why"):
                del self.fields[name]
            note = self.fields["note"]
            note.label, note.required = "What does it count, and what not?", True
            note.error_messages["required"] = "Say what it counts, and what not"

    def given(self, *, problem: str, dataset: str, measure: str) -> GivenPair:
        """Return what was entered, for a problem and a partner's measure."""
        said = self.cleaned_data
        return GivenPair(
            problem, dataset, measure, tuple(said["areas"]), tuple(said.get("reasons", ())),
            said["note"].strip(), said.get("chosen", Chosen.PARTNER), said.get("why", NOT_PUBLISHED).strip(),
        )  # fmt: skip
