"""The strategic assessment as a Django app."""

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    """Holds assessments, scores and decisions."""

    name = "wardmote.strategy.assessment"
    label = "assessment"
