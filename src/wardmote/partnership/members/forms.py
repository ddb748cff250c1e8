"""What is asked to sign in, and to add an agency or a person."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.db.models import QuerySet

from wardmote.access.permissions import Role
from wardmote.foundations.periods import FIRST_YEAR, LAST_YEAR, is_known_year
from wardmote.web.forms import DateInputs, Form, FormLook

from .actions import NewPerson
from .actions.first_day import GivenSeat
from .models import Agency
from .rules import SEAT_WORDS, SECTOR_WORDS, SeatState, Sector

ROLE_CHOICES = [(role.value, role.value.title()) for role in Role]


class SignInForm(FormLook, AuthenticationForm):
    """Sign-in name and password."""

    error_messages = {
        "invalid_login": "Enter the sign-in name and password that go together. Capitals count in the password.",
        "inactive": "This account is closed. Ask your partnership's administrator.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Sign-in name"
        self.fields["password"].label = "Password"


class AgencyForm(Form):
    """A new agency."""

    name = forms.CharField(
        label="What is the agency called?", max_length=200, error_messages={"required": "Enter the agency's name"}
    )
    sector = forms.TypedChoiceField(
        label="What kind of body is it?",
        choices=[(s.value, SECTOR_WORDS[s]) for s in Sector],
        coerce=Sector,
        widget=forms.RadioSelect,
        error_messages={"required": "Select the kind of body"},
    )


class PersonForm(Form):
    """A new person with a post and a role."""

    name = forms.CharField(label="Name", max_length=120, error_messages={"required": "Enter the person's name"})
    email = forms.EmailField(
        label="Work e-mail address",
        help_text="They sign in with it.",
        error_messages={"required": "Enter a work e-mail address"},
    )
    post = forms.CharField(
        label="Post",
        max_length=120,
        help_text="Pages and documents show the post, never the name.",
        error_messages={"required": "Enter the post"},
    )
    agency = forms.ModelChoiceField(
        label="Agency", queryset=Agency.objects.none(), error_messages={"required": "Choose an agency"}
    )
    role = forms.TypedChoiceField(
        label="Role",
        choices=ROLE_CHOICES,
        coerce=Role,
        widget=forms.RadioSelect,
        error_messages={"required": "Select a role"},
    )
    password = forms.CharField(
        label="First password",
        help_text="15 characters or more. Three or four unrelated words are easy to remember.",
        widget=forms.PasswordInput,
        error_messages={"required": "Enter a first password"},
    )

    def __init__(self, *args: Any, agencies: QuerySet[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]

    def new_person(self, *, today: date) -> NewPerson:
        """Return what was entered, starting today."""
        return NewPerson(**self.cleaned_data, starts_on=today)


class SeatForm(Form):
    """A seat at the table and who holds it."""

    sector = forms.TypedChoiceField(
        label="What kind of body is it?",
        choices=[(s.value, SECTOR_WORDS[s]) for s in Sector],
        coerce=Sector,
        error_messages={"required": "Select the kind of body"},
    )
    body = forms.CharField(
        label="Body", max_length=200, required=False, help_text="For example Brackenmoor Borough Council."
    )
    post = forms.CharField(
        label="Post", max_length=120, required=False, help_text="For example Head of Community Safety."
    )
    state = forms.TypedChoiceField(
        label="Who holds it?",
        choices=[(s.value, words) for s, words in SEAT_WORDS.items()],
        coerce=SeatState,
        widget=forms.RadioSelect,
        error_messages={"required": "Select held, vacant or to be confirmed"},
    )
    holder = forms.CharField(
        label="Name", max_length=120, required=False, help_text="Only members see it. Documents show the post."
    )
    since = forms.DateField(
        label="Since when?",
        required=False,
        widget=DateInputs,
        error_messages={"invalid": "Enter a real date, for example 1 5 2025"},
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a name where the seat is held."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("state") is SeatState.HELD and not cleaned.get("holder"):
            self.add_error("holder", "Enter the name of the person who holds the seat")
        return cleaned

    def given(self) -> GivenSeat:
        """Return what was entered."""
        return GivenSeat(**self.cleaned_data)


class YearForm(Form):
    """The day on which the board approves the assessment, and its other meetings."""

    approval = forms.DateField(
        label="When does the board approve the assessment?",
        help_text="Data cut-off, scoring day and papers are worked back from it. You can move each of them afterwards.",
        widget=DateInputs,
        error_messages={"required": "Enter the date", "invalid": "Enter a real date, for example 18 2 2027"},
    )
    boards = forms.CharField(
        label="When else does the board meet?",
        help_text="One date on each line, for example 17/6/2027.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def clean_boards(self) -> list[date]:
        """Return a date for each line; the error names the line."""
        found = []
        lines = [line.strip() for line in self.cleaned_data["boards"].splitlines()]
        for number, line in enumerate(lines, start=1):
            if line:
                found.append(_date_on_line(line, number))
        return found


def _date_on_line(line: str, number: int) -> date:
    for form in ("%d/%m/%Y", "%d %B %Y", "%d %b %Y", "%Y-%m-%d"):
        try:
            day = datetime.strptime(line, form).date()  # noqa: DTZ007  a day on a calendar has no zone
        except ValueError:
            continue
        if is_known_year(day):
            return day
        raise forms.ValidationError(f"Line {number} is “{line[:40]}”: write a year from {FIRST_YEAR} to {LAST_YEAR}")
    raise forms.ValidationError(f"Line {number} is “{line[:40]}”: write day, month and year, for example 17/6/2027")


class MoveDateForm(Form):
    """Another day for one date of the year."""

    on = forms.DateField(
        label="Which day?",
        widget=DateInputs,
        error_messages={"required": "Enter the date", "invalid": "Enter a real date, for example 18 2 2027"},
    )
