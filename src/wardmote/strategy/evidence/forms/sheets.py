"""What is asked about a partner's sheet: what its columns are, and what its signs mean."""

from dataclasses import fields
from typing import Any

from django import forms

from wardmote.analytics.sources.figures import NOT_STATED
from wardmote.analytics.sources.mapping import BLANK, SUPPRESSED, UNAVAILABLE, ColumnMapping, MappingError, Part
from wardmote.strategy.evidence.queries.sheets import Draft
from wardmote.web.forms import Form

SAME = "the same for every row"
HEADINGS_ARE = "what the headings say"
UNKNOWN = "?"
PARTS = {
    "period": ("Where is the period?", "Which period?", "For example 2026-08, 2026/27 or 2026 Q3."),
    "area": ("Where is the area?", "Which area?", "The name that others call it by, for example the district."),
    "measure": ("Where is what was counted?", "What was counted?", "For example deliberate fires."),
}
ACROSS = [
    ("", "One column of values"),
    ("period", "A column for each month, quarter or year"),
    ("measure", "A column for each thing that was counted"),
    ("area", "A column for each area"),
]
PERIOD_KINDS = [
    ("", "As it is written"),
    ("month", "Months"),
    ("quarter", "Quarters of the calendar year"),
    ("financial quarter", "Quarters of the financial year"),
    ("financial year", "Financial years"),
    ("calendar year", "Calendar years"),
    ("year to", "Years that end with a month"),
]
TOKENS = {"blank": BLANK, "suppressed": SUPPRESSED, "unavailable": UNAVAILABLE}


def _tokens(label: str, hint: str, given: tuple[str, ...]) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, required=False, max_length=200, initial=" ; ".join(given))


class HeadingsForm(Form):
    """Which sheet, and which rows hold the headings."""

    leaves_optional_unsaid = True

    sheet = forms.ChoiceField(label="Sheet", required=False, widget=forms.Select)
    first = forms.IntegerField(label="First row of headings", min_value=1, max_value=1_000_000)
    last = forms.IntegerField(label="Last row of headings", min_value=1, max_value=1_000_000)

    def __init__(self, draft: Draft, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if draft.sheets:
            self.fields["sheet"].choices = [(name, name) for name in draft.sheets]  # type: ignore[attr-defined]
        else:
            del self.fields["sheet"]


class MappingForm(Form):
    """What each column is; the rest has answers that fit most sheets."""

    leaves_optional_unsaid = True
    main = (
        "title",
        "supplier",
        "across",
        "value_columns",
        "period_column",
        "period_constant",
        "area_column",
        "area_constant",
        "area_code_column",
        "measure_column",
        "measure_constant",
        "status_column",
        "status",
    )

    title = forms.CharField(
        label="What are these figures?",
        max_length=150,
        help_text="They are kept under this name, and so is what you say here: next month it is offered again.",
        error_messages={"required": "Enter what these figures are"},
    )
    supplier = forms.CharField(
        label="Who gave them to you?", max_length=150, error_messages={"required": "Enter who gave you these figures"}
    )
    across = forms.ChoiceField(
        label="How is the table laid out?", choices=ACROSS, required=False, widget=forms.RadioSelect
    )
    value_columns = forms.MultipleChoiceField(
        label="Which columns hold the values?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select at least one column that holds values"},
    )
    area_code_column = forms.ChoiceField(
        label="Where is the area's code?",
        required=False,
        help_text="Codes such as E05000405, where the table has them.",
    )
    status_column = forms.ChoiceField(label="Does a column say which figures are final?", required=False)
    status = forms.ChoiceField(
        label="Are these figures final?",
        help_text="Only where no column says it.",
        choices=[("validated", "Yes, the supplier has checked them"), ("provisional", "No, they may still change")],
        initial="provisional",
        widget=forms.RadioSelect,
    )
    caveat = forms.CharField(
        label="What must their readers know?", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    period_kind = forms.ChoiceField(label="Which kind of period is it?", choices=PERIOD_KINDS, required=False)
    date_order = forms.ChoiceField(
        label="In dates such as 03/04/2026, what comes first?",
        choices=[("", "There are none"), ("day first", "The day"), ("month first", "The month")],
        required=False,
    )
    decimal = forms.ChoiceField(
        label="How are numbers written?", choices=[(".", "1,234.56"), (",", "1.234,56")], initial="."
    )
    unit = forms.ChoiceField(
        label="What are the values?", choices=[("number", "Numbers"), ("£", "Pounds"), ("%", "Percentages")]
    )
    marks = forms.MultipleChoiceField(
        label="What may stand beside a number?",
        choices=[("£", "£"), ("%", "%"), ("brackets", "Brackets, for less than nought: (12)")],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    merged = forms.BooleanField(label="The text of a merged cell belongs to its whole range", required=False)
    hidden = forms.ChoiceField(
        label="What about hidden rows, columns and sheets?",
        choices=[
            ("ask", "Refuse the table if there are any"),
            ("include", "Read them"),
            ("leave out", "Leave them out"),
        ],
        initial="ask",
    )
    blank = _tokens("Signs of a blank figure", "Separated by semicolons.", BLANK)
    suppressed = _tokens("Signs of a figure that is withheld", "<n is < and any number.", SUPPRESSED)
    unavailable = _tokens("Signs of a figure that is not available", "Separated by semicolons.", UNAVAILABLE)

    def __init__(self, headings: tuple[str, ...], place: tuple[str, int, int], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._place = place
        columns = [(heading, heading) for heading in headings]
        self.fields["value_columns"].choices = columns  # type: ignore[attr-defined]
        self.fields["area_code_column"].choices = [("", "There is none"), *columns]  # type: ignore[attr-defined]
        self.fields["status_column"].choices = [("", "No column says it"), *columns]  # type: ignore[attr-defined]
        for name, (where, which, hint) in PARTS.items():
            choices = [
                ("", "Choose"),
                *columns,
                (SAME, "The same for every row"),
                (HEADINGS_ARE, "In the headings of the values"),
            ]
            self.fields[f"{name}_column"] = forms.ChoiceField(
                label=where, choices=choices, error_messages={"required": f"Answer “{where}”"}
            )
            self.fields[f"{name}_constant"] = forms.CharField(
                label=which,
                help_text=f"Only where it is the same for every row. {hint}",
                required=False,
                max_length=100,
            )

    @property
    def first_fields(self) -> list[Any]:
        """What is asked of every sheet."""
        return [self[name] for name in self.main]

    @property
    def other_fields(self) -> list[Any]:
        """What seldom needs another answer."""
        return [self[name] for name in self.fields if name not in self.main]

    @property
    def others_have_errors(self) -> bool:
        """Whether something is wrong among what is folded away."""
        return any(field.errors for field in self.other_fields)

    def clean(self) -> dict[str, Any]:
        """Make the mapping; what does not fit together is said beside what it is about."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        for name, (_, which, _) in PARTS.items():
            if given.get(f"{name}_column") == SAME and not given.get(f"{name}_constant"):
                self.add_error(f"{name}_constant", f"Answer “{which}”, for no column says it")
        if not self.errors:
            try:
                given["mapping"] = self._mapping(given)
            except MappingError as error:
                self.add_error(None, str(error))
        return given

    def _mapping(self, given: dict[str, Any]) -> ColumnMapping:
        sheet, first, last = self._place
        plain = {field.name for field in fields(ColumnMapping)} & given.keys() - {*TOKENS, "merged", "status"}
        arguments: dict[str, Any] = {name: _value(given[name]) for name in plain}
        arguments |= {name: _part(given, name) for name in PARTS}
        arguments |= {name: tuple(one.strip() for one in given[name].split(";") if one.strip()) for name in TOKENS}
        return ColumnMapping(
            **arguments,
            area_code=Part(column=given["area_code_column"]),
            status=Part(given["status_column"]) if given["status_column"] else Part(constant=given["status"]),
            merged="join" if given["merged"] else "refuse",
            sheet=sheet,
            header_first=first,
            header_last=last,
        )


def _value(given: Any) -> Any:
    return tuple(given) if isinstance(given, list) else given


def _part(given: dict[str, Any], name: str) -> Part:
    column = given[f"{name}_column"]
    if column == SAME:
        return Part(constant=given[f"{name}_constant"])
    return Part() if column == HEADINGS_ARE else Part(column=column)


def initial_of(mapping: ColumnMapping) -> dict[str, Any]:
    """Return the answers that a mapping gives; what was only guessed to be unknown stays open."""
    plain = ("title", "across", "period_kind", "date_order", "decimal", "unit", "hidden", "caveat")
    initial: dict[str, Any] = {name: getattr(mapping, name) for name in plain}
    initial["supplier"] = "" if mapping.supplier == NOT_STATED else mapping.supplier
    initial |= {"value_columns": list(mapping.value_columns), "marks": list(mapping.marks)}
    initial |= {name: " ; ".join(getattr(mapping, name)) for name in TOKENS}
    initial |= {"merged": mapping.merged == "join", "area_code_column": mapping.area_code.column}
    is_guess = mapping.supplier == NOT_STATED
    initial["status_column"] = mapping.status.column
    initial["status"] = "provisional" if is_guess else mapping.status.constant or "provisional"
    for name in PARTS:
        part: Part = getattr(mapping, name)
        where = part.column or (HEADINGS_ARE if mapping.across == name else SAME)
        initial |= {f"{name}_column": where, f"{name}_constant": part.constant.replace(UNKNOWN, "")}
    return initial
