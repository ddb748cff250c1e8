"""What is asked to sign in, and to add an agency or a person."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.db.models import QuerySet

from wardmote.access.permissions import Role
from wardmote.web.forms import Form, FormLook

from .actions import NewPerson
from .models import Agency
from .rules import SECTOR_WORDS, Sector

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
