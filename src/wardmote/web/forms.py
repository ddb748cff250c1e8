"""Forms that speak as the GOV.UK Design System asks: label, hint, error, and every error linked to its field."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import BaseRenderer, DjangoTemplates
from django.utils.datastructures import MultiValueDict

from wardmote.foundations.periods import FIRST_YEAR, LAST_YEAR, is_known_year

# Widgets that have a template of ours; the rest keep Django's.
_OWN_WIDGETS = frozenset(
    f"django/forms/widgets/{name}.html"
    for name in (
        "input", "text", "number", "email", "url", "password", "date", "textarea", "select", "radio", "checkbox",
        "checkbox_select", "file", "clearable_file_input",
    )
)  # fmt: skip


# Characters that show nothing and come with text from other programs: control characters, and those that turn the
# direction of the text or stand between letters. Line ends and tabs stay; a null is refused, not taken out.
_KEPT = frozenset("\0\t\n\r")
_UNSEEN: dict[int, None] = {
    at: None
    for ranges in ((0x00, 0x20), (0x7F, 0xA0), (0xAD, 0xAE), (0x200B, 0x200C), (0x200E, 0x2010), (0x202A, 0x202F),
                   (0x2060, 0x206A), (0xFEFF, 0xFEFF + 1))
    for at in range(*ranges)
    if chr(at) not in _KEPT
}  # fmt: skip


class GovukBoundField(BoundField):
    """A field of a form as its template sees it."""

    @property
    def data(self) -> Any:
        """What was sent, without characters that nobody sees; a password as it is."""
        sent = super().data
        is_text = isinstance(sent, str) and isinstance(self.field, forms.CharField)
        is_cleaned = is_text and not isinstance(self.field.widget, forms.PasswordInput)
        return sent.translate(_UNSEEN) if is_cleaned else sent

    @property
    def is_checkbox(self) -> bool:
        """Whether it is one box to tick, whose label stands after it."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def is_optional(self) -> bool:
        """Whether the label says so: a single box, or a sheet of scores, may stay empty without saying."""
        is_silent = self.is_checkbox or self.field.disabled or getattr(self.form, "leaves_optional_unsaid", False)
        return not self.field.required and not is_silent

    @property
    def first_input_id(self) -> str:
        """Where the error summary leads: the first input of the field."""
        if isinstance(self.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
            return f"{self.auto_id}_0"
        return self.id_for_label or self.auto_id


class GovukRenderer(DjangoTemplates):
    """Renders forms, fields and widgets with the templates in web/forms; the admin's stay as they are."""

    form_template_name = "web/forms/form.html"
    field_template_name = "web/forms/field.html"
    bound_field_class = GovukBoundField

    def get_template(self, template_name: str) -> Any:
        """Django's engine finds its own widget templates first, so ours are asked for under their own name."""
        if template_name in _OWN_WIDGETS:
            template_name = template_name.replace("django/forms/", "web/forms/", 1)
        return super().get_template(template_name)


# What is said where a form says nothing of its own: which field, and what to do, not what went wrong inside.
_CHOOSE_AGAIN = "“{label}”: choose one of the answers that are offered"
_SPOKEN = {
    "required": "Answer this question",
    "invalid": "Check what you entered",
    "max_length": "Shorten “{label}” to %(limit_value)d characters: it has %(show_value)d",
    "min_length": "“{label}”: enter at least %(limit_value)d characters. There are %(show_value)d",
    "min_value": "“{label}”: enter %(limit_value)s or more",
    "max_value": "“{label}”: enter %(limit_value)s or less",
    "null_characters_not_allowed": "“{label}” holds a character that cannot be seen: copy the text as plain text",
    "empty": "“{label}”: the file is empty. Save it again with its rows, then choose it",
    "invalid_choice": _CHOOSE_AGAIN,
    "invalid_pk_value": _CHOOSE_AGAIN,
    "invalid_list": _CHOOSE_AGAIN,
}
_SPOKEN_BY_KIND: tuple[tuple[type[forms.Field], str], ...] = (
    (forms.EmailField, "Enter an e-mail address like name@council.example"),
    (forms.IntegerField, "Enter a whole number, for example 30"),
    (forms.DecimalField, "Enter a number, for example 12.5"),
    (forms.DateField, "Enter a real date, for example 31 1 2027"),
)


def check_year(day: date) -> None:
    """Refuse a day in a year that nobody can mean."""
    if not is_known_year(day):
        raise forms.ValidationError(f"Check the year: enter one between {FIRST_YEAR} and {LAST_YEAR}", code="year")


def _speak(field: forms.Field, *, label: str) -> None:
    """Give a field our words for every error for which its form has none of its own."""
    invalid = next((words for kind, words in _SPOKEN_BY_KIND if isinstance(field, kind)), _SPOKEN["invalid"])
    for code, words in (_SPOKEN | {"invalid": invalid}).items():
        if _is_librarys(field, code):
            # A message is a format, so a per cent sign of the label is doubled.
            field.error_messages[code] = words.format(label=label.replace("%", "%%"))
    if isinstance(field, forms.DateField) and check_year not in field.validators:
        field.validators = [*field.validators, check_year]


def _is_librarys(field: forms.Field, code: str) -> bool:
    """Whether what a field says is what its class says, or nothing."""
    said = field.error_messages.get(code)
    return said is None or said in (
        vars(kind).get("default_error_messages", {}).get(code) for kind in type(field).__mro__
    )


class FormLook:
    """What every form of ours shares; mix it in before a form class of a library."""

    # The browser's own bubbles hide our messages and are not read well; the server checks everything.
    use_required_attribute = False
    default_renderer: BaseRenderer | type[BaseRenderer] | None = GovukRenderer

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def full_clean(self) -> None:
        """Check what was entered, with messages that name their field; only now has every form made all its fields."""
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            _speak(field, label=str(field.label or name))
        super().full_clean()  # type: ignore[misc]


class Form(FormLook, forms.Form):
    """The base of every form that is not about one table."""


class ModelForm(FormLook, forms.ModelForm):  # type: ignore[type-arg]
    """The base of every form about one table."""


class DateInputs(forms.Widget):
    """Day, month and year in three boxes; use with `forms.DateField(widget=DateInputs)`."""

    template_name = "web/forms/widgets/date_inputs.html"
    use_fieldset = True
    parts = (("day", "Day", 2), ("month", "Month", 2), ("year", "Year", 4))

    def get_context(self, name: str, value: Any, attrs: Mapping[str, Any] | None) -> dict[str, Any]:
        """The three boxes with what was typed, right or wrong."""
        context = super().get_context(name, value, dict(attrs or {}))
        year, month, day = (*str(value).split("-", 2), "", "")[:3] if value else ("", "", "")
        typed = {"day": day.lstrip("0"), "month": month.lstrip("0"), "year": year}
        context["widget"]["parts"] = [
            {"name": f"{name}_{part}", "label": label, "width": width, "value": typed[part],
             "id": f"{context['widget']['attrs'].get('id', name)}_{part}"}
            for part, label, width in self.parts
        ]  # fmt: skip
        return context

    def id_for_label(self, id_: str) -> str:
        """The box of the day."""
        return f"{id_}_day" if id_ else id_

    def value_from_datadict(self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str) -> str | None:
        """Year-month-day as typed, for the field to judge; None when all three boxes are empty."""
        year, month, day = (str(data.get(f"{name}_{part}") or "").strip() for part in ("year", "month", "day"))
        return f"{year}-{month}-{day}" if year or month or day else None

    def value_omitted_from_data(self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str) -> bool:
        """Whether none of the three boxes was sent."""
        return not any(f"{name}_{part}" in data for part, _, _ in self.parts)


def page_title(title: str, form: forms.BaseForm | None = None) -> str:
    """The title of a page with a form: "Error: " comes first when something must be put right."""
    return f"Error: {title}" if form is not None and form.is_bound and form.errors else title
