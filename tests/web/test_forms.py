"""Forms show label, hint and error as the GOV.UK Design System asks, and link every error to its field."""

from datetime import date

import pytest
from django import forms as django_forms
from django.template import engines

from wardmote.web.forms import DateInputs, Form, page_title

HOSTILE = '<img src=x onerror="alert(1)">'


class ProblemForm(Form):
    name = django_forms.CharField(
        label="What is the problem called?",
        help_text="Use a short name",
        error_messages={"required": "Enter a name for the problem"},
    )
    kind = django_forms.ChoiceField(
        label="What type of problem is it?",
        widget=django_forms.RadioSelect,
        choices=[("asb", "Anti-social behaviour"), ("burglary", f"Burglary {HOSTILE}")],
        error_messages={"required": "Select the type of problem"},
    )
    reported_on = django_forms.DateField(
        label="When was it first reported?",
        widget=DateInputs,
        error_messages={"required": "Enter the date it was first reported", "invalid": "Enter a real date"},
    )
    ward = django_forms.ChoiceField(label="Ward", choices=[("", "Choose a ward"), ("a", "Netherby")], required=False)
    notes = django_forms.CharField(label="Notes", widget=django_forms.Textarea, required=False)
    agreed = django_forms.BooleanField(label="I have checked it", error_messages={"required": "Tick the box"})
    files = django_forms.FileField(label="Files", required=False)
    partners = django_forms.MultipleChoiceField(
        label="Partners", choices=[("p", "Police")], widget=django_forms.CheckboxSelectMultiple, required=False
    )
    secret = django_forms.CharField(widget=django_forms.HiddenInput, required=False)


def render(template: str, **context: object) -> str:
    return engines["django"].from_string("{% load govuk %}" + template).render(context)


def test_an_empty_form_shows_no_error() -> None:
    html = str(ProblemForm())
    assert "govuk-error-message" not in html
    assert "aria-invalid" not in html


def test_a_field_is_described_by_its_hint_and_its_error() -> None:
    html = str(ProblemForm({}))
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert 'aria-invalid="true"' in html


def test_a_group_of_radios_is_a_fieldset_described_by_its_error() -> None:
    html = str(ProblemForm({}))
    assert '<fieldset class="govuk-fieldset" aria-describedby="id_kind_error">' in html
    assert "What type of problem is it?</legend>" in html


@pytest.mark.parametrize(
    ("message", "target"),
    [
        ("Enter a name for the problem", "id_name"),
        ("Select the type of problem", "id_kind_0"),
        ("Enter the date it was first reported", "id_reported_on_day"),
        ("Tick the box", "id_agreed"),
    ],
)
def test_the_summary_links_each_error_to_an_input_that_exists(message: str, target: str) -> None:
    form = ProblemForm({})
    summary = render("{% error_summary form %}", form=form)
    assert f'<a href="#{target}">{message}</a>' in summary
    assert f'id="{target}"' in str(form)


def test_a_form_without_errors_has_no_summary() -> None:
    assert "govuk-error-summary" not in render("{% error_summary form %}", form=ProblemForm())


def test_what_does_not_have_to_be_filled_in_says_so() -> None:
    html = str(ProblemForm())
    assert "Notes (optional)</label>" in html
    assert "Partners (optional)</legend>" in html
    assert "What is the problem called?</label>" in html


@pytest.mark.parametrize(
    "expected",
    [
        'class="govuk-input"',
        'class="govuk-radios__input"',
        'class="govuk-checkboxes__input"',
        'class="govuk-select"',
        'class="govuk-textarea"',
        'class="govuk-file-upload"',
        'class="govuk-input govuk-date-input__input govuk-input--width-2"',
    ],
)
def test_every_widget_wears_its_govuk_class(expected: str) -> None:
    assert expected in str(ProblemForm())


def test_hostile_choices_and_values_are_escaped() -> None:
    html = str(ProblemForm({"name": f'"{HOSTILE}', "notes": f"</textarea>{HOSTILE}", "reported_on_day": f'"{HOSTILE}'}))
    assert "<img" not in html
    assert "&lt;img" in html


def test_no_form_carries_a_style_attribute() -> None:
    assert "style=" not in str(ProblemForm({}))


def test_three_boxes_make_a_date() -> None:
    form = ProblemForm({"reported_on_day": "3", "reported_on_month": "12", "reported_on_year": "2026"})
    form.is_valid()
    assert form.cleaned_data["reported_on"] == date(2026, 12, 3)


def test_a_wrong_date_is_shown_again_as_it_was_typed() -> None:
    form = ProblemForm({"reported_on_day": "31", "reported_on_month": "2", "reported_on_year": "2026"})
    assert form.errors["reported_on"] == ["Enter a real date"]
    html = str(form["reported_on"])
    assert 'name="reported_on_day" id="id_reported_on_day" value="31"' in html


def test_a_known_date_fills_the_three_boxes() -> None:
    html = str(ProblemForm(initial={"reported_on": date(2026, 3, 9)})["reported_on"])
    assert 'value="9"' in html
    assert 'value="3"' in html
    assert 'value="2026"' in html


def test_the_title_of_a_page_says_first_that_something_is_wrong() -> None:
    assert page_title("Record a problem", ProblemForm({})) == "Error: Record a problem"
    assert page_title("Record a problem", ProblemForm()) == "Record a problem"
    assert page_title("Record a problem") == "Record a problem"


class ArrivalForm(Form):
    name = django_forms.CharField(label="Name", max_length=5)
    email = django_forms.EmailField(label="E-mail", required=False)
    days = django_forms.IntegerField(label="Days", min_value=1, required=False)
    kind = django_forms.ChoiceField(label="Kind", choices=[("a", "A")], required=False)
    kinds = django_forms.MultipleChoiceField(label="Kinds", choices=[("a", "A")], required=False)
    on = django_forms.DateField(label="When?", widget=DateInputs, required=False)


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("name", {"name": ""}, "Answer this question"),
        ("name", {"name": "Netherby"}, "Shorten “Name” to 5 characters: it has 8"),
        ("name", {"name": "a\0b"}, "“Name” holds a character that cannot be seen: copy the text as plain text"),
        ("email", {"email": "nobody"}, "Enter an e-mail address like name@council.example"),
        ("days", {"days": "soon"}, "Enter a whole number, for example 30"),
        ("days", {"days": "-1"}, "“Days”: enter 1 or more"),
        ("kind", {"kind": "b"}, "“Kind”: choose one of the answers that are offered"),
        ("kinds", {"kinds": ["b"]}, "“Kinds”: choose one of the answers that are offered"),
        ("on", {"on_day": "31", "on_month": "2", "on_year": "2026"}, "Enter a real date, for example 31 1 2027"),
        ("on", {"on_day": "1", "on_month": "1", "on_year": "0001"}, "Check the year: enter one between 1900 and 2100"),
        (
            "on",
            {"on_day": "31", "on_month": "12", "on_year": "9999"},
            "Check the year: enter one between 1900 and 2100",
        ),
    ],
)
def test_an_error_that_a_form_has_no_words_for_says_what_to_do(field: str, typed: dict[str, object], said: str) -> None:
    assert ArrivalForm(typed).errors[field] == [said]


def test_the_words_of_a_form_stand_before_the_common_ones() -> None:
    form = ProblemForm({"reported_on_day": "31", "reported_on_month": "2", "reported_on_year": "2026"})
    assert form.errors["reported_on"] == ["Enter a real date"]
    assert form.errors["name"] == ["Enter a name for the problem"]


def test_a_message_of_ours_names_its_field_and_says_what_to_do() -> None:
    class ShareForm(Form):
        share = django_forms.CharField(label="Share in %", max_length=5)
        kind = django_forms.ChoiceField(label="Which kind?", choices=[("a", "A")])
        own = django_forms.ChoiceField(choices=[], error_messages={"invalid_choice": "Pick one of ours"})

    form = ShareForm({"share": "1234567", "kind": "z", "own": "z"})
    assert form.errors == {
        "share": ["Shorten “Share in %” to 5 characters: it has 7"],
        "kind": ["“Which kind?”: choose one of the answers that are offered"],
        "own": ["Pick one of ours"],
    }


def test_days_of_the_first_audits_and_of_long_plans_are_taken() -> None:
    for year in ("1900", "1998", "2100"):
        assert "on" not in ArrivalForm({"on_day": "31", "on_month": "12", "on_year": year}).errors


class KeyForm(Form):
    name = django_forms.CharField(label="Name", max_length=20)
    notes = django_forms.CharField(label="Notes", widget=django_forms.Textarea)
    password = django_forms.CharField(label="Password", widget=django_forms.PasswordInput)


def test_characters_that_nobody_sees_are_taken_out_and_a_password_is_left_alone() -> None:
    unseen = "\x07\x1b\x7f\u00ad\u200b\u200e\u202e\u2066\ufeff"
    form = KeyForm({"name": f"Ne{unseen}therby", "notes": f"one\r\n\ttwo{unseen}", "password": f"a{unseen}b"})
    assert form.is_valid()
    assert form.cleaned_data == {"name": "Netherby", "notes": "one\r\n\ttwo", "password": f"a{unseen}b"}


def test_a_name_of_nothing_that_can_be_seen_is_asked_for_again() -> None:
    form = KeyForm({"name": "\u200b\u202e", "notes": "x", "password": "y"})
    assert form.errors["name"] == ["Answer this question"]


def test_letters_of_other_languages_and_joined_signs_stay() -> None:
    typed = "Ŵy \u0645 \u0645\u200c\u0646 👩\u200d🚒"
    form = KeyForm({"name": typed, "notes": "x", "password": "y"})
    assert form.is_valid()
    assert form.cleaned_data["name"] == typed
