"""Background work as a Django app."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Holds the table of jobs."""

    name = "wardmote.jobs"
    label = "jobs"
