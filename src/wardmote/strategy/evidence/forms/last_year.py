"""What is asked of last year's plan: the year, the pasted text, then how far each line got."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms

from wardmote.foundations.periods import LAST_YEAR
from wardmote.foundations.plans import PROGRESS_WORDS, PlanLine, PlanProgress, read_plan, repeated_references
from wardmote.web.forms import Form

MOST_LINES = 200
# The first strategies followed the Crime and Disorder Act 1998.
FIRST_YEAR = 1998


class PasteForm(Form):
    """The plan as it stands in its document."""

    year = forms.RegexField(
        label="Which year was the plan for?",
        regex=r"^\d{4}[-/]\d{2}$",
        help_text="For example 2025-26.",
        error_messages={"required": "Enter the year", "invalid": "Enter the year like 2025-26"},
    )
    text = forms.CharField(
        label="Paste its priorities and commitments",
        help_text="One on each line, with your own numbers: 1 for a priority, 1a or 1.1 for a commitment. Copied from "
        "a table, a last column that says how far it got is understood.",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 12}),
        error_messages={"required": "Paste at least one priority"},
    )

    def clean_year(self) -> str:
        """A financial year ends in the year after it begins."""
        year: str = self.cleaned_data["year"]
        first, last = int(year[:4]), int(year[5:])
        if (first + 1) % 100 != last or not FIRST_YEAR <= first <= LAST_YEAR:
            raise forms.ValidationError("Enter a financial year, such as 2025-26: the second year follows the first")
        return year

    def clean_text(self) -> str:
        """Refuse more lines than a plan has, and a number that stands twice, while the text can still be changed."""
        text: str = self.cleaned_data["text"]
        lines = read_plan(text)
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(f"There are {len(lines)} lines. Paste the priorities and commitments alone.")
        repeated = repeated_references(lines)
        if repeated:
            raise forms.ValidationError(f"These numbers stand twice: {', '.join(repeated)}. Give each line its own.")
        return text


class ProgressForm(Form):
    """How far each line got; the lines travel with the form."""

    year = forms.CharField(widget=forms.HiddenInput)
    text = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, lines: Sequence[PlanLine], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for number, line in enumerate(lines):
            words = f"{line.reference} {line.text}".strip()
            self.fields[f"progress_{number}"] = forms.ChoiceField(
                label=f"{line.level.capitalize()}: {words}",
                choices=[(progress.value, said) for progress, said in PROGRESS_WORDS.items()],
                initial=line.progress,
            )

    def given(self) -> tuple[PlanLine, ...]:
        """Return the lines with how far each got."""
        return tuple(
            replace(line, progress=PlanProgress(self.cleaned_data[f"progress_{number}"]))
            for number, line in enumerate(self.lines)
        )
