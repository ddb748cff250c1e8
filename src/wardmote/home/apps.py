"""The home page as a Django app."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """Holds no table: the home page reads what others hold."""

    name = "wardmote.home"
    label = "home"
