"""Publishing as a Django app."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """Holds frozen versions."""

    name = "wardmote.strategy.publishing"
    label = "publishing"
