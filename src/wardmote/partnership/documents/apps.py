"""Documents as a Django app."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Holds what every strand needs to keep files."""

    name = "wardmote.partnership.documents"
    label = "documents"
