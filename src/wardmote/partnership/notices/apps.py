"""Notices as a Django app."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Holds notices, the outbox, and how often each person wants to be told."""

    name = "wardmote.partnership.notices"
    label = "notices"
