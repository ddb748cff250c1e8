"""What is asked of a ward that is chosen for a closer look."""

from django import forms

from wardmote.web.forms import Form


class ChosenWardForm(Form):
    """Why a ward was chosen."""

    reason = forms.CharField(
        label="Why was this ward chosen?",
        help_text="Printed above its profile, with your post and the day. Say what in the figures, or what people "
        "told you. Name nobody.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Say why this ward was chosen"},
    )
