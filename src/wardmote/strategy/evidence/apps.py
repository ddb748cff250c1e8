"""Evidence as a Django app."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Holds the releases of data and the imports that made them."""

    name = "wardmote.strategy.evidence"
    label = "evidence"
