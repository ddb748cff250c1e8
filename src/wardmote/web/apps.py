"""The shell of the site as a Django app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Holds the layout, the components and the static files."""

    name = "wardmote.web"
    label = "web"
