"""Members as a Django app."""

from django.apps import AppConfig


class MembersConfig(AppConfig):
    """Holds partnerships, agencies, accounts and appointments."""

    name = "wardmote.partnership.members"
    label = "members"
